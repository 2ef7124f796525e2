"""JSON text to plain values, fast, and the places of a few of them. Reports nothing: what is odd about a text is for `document` to say."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from json import JSONDecoder
from typing import TYPE_CHECKING, NoReturn, cast

from generator.model.findings import Path, Place, Source
from generator.model.nodes import Kind, ListNode, MapNode, Node, Scalar, Value

if TYPE_CHECKING:
    from types import GeneratorType

BLANK = re.compile(r"[ \t\r\n]*")
COLON = re.compile(r"[ \t\r\n:]*")
COMMA = re.compile(r"[ \t\r\n,]*")


def parse_value(text: str) -> Value:
    """Parse JSON. A ValueError says that the text is none, or has something of which only a reader with places can tell more."""
    if "\\" in text and ("\\ud" in text or "\\uD" in text):  # perhaps half of a character
        raise ValueError("a surrogate")
    try:
        document, end = READER.find_decoder().raw_decode(text, 0 if text.startswith("{") else _skip(BLANK, text, 0))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if _skip(BLANK, text, end) < len(text):
        raise ValueError("something behind it")
    return document


class _Reader:
    """A decoder of JSON in which no key may be there twice. Entries go to a generator, which takes them in half the time of a function.

    An error ends a generator, and so the next text gets a new one. Two threads that meet in it get a ValueError.
    """

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Begin with a new generator."""
        self.members = cast("GeneratorType[Value, list[tuple[str, Value]], None]", collect_members())
        next(self.members)
        self.decoder = JSONDecoder(object_pairs_hook=self.members.send, parse_constant=refuse_constant)

    def find_decoder(self) -> JSONDecoder:
        """Find a decoder that is ready."""
        if self.members.gi_frame is None:
            self.renew()
        return self.decoder


def collect_members() -> Generator[Value, list[tuple[str, Value]], None]:
    """Make mappings of the entries that are sent; a key must not are there twice."""
    members: Value = None
    while True:
        pairs = yield members
        members = dict(pairs)
        if len(members) != len(pairs):
            raise ValueError("a key is there twice")


def refuse_constant(word: str) -> NoReturn:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(word)


READER = _Reader()
SKIPPER = JSONDecoder(parse_int=str, parse_float=str)
"""Reads over what is not looked into."""


def parse_along(source: Source, paths: Iterable[Path]) -> Node:
    """Parse a text that `parse_value` accepts to nodes, along some paths as far as they lead; mappings and lists beside them stay empty."""
    return _Guide(source).read(_skip(BLANK, source.text, 0), tuple(paths))[0]


class _Guide:
    """One text being read along paths."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text

    def read(self, at: int, paths: tuple[Path, ...]) -> tuple[Node, int]:
        """Read the value at a position, and tell where it ends; `paths` lead on from there."""
        if paths and self.text[at] == "{":
            return self.read_mapping(at, paths)
        if paths and self.text[at] == "[":
            return self.read_list(at, paths)
        value, end = SKIPPER.raw_decode(self.text, at)
        place = Place(self.source, at, end)
        if isinstance(value, dict):
            return MapNode(place, {}, {}), end
        if isinstance(value, list):
            return ListNode(place, ()), end
        if self.text[at] == '"':
            return Scalar(place, "text", value), end
        return Scalar(place, KINDS.get(self.text[at], "number"), self.text[at:end]), end

    def read_mapping(self, start: int, paths: tuple[Path, ...]) -> tuple[MapNode, int]:
        text = self.text
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        beyond = split_paths(paths)
        at = _skip(BLANK, text, start + 1)
        while text[at] != "}":
            name, end = SKIPPER.raw_decode(text, at)
            keys[name] = Place(self.source, at, end)
            items[name], end = self.read(_skip(COLON, text, end), beyond.get(name, ()))
            at = _skip(COMMA, text, end)
        return MapNode(Place(self.source, start, at + 1), items, keys), at + 1

    def read_list(self, start: int, paths: tuple[Path, ...]) -> tuple[ListNode, int]:
        text = self.text
        items: list[Node] = []
        beyond = split_paths(paths)
        at = _skip(BLANK, text, start + 1)
        while text[at] != "]":
            item, end = self.read(at, beyond.get(len(items), ()))
            items.append(item)
            at = _skip(COMMA, text, end)
        return ListNode(Place(self.source, start, at + 1), tuple(items)), at + 1


KINDS: dict[str, Kind] = {"t": "boolean", "f": "boolean", "n": "null"}
"""What begins with such a letter."""


def split_paths(paths: tuple[Path, ...]) -> dict[str | int, tuple[Path, ...]]:
    """Split paths by their first steps: what is left of them behind each."""
    beyond: dict[str | int, dict[Path, None]] = {}
    for path in paths:
        if path:
            beyond.setdefault(path[0], {})[path[1:]] = None
    return {first: tuple(rest) for first, rest in beyond.items()}


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Skip what matches, which may be nothing. In a text that `parse_value` accepts there is one colon or comma at most."""
    match = pattern.match(text, at)
    assert match is not None, "there may be none"
    return match.end()
