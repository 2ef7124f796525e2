"""What containers with Windows do not support, on Fargate and on instances."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.network import UNSUPPORTED
from generator.ecs.support import WINDOWS
from generator.model.findings import HERE, Fact, Problem
from generator.rules.features import find_uses, report_use
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    """Check for each feature that Windows does not have; what the network mode refuses anyway is E422, another mode on Fargate E432."""
    if not task.windows:
        return
    path = ("runtimePlatform", "operatingSystemFamily")
    fact = Fact(f"`{HERE}` is `{task.document['runtimePlatform']['operatingSystemFamily']}`", path)
    refused = UNSUPPORTED.get("awsvpc" if task.fargate else task.network, ())
    for use in find_uses(task, WINDOWS):
        if use.path[-1] not in refused and not (task.fargate and use.path == ("networkMode",)):
            yield report_use("E423", use, "Windows", fact)
