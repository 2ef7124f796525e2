"""What containers wait for: a condition that the other can meet, and no circle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task

Waiting: TypeAlias = dict[str, dict[str, Path]]
"""By the name of a container, those it waits for: their names, with the paths where they are written."""

MOST_CIRCLES = 10
"""So many circles are reported; among many containers there can be any number of them, each as long as the list."""

ENDS = ("COMPLETE", "SUCCESS")
"""The conditions that an essential container cannot meet: its end is the end of the task."""


def check(task: Task) -> Iterator[Problem]:
    named = {container["name"]: (path, container) for path, container in task.containers if "name" in container}
    waiting: Waiting = {}
    for path, container in task.containers:
        for index, item in enumerate(container.get("dependsOn", ())):
            name = item.get("containerName")
            if name not in named:
                continue  # E427
            place = (*path, "dependsOn", index)
            if "name" in container:
                waiting.setdefault(container["name"], {}).setdefault(name, (*place, "containerName"))
            yield from check_condition(item.get("condition"), (*place, "condition"), *named[name])
        for name, place in find_others(path, container):
            if name in named and "name" in container:
                waiting.setdefault(container["name"], {}).setdefault(name, place)
    for names in islice(find_circles(waiting), MOST_CIRCLES):
        yield report_circle(names, waiting)


def find_others(path: Path, container: Value) -> Iterator[tuple[str, Path]]:
    """Find the containers that have to run before one for another reason: it is linked to them, or mounts their volumes."""
    for index, link in enumerate(container.get("links", ())):
        yield link.partition(":")[0], (*path, "links", index)
    for index, item in enumerate(container.get("volumesFrom", ())):
        yield item.get("sourceContainer", ""), (*path, "volumesFrom", index, "sourceContainer")


def check_condition(condition: str | None, path: Path, other: Path, container: Value) -> Iterator[Problem]:
    """Check what is waited for against the container that is to do it."""
    name = container["name"]
    here = Fact(f"`{HERE}` is `{name}`", (*other, "name"))
    if condition == "HEALTHY" and "healthCheck" not in container:
        yield Problem(
            "E444",
            path,
            f"`{HERE}` is `HEALTHY`, and container `{name}` has no `healthCheck`",
            (here,),
            f"add a `healthCheck` to container `{name}`; the one in its image does not count",
            missing="healthCheck",
        )
    elif condition in ENDS and container.get("essential") is not False:
        written = "essential" in container
        yield Problem(
            "E445",
            path,
            f"`{HERE}` is `{condition}`, and container `{name}` is essential, so its end is the end of the task",
            (Fact(f"`{HERE}` is true", (*other, "essential")) if written else here,),
            f"set `essential` to false for container `{name}`",
            missing=None if written else "essential",
        )


def find_circles(waiting: Waiting) -> Iterator[list[str]]:
    """Find the ways round: each container waits for the next, and the last for the first."""
    done: set[str] = set()
    for start in waiting:
        way = {} if start in done else {start: iter(waiting[start])}  # by name: those that are still to be followed
        while way:
            name = next(reversed(way))
            other = next(way[name], None)
            if other is None:
                done.add(name)
                del way[name]
            elif other in way:
                names = list(way)
                yield names[names.index(other) :]
            elif other in waiting and other not in done:
                way[other] = iter(waiting[other])


def report_circle(names: list[str], waiting: Waiting) -> Problem:
    path = waiting[names[0]][names[1] if len(names) > 1 else names[0]]
    if len(names) == 1:
        return Problem("E502", path, f"container `{names[0]}` waits for itself", help="delete this dependency")
    steps = [f"`{name}` for `{other}`" for name, other in zip(names[1:], [*names[2:], names[0]], strict=True)]
    message = (
        f"containers wait for each other, and none starts: `{names[0]}` waits for `{names[1]}`, {', '.join(steps)}"
    )
    return Problem("E502", path, message, help="delete one of these dependencies")
