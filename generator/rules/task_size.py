"""The size of a task as ECS reads it, whatever the launch type, and that its containers' CPU fits into it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.sizes import INSTANCE_CPU, UNITS_PER_VCPU, convert_size, read_size
from generator.model.findings import HERE, Change, Fact, Problem
from generator.model.nodes import Value
from generator.rules.task import Task

NOUNS = {"cpu": "amount of CPU", "memory": "amount of memory"}
FORMS = {"cpu": "`512` or `0.5 vCPU`", "memory": "`1024` or `1 GB`"}


def check(task: Task) -> Iterator[Problem]:
    document = task.document
    if "cpu" in document:
        cpu = read_size("cpu", document["cpu"])
        if cpu is None:
            yield report_text("cpu", document["cpu"])
        else:
            yield from check_cpu(task, cpu)
    if "memory" in document and read_size("memory", document["memory"]) is None:
        yield report_text("memory", document["memory"])


def check_cpu(task: Task, cpu: int) -> Iterator[Problem]:
    """Check CPU units against what instances take and containers ask for; what Fargate takes is E402."""
    if cpu not in INSTANCE_CPU and not task.fargate and (task.ec2 or task.external):
        least, most = INSTANCE_CPU[0], INSTANCE_CPU[-1]
        meant = 0 < cpu * UNITS_PER_VCPU <= most
        help = f"for {cpu} vCPU write `{cpu} vCPU`" if meant else None
        message = f"`{HERE}` is {cpu} CPU units, but ECS accepts {least} to {most}"
        yield Problem("E412", ("cpu",), message, help=help)
        return
    asked = sum([container.get("cpu", 0) for _, container in task.containers])
    if asked > cpu:
        yield Problem(
            "E416",
            ("cpu",),
            f"the containers ask for {asked} CPU units, and the task has {cpu}",
            tuple(
                Fact(f"`{HERE}` is {container['cpu']}", (*path, "cpu"))
                for path, container in task.containers
                if container.get("cpu")
            ),
            f"let the containers ask for {cpu} or less together",
        )


def report_text(member: str, text: Value) -> Problem:
    """Refuse a text that ECS does not read as a size. A fraction of a unit is told already where a unit was converted."""
    state = f"`{text}`" if text else "empty"
    guess = guess_size(member, text)
    help = f"write `{guess}`" if guess else f"write it as {FORMS[member]}"
    message = f"`{HERE}` is {state}, which is not an {NOUNS[member]}"
    told = member if is_fraction(member, text) else None
    change = Change("text", guess) if guess else None
    return Problem("E412", (member,), message, help=help, missing=told, change=change)


def is_fraction(member: str, text: str) -> bool:
    """Report whether a text has a unit, and is no whole number of CPU units or MiB."""
    try:
        convert_size(member, text)
    except ValueError:
        return True
    return False


def guess_size(member: str, text: str) -> str | None:
    """Guess what was meant by a number with blanks around it, or with another unit than ECS reads."""
    import re  # only when there is something to report

    if read_size(member, text.strip()) is not None:
        return text.strip()
    number = r"\s*(\d+|\d*\.\d+)\s*"
    spellings = {"cpu": {" vCPU": r"|v?cpus?|cores?"}, "memory": {"": r"m|mb|mib?", " GB": r"g|gib?"}}
    for unit, pattern in spellings[member].items():
        match = re.fullmatch(f"{number}({pattern})", text, re.IGNORECASE)
        size = read_size(member, match[1] + unit) if match else None
        if match and size is not None and (member == "memory" or size in INSTANCE_CPU):
            return match[1] + unit
    return None
