"""The nouns that cross modules: nodes with their places, the project as read, the results of a build. Has no behaviour but lookups."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from generator.model.findings import Place
from generator.model.records import Record

Value: TypeAlias = Any
"""A JSON value (str, int, float, bool, None, list, dict) as Jinja and templates see it: the only use of `Any`."""

Kind = Literal["text", "plain", "number", "boolean", "null"]
"""How a scalar was written.

`text`: certainly text (a JSON string; quoted or block YAML). `plain`: an unquoted YAML scalar, whose type its shape decides.
`number`, `boolean`, `null`: JSON literals. `null` and `plain` never leave the coercing stage.
"""


class Scalar(Record):
    """One value. `text` is its source text: the decoded string for `text`, the literal as written for all other kinds."""

    place: Place
    kind: Kind
    text: str


class MapNode(Record):
    """Members in source order. `keys` has the place of each key of `items`."""

    place: Place
    items: dict[str, Node]
    keys: dict[str, Place]


class ListNode(Record):
    """Items in source order."""

    place: Place
    items: tuple[Node, ...]


class Item(Record):
    """One entry of a keyed list: its identity in overlays and findings, and its node."""

    identity: str
    node: MapNode


class Keyed(Record):
    """A list whose items have identities (`ecs/lists.py`). An identity may be there twice where ECS allows that."""

    place: Place
    items: tuple[Item, ...]


Node: TypeAlias = Scalar | MapNode | ListNode | Keyed


def is_yaml_null(node: Node) -> bool:
    """Whether a node of an overlay is an unquoted `null`."""
    return isinstance(node, Scalar) and node.kind == "plain" and node.text == "null"


def describe_kind(node: object) -> str:
    """Name what was written: `a mapping`, `a list`, `text`, `a number`."""
    if isinstance(node, Scalar):
        kinds = {
            "text": "text",
            "plain": "a plain value",
            "number": "a number",
            "boolean": "`true` or `false`",
            "null": "null",
        }
        return kinds[node.kind]
    return "a list" if isinstance(node, (ListNode, Keyed)) else "a mapping"


class Piece(Record):
    """One stretch of a rendered template, with the template span it comes from.

    `text` is template text when `value` is NO_VALUE; otherwise `value` (a Value) is the value of an expression, and `text` is unused.
    """

    place: Place
    text: str
    value: Value


NO_VALUE: object = object()
"""Marks a piece as template text; None is a value."""
