"""A task definition as ECS describes it, or as a file has it, made a document like those that are built. Finds no fault with it."""

from __future__ import annotations

from generator.build.merging import view_document
from generator.documents.coercing import coerce_document
from generator.documents.parsing.scalars import to_value
from generator.documents.recognizing import is_described, unwrap_node
from generator.ecs.shapes import read_only
from generator.model.nodes import Keyed, ListNode, MapNode, Node
from generator.model.records import Record


class Described(Record):
    """A document with keyed lists, whether it has the tags, which an answer of ECS may omit, and whether it is such an answer."""

    document: MapNode
    has_tags: bool
    answered: bool


def view_described(node: MapNode) -> Described:
    """Omit of a task definition, or an answer with one in it, what only ECS can set; nothing else of it is."""
    described = is_described(to_value(node))
    inner = unwrap_node(node)
    kept = {name: child for name, child in inner.items.items() if name not in read_only()}
    stripped = inner._replace(items=kept)
    viewed, _ = view_document(stripped, allow=tuple(list_names(stripped)))
    assert viewed is not None
    coerced, _ = coerce_document(viewed)
    answered = described or len(kept) < len(inner.items)
    return Described(coerced, not answered or "tags" in node.items or "tags" in inner.items, answered)


def list_names(node: Node) -> set[str]:
    """List every key there is in a document."""
    if isinstance(node, MapNode):
        return {*node.items}.union(*(list_names(child) for child in node.items.values()))
    if isinstance(node, ListNode):
        return set[str]().union(*(list_names(child) for child in node.items))
    return set[str]().union(*(list_names(item.node) for item in node.items)) if isinstance(node, Keyed) else set()
