"""Pieces or a JSON file to nodes with their places: owns our JSON reading, and what a printed value may be where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NoReturn

from generator.model.findings import Finding, Note, Place, Source, finding_at
from generator.model.nodes import NO_VALUE, Kind, ListNode, MapNode, Node, Piece, Scalar, Value

MOST_LEVELS = 100
"""How deep objects and lists may nest: ECS needs eight, and Python's own stack must never be what stops us."""

BLANK = " \t\n\r"
MARK = "\0"
"""Stands for a printed value in the assembled text. JSON allows it nowhere, so a NUL of the user's own is refused anyway."""

ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
CONTROLS = {"\n": ("a line break", "\\n"), "\t": ("a tab", "\\t"), "\r": ("a carriage return", "\\r")}
LITERALS: dict[str, Kind] = {"true": "boolean", "false": "boolean", "null": "null"}
PYTHON_LITERALS = {"True": "true", "False": "false", "None": "null"}
PUNCTUATION = frozenset(",:[]{}" + BLANK)

PLAIN = re.compile(r'[^"\\\x00-\x1f]+')
WORD = re.compile(r'[^ \t\n\r,:{}\[\]"\x00]+')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
HEX_DIGITS = frozenset("0123456789abcdefABCDEF")


def parse_document(pieces: Sequence[Piece], template: Source | None = None) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse what a template rendered. Commas before `]` and `}` are accepted."""
    if template is not None and not any(piece.value is not NO_VALUE or piece.text.strip(BLANK) for piece in pieces):
        help = "where the task is not wanted, write `null` for it under `tasks` in the overlay"
        return None, (finding_at(Place(template, 0, 0), "E104", "this template renders nothing", help=help),)
    return _Reader(pieces, template=True).read()


def parse_json(source: Source) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse a plain JSON file, as strictly as JSON is defined."""
    whole = Piece(Place(source, 0, len(source.text)), source.text, NO_VALUE)
    return _Reader((whole,), template=False).read()


class _Broken(Exception):
    """The text is no JSON from here on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Reader:
    """One document being read. `text` is the assembled text, in which each printed value is one MARK."""

    def __init__(self, pieces: Iterable[Piece], *, template: bool) -> None:
        self.template = template
        self.findings: list[Finding] = []
        self.pieces: list[Piece] = []
        self.starts: list[int] = []
        self.values: dict[int, Piece] = {}
        texts: list[str] = []
        length = 0
        self.origin: Place | None = None
        for piece in pieces:
            self.origin = self.origin or piece.place
            text = piece.text
            if piece.value is not NO_VALUE:
                text = MARK
                self.values[length] = piece
            if text:
                self.pieces.append(piece)
                self.starts.append(length)
                texts.append(text)
                length += len(text)
        self.text = "".join(texts)

    def read(self) -> tuple[Node | None, tuple[Finding, ...]]:
        try:
            node, at = self.read_value(self.skip_blank(0), 0)
            at = self.skip_blank(at)
            if at < len(self.text):
                self.fail_separator(at, "the end of the document")
        except _Broken as broken:
            return None, (*self.findings, broken.finding)
        return node, tuple(self.findings)

    def place(self, start: int, end: int) -> Place | None:
        """Find where in the templates a span of the assembled text was written, as far as it is one span there."""
        if not self.pieces:
            return self.origin
        first = self.place_piece(start)
        last = self.place_piece(max(start, end - 1)) if end > start + 1 else first
        if last.source is first.source and last.end > first.end:
            return Place(first.source, first.start, last.end)
        return first

    def place_piece(self, at: int) -> Place:
        """Find where one character of the assembled text was written: the whole expression, if one printed it."""
        index = bisect_right(self.starts, at) - 1
        piece = self.pieces[index]
        source, start, end = piece.place
        if piece.value is not NO_VALUE or end - start != len(piece.text):
            return piece.place
        start += min(at - self.starts[index], len(piece.text))
        return Place(source, start, min(start + 1, end))

    def fail(self, start: int, end: int, message: str, help: str | None = None, *notes: Note) -> NoReturn:
        raise _Broken(finding_at(self.place(start, end), "E104", message, notes=notes, help=help))

    def skip_blank(self, at: int) -> int:
        text, length = self.text, len(self.text)
        while at < length and text[at] in BLANK:
            at += 1
        if text.startswith(("//", "/*", "#"), at):
            help = "write it as `{# … #}`" if self.template else "remove it"
            self.fail(at, at + 1, "JSON has no comments", help)
        return at

    def read_value(self, at: int, level: int) -> tuple[Node, int]:
        char = self.text[at : at + 1]
        if char in ("{", "["):
            if level >= MOST_LEVELS:
                self.fail(at, at + 1, f"this nests deeper than {MOST_LEVELS} levels")
            return self.read_object(at, level + 1) if char == "{" else self.read_list(at, level + 1)
        if char == '"':
            text, end = self.read_string(at)
            return Scalar(self.span(at, end), "text", text), end
        if at in self.values:
            piece = self.values[at]
            return self.convert_value(piece.value, piece.place), at + 1
        word = WORD.match(self.text, at)
        if word is None:
            self.fail_missing(at, "a value")
        return self.read_word(at, word.group())

    def span(self, start: int, end: int) -> Place:
        place = self.place(start, end)
        assert place is not None, "a document with text has pieces"
        return place

    def read_word(self, at: int, word: str) -> tuple[Scalar, int]:
        """Read a number, `true`, `false` or `null`."""
        end = at + len(word)
        if word in LITERALS:
            return Scalar(self.span(at, end), LITERALS[word], word), end
        if NUMBER.fullmatch(word):
            return Scalar(self.span(at, end), "number", word), end
        if word in PYTHON_LITERALS:
            self.fail(at, end, f"`{word}` is not JSON", f"write `{PYTHON_LITERALS[word]}`")
        if word[0] in "'‘’“”`":
            self.fail(at, at + 1, "text in JSON stands in straight double quotes", 'use `"`')
        self.fail(at, end, f"`{_shorten(word)}` is not JSON", "put text in double quotes")

    def read_list(self, opening: int, level: int) -> tuple[ListNode, int]:
        items: list[Node] = []
        at = self.skip_blank(opening + 1)
        if at >= len(self.text):
            self.fail(opening, opening + 1, "`[` is never closed")
        while self.text[at : at + 1] != "]":
            item, end = self.read_value(at, level)
            items.append(item)
            at = self.read_comma(end, opening, "]")
        return ListNode(self.span(opening, at + 1), tuple(items)), at + 1

    def read_object(self, opening: int, level: int) -> tuple[MapNode, int]:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        at = self.skip_blank(opening + 1)
        while self.text[at : at + 1] != "}":
            key, place, at = self.read_key(at, opening)
            at = self.skip_blank(at)
            if self.text[at : at + 1] != ":":
                self.fail_separator(at, "`:`")
            item, end = self.read_value(self.skip_blank(at + 1), level)
            if key in keys:
                note = Note("first written here", keys[key].location)
                self.findings.append(
                    finding_at(place, "E106", f"`{key}` stands twice in one object", notes=(note,), help="keep one")
                )
            items[key] = item
            keys.setdefault(key, place)
            at = self.read_comma(end, opening, "}")
        return MapNode(self.span(opening, at + 1), items, keys), at + 1

    def read_key(self, at: int, opening: int) -> tuple[str, Place, int]:
        if self.text[at : at + 1] == '"':
            text, end = self.read_string(at)
            return text, self.span(at, end), end
        if at in self.values:
            piece = self.values[at]
            if isinstance(piece.value, str):
                self.check_characters(piece.value, piece.place)
                return str(piece.value), piece.place, at + 1
            message = f"{_name_kind(piece.value)} is printed where a key is expected"
            raise _Broken(finding_at(piece.place, "E103", message, help="a key is text: put it in double quotes"))
        if at >= len(self.text):
            self.fail(opening, opening + 1, "`{` is never closed")
        word = WORD.match(self.text, at)
        if word is None:
            self.fail_missing(at, "a key")
        self.fail(at, word.end(), f"the key `{_shorten(word.group())}` stands without double quotes", 'use `"`')

    def read_comma(self, end: int, opening: int, closing: str) -> int:
        """Go from the end of an item to the start of the next one, or to the closing bracket."""
        at = self.skip_blank(end)
        char = self.text[at : at + 1]
        if char == closing:
            return at
        if char == ",":
            after = self.skip_blank(at + 1)
            if self.text[after : after + 1] == closing and not self.template:
                self.fail(at, at + 1, f"a `,` stands before `{closing}`", "remove it")
            if after >= len(self.text):
                self.fail(opening, opening + 1, f"`{self.text[opening]}` is never closed")
            return after
        if not char:
            self.fail(opening, opening + 1, f"`{self.text[opening]}` is never closed")
        if char in "]}":
            note = Note(f"`{self.text[opening]}` is open since here", self.span(opening, opening + 1).location)
            self.fail(at, at + 1, f"`{char}` stands where `{closing}` is expected", None, note)
        self.check_punctuation(at)
        if char != ":" and not self.touches_value(at):
            self.fail_comma(end - 1, at)
        self.fail_separator(at, f"`,` or `{closing}`")

    def fail_comma(self, before: int, at: int) -> NoReturn:
        """Fail at the end of a value that another one follows: in a loop the next one comes no later in the template."""
        end, following = self.place_piece(before), self.place_piece(at)
        looped = end.source is following.source and following.start <= end.start
        help = "add it: a `,` before `]` or `}` is accepted, so loops need no `loop.last`" if looped else None
        self.fail(before, before + 1, "a `,` is missing after this value", help)

    def fail_missing(self, at: int, what: str) -> NoReturn:
        if at >= len(self.text):
            end = len(self.text.rstrip(BLANK))
            if end == 0:
                self.fail(0, 0, "there is no JSON here")
            self.fail(end - 1, end, f"{what} is missing at the end")
        self.fail(at, at + 1, f"{what} is missing before `{self.text[at]}`")

    def fail_separator(self, at: int, expected: str) -> NoReturn:
        """Fail at what stands where punctuation is expected."""
        self.check_punctuation(at)
        if at >= len(self.text):
            end = len(self.text.rstrip(BLANK))
            self.fail(end - 1, end, f"{expected} is missing at the end")
        if self.touches_value(at):
            help = "print both inside one string, or put a `,` between them"
            self.fail(at, at + 1, "two values stand side by side, and neither is part of the other", help)
        found = "a value that is printed" if at in self.values else f"`{_shorten(self.find_word(at))}`"
        self.fail(at, at + 1, f"{expected} is expected, not {found}")

    def touches_value(self, at: int) -> bool:
        """Whether what stands here follows a value with no blank between, and an expression printed one of the two."""
        return (at in self.values or at - 1 in self.values) and self.text[at - 1] not in BLANK

    def check_punctuation(self, at: int) -> None:
        """Refuse punctuation that an expression printed, here or right before."""
        before = len(self.text[:at].rstrip(BLANK)) - 1
        for position in (at, before):
            printed = self.values.get(position)
            if printed is None or not isinstance(printed.value, str) or not PUNCTUATION.issuperset(printed.value):
                continue
            text = printed.value.strip()
            message = (
                f"`{text}` is printed as text, not as punctuation" if text else "empty text is printed between values"
            )
            help = "write the `,` in the template: one before `]` or `}` is accepted, so loops need no `loop.last`"
            raise _Broken(finding_at(printed.place, "E103", message, help=help))

    def find_word(self, at: int) -> str:
        word = WORD.match(self.text, at)
        return word.group() if word else self.text[at]

    def read_string(self, opening: int) -> tuple[str, int]:
        """Read a string from its opening quote to behind its closing one, values and escapes put in."""
        text = self.text
        parts: list[str] = []
        at = opening + 1
        while True:
            plain = PLAIN.match(text, at)
            if plain:
                parts.append(plain.group())
                at = plain.end()
            char = text[at : at + 1]
            if char == '"':
                return "".join(parts), at + 1
            if char == "\\":
                part, at = self.read_escape(at)
                parts.append(part)
            elif at in self.values:
                parts.append(self.write_inside(self.values[at]))
                at += 1
            else:
                self.fail_string(opening, at, char)

    def fail_string(self, opening: int, at: int, char: str) -> NoReturn:
        if not char:
            self.fail(opening, opening + 1, "a string is never closed")
        if char == "\n":
            self.fail(opening, at, "a line break stands in a string", 'close the string with `"`, or write `\\n`')
        name, escape = CONTROLS.get(char, (f"the control character U+{ord(char):04X}", f"\\u{ord(char):04x}"))
        self.fail(at, at + 1, f"{name} stands in a string", f"write `{escape}`")

    def read_escape(self, at: int) -> tuple[str, int]:
        char = self.text[at + 1 : at + 2]
        if char in ESCAPES:
            return ESCAPES[char], at + 2
        if char != "u":
            shown = char if char > " " else ""
            self.fail(at, at + 1 + len(shown), f"`\\{shown}` is no JSON escape", "write `\\\\` for a backslash")
        code, end = self.read_code(at + 2), at + 6
        if code is None:
            self.fail(at, at + 2, "`\\u` is not followed by four hexadecimal digits", "write `\\\\` for a backslash")
        if 0xD800 <= code <= 0xDBFF and self.text.startswith("\\u", end):
            low = self.read_code(end + 2) or 0
            if 0xDC00 <= low <= 0xDFFF:
                return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00), end + 6
        if 0xD800 <= code <= 0xDFFF:
            self.report_surrogate(self.span(at, end), code)
            return "\ufffd", end
        return chr(code), end

    def read_code(self, at: int) -> int | None:
        digits = self.text[at : at + 4]
        return int(digits, 16) if len(digits) == 4 and HEX_DIGITS.issuperset(digits) else None

    def write_inside(self, piece: Piece) -> str:
        """Write a printed value as string content."""
        value = piece.value
        if isinstance(value, str):
            self.check_characters(value, piece.place)
            return str(value)
        if isinstance(value, (bool, int, float)) and _is_finite(value):
            return _write_number(value)
        help = {
            type(None): "give it a value, or a default: `{{ … | default('…', true) }}`",
            list: "join its items: `{{ … | join(',') }}`",
            tuple: "join its items: `{{ … | join(',') }}`",
            dict: "print one of its members, or its JSON: `{{ … | tojson }}`",
        }.get(type(value))
        message = f"{_name_kind(value)} is printed inside a string"
        self.findings.append(finding_at(piece.place, "E103", message, help=help))
        return ""

    def convert_value(self, value: Value, place: Place, level: int = 0) -> Node:
        """Make the node of a value printed in value position."""
        if value is None:
            return Scalar(place, "null", "null")
        if isinstance(value, str):
            self.check_characters(value, place)
            return Scalar(place, "text", str(value))
        if isinstance(value, (bool, int, float)) and _is_finite(value):
            return Scalar(place, "boolean" if isinstance(value, bool) else "number", _write_number(value))
        if level >= MOST_LEVELS:
            raise _Broken(finding_at(place, "E104", f"this nests deeper than {MOST_LEVELS} levels"))
        if isinstance(value, (list, tuple)):
            return ListNode(place, tuple(self.convert_value(item, place, level + 1) for item in value))
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            for key in value:
                self.check_characters(key, place)
            items = {str(key): self.convert_value(item, place, level + 1) for key, item in value.items()}
            return MapNode(place, items, dict.fromkeys(items, place))
        what = "a mapping with keys that are not text" if isinstance(value, dict) else _name_kind(value)
        self.findings.append(finding_at(place, "E103", f"{what} is printed, and JSON has no such value"))
        return Scalar(place, "null", "null")

    def check_characters(self, text: str, place: Place) -> None:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            self.report_surrogate(place, ord(text[error.start]))

    def report_surrogate(self, place: Place, code: int) -> None:
        message = f"`\\u{code:04x}` is half of a surrogate pair, and no character alone"
        self.findings.append(finding_at(place, "E108", message, help="write the character itself, or both halves"))


def _is_finite(number: Value) -> bool:
    return not isinstance(number, float) or isfinite(number)


def _write_number(number: Value) -> str:
    if isinstance(number, bool):
        return "true" if number else "false"
    return float.__repr__(number) if isinstance(number, float) else int.__repr__(number)


def _name_kind(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float)):
        return "a number" if _is_finite(value) else "a number that is not finite"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "an object"


def _shorten(word: str) -> str:
    return word if len(word) <= 40 else word[:39] + "…"
