"""Inserts entries under `tasks:` into an existing overlay. No other byte changes."""

from __future__ import annotations

from generator.adopt.overlay_text import list_lines, write_flat
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Source
from generator.model.nodes import MapNode, Value
from generator.model.patterns import Pattern

HEAD = Pattern(r"^tasks:[ \t]*(?:#.*)?$", 8)
BELOW = Pattern(r"\n(?:[ \t]*(?:#.*)?\n)*([ ]+)\S")


class NoPlace(Exception):
    """The tasks of an overlay are written in a form that allows no insertion. The message is one line."""


def insert_tasks(text: str, path: str, tasks: dict[str, Value]) -> str:
    """Insert the entries of tasks. Raises NoPlace if `tasks` is not a mapping, or an alias of one."""
    root, findings = parse_yaml(Source(path, text))
    if findings or not isinstance(root, MapNode):  # nothing in it, or a key without a value
        return insert_unread(text, tasks)
    if "tasks" not in root.items:
        if text.startswith("{", root.place.start):
            return insert_flat(text, root, f"tasks: {write_flat(tasks)}")
        return append_tasks(text, tasks)
    key, node = root.keys["tasks"], root.items["tasks"]
    if not isinstance(node, MapNode) or node.place.start < key.end:  # an alias stands elsewhere
        raise NoPlace(
            f"{path}:{key.location.line}: `tasks` is not a mapping of its own, so nothing can be inserted there"
        )
    if text.startswith("{", node.place.start):
        return insert_flat(text, node, write_flat(tasks)[1:-1])
    return insert_below(text, text.find("\n", key.end), tasks)


def insert_flat(text: str, node: MapNode, entries: str) -> str:
    """Insert entries behind the brace that opens a mapping."""
    at = node.place.start + 1
    comma = "" if not node.items else "," if text[at].isspace() else ", "
    return f"{text[:at]}{entries}{comma}{text[at:]}"


def insert_unread(text: str, tasks: dict[str, Value]) -> str:
    """Insert entries where there is no mapping yet: under a key without a value, or at the end."""
    head = HEAD.search(text)
    return append_tasks(text, tasks) if head is None else insert_below(text, head.end(), tasks)


def append_tasks(text: str, tasks: dict[str, Value]) -> str:
    """Add the section at the end."""
    ending = "" if text.endswith("\n") or not text else "\n"
    return f"{text}{ending}tasks:\n{write_entries(tasks, '  ')}"


def insert_below(text: str, end: int, tasks: dict[str, Value]) -> str:
    """Insert entries below the line that ends at an offset, with the indentation of the lines that follow."""
    below = BELOW.match(text, end)
    indent = below[1] if below else "  "
    if end == len(text):
        return f"{text}\n{write_entries(tasks, indent)}"
    return f"{text[: end + 1]}{write_entries(tasks, indent)}{text[end + 1 :]}"


def write_entries(tasks: dict[str, Value], indent: str) -> str:
    """Write entries with the indentation of the entries beside them."""
    lines = [line for task, entry in tasks.items() for line in list_lines(task, entry, 0)]
    return "".join(f"{indent}{line}\n" for line in lines)
