"""What external instances do not support, those of ECS Anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.support import EXTERNAL
from generator.model.findings import HERE, Fact, Problem
from generator.rules.features import find_uses, report_use
from generator.rules.task import Task

ON_EXTERNAL = Fact(f"`{HERE}` has `EXTERNAL`", ("requiresCompatibilities",))


def check(task: Task) -> Iterator[Problem]:
    if task.external:
        for use in find_uses(task, EXTERNAL):
            yield report_use("E471", use, "the launch type `EXTERNAL`", ON_EXTERNAL)
