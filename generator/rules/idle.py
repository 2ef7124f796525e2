"""Settings that do nothing because of another one beside them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import HERE, Fact, Problem
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    swaps = not task.fargate and not task.windows  # there it is E421, E423
    for path, container in task.containers:
        logging = container.get("logConfiguration", {})
        options = logging.get("options", {})
        if (
            "max-buffer-size" in options
            and options.get("mode") == "blocking"
            and logging.get("logDriver") != "awsfirelens"
        ):
            where = (*path, "logConfiguration", "options")
            yield Problem(
                "W619",
                (*where, "max-buffer-size"),
                f"`{HERE}` does nothing, as logs in mode `blocking` have no buffer",
                (Fact(f"`{HERE}` is `blocking`", (*where, "mode")),),
                "remove `max-buffer-size`, or write `non-blocking`",
                key=True,
            )
        linux = container.get("linuxParameters", {})
        if swaps and "swappiness" in linux and "maxSwap" not in linux:
            yield Problem(
                "W619",
                (*path, "linuxParameters", "swappiness"),
                f"`{HERE}` does nothing without `maxSwap`",
                help="add `maxSwap`, or remove `swappiness`",
                key=True,
                missing="maxSwap",
            )
