"""Programs that health checks need and many images lack. What a check may be at all is for `health_checks`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.containers import TOOLS
from generator.model.findings import HERE, Problem
from generator.rules.task import Task

find_tool = re.compile(rf"(?<![\w./-])(?:(?:/usr(?:/local)?)?/bin/)?({'|'.join(TOOLS)})(?:\.exe)?(?![\w./-])").search


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        command = container.get("healthCheck", {}).get("command", ())
        if command and command[0] != "NONE":
            named = ((index, found) for index, word in enumerate(command) if (found := find_tool(word)))
            for index, found in [*named][:1]:  # one note a health check
                place = (*path, "healthCheck", "command", index)
                yield Problem("W604", place, f"`{HERE}` works only if the image has `{found[1]}`")
