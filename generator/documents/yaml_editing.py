"""Edits YAML in place: replaces a scalar, or adds an entry. Every other byte stays. The caller chooses and proves the edits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.documents.parsing.scalars import type_plain, type_scalar
from generator.documents.yaml_scalars import INTEGER, quote, write_scalar, write_text
from generator.model.findings import Edit, Place, Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar, Value

Keys = tuple[str | int, ...]
"""The way to a node of a file: keys as they are written, and positions of items."""

ALIAS = re.compile(r"\s*:\s*\*[^\s,\[\]{}]+")
COMMA = re.compile(r"[ \t]*,")
STEP = re.compile(r"^(?=[^\s#][^\n]*:)[^\n]*+\n(?:[ \t]*+(?:#[^\n]*+)?+\n)*+( ++)(?![#-])", re.MULTILINE)
"""The indentation of the first key inside another one."""


# Values.


def spell_scalar(value: Value, written: str = "", *, flow: bool = False) -> str:
    """Spell a value with the quotes of the value `written` before, or bare if every reader of YAML reads the same value.

    A text that would be read as a number, a boolean or null is quoted. `flow` means inside brackets.
    """
    text = value if isinstance(value, str) else write_scalar(value)
    if written.startswith('"'):
        return quote(text)
    if written.startswith("'") and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if isinstance(value, str) and INTEGER.fullmatch(value):
        return quote(value)
    return write_scalar(value, flow=flow)


def type_like(text: str, old: Scalar | None) -> Value:
    """Give a text the type of the value that it replaces: text stays text. `null` is text, since null cannot be set."""
    typed = type_plain(text)
    was_text = old is not None and isinstance(type_scalar(old), str)
    return text if was_text or typed is None else typed


# Entries.


def replace_scalar(node: Scalar, value: Value, *, flow: bool) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits that may replace a scalar, the best first."""
    source, start, end = node.place
    yield (Edit(node.place, spell_scalar(value, source.text[start:end], flow=flow)),)
    yield (Edit(node.place, quote(value if isinstance(value, str) else write_scalar(value))),)


def insert_entry(node: MapNode, entry: dict[str, Value], after: str | None = None) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits that may add an entry to a mapping, the best first: after its last entry, or after the key `after`."""
    source, start, end = node.place
    text = source.text
    if text.startswith("{", start):
        ends = [find_entry_end(node, key) for key in node.items]
        firsts = [place.start for place in node.keys.values()]
        yield insert_flow(node.place, firsts, ends, write_flow(entry)[1:-1])
        return
    step = find_step(text)
    if not node.items:
        yield append_lines(source, list_lines(entry, 0, step))
        return
    first = next(iter(node.keys.values())).start
    column = first - text.rfind("\n", 0, first) - 1
    lines = list_lines(entry, column, step)
    end = find_entry_end(node, after) if after is not None else end
    yield (insert_at(source, find_line_end(text, end), "\n" + "\n".join(lines)),)
    yield (insert_at(source, first, "\n".join(lines)[column:] + "\n" + " " * column),)


def insert_item(node: ListNode, item: dict[str, Value]) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits that may add an item to a list of mappings: after its last item, in the same form."""
    source, start, end = node.place
    text = source.text
    if text.startswith("[", start):
        spans = [each.place for each in node.items]
        yield insert_flow(node.place, [each.start for each in spans], [each.end for each in spans], write_flow(item))
        return
    last = node.items[-1].place.start
    line = text.rfind("\n", 0, last) + 1
    dash = text[line:last]
    if not dash.strip(" ").startswith("-"):
        return
    column = len(dash) - len(dash.lstrip(" "))
    if text.startswith("{", last):
        lines = [f"{' ' * column}- {write_flow(item)}"]
    else:
        lines = list_lines(item, column + 2, find_step(text))
        lines[0] = f"{' ' * column}- {lines[0][column + 2 :]}"
    yield (insert_at(source, find_line_end(text, end), "\n" + "\n".join(lines)),)


def insert_flow(place: Place, firsts: list[int], ends: list[int], entry: str) -> tuple[Edit, ...]:
    """Insert into brackets: on the line of the last entry, or on a line of its own if the last entry has one."""
    source, start, _ = place
    text = source.text
    if not ends:
        return (insert_at(source, start + 1, entry),)
    first, end = firsts[-1], ends[-1]
    comma = COMMA.match(text, end)
    line = text.rfind("\n", 0, first) + 1
    if line <= start or text[line:first].strip():
        if comma:
            return (insert_at(source, comma.end(), f" {entry}"),)
        return (insert_at(source, end, f", {entry}"),)
    behind = insert_at(source, find_line_end(text, end), f"\n{text[line:first]}{entry}{',' if comma else ''}")
    return (behind,) if comma else (insert_at(source, end, ","), behind)


def append_lines(source: Source, lines: list[str]) -> tuple[Edit, ...]:
    """Add lines at the end of a file that is empty or has only comments."""
    text = source.text
    if not text or not text.endswith("\n"):
        return (insert_at(source, len(text), ("\n" if text else "") + "\n".join(lines) + ("" if text else "\n")),)
    return (insert_at(source, len(text), "\n".join(lines) + "\n"),)


def insert_at(source: Source, at: int, text: str) -> Edit:
    return Edit(Place(source, at, at), text)


def find_entry_end(node: MapNode, key: str) -> int:
    """Find where an entry ends. An alias ends with its own name, wherever its anchor is."""
    child, place = node.items[key].place, node.keys[key]
    if is_aliased(node, key):
        match = ALIAS.match(place.source.text, place.end)
        return match.end() if match else place.end
    return child.end


def is_aliased(node: MapNode, key: str) -> bool:
    """Whether the value of a key is an alias: its anchor is further up."""
    return node.items[key].place.start < node.keys[key].end


def find_line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def find_step(text: str) -> int:
    """Find the indentation of a file, in blanks."""
    match = STEP.search(text)
    return len(match[1]) if match else 2


def list_lines(entry: dict[str, Value], column: int, step: int) -> list[str]:
    """List the lines of an entry in block form."""
    lines = []
    for key, value in entry.items():
        head = f"{' ' * column}{write_text(key)}:"
        if isinstance(value, dict):
            lines += [head, *list_lines(value, column + step, step)]
        else:
            lines.append(f"{head} {spell_scalar(value)}")
    return lines


def write_flow(value: Value) -> str:
    """Write an entry on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_text(key)}: {write_flow(child)}" for key, child in value.items()) + "}"
    return spell_scalar(value, flow=True)


# The proof.


def is_edited(old: Node | None, new: Node | None, keys: Keys, value: Value) -> bool:
    """Whether two versions of a file differ only by the value, or the new entry, at the end of a way."""
    if not keys:
        return reads_as(new, value)
    key = keys[0]
    if isinstance(new, MapNode) and isinstance(key, str):
        before = old.items if isinstance(old, MapNode) else {}
        others = [name for name in before if name != key]
        return (
            key in new.items
            and [name for name in new.items if name != key] == others
            and all(is_same(before[name], new.items[name]) for name in others)
            and is_edited(before.get(key), new.items[key], keys[1:], value)
        )
    if not isinstance(new, ListNode) or not isinstance(old, ListNode) or not isinstance(key, int):
        return False
    items = (*old.items, None)[: max(len(old.items), key + 1)]
    return len(items) == len(new.items) and all(
        is_edited(was, now, keys[1:], value) if number == key else was is not None and is_same(was, now)
        for number, (was, now) in enumerate(zip(items, new.items, strict=True))
    )


def reads_as(node: Node | None, value: Value) -> bool:
    """Whether a node reads as a value, of the same type."""
    if isinstance(value, dict):
        return (
            isinstance(node, MapNode)
            and list(node.items) == list(value)
            and all(reads_as(node.items[key], child) for key, child in value.items())
        )
    if not isinstance(node, Scalar):
        return False
    read = type_scalar(node)
    return type(read) is type(value) and bool(read == value)


def is_same(old: Node, new: Node) -> bool:
    """Whether two nodes have the same content, wherever they are."""
    if isinstance(old, Scalar) and isinstance(new, Scalar):
        return (old.kind, old.text) == (new.kind, new.text)
    if isinstance(old, MapNode) and isinstance(new, MapNode):
        return list(old.items) == list(new.items) and all(map(is_same, old.items.values(), new.items.values()))
    if isinstance(old, ListNode) and isinstance(new, ListNode):
        return len(old.items) == len(new.items) and all(map(is_same, old.items, new.items))
    return False
