"""What expressions give, as JSON values and as text: owns which values may be printed; refuses objects and what has no text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NoReturn

from jinja2.runtime import Macro, Undefined
from jinja2.utils import Namespace

from generator.build.rendering.absent import Absent
from generator.build.rendering.bounds import MEMBER_STEPS, Meter
from generator.model.findings import Place
from generator.model.nodes import NO_VALUE, Piece, Value

MOST_LEVELS = 90
"""How deep a printed value may nest."""


class MisfitError(Exception):
    """A value does not fit where it is printed."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


class Fragment(str):
    """What a macro, a call, a block or `{% set %}…{% endset %}` gave: its plain text, and the pieces it is printed as."""

    __slots__ = ("_pieces",)
    _pieces: tuple[Piece, ...]

    def __new__(cls, pieces: tuple[Piece, ...]) -> Fragment:
        fragment = super().__new__(cls, write_plain(pieces))
        fragment._pieces = pieces
        return fragment


class RawText(str):
    """Text that `| safe` declares to be template text."""

    __slots__ = ()


class JsonText(str):
    """What `| tojson` gave: JSON as text inside a string, the value itself in value position."""

    __slots__ = ("_value",)
    _value: Value

    def __new__(cls, value: Value, text: str) -> JsonText:
        made = super().__new__(cls, text)
        made._value = value
        return made


class Filtered:
    """What `{% filter %}` gave: the body's text filtered, for inside a string; its JSON filtered, for outside of one."""

    __slots__ = ("inside", "outside")

    def __init__(self, inside: Value, outside: str) -> None:
        self.inside = inside
        self.outside = outside


def simplify_value(value: Value, meter: Meter, level: int = 0) -> Value:
    """Copy a value as plain JSON types. Tuples become lists; fragments and other text become text."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, JsonText) and level:
        meter.spend(len(value))
        return value._value
    if isinstance(value, str):
        text = str(value)
        if " at 0x" in text and "<" in text:
            refuse_address(text)
        if level:
            meter.spend(len(text))
        return text
    if isinstance(value, (int, float)):
        return check_number(value, meter, level)
    if level > MOST_LEVELS:
        raise MisfitError(f"a value that nests deeper than {MOST_LEVELS} levels is printed")
    if isinstance(value, (list, tuple)):
        meter.spend(len(value) * MEMBER_STEPS)
        return [simplify_value(item, meter, level + 1) for item in value]
    if isinstance(value, dict):
        meter.spend(len(value) * MEMBER_STEPS)
        for key in value:
            if not isinstance(key, str):
                raise MisfitError(f"a mapping with the key {write_key(key)}, which is not text, is printed")
        return {str(key): simplify_value(item, meter, level + 1) for key, item in value.items()}
    if isinstance(value, Absent):
        value._report()
        return None
    if isinstance(value, Undefined):
        raise MisfitError("a conditional without `else` has no value here", "give it an `else`")
    refuse_object(value)


def check_number(value: float, meter: Meter, level: int) -> int | float:
    """Charge for the digits of a number, and refuse one that cannot be written as JSON."""
    if isinstance(value, int):
        if value.bit_length() > 14_000:  # beyond 4300 digits Python refuses to print, for the time it takes
            raise MisfitError("a number of more than 4000 digits is printed")
        if level:
            meter.take(value.bit_length() // 3)
    elif not isfinite(value):
        raise MisfitError("a number that is not finite is printed, and JSON has no such value")
    return value


def write_key(key: Value) -> str:
    return f"`{key}`" if isinstance(key, (bool, int, float)) else "of another kind"


def refuse_address(text: str) -> None:
    """Refuse text that shows where an object lies in memory: it differs in every run."""
    import re

    if re.search(r"<.* at 0x[0-9A-Fa-f]+>", text):
        raise MisfitError("the text of an object is printed, with its address in memory")


def refuse_object(value: Value, what: str = "is printed") -> NoReturn:
    """Refuse an object that is no JSON value, by a name that a template's author knows."""
    name = getattr(value, "__name__", None)
    if isinstance(value, Macro):
        raise MisfitError(f"the macro `{value.name}` {what}, not what it gives", f"call it: `{value.name}()`")
    if callable(value) and isinstance(name, str):
        kind = "method" if getattr(value, "__self__", None) is not None else "function"
        raise MisfitError(f"the {kind} `{name}` {what}, not what it gives", help_with_method(value, name))
    if isinstance(value, Namespace):
        raise MisfitError(f"a namespace {what}", "print one of its members")
    if isinstance(value, Iterable):
        raise MisfitError(f"a series of values, which is no list yet, {what}", "make it a list: `{{ … | list }}`")
    raise MisfitError(f"an object, which is no JSON value, {what}")


def refuse_objects(values: Iterable[Value], meter: Meter) -> None:
    """Refuse to write what is no JSON value, or holds one, into a text: Python would write it out all the same."""
    for value in values:
        if isinstance(value, (list, tuple, dict)):
            simplify_value(value, meter)
        elif value is not None and not isinstance(value, (str, int, float, Undefined)):
            refuse_object(value, "is made part of a text")


def help_with_method(value: Value, name: str) -> str:
    if isinstance(getattr(value, "__self__", None), dict):
        return f"a member of that name is `['{name}']`, and a call is `{name}()`"
    return f"call it: `{name}(…)`"


def name_kind(value: Value) -> str:
    """Name the kind of a value in JSON's words."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return "text"
    if isinstance(value, (bool, int, float)):
        return "a number" if not isinstance(value, bool) else "true or false"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "an object"


def write_text(value: Value) -> str:
    """Write what becomes a part of a text: text, a number, `true` or `false`; nothing else has one text."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float) and isfinite(value):
        return float.__repr__(value)
    if isinstance(value, Undefined):
        return str(value)
    if value is None or isinstance(value, (list, tuple, dict)):
        raise MisfitError(f"{name_kind(value)} is made part of a text")
    if isinstance(value, float):
        raise MisfitError("a number that is not finite is made part of a text")
    refuse_object(value, "is made part of a text")


def write_json(value: Value, indent: int | str | None = None) -> str:
    """Write a plain JSON value, on one line unless it is indented."""
    if indent is not None:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_value(value: Value) -> str:
    """Write a printed value as plain text: text as it is, all else as JSON."""
    if isinstance(value, Filtered):
        value = value.inside
    return str(value) if isinstance(value, str) else write_json(value)


def write_plain(pieces: tuple[Piece, ...]) -> str:
    """Write pieces as the text they mean: where they are the inside of a JSON string, its escapes are decoded."""
    source = "".join([piece.text for piece in pieces if piece.value is NO_VALUE])
    decode = "\\" in source and '"' not in source.replace("\\\\", "").replace('\\"', "")
    parts = []
    for piece in pieces:
        if piece.value is not NO_VALUE:
            parts.append(write_value(piece.value))
        else:
            parts.append(decode_escapes(piece.text) if decode else piece.text)
    return "".join(parts)


def decode_escapes(text: str) -> str:
    """Decode JSON's escapes; text that has others stays as it is."""
    try:
        decoded = json.loads(f'"{text}"', strict=False)
    except ValueError:
        return text
    assert isinstance(decoded, str)
    return decoded


def write_source(pieces: tuple[Piece, ...]) -> str:
    """Write pieces as JSON text: values outside of strings as JSON, inside of strings as string content."""
    parts = []
    for piece, inside in settle_each(pieces):
        if piece.value is NO_VALUE:
            parts.append(piece.text)
        else:
            parts.append(write_json(write_text(piece.value))[1:-1] if inside else write_json(piece.value))
    return "".join(parts)


def settle_pieces(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Give values that have two forms the one of the place they turned out to stand in."""
    if any(isinstance(piece.value, (JsonText, Filtered)) for piece in pieces):
        return tuple([piece for piece, _ in settle_each(pieces)])
    return pieces


def settle_each(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, bool]]:
    """Go through pieces, and tell of each whether it begins inside a JSON string."""
    inside = escaped = False
    for piece in pieces:
        value = piece.value
        if isinstance(value, JsonText):
            piece = Piece(piece.place, "", str(value) if inside else value._value)
        elif isinstance(value, Filtered):
            piece = make_value(piece.place, value.inside) if inside else Piece(piece.place, value.outside, NO_VALUE)
        yield piece, inside
        if piece.value is NO_VALUE:
            inside, escaped = scan_quotes(piece.text, inside, escaped)
        else:
            escaped = False


def make_value(place: Place, value: Value) -> Piece:
    return Piece(place, "", str(value) if isinstance(value, str) else value)


def scan_quotes(text: str, inside: bool, escaped: bool) -> tuple[bool, bool]:
    """Find whether the end of a text is inside a JSON string, and behind a backslash, from the same of its start."""
    at = 1 if escaped and text else 0
    escaped = escaped and not text
    while True:
        quote = text.find('"', at)
        if inside:
            slash = text.find("\\", at, quote if quote >= 0 else len(text))
            if slash >= 0:
                if slash + 1 == len(text):
                    return True, True
                at = slash + 2
                continue
        if quote < 0:
            return inside, escaped
        inside = not inside
        at = quote + 1
