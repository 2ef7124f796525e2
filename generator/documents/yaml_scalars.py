"""Scalars as YAML that reads the same everywhere: bare if no reader could read anything else, else quoted."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii

from generator.model.nodes import Value
from generator.model.patterns import Pattern

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


def write_scalar(value: Value, *, flow: bool = False) -> str:
    """Write a scalar: bare or in double quotes. `flow` means inside brackets, where a comma would end it."""
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
    """Whether every reader of YAML reads a bare text as the same text."""
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
