"""Fault injection: where ECS injects any."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.network import FAULTS
from generator.model.findings import HERE, Change, Fact, Problem
from generator.rules.task import Task

PATH = ("enableFaultInjection",)
FAMILY = ("runtimePlatform", "operatingSystemFamily")
NETWORK = ("networkMode",)


def check(task: Task) -> Iterator[Problem]:
    if not task.document.get(PATH[0]):
        return
    if task.windows:
        fact = Fact(f"`{HERE}` is `{task.document['runtimePlatform']['operatingSystemFamily']}`", FAMILY)
        message = f"`{HERE}` is `true`, and ECS injects no faults on Windows"
        yield Problem("W629", PATH, message, (fact,), "remove it", change=Change("remove"))
    elif not task.fargate and task.network not in FAULTS and (task.network or not task.managed):
        written = task.network != ""
        fact = (
            Fact(f"`{HERE}` is `{task.network}`", NETWORK) if written else Fact("without `networkMode` it is `bridge`")
        )
        message = f"`{HERE}` is `true`, and ECS injects faults with the network modes `awsvpc` and `host` only"
        missing = None if written else NETWORK[0]
        yield Problem("W629", PATH, message, (fact,), "remove it, or set `networkMode`", missing=missing)
