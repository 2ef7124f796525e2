"""Writes the sections of an overlay as the text of its file, line by line. Decides no value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator.documents.parsing.sections import RENDER
from generator.documents.yaml_scalars import quote, write_scalar, write_text
from generator.ecs.lists import ROWS
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.nodes import Value

WIDTH = 120

ITEM_LISTS = frozenset(
    member
    for (_, member), row in ROWS.items()
    if row.identity and not row.shorthand and member != "containerDefinitions"
)
"""Lists whose items are structures; what has a shorthand is easier to read line by line."""


def write_overlay(sections: Value) -> str:
    """Write an overlay of its sections in order; one without any says so."""
    if not sections:
        return "# Nothing here differs from the template.\n"
    lines: list[str] = []
    for key, value in sections.items():
        if key == "aws":
            members = ", ".join(f"{name}: {write_aws(text)}" for name, text in value.items())
            lines.append(f"aws: {{{members}}}")
        else:
            lines += list_lines(key, value, 0)
    return "\n".join(lines) + "\n"


def write_aws(text: str) -> str:
    """Write an account in quotes, which may begin with a zero, and a region without."""
    return quote(text) if text.isdecimal() else write_scalar(text)


def list_lines(key: str, value: Value, depth: int) -> Iterator[str]:
    """List the lines of one entry."""
    indent = "  " * depth
    name = write_text(key)
    flat = f"{indent}{name}: {write_flat(value)}"
    if not isinstance(value, (dict, list)) or not value or (is_flat(key, value) and len(flat) <= WIDTH):
        yield flat
        return
    yield f"{indent}{name}:"
    if isinstance(value, dict):
        for inner, child in value.items():
            row = f"{indent}  {write_text(inner)}: {write_flat(child)}"
            short = key in ITEM_LISTS and isinstance(child, dict) and len(row) <= WIDTH
            yield from (row,) if short else list_lines(inner, child, depth + 1)
        return
    yield from (f"{indent}  - {write_flat(item)}" for item in value)


def is_flat(key: str, value: Value) -> bool:
    """Whether an entry goes on one line if it fits: a list of texts, the only item of a list, a new volume, a small structure, a text."""
    if isinstance(value, list):
        return True
    if RENDER in value:
        return True
    if "$add" in value:
        return "image" not in value
    if key in list_structures():
        return not any(isinstance(child, (dict, list)) for child in value.values())
    return key in ITEM_LISTS and len(value) == 1


@cache
def list_structures() -> frozenset[str]:
    """List the members that are structures, such as `runtimePlatform`."""
    return frozenset(find_structures(task_definition(), set()))


def find_structures(current: Shape, seen: set[str]) -> Iterator[str]:
    seen.add(current.name)
    for member, name in current.members.items():
        below = shape(name)
        if below.type == "structure":
            yield member
        inner = shape(below.member) if below.member else below
        if inner.type == "structure" and inner.name not in seen:
            yield from find_structures(inner, seen)


def write_flat(value: Value) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_text(key)}: {write_flat(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write_flat, value)) + "]"
    return write_scalar(value, flow=True)
