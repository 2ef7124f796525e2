"""What Fargate does not support, apart from the network, logs and sizes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.support import FARGATE, FARGATE_WINDOWS
from generator.model.findings import Problem
from generator.rules.features import find_uses, report_use
from generator.rules.task import ON_FARGATE, Task


def check(task: Task) -> Iterator[Problem]:
    if not task.fargate:
        return
    for use in find_uses(task, FARGATE_WINDOWS if task.windows else FARGATE):
        yield report_use("E421", use, "Fargate", ON_FARGATE)
