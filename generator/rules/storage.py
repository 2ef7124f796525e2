"""Ephemeral storage: where a task can have more of it than it is given."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import HERE, Change, Fact, Problem
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    if not task.document.get("ephemeralStorage"):
        return
    path = ("ephemeralStorage",)
    if (task.ec2 or task.external) and not task.fargate:
        fact = Fact(f"`{HERE}` has no `FARGATE`", ("requiresCompatibilities",))
        yield Problem(
            "E417",
            path,
            f"`{HERE}` is set, which only Fargate has",
            (fact,),
            "remove it",
            key=True,
            change=Change("remove"),
        )
    elif task.windows and task.fargate:
        family = task.document["runtimePlatform"]["operatingSystemFamily"]
        fact = Fact(f"`{HERE}` is `{family}`", ("runtimePlatform", "operatingSystemFamily"))
        message = f"`{HERE}` is set, which Fargate is only known to have for Linux"
        yield Problem("W621", path, message, (fact,), "remove it", key=True, change=Change("remove"))
