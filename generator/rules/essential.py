"""The containers that a task is there for: at least one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import Problem
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    containers = task.document.get("containerDefinitions", ())
    for container in containers:
        if container.get("essential") is not False:
            return
    if containers:
        yield Problem(
            "E441",
            ("containerDefinitions", 0, "essential"),
            "no container is essential, so nothing decides when the task ends",
            help="set `essential` to true for the container that the task is there for",
        )
