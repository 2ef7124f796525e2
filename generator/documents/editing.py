"""Edits of JSON in place: members go or move up with their comma and their line, all else stays. Decides on no edit itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from generator.model.findings import Edit, Place
from generator.model.nodes import MapNode

COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
INDENTATION = re.compile(r"[ \t]*")


def remove_members(node: MapNode, names: Collection[str]) -> tuple[Edit, ...] | None:
    """Remove members of a mapping, each with one comma; None if a member is there twice, so that it is not certain which is meant.

    Of the blanks before and behind what goes, those with more ends of lines stay, so that groups of members stay groups.
    """
    if not is_regular(node):
        return None
    edits = []
    members = list(node.items)
    first = 0
    while first < len(members):
        if members[first] not in names:
            first += 1
            continue
        last = first
        while last + 1 < len(members) and members[last + 1] in names:
            last += 1
        edits.append(remove_run(node, members, first, last))
        first = last + 1
    return tuple(edits)


def remove_run(node: MapNode, members: list[str], first: int, last: int) -> Edit:
    """Remove members that stand side by side, from the first to the last."""
    source, opening, closing = node.place
    start, end = node.keys[members[first]].start, node.items[members[last]].place.end
    before = node.items[members[first - 1]].place.end if first else opening + 1
    behind = node.keys[members[last + 1]].start if last + 1 < len(members) else closing - 1
    if first and (last + 1 == len(members) or count_lines(node, end, behind) > count_lines(node, before, start)):
        return Edit(Place(source, before, end))
    if last + 1 < len(members):
        return Edit(Place(source, start, behind))
    return Edit(Place(source, before, behind))


def count_lines(node: MapNode, start: int, end: int) -> int:
    return node.place.source.text.count("\n", start, end)


def is_regular(node: MapNode) -> bool:
    """Whether members follow each other, each value its key, as they do unless one is there twice."""
    text = node.place.source.text
    members = [(node.keys[name], item.place) for name, item in node.items.items()]
    behind = [value.end for _, value in members[:-1]]
    before = [key.start for key, _ in members[1:]]
    return all(COLON.fullmatch(text, key.end, value.start) for key, value in members) and all(
        COMMA.fullmatch(text, *gap) for gap in zip(behind, before, strict=True)
    )


def splice_member(node: MapNode, name: str) -> tuple[Edit, ...] | None:
    """Put the members of a mapping in the place of the member that holds them, as far to the left; None if one is there twice."""
    inner = node.items[name]
    if not isinstance(inner, MapNode) or not inner.items or not is_regular(node) or not is_regular(inner):
        return None
    key, source = node.keys[name], node.place.source
    first, last = next(iter(inner.keys.values())).start, list(inner.items.values())[-1].place.end
    edits = [Edit(Place(source, key.start, first)), Edit(Place(source, last, inner.place.end))]
    outer, deeper = find_indentation(key), find_indentation(Place(source, first, first))
    if outer is not None and deeper is not None and deeper.startswith(outer):
        edits += move_left(Place(source, first, last), outer, deeper)
    return join_edits(edits)


def find_indentation(place: Place) -> str | None:
    """Find the blanks before a place that is the first on its line; None if it is not."""
    line = place.source.text.rfind("\n", 0, place.start) + 1
    blanks = INDENTATION.match(place.source.text, line)
    assert blanks is not None, "there may be none"
    return blanks[0] if blanks.end() == place.start else None


def move_left(place: Place, outer: str, deeper: str) -> list[Edit]:
    """Take from lines behind the first one of a place as many blanks as one indentation is deeper than another."""
    source = place.source
    edits = []
    line = source.text.find("\n", place.start, place.end) + 1
    while line:
        if source.text.startswith(deeper, line):
            edits.append(Edit(Place(source, line + len(outer), line + len(deeper))))
        line = source.text.find("\n", line, place.end) + 1
    return edits


def join_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Bring edits of one text into order, without those inside of what another removes; what is removed side by side is one edit."""
    joined: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.place.start, -each.place.end)):
        last = joined[-1] if joined else None
        if last is None or edit.place.start > last.place.end:
            joined.append(edit)
        elif edit.place.end > last.place.end:
            assert edit.place.start == last.place.end, "edits stand apart, side by side, or inside of each other"
            joined[-1] = Edit(last.place._replace(end=edit.place.end), last.text + edit.text)
    return tuple(joined)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits, in order, to a text as it is on the disk: its byte order mark and its ends of lines stay, and new lines end alike."""
    crossed = find_crossed(text)
    ending = "\r\n" if crossed else "\r" if "\r" in text and "\n" not in text else "\n"
    mark = 1 if text.startswith("\ufeff") else 0
    parts, cursor = [], 0
    for (_, start, end), added in edits:
        start, end = (offset + mark + bisect_left(crossed, offset) for offset in (start, end))
        parts += [text[cursor:start], added.replace("\n", ending)]
        cursor = end
    return "".join([*parts, text[cursor:]])


def find_crossed(text: str) -> list[int]:
    """Find where a source has the ends of lines that are two characters on the disk."""
    lines = text.removeprefix("\ufeff").split("\r\n")
    ends, at = [], -1
    for line in lines[:-1]:
        at += len(line) + 1
        ends.append(at)
    return ends
