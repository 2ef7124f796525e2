"""A task definition in the canonical form, that of artifacts: members in ECS's order, items of named lists in theirs. Says the same."""

from __future__ import annotations

from collections.abc import Hashable

from generator.documents.ordering import order_document
from generator.documents.parsing.document import parse_json
from generator.documents.recognizing import is_something_else
from generator.documents.serializing import serialize_document
from generator.ecs.lists import ListRow, identity_of
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.model.findings import Source
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar
from generator.model.records import Record


class Unsorted(Record):
    """Why a text stays in the order it has."""

    reason: str


def sort_text(source: Source) -> str | Unsorted:
    """Write a text in the canonical form, or say why it has none: it is no JSON, has a member twice, is something else, or has a null."""
    parsed, findings = parse_json(source)
    if parsed is None:
        return Unsorted("it is not JSON")
    if findings or not isinstance(parsed, MapNode) or is_something_else(source.text):
        return Unsorted("its meaning is not certain")
    if has_null(parsed):
        return Unsorted("it has a null, which artifacts do not have")
    keyed = key_lists(parsed, first_step())
    assert isinstance(keyed, MapNode)
    text = serialize_document(order_document(keyed))
    again, findings = parse_json(Source(source.path, text))
    assert again is not None and not findings, "what is written can be read"
    assert reduce_node(again, first_step()) == reduce_node(parsed, first_step()), (
        "the written text has the same content"
    )
    return text


def is_json_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind == "null"


def has_null(node: Node) -> bool:
    """Whether there is a null anywhere in a parsed document."""
    if isinstance(node, MapNode):
        return any(has_null(child) for child in node.items.values())
    return any(has_null(item) for item in node.items) if isinstance(node, ListNode) else is_json_null(node)


def key_lists(node: Node, step: Step) -> Node:
    """Give the items of lists that have identities theirs, by which they are ordered; a list in which one has none stays as it is."""
    if isinstance(node, MapNode):
        items = {name: key_lists(child, member_step(step.shape, name)) for name, child in node.items.items()}
        return node._replace(items=items)
    if not isinstance(node, ListNode):
        return node
    below = tuple(key_lists(item, item_step(step.shape, "")) for item in node.items)
    keyed = [item for each in below if (item := identify(each, step.row)) is not None]
    if len(keyed) != len(below) or not keyed:
        return node._replace(items=below)
    return Keyed(node.place, tuple(keyed))


def identify(node: Node, row: ListRow | None) -> Item | None:
    """Find the identity of an item of a list."""
    if row is None or not row.identity or not isinstance(node, MapNode):
        return None
    texts = {name: child.text for name, child in node.items.items() if isinstance(child, Scalar)}
    identity = identity_of(row, texts)
    return Item(identity, node) if identity is not None else None


def reduce_node(node: Node, step: Step) -> Hashable:
    """Reduce a parsed document to what it says: the order of members does not count, nor does that of lists that ECS takes as sets."""
    if isinstance(node, MapNode):
        return frozenset(
            (name, reduce_node(child, member_step(step.shape, name))) for name, child in node.items.items()
        )
    if not isinstance(node, ListNode):
        return node[1:]
    items = tuple(reduce_node(item, item_step(step.shape, "")) for item in node.items)
    return items if step.row is None or step.row.order == "kept" else frozenset(items)
