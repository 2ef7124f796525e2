"""Containers on Fargate whose output nobody will ever see."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import Problem
from generator.rules.task import Task, name_container


def check(task: Task) -> Iterator[Problem]:
    """Warn of containers without logs; the router of the others' logs often has none of its own."""
    if not task.fargate:
        return
    for path, container in task.containers:
        if "logConfiguration" not in container and "firelensConfiguration" not in container:
            yield Problem(
                "W606",
                (*path, "name") if "name" in container else path,
                f"{name_container(container)} has no `logConfiguration`, so Fargate discards its output",
                help="add `logConfiguration`, with log driver `awslogs` for instance",
                missing="logConfiguration",
            )
