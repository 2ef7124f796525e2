"""The platform version of Fargate that a task needs, which only its service or `run-task` can name."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.sizes import read_size
from generator.ecs.support import LATER, LATER_CPU
from generator.model.findings import HERE, Fact, Path, Problem
from generator.rules.features import find_uses
from generator.rules.task import Task, find_references


def check(task: Task) -> Iterator[Problem]:
    """Note what needs a platform version that not every service names; Windows has one of its own."""
    if not task.fargate or task.windows:
        return
    facts = tuple(find_reasons(task))
    if facts:
        message = "this task definition needs version 1.4.0 of the Fargate platform"
        help = "leave `platformVersion` of the service at `LATEST`, or make it `1.4.0`"
        yield Problem("W622", facts[0].path or (), message, facts, help)


def find_reasons(task: Task) -> Iterator[Fact]:
    """Find each reason once, however often it stands in the document."""
    cpu = read_size("cpu", task.document.get("cpu", ""))
    if cpu is not None and cpu >= LATER_CPU:
        yield Fact(f"`{HERE}` is {task.document['cpu']}", ("cpu",))
    told = set()
    for feature, path, value in find_uses(task, LATER):
        if feature not in told:
            told.add(feature)
            yield Fact(f"`{HERE}` is `{value}`" if feature.only else f"`{HERE}` needs it", path)
    path = next(find_parts(task), ())
    if path:
        yield Fact(f"`{HERE}` names a part or a version of a secret", path)


def find_parts(task: Task) -> Iterator[Path]:
    """Find references to a key or a version of a secret; malformed ones are E508."""
    for path, container in task.containers:
        for where, reference in find_references(path, container):
            if names_part(reference):
                yield where


def names_part(reference: str) -> bool:
    """Report whether a reference is `arn:…:secretsmanager:…:secret:NAME:KEY:STAGE:VERSION`, one of the last three given."""
    parts = reference.split(":")
    return len(parts) == 10 and parts[2] == "secretsmanager" and any(parts[7:])
