"""What a value written in `vars` or after `--set` is to a template. Guesses no type; patches are typed by their shape, not here."""

from __future__ import annotations

from generator.model.nodes import Keyed, MapNode, Node, Scalar, Value

LITERALS: dict[str, Value] = {"true": True, "false": False, "null": None}

MAX_DIGITS = 640
"""A longer integer stays text: Python may refuse to convert it, depending on the machine (640 is the least limit it can be given)."""

JINJA_WORDS = frozenset(
    ("and", "else", "false", "False", "if", "in", "is", "none", "None", "not", "or", "true", "True")
)
"""Identifiers that are operators or constants in a Jinja expression (Jinja 3.1, `Parser.parse_primary` and `parse_condexpr`)."""


def type_scalar(scalar: Scalar) -> Value:
    """Type a scalar: what is plain is an integer, a boolean or null only if it is written as JSON writes it; all else is text."""
    kind, text = scalar.kind, scalar.text
    if kind == "text":
        return text
    if kind == "number" and not is_integer(text):
        return float(text)
    return type_plain(text)


def type_plain(text: str) -> Value:
    """Type text that was written without quotes."""
    if text in LITERALS:
        return LITERALS[text]
    return int(text) if is_integer(text) else text


def is_integer(text: str) -> bool:
    """Whether a text is `0` or `-?[1-9][0-9]*`, and short enough to convert anywhere."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and (digits[0] != "0" or text == "0") and len(digits) <= MAX_DIGITS


def to_value(node: Node) -> Value:
    """Make plain values out of nodes. What aliases share becomes copies."""
    if isinstance(node, Scalar):
        return type_scalar(node)
    if isinstance(node, MapNode):
        return {key: to_value(child) for key, child in node.items.items()}
    if isinstance(node, Keyed):
        return [to_value(item.node) for item in node.items]
    return [to_value(child) for child in node.items]


def is_variable_name(name: str) -> bool:
    """Whether a template can name a variable so."""
    return name.isidentifier() and name not in JINJA_WORDS


def parse_setting(text: str) -> tuple[str, Value]:
    """Split `KEY=VALUE` at its first `=` and type the value like a plain scalar. ValueError says what is wrong."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"`{text}` is not of the form `KEY=VALUE`")
    if not is_variable_name(name):
        raise ValueError(f"`{name}` cannot be the name of a variable")
    return name, type_plain(value)
