"""The launch types a task is for: that any is named, so that ECS checks for it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import Fact, Problem
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    if not task.document.get("requiresCompatibilities"):
        yield Problem(
            "W623",
            (),
            "`requiresCompatibilities` names no launch type, so ECS checks for none on registration",
            (Fact("what a launch type does not support is refused when a service is created or a task run"),),
            "add `requiresCompatibilities`",
            missing="requiresCompatibilities",
        )
