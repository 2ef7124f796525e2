"""Pieces or a JSON file to nodes with their places: owns our JSON reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from generator.documents.parsing.assembly import BLANK, Assembly
from generator.documents.parsing.broken import (
    WORD,
    BrokenError,
    fail,
    fail_escape,
    fail_item,
    fail_key,
    fail_missing,
    fail_open,
    fail_separator,
    fail_string,
    fail_word,
)
from generator.documents.parsing.conflicts import report_conflict
from generator.documents.parsing.printed import (
    MOST_LEVELS,
    check_characters,
    convert_value,
    make_surrogate,
    name_kind,
    write_inside,
)
from generator.model.findings import Finding, Note, Place, Source, finding_at
from generator.model.gathering import FoundList, TooManyFindings
from generator.model.nodes import NO_VALUE, Kind, ListNode, MapNode, Node, Piece, Scalar

ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
LITERALS: dict[str, Kind] = {"true": "boolean", "false": "boolean", "null": "null"}

BLANKS = re.compile(f"[{BLANK}]+")
COMMENTS = ("/", "#")
"""What comments of other languages begin with."""

PLAIN = re.compile(r'[^"\\\x00-\x1f]+')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
HEX_DIGITS = frozenset("0123456789abcdefABCDEF")


Recipe: TypeAlias = "int | tuple[str | int, ...]"
"""What a scalar is made of: the number of the printed value that it is, or the texts and the numbers of values in a string."""


def parse_document(pieces: Sequence[Piece], template: Source | None = None) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse what a template rendered. Commas before `]` and `}` are accepted."""
    if template is not None and is_empty(pieces):
        help = "where the task is not wanted, write `null` for it under `tasks` in the overlay"
        return None, (finding_at(Place(template, 0, 0), "E104", "this template renders nothing", help=help),)
    return _Reader(pieces, template=True).read()


def is_empty(pieces: Iterable[Piece]) -> bool:
    """Whether a template rendered nothing but blanks."""
    return not any(piece.value is not NO_VALUE or piece.text.strip(BLANK) for piece in pieces)


def read_pieces(
    pieces: Sequence[Piece],
) -> tuple[Node | None, tuple[Finding, ...], dict[int, Recipe] | None]:
    """Parse what a template rendered, and give what nodes are made of by their ids; None if a key is made of a printed value."""
    reader = _Reader(pieces, template=True)
    reader.recipes = {}
    return *reader.read(), reader.recipes


def parse_json(source: Source) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse a plain JSON file, as strictly as JSON is defined."""
    conflict = report_conflict(source)
    if conflict is not None:
        return None, (conflict,)
    whole = Piece(Place(source, 0, len(source.text)), source.text, NO_VALUE)
    return _Reader((whole,), template=False).read()


def parse_pieces(pieces: Sequence[Piece]) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse plain JSON from pieces, as strictly as JSON is defined."""
    return _Reader(pieces, template=False).read()


class _Reader:
    """One document being read."""

    def __init__(self, pieces: Iterable[Piece], *, template: bool) -> None:
        self.template = template
        self.recipes: dict[int, Recipe] | None = None
        self.parts: tuple[str | int, ...] = ()
        self.findings: list[Finding] = FoundList()
        self.assembly = Assembly(pieces)
        self.text = self.assembly.text
        self.values = self.assembly.values
        self.find_span = self.assembly.find_span

    def read(self) -> tuple[Node | None, tuple[Finding, ...]]:
        try:
            node, at = self.read_value(self.skip_blank(0), 0)
            at = self.skip_blank(at)
            if at < len(self.text):
                fail_separator(self.assembly, at, "the end of the document")
        except BrokenError as broken:
            return None, (*self.findings, broken.finding)
        except TooManyFindings:
            return None, tuple(self.findings)
        return node, tuple(self.findings)

    def skip_blank(self, at: int) -> int:
        text = self.text
        match = BLANKS.match(text, at)
        at = match.end() if match else at
        if text[at : at + 1] in COMMENTS and text.startswith(("//", "/*", "#"), at):
            help = "write it as `{# … #}`" if self.template else "remove it"
            fail(self.assembly, at, at + 1, "JSON has no comments", help)
        return at

    def read_value(self, at: int, level: int) -> tuple[Node, int]:
        char = self.text[at : at + 1]
        if char in ("{", "["):
            if level >= MOST_LEVELS:
                fail(self.assembly, at, at + 1, f"this nests deeper than {MOST_LEVELS} levels")
            return self.read_object(at, level + 1) if char == "{" else self.read_list(at, level + 1)
        if char == '"':
            text, end = self.read_string(at)
            scalar = Scalar(self.find_span(at, end), "text", text)
            if self.parts:
                self.keep(scalar, self.parts)
            return scalar, end
        if at in self.values:
            piece = self.values[at]
            node = convert_value(piece.value, piece.place, self.findings)
            self.keep(node, self.assembly.count_values(at))
            return node, at + 1
        word = WORD.match(self.text, at)
        if word is None:
            fail_missing(self.assembly, at, "a value")
        return self.read_word(at, word.group())

    def keep(self, node: Node, recipe: Recipe) -> None:
        """Keep what a node is made of, where somebody wants to know."""
        if self.recipes is not None:
            self.recipes[id(node)] = recipe

    def read_word(self, at: int, word: str) -> tuple[Scalar, int]:
        """Read a number, `true`, `false` or `null`."""
        end = at + len(word)
        kind = LITERALS.get(word) or ("number" if NUMBER.fullmatch(word) else None)
        if kind is None:
            fail_word(self.assembly, at, word)
        return Scalar(self.find_span(at, end), kind, word), end

    def read_list(self, opening: int, level: int) -> tuple[ListNode, int]:
        items: list[Node] = []
        at = self.skip_blank(opening + 1)
        if at >= len(self.text):
            fail_open(self.assembly, opening)
        while self.text[at : at + 1] != "]":
            item, end = self.read_value(at, level)
            items.append(item)
            at = self.read_comma(end, opening, "]")
        return ListNode(self.find_span(opening, at + 1), tuple(items)), at + 1

    def read_object(self, opening: int, level: int) -> tuple[MapNode, int]:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        at = self.skip_blank(opening + 1)
        while self.text[at : at + 1] != "}":
            key, place, at = self.read_key(at, opening)
            at = self.skip_blank(at)
            if self.text[at : at + 1] != ":":
                fail_separator(self.assembly, at, "`:`")
            item, end = self.read_value(self.skip_blank(at + 1), level)
            if key in keys:
                note = Note("first written here", keys[key].location)
                message = f"`{key}` is in one object twice"
                self.findings.append(finding_at(place, "E106", message, notes=(note,), help="keep one"))
            items[key] = item
            keys.setdefault(key, place)
            at = self.read_comma(end, opening, "}")
        return MapNode(self.find_span(opening, at + 1), items, keys), at + 1

    def read_key(self, at: int, opening: int) -> tuple[str, Place, int]:
        if self.text[at : at + 1] == '"':
            text, end = self.read_string(at)
            if self.parts:
                self.recipes = None
            return text, self.find_span(at, end), end
        self.recipes = None
        if at not in self.values:
            fail_key(self.assembly, at, opening)
        value, place = self.values[at].value, self.values[at].place
        if isinstance(value, str):
            check_characters(value, place, self.findings)
            return str(value), place, at + 1
        message = f"{name_kind(value)} is printed where a key is expected"
        raise BrokenError(finding_at(place, "E103", message, help="a key is text: put it in double quotes"))

    def read_comma(self, end: int, opening: int, closing: str) -> int:
        """Go from the end of an item to the start of the next one, or to the closing bracket."""
        at = self.skip_blank(end)
        char = self.text[at : at + 1]
        if char == closing:
            return at
        if char != ",":
            fail_item(self.assembly, end, at, opening, closing)
        after = self.skip_blank(at + 1)
        if self.text[after : after + 1] == closing and not self.template:
            fail(self.assembly, at, at + 1, f"there is a `,` before `{closing}`", "remove it")
        if after >= len(self.text):
            fail_open(self.assembly, opening)
        return after

    def read_string(self, opening: int) -> tuple[str, int]:
        """Read a string from its opening quote to behind its closing one, values and escapes put in."""
        text = self.text
        parts: list[str] = []
        made: list[str | int] = []
        values = self.values
        at = opening + 1
        while True:
            plain = PLAIN.match(text, at)
            if plain:
                parts.append(plain.group())
                at = plain.end()
            char = text[at : at + 1]
            if char == '"':
                self.parts = (*made, *parts[len(made) :]) if made else ()
                return "".join(parts), at + 1
            if char == "\\":
                part, at = self.read_escape(at)
                parts.append(part)
            elif at in values:
                made += [*parts[len(made) :], self.assembly.count_values(at)]
                parts.append(write_inside(values[at], self.findings))
                at += 1
            else:
                fail_string(self.assembly, opening, at)

    def read_escape(self, at: int) -> tuple[str, int]:
        char = self.text[at + 1 : at + 2]
        if char in ESCAPES:
            return ESCAPES[char], at + 2
        code, end = read_code(self.text, at + 2) if char == "u" else None, at + 6
        if code is None:
            fail_escape(self.assembly, at)
        if 0xD800 <= code <= 0xDBFF and self.text.startswith("\\u", end):
            low = read_code(self.text, end + 2) or 0
            if 0xDC00 <= low <= 0xDFFF:
                return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00), end + 6
        if 0xD800 <= code <= 0xDFFF:
            self.findings.append(make_surrogate(self.find_span(at, end), code))
            return "\ufffd", end
        return chr(code), end


def read_code(text: str, at: int) -> int | None:
    """Read the four digits of a `\\u` escape, None if there are no four."""
    digits = text[at : at + 4]
    return int(digits, 16) if len(digits) == 4 and HEX_DIGITS.issuperset(digits) else None
