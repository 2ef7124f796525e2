"""The environment files of each container: objects in S3, named by their ARN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.containers import FILE, FILE_ENDING
from generator.model.findings import HERE, Change, Path, Problem
from generator.rules.task import Task

is_file = re.compile(FILE).fullmatch


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        for index, file in enumerate(container.get("environmentFiles", ())):
            value = file.get("value")
            if value is not None and not (is_file(value) and value.endswith(FILE_ENDING)):
                yield report_address(value, (*path, "environmentFiles", index, "value"))


def report_address(value: str, path: Path) -> Problem:
    """State what is wrong with the ARN of a file."""
    if is_file(value):
        message = f"`{HERE}` is `{value}`, but ECS accepts files that end in `{FILE_ENDING}`"
        return Problem("E443", path, message, help=f"name the file `….{FILE_ENDING[1:]}`")
    message = f"`{HERE}` is `{value}`, which is not the ARN of a file in S3" if value else f"`{HERE}` is empty"
    address = re.fullmatch(r"s3://([^/]+/.+)", value)
    arn = f"arn:aws:s3:::{address[1]}" if address else "arn:aws:s3:::BUCKET/KEY.env"
    change = Change("text", arn) if address else None
    return Problem("E443", path, message, help=f"write `{arn}`", change=change)
