"""Ways to write JSON down, as people do: indentation, grouping, commas, ends of lines. One member can be marked, and found in the text."""

from __future__ import annotations

import json
from random import Random
from typing import NamedTuple

from generator.model.nodes import Value

OPENING, CLOSING = "\ue000", "\ue001"
"""Stand around the marked member until it is found."""

GAP = ", \t\r\n"
"""Stands between members."""


class Marked(NamedTuple):
    """A name that is marked where it is the key of a member."""

    name: str


class Layout(NamedTuple):
    """A way to write JSON; `short` are mappings and lists of at most so many values on one line, `line` is how lines end."""

    random: Random
    indent: str
    line: str
    colon: str
    comma_first: bool
    short: int
    mark: str
    end: str


class Written(NamedTuple):
    """A text in which a member is marked: what stands before it, the gap up to it, the member, the gap behind it, and the rest."""

    before: str
    leading: str
    member: str
    trailing: str
    behind: str

    @property
    def text(self) -> str:
        return "".join(self)


def draw_layout(random: Random) -> Layout:
    """Choose a layout."""
    line = random.choice(("\n", "\n", "\r\n", "\r"))
    return Layout(
        random,
        random.choice(("", " ", "  ", "  ", "    ", "\t")),
        line,
        random.choice((": ", ": ", ":", " : ")),
        random.random() < 0.15,
        random.choice((0, 0, 2, 4, 10**6)),
        random.choice(("", "", "", "\ufeff")),
        random.choice(("", line, line, line * 3, "  " + line)),
    )


def shuffle_members(value: Value, random: Random) -> Value:
    """Bring members into another order."""
    if isinstance(value, list):
        return [shuffle_members(item, random) for item in value]
    if not isinstance(value, dict):
        return value
    items = [(key, shuffle_members(child, random)) for key, child in value.items()]
    random.shuffle(items)
    return dict(items)


def write_down(value: Value, layout: Layout) -> Written:
    """Write a value; without a marked member, all of it stands before one. Gaps are blanks with one comma at most."""
    text = layout.mark + write_value(value, layout, 0) + layout.end
    if OPENING not in text:
        return Written(text, "", "", "", "")
    before, _, rest = text.partition(OPENING)
    member, _, behind = rest.partition(CLOSING)
    start, end = before.rstrip(GAP), behind.lstrip(GAP)
    return Written(start, before[len(start) :], member, behind[: len(behind) - len(end)], end)


def write_value(value: Value, layout: Layout, level: int) -> str:
    if isinstance(value, dict):
        members = [write_member(key, child, layout, level + 1) for key, child in value.items()]
        return "{" + write_parts(members, layout, level, count_values(value)) + "}"
    if isinstance(value, list):
        return (
            "[" + write_parts([write_value(item, layout, level + 1) for item in value], layout, level, len(value)) + "]"
        )
    return json.dumps(value, ensure_ascii=layout.random.random() < 0.5)


def write_member(key: str | Marked, value: Value, layout: Layout, level: int) -> str:
    name = key.name if isinstance(key, Marked) else key
    written = f"{json.dumps(name)}{layout.colon}{write_value(value, layout, level)}"
    return f"{OPENING}{written}{CLOSING}" if isinstance(key, Marked) else written


def write_parts(parts: list[str], layout: Layout, level: int, size: int) -> str:
    """Write what stands between brackets: on one line, or with a line for each part, and now and then an empty one between two."""
    random, blank = layout.random, layout.random.choice(("", " "))
    if not parts:
        return blank
    if size <= layout.short:
        return blank + random.choice((", ", ",", " , ")).join(parts) + blank
    start = layout.line + layout.indent * (level + 1)
    text = start
    for number, part in enumerate(parts):
        group = random.choice(("", "", "", layout.line))
        between = f"{group}{start}, " if layout.comma_first else f"{random.choice(('', '', ' '))},{group}{start}"
        text += part if number == 0 else between + part
    return text + layout.line + layout.indent * level


def count_values(value: Value) -> int:
    """Count the scalars in a value."""
    if isinstance(value, dict):
        return sum(count_values(child) for child in value.values())
    return sum(count_values(item) for item in value) if isinstance(value, list) else 1
