"""What a container runs: a program and its arguments, each a text of its own. A line for a shell is none where no shell reads it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.containers import STARTERS
from generator.model.findings import HERE, Problem
from generator.rules.health_checks import is_line
from generator.rules.task import Task

HELP = 'write each word as a text of its own, or put `"sh", "-c"` before the line'


def check(task: Task) -> Iterator[Problem]:
    """Check each container; Windows joins words into a line again, and is left alone."""
    if task.windows:
        return
    for path, container in task.containers:
        entry, command = container.get("entryPoint", ()), container.get("command", ())
        if len(entry) == 1 and is_line(entry[0]):
            message = f"`{HERE}` is one text with blanks in it, and no program has that name"
            yield Problem("E516", (*path, "entryPoint", 0), message, help=HELP)
        elif len(command) == 1 and is_line(command[0]) and runs_words(entry):
            message = f"`{HERE}` is one text with blanks in it, and unless a shell reads it no program has that name"
            yield Problem("W634", (*path, "command", 0), message, help=HELP)


def runs_words(entry: list[str]) -> bool:
    """Report whether an entry point, or that of the image, most likely runs the command as a program and its arguments."""
    if not entry:
        return True
    last = entry[-1]
    if last.startswith("-"):
        return last == "--"  # any other is an option that may take the line: `-c`, `-e`
    name = last.rpartition("/")[2].lower()
    return name in STARTERS or name.endswith(".sh") or "entrypoint" in name
