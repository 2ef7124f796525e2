"""JSON as people keep it, with comments and commas before brackets: blanked out, so that every other character stays where it is."""

from __future__ import annotations

import re

from generator.model.patterns import Pattern
from generator.model.records import Record

TEXT_OR_COMMENT = Pattern(r'"(?:[^"\\\n]|\\.)*+"?|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?')
TEXT_OR_COMMA = Pattern(r'"(?:[^"\\\n]|\\.)*+"?|,(?=\s*+[\]}])')


class Bare(Record):
    """A text without comments, and how many comments and commas before brackets it had."""

    text: str
    comments: int
    commas: int


def blank_comments(text: str) -> Bare:
    """Blank out what JSON does not have. Texts in double quotes stay, and so do all lines and columns."""
    text, comments = blank(TEXT_OR_COMMENT, text)
    text, commas = blank(TEXT_OR_COMMA, text)
    return Bare(text, comments, commas)


def blank(pattern: Pattern, text: str) -> tuple[str, int]:
    """Blank out all matches that are no text in double quotes, and count them."""
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        found = match.group()
        if found.startswith('"'):
            return found
        count += 1
        return "".join("\n" if char == "\n" else " " for char in found)

    return pattern.sub(replace, text), count
