"""Containers that may do on their instance whatever its root may."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import Problem
from generator.rules.task import Task, name_container


def check(task: Task) -> Iterator[Problem]:
    if task.fargate or task.windows:  # neither has it: E421, E423
        return
    for path, container in task.containers:
        if container.get("privileged"):
            message = f"{name_container(container)} is privileged: it may do anything that root may do on the instance"
            help = "give it what it needs with `linuxParameters`, as `devices` or in `capabilities.add`"
            yield Problem("W608", (*path, "privileged"), message, help=help)
