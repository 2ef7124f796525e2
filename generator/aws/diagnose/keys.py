"""Private keys that a program wrote to its log, a line of the key a line of the log. Keys that are one line are masked as all else is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model.patterns import Pattern
from generator.model.secrets.names import MASK

BEGIN = Pattern(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")
END = Pattern(r"-----END (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")
BODY = Pattern(r"(?<![\w+/=])[A-Za-z0-9+/]{40,}+={0,2}+[^\w+/=]*\Z", re.ASCII)
"""How a line of a key ends; a time and the like may stand before it."""

HEADER = Pattern(r"(?:.*\s)?(?:Proc-Type|DEK-Info|Version|Comment):.*|\s*")
"""What a key may begin with. Source: RFC 1421, 4.6 (https://www.rfc-editor.org/rfc/rfc1421), and RFC 4880, 6.2."""

WORD = Pattern(r"\s*[A-Za-z0-9+/=]+\s*")
"""The last line of a key, which may be short."""

WHOLE = Pattern(r"(?<![\w+/=])(?=[0-9A-Fa-f]*[G-Zg-z+/])[A-Za-z0-9+/]{64}\s*\Z", re.ASCII)
"""A line that is as long as RFC 7468 wants it, and no hash in hexadecimal."""

IN_A_ROW = 3
"""So many of them are a piece of a key, of which neither end was read."""


def hide_keys(lines: Sequence[str]) -> tuple[str, ...]:
    """Put `***` in place of each key, or what is left of one: its beginning or its end may be older or newer than these lines."""
    hidden = {number for start, end in find_keys(lines) for number in range(start, end)}
    return tuple(
        hide_begin(line) if number in hidden else line
        for number, line in enumerate(lines)
        if number not in hidden or number - 1 not in hidden or BEGIN.search(line)
    )


def hide_begin(line: str) -> str:
    """Keep what stands before a key."""
    begin = BEGIN.search(line)
    return f"{line[: begin.start()]}{MASK}" if begin else MASK


def find_keys(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find the lines of keys: the first of each, and the one after the last."""
    opened: int | None = None
    for number, line in enumerate(lines):
        begins, ends = BEGIN.search(line), END.search(line)
        if ends and not begins:
            yield find_first(lines, number) if opened is None else opened, number + 1
            opened = None
        elif begins:
            if opened is not None:
                yield opened, find_after(lines, opened)
            opened = None if ends else number
    if opened is not None:
        yield opened, find_after(lines, opened)
    yield from find_pieces(lines)


def find_first(lines: Sequence[str], end: int) -> int:
    """Find where a key begins of which only the end was read."""
    first = end
    if end and (WORD.fullmatch(lines[end - 1]) or (end > 1 and BODY.search(lines[end - 2]))):
        first -= 1
    while first and BODY.search(lines[first - 1]):
        first -= 1
    return first


def find_after(lines: Sequence[str], begin: int) -> int:
    """Find the line after a key of which only the beginning was read; what merely speaks of one has nothing of it below."""
    after = begin + 1
    while after < len(lines) and (BODY.search(lines[after]) or HEADER.fullmatch(lines[after])):
        after += 1
    return after


def find_pieces(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find what can only be the middle of a key."""
    start = 0
    for number in range(len(lines) + 1):
        if number == len(lines) or not WHOLE.search(lines[number]):
            if number - start >= IN_A_ROW:
                yield start, number
            start = number + 1
