"""The memory of containers: that they have some, that limit and reservation go together, and that all fits into the task's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from generator.ecs.sizes import LEAST_MEMORY, MIB_PER_GB, read_size
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container

Sized: TypeAlias = list[tuple[Path, Value]]
"""The containers that have memory of their own, with their paths. An amount of 0 is as good as none."""


def check(task: Task) -> Iterator[Problem]:
    sized = [item for item in task.containers if item[1].get("memory") or item[1].get("memoryReservation")]
    if len(sized) < len(task.containers) and "memory" not in task.document and not task.fargate:
        yield from report_missing(task, sized)
    if not sized:
        return
    for path, container in sized:
        yield from check_container(path, container)
    limit = read_size("memory", task.document.get("memory", ""))
    if limit is not None:
        yield from check_total(task, sized, limit)


def report_missing(task: Task, sized: Sized) -> Iterator[Problem]:
    """Report the containers without memory where the task has none; on Fargate that is E411."""
    for path, container in task.containers:
        if (path, container) not in sized:
            message = f"{name_container(container)} has neither `memory` nor `memoryReservation`, and neither has the task `memory`"
            yield Problem("E413", path, message, help="add `memory` to it, in MiB", missing="memory")


def check_container(path: Path, container: Value) -> Iterator[Problem]:
    """Check the limit and the reservation of one container. They may be equal, whatever the docstring of ECS says."""
    memory, reservation = container.get("memory"), container.get("memoryReservation")
    if memory and reservation and memory < reservation:
        yield Problem(
            "E414",
            (*path, "memoryReservation"),
            f"`{HERE}` is {reservation} MiB, more than the container may use",
            (Fact(f"`{HERE}` is {memory}", (*path, "memory")),),
            f"use {memory} or less",
        )
    for member, amount in (("memory", memory), ("memoryReservation", reservation)):
        if amount and 0 < amount < LEAST_MEMORY:
            message = f"`{HERE}` is {amount} MiB, and Docker starts no container with less than {LEAST_MEMORY}"
            yield Problem("E501", (*path, member), message, help=f"for {amount} GB write {amount * MIB_PER_GB}")


def check_total(task: Task, sized: Sized, limit: int) -> Iterator[Problem]:
    """Check the containers against the memory of the task, each for itself and then all together."""
    fact = Fact(f"`{HERE}` is {task.document['memory']}", ("memory",))
    above = [(path, container["memory"]) for path, container in sized if container.get("memory", 0) > limit]
    for path, memory in above:
        message = f"`{HERE}` is {memory} MiB, more than the whole task has"
        yield Problem("E415", (*path, "memory"), message, (fact,), f"use {limit} or less")
    if above:
        return
    reserved = sum([container.get("memoryReservation") or container["memory"] for _, container in sized])
    usable = sum([container.get("memory", 0) for _, container in sized])
    if reserved > limit:
        yield report_total(f"reserve {reserved}", sized, ("memoryReservation", "memory"), limit)
    elif usable > limit:
        yield report_total(f"may use {usable}", sized, ("memory",), limit)


def report_total(state: str, sized: Sized, members: tuple[str, ...], limit: int) -> Problem:
    """Report that the containers take more together than the task has; the first of the members counts that a container has."""
    facts = []
    for path, container in sized:
        member = next((member for member in members if container.get(member)), None)
        if member:
            facts.append(Fact(f"`{HERE}` is {container[member]}", (*path, member)))
    message = f"the containers {state} MiB together, and the task has {limit}"
    return Problem("W614", ("memory",), message, tuple(facts), f"let them add up to {limit} or less")
