"""How many items lists of a task definition have, and what Fargate adds to the ranges of numbers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.limits import CONTAINERS, COUNTS, EXIT_CODES, FARGATE_TIMEOUTS, PORT_RANGES, Count
from generator.model.findings import HERE, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import ON_FARGATE, Task


def check(task: Task) -> Iterator[Problem]:
    if len(task.containers) > CONTAINERS.most:
        yield report_count(len(task.containers), CONTAINERS, ("containerDefinitions",))
    for path, container in task.containers:
        for member, count in COUNTS.items():
            if member in container and len(container[member]) > count.most:
                yield report_count(len(container[member]), count, (*path, member))
        if "restartPolicy" in container:
            codes = container["restartPolicy"].get("ignoredExitCodes", ())
            if len(codes) > EXIT_CODES.most:
                yield report_count(len(codes), EXIT_CODES, (*path, "restartPolicy", "ignoredExitCodes"))
        if "portMappings" in container and len(container["portMappings"]) > PORT_RANGES.most:
            ranges = sum("containerPortRange" in mapping for mapping in container["portMappings"])
            if ranges > PORT_RANGES.most:
                yield report_count(ranges, PORT_RANGES, (*path, "portMappings"))
        if task.fargate and ("startTimeout" in container or "stopTimeout" in container):
            yield from check_timeouts(container, path)


def report_count(number: int, count: Count, path: Path) -> Problem:
    """State that a list has too many items, at its key."""
    return Problem("E426", path, f"`{HERE}` has {number} {count.items}, but ECS accepts {count.most}", key=True)


def check_timeouts(container: Value, path: Path) -> Iterator[Problem]:
    """Check the timeouts that Fargate bounds; what is too small anywhere was removed before."""
    for member, limit in FARGATE_TIMEOUTS.items():
        value = container.get(member, limit.least)
        if limit.most is not None and value > limit.most:
            message = f"`{HERE}` is {value}, but Fargate accepts {limit.least} to {limit.most} {limit.unit}"
            yield Problem(limit.code, (*path, member), message, (ON_FARGATE,))
