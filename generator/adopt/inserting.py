"""Entries under `tasks:` put into an overlay that is there: no other byte of it changes."""

from __future__ import annotations

from generator.adopt.overlay_text import list_lines
from generator.model.nodes import Value
from generator.model.patterns import Pattern

HEAD = Pattern(r"^tasks:[ \t]*(?:#.*)?$", 8)
BELOW = Pattern(r"\n(?:[ \t]*(?:#.*)?\n)*([ ]+)\S")


class NoPlace(Exception):
    """An overlay has its tasks in a form in which no line can be inserted. The message is one line."""


def insert_tasks(text: str, path: str, tasks: dict[str, Value]) -> str:
    """Insert the entries of tasks. Raises NoPlace where `tasks` stands on one line."""
    head = HEAD.search(text)
    if head is None:
        if text.startswith(("tasks:", "{")) or "\ntasks:" in text:
            raise NoPlace(f"{path}: `tasks` stands on one line, and nothing can be inserted there")
        ending = "" if text.endswith("\n") or not text else "\n"
        return f"{text}{ending}tasks:\n{write_entries(tasks, '  ')}"
    below = BELOW.match(text, head.end())
    indent = below[1] if below else "  "
    if head.end() == len(text):
        return f"{text}\n{write_entries(tasks, indent)}"
    return f"{text[: head.end() + 1]}{write_entries(tasks, indent)}{text[head.end() + 1 :]}"


def write_entries(tasks: dict[str, Value], indent: str) -> str:
    """Write entries with the indentation that those beside them have."""
    lines = [line for task, entry in tasks.items() for line in list_lines(task, entry, 0)]
    return "".join(f"{indent}{line}\n" for line in lines)
