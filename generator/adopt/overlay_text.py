"""An overlay's sections as YAML that reads the same everywhere: bare where no reader could take it for anything else, else quoted."""

from __future__ import annotations

from collections.abc import Iterator
from json.encoder import encode_basestring_ascii

from generator.ecs.lists import ROWS
from generator.model.nodes import Value
from generator.model.patterns import Pattern

WIDTH = 120

INTEGER = Pattern(r"0|-?[1-9][0-9]{0,17}")
PLAIN = Pattern(
    r"(?:-{1,2}(?=[A-Za-z]))?[\w./$~+][\w./@%+=$~^(),;!?*<>&|'-]*+(?:[: ][\w./@%+=$~^(),;!?*<>&|'-]+)*+(?<![ :])"
)
"""Text that YAML has no other meaning for, but for the words and numbers below."""

SPECIAL = Pattern(
    r"(?i:~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan|=|<<)"
    r"|[-+]?[0-9.][0-9_.,]*(?:[eE][-+]?[0-9]+)?"  # numbers, and what some reader takes for one
    r"|[-+]?0[xob][0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-9_]+)+(?:\.[0-9_]*)?"  # base 60
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"
)
VERSION = Pattern(r"[0-9]+(?:\.[0-9]+){2,}")
"""Three numbers or more between dots: no reader takes that for a number."""

ITEM_LISTS = frozenset(
    member
    for (_, member), row in ROWS.items()
    if row.identity and not row.shorthand and member != "containerDefinitions"
)
"""Lists whose items are structures; what has a shorthand is easier to read line by line."""


def write_scalar(value: Value, *, flow: bool = False) -> str:
    """Write a scalar: bare or in double quotes. `flow` is inside of brackets, where a comma would end it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if INTEGER.fullmatch(text):
        return text
    return text if is_plain(text, flow=flow) else quote(text)


def write_text(text: str) -> str:
    """Write a text that has to stay one, a number too."""
    return text if is_plain(text, flow=True) else quote(text)


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether every reader takes a bare text for the same text."""
    if not PLAIN.fullmatch(text) or (flow and "," in text):
        return False
    return not SPECIAL.fullmatch(text) or VERSION.fullmatch(text) is not None


def quote(text: str) -> str:
    """Write a text in double quotes; letters of any script stay as they are."""
    written = []
    for char in text:
        plain = char.isprintable() and char not in '"\\'
        written.append(char if plain else encode_char(char))
    return '"' + "".join(written) + '"'


def encode_char(char: str) -> str:
    """Write a character by its number where JSON's escape would be two halves."""
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else encode_basestring_ascii(char)[1:-1]


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
            yield from list_lines(inner, child, depth + 1)
        return
    yield from (f"{indent}  - {write_flat(item)}" for item in value)


def is_flat(key: str, value: Value) -> bool:
    """Whether an entry goes on one line if it fits: a list of texts, the only item of a list, and a volume that is added."""
    if isinstance(value, list):
        return True
    if "$add" in value:
        return "image" not in value
    return key in ITEM_LISTS and len(value) == 1


def write_flat(value: Value) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_text(key)}: {write_flat(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write_flat, value)) + "]"
    return write_scalar(value, flow=True)
