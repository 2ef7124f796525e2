"""What `taskdef lint --fix` makes of a task definition: what cannot be registered and says nothing goes, the rest in the canonical form."""

from __future__ import annotations

import re
from collections.abc import Hashable

from generator.documents.ordering import order_document
from generator.documents.parsing.document import parse_json
from generator.documents.recognizing import is_something_else, unwrap_node
from generator.documents.serializing import serialize_document
from generator.ecs.lists import ListRow, identity_of
from generator.ecs.paths import OPAQUE, Step, first_step, item_step, member_step
from generator.ecs.shapes import read_only
from generator.model.findings import Source
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar

LINE = re.compile(r"[^\n]*\n|[^\n]+")


def fix_text(source: Source) -> str | None:
    """Give the text that can be registered and else says the same, or None where it is not certain which one that is.

    It is not where the text is no JSON, has a key twice or is something else, and where a null stands in a list or for a
    member that ECS requires.
    """
    parsed, findings = parse_json(source)
    if findings or not isinstance(parsed, MapNode) or is_something_else(source.text):
        return None
    kept = drop_members(unwrap_node(parsed))
    if has_null(kept):
        return None
    keyed = key_lists(kept, first_step())
    assert isinstance(keyed, MapNode)
    text = serialize_document(order_document(keyed))
    again, findings = parse_json(Source(source.path, text))
    assert again is not None and not findings, "what is written can be read"
    assert reduce_node(again, first_step()) == reduce_node(kept, first_step()), "what is written says the same"
    return text


def drop_members(document: MapNode) -> MapNode:
    """Drop the members that ECS sets itself, nulls, and an empty list of tags."""
    tags = document.items.get("tags")
    unwanted = {*read_only(), *(("tags",) if isinstance(tags, ListNode) and not tags.items else ())}
    kept = {name: node for name, node in document.items.items() if name not in unwanted}
    dropped = drop_nulls(document._replace(items=kept), first_step())
    assert isinstance(dropped, MapNode)
    return dropped


def drop_nulls(node: Node, step: Step) -> Node:
    """Drop the members that are null, unless ECS requires them: there, something is missing."""
    if isinstance(node, MapNode) and step.shape is not OPAQUE:
        items = {
            name: drop_nulls(child, member_step(step.shape, name))
            for name, child in node.items.items()
            if not is_json_null(child) or name in step.shape.required
        }
        return node._replace(items=items)
    if isinstance(node, ListNode):
        return node._replace(items=tuple(drop_nulls(item, item_step(step.shape, "")) for item in node.items))
    return node


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


def spell_difference(path: str, old: str, new: str) -> str:
    """Write the unified difference of a text and what is made of it, secrets masked."""
    from difflib import unified_diff

    from generator.documents.hiding import make_text_secrets
    from generator.model.secrets.scanning import replace_spans

    # Not `splitlines`: a line of a difference ends at a line feed only, and a string may hold U+2028 and the like.
    secrets = make_text_secrets(Source(path, old))
    before, after = (LINE.findall(replace_spans(text, secrets.find_spans(Source(path, text)))) for text in (old, new))
    lines = unified_diff(before, after, path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
