"""Values that a template printed, as nodes and as content of a string: owns which value may be printed where."""

from __future__ import annotations

from math import isfinite

from generator.documents.parsing.broken import BrokenError
from generator.model.findings import Finding, Place, finding_at
from generator.model.nodes import ListNode, MapNode, Node, Piece, Scalar, Value

MOST_LEVELS = 100
"""How deep objects and lists may nest: ECS needs eight, and Python's own stack must never be what stops us."""

INSIDE_HELP = {
    type(None): "give it a value, or a default: `{{ … | default('…', true) }}`",
    list: "join its items: `{{ … | join(',') }}`",
    tuple: "join its items: `{{ … | join(',') }}`",
    dict: "print one of its members, or its JSON: `{{ … | tojson }}`",
}
"""What to do about a value inside a string that has no text, by its type."""


def write_inside(piece: Piece, findings: list[Finding]) -> str:
    """Write a printed value as string content."""
    value = piece.value
    if isinstance(value, str):
        check_characters(value, piece.place, findings)
        return str(value)
    if isinstance(value, (bool, int, float)) and is_finite(value):
        return write_number(value)
    message = f"{name_kind(value)} is printed inside a string"
    findings.append(finding_at(piece.place, "E103", message, help=INSIDE_HELP.get(type(value))))
    return ""


def convert_value(value: Value, place: Place, findings: list[Finding], level: int = 0) -> Node:
    """Make the node of a value printed in value position."""
    if value is None:
        return Scalar(place, "null", "null")
    if isinstance(value, str):
        check_characters(value, place, findings)
        return Scalar(place, "text", str(value))
    if isinstance(value, (bool, int, float)) and is_finite(value):
        return Scalar(place, "boolean" if isinstance(value, bool) else "number", write_number(value))
    if level >= MOST_LEVELS:
        raise BrokenError(finding_at(place, "E104", f"this nests deeper than {MOST_LEVELS} levels"))
    if isinstance(value, (list, tuple)):
        return ListNode(place, tuple(convert_value(item, place, findings, level + 1) for item in value))
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for key in value:
            check_characters(key, place, findings)
        items = {str(key): convert_value(item, place, findings, level + 1) for key, item in value.items()}
        return MapNode(place, items, dict.fromkeys(items, place))
    what = "a mapping with keys that are not text" if isinstance(value, dict) else name_kind(value)
    findings.append(finding_at(place, "E103", f"{what} is printed, and JSON has no such value"))
    return Scalar(place, "null", "null")


def check_characters(text: str, place: Place, findings: list[Finding]) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        findings.append(make_surrogate(place, ord(text[error.start])))


def make_surrogate(place: Place, code: int) -> Finding:
    """Make the finding of a surrogate that stands alone."""
    message = f"`\\u{code:04x}` is half of a surrogate pair, and no character alone"
    return finding_at(place, "E108", message, help="write the character itself, or both halves")


def is_finite(number: Value) -> bool:
    return not isinstance(number, float) or isfinite(number)


def write_number(number: Value) -> str:
    if isinstance(number, bool):
        return "true" if number else "false"
    return float.__repr__(number) if isinstance(number, float) else int.__repr__(number)


def name_kind(value: Value) -> str:
    """Name the kind of a printed value in JSON's words."""
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float)):
        return "a number" if is_finite(value) else "a number that is not finite"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "an object"
