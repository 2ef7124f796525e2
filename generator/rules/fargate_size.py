"""The size of a task on Fargate: there is one, and Fargate has it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.fargate import GB, SIZES, WINDOWS_CPU
from generator.ecs.sizes import UNITS_PER_VCPU, read_size
from generator.model.findings import Fact, Problem
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    if not task.fargate:
        return
    absent = [member for member in ("cpu", "memory") if member not in task.document]
    for member in absent:
        message = f"Fargate needs `{member}` for the whole task, and it is not set"
        yield Problem("E411", ("requiresCompatibilities",), message, help=f"add `{member}`", missing=member)
    if not absent:
        yield from check_size(task)


def check_size(task: Task) -> Iterator[Problem]:
    """Check the pair of sizes; what is no size at all is E412."""
    cpu, memory = read_size("cpu", task.document["cpu"]), read_size("memory", task.document["memory"])
    if cpu is None or memory is None:
        return
    sizes = {units: SIZES[units] for units in WINDOWS_CPU} if task.windows else SIZES
    where = "Fargate size for Windows" if task.windows else "Fargate size"
    if cpu not in sizes:
        known = ", ".join(str(units) for units in sizes)
        meant = cpu * UNITS_PER_VCPU in sizes  # whole vCPU, as they are often written
        help = f"for {cpu} vCPU write `{cpu} vCPU`" if meant else f"use one of {known}"
        yield Problem("E402", ("cpu",), f"no {where} has {cpu} CPU units", help=help)
    elif memory not in sizes[cpu]:
        yield Problem(
            "E402",
            ("memory",),
            f"no {where} has {cpu} CPU units with {spell_memory(memory)} of memory",
            (Fact(f"`cpu` is {cpu}", ("cpu",)),),
            f"for {memory} GB write `{memory} GB`" if memory * GB in sizes[cpu] else f"use {spell_choice(sizes[cpu])}",
        )


def spell_memory(mib: int) -> str:
    """Spell an amount of memory as people do: `512 MiB`, `2 GB`."""
    return f"{mib} MiB" if mib % GB else f"{mib // GB} GB"


def spell_choice(sizes: tuple[int, ...]) -> str:
    """Spell the memory that goes with an amount of CPU: `2 GB to 8 GB in steps of 1 GB`."""
    if len(sizes) <= 3:
        return " or ".join(spell_memory(size) for size in sizes)
    return f"{spell_memory(sizes[0])} to {spell_memory(sizes[-1])} in steps of {spell_memory(sizes[1] - sizes[0])}"
