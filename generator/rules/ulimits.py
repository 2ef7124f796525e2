"""The limits of each container: the soft one within the hard one, each set once, open files that the platform has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.containers import OPEN_FILES
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import ON_FARGATE, Task, name_container

UNLIMITED = -1


def check(task: Task) -> Iterator[Problem]:
    if task.windows:
        return
    for path, container in task.containers:
        first: dict[str, Path] = {}
        for index, limit in enumerate(container.get("ulimits", ())):
            place = (*path, "ulimits", index)
            name, soft, hard = limit.get("name"), limit.get("softLimit"), limit.get("hardLimit")
            if name is not None and first.setdefault(name, place) is not place:
                message = f"the limit `{name}` of {name_container(container)} is set twice"
                facts = (Fact("the first one", (*first[name], "name")),)
                yield Problem("E446", (*place, "name"), message, facts, "keep one of them")
            if soft is not None and hard is not None and not is_within(soft, hard):
                message = f"`{HERE}` is {spell(soft)}, more than the hard limit"
                facts = (Fact(f"`hardLimit` is {hard}", (*place, "hardLimit")),)
                yield Problem("E446", (*place, "softLimit"), message, facts, f"use {hard} at most")
            elif name == "nofile" and hard is not None:
                yield from check_open_files(task, limit, place)


def is_within(soft: int, hard: int) -> bool:
    """Report whether a soft limit is within a hard one; -1 is no limit at all."""
    return hard == UNLIMITED or (soft != UNLIMITED and soft <= hard)


def check_open_files(task: Task, limit: Value, path: Path) -> Iterator[Problem]:
    """Check the number of open files, which is never without a limit; Fargate has its own."""
    hard = limit["hardLimit"]
    if task.fargate and (hard == UNLIMITED or hard > OPEN_FILES):
        message = f"`{HERE}` is {spell(hard)}, and a container on Fargate can have {OPEN_FILES} open files"
        facts = (ON_FARGATE,)
        yield Problem("E446", (*path, "hardLimit"), message, facts, f"use {OPEN_FILES} at most")
    elif hard == UNLIMITED:
        message = f"`{HERE}` is {spell(hard)}, and Linux takes a number for open files only"
        yield Problem("E446", (*path, "hardLimit"), message, help=f"write a number, such as {OPEN_FILES}")


def spell(limit: int) -> str:
    """Spell a limit."""
    return "-1, unlimited" if limit == UNLIMITED else str(limit)
