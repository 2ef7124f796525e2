"""The user of each container, in a form that can be looked up: a name or a number, and perhaps a group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.containers import HIGHEST_ID
from generator.model.findings import HERE, Problem
from generator.rules.task import Task

is_number = re.compile(r"[+-]?[0-9]+").fullmatch
FORMS = "`user`, `user:group`, or the same with numbers"


def check(task: Task) -> Iterator[Problem]:
    if task.windows:
        return
    for path, container in task.containers:
        user = container.get("user")
        wrong = find_fault(user) if user else None
        if wrong:
            yield Problem("E507", (*path, "user"), f"`{HERE}` is `{user}`, {wrong}", help=f"write {FORMS}")


def find_fault(user: str) -> str | None:
    """Find what is wrong with a user, in words that follow the user; an empty user or group is the image's own."""
    parts = user.split(":")
    if len(parts) > 2:
        return "with more than one `:`"
    for part, what in zip(parts, ("user", "group"), strict=False):
        if is_number(part) and not (len(part) <= 11 and 0 <= int(part) <= HIGHEST_ID):
            return f"and the number of a {what} is between 0 and {HIGHEST_ID}"
        if any(letter.isspace() for letter in part):
            return f"and the name of a {what} has no blanks"
    return None
