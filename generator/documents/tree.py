"""The values of a document, each by the path that findings spell. Compares nothing, and explains nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.ecs.lists import identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step, spell_step
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from generator.model.records import Record


class Leaf(Record):
    """A value that has nothing below it: a scalar, or an empty mapping or list."""

    path: str
    node: Node


def list_leaves(node: Node) -> Iterator[Leaf]:
    """List the values of a document, in its order."""
    found: list[Leaf] = []
    add_leaves(node, first_step(), "", found)
    return iter(found)


def add_leaves(node: Node, above: Step, spelling: str, found: list[Leaf]) -> None:
    """Add the values at a path and below it."""
    children = list_children(node, above)
    if not children:
        found.append(Leaf(spelling.removeprefix("."), node))
    for step, child in children:
        add_leaves(child, step, spelling + spell_step(step), found)


def find_node(document: Node, path: str) -> Node | None:
    """Find what is at a path, be it a value or what holds values; None if there is nothing."""
    return next((node for steps, node in walk(document, (first_step(),)) if format_path(steps) == path), None)


def walk(node: Node, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Node]]:
    """Walk through a document from its root down, each node with its path."""
    yield path, node
    for step, child in list_children(node, path[-1]):
        yield from walk(child, (*path, step))


def list_children(node: Node, above: Step) -> list[tuple[Step, Node]]:
    """List what is right below a node. Items are known by their identity, of a parsed list too."""
    step = member_step if isinstance(node, MapNode) else item_step
    return [(step(above.shape, name), child) for name, child in name_children(node, above)]


def name_children(node: Node, above: Step) -> Collection[tuple[str, Node]]:
    """List what is right below a node, by the names of members and the identities of items."""
    if isinstance(node, Scalar):
        return ()
    if isinstance(node, MapNode):
        return node.items.items()
    return node.items if isinstance(node, Keyed) else identify_items(node, above)


def identify_items(node: ListNode, above: Step) -> list[tuple[str, Node]]:
    """Give the items of a list the identities that a template's would have; others are known by their number."""
    named: list[tuple[str, Node]] = []
    for index, child in enumerate(node.items):
        identity = None
        if above.row is not None and above.row.identity and isinstance(child, MapNode):
            texts = {name: each.text for name, each in child.items.items() if isinstance(each, Scalar)}
            identity = identity_of(above.row, texts)
        named.append((identity or str(index), child))
    return named


def list_items(node: Node | None) -> Iterator[MapNode]:
    """List the items of a list that are structures."""
    if isinstance(node, Keyed):
        yield from (item.node for item in node.items)
    elif isinstance(node, ListNode):
        yield from (item for item in node.items if isinstance(item, MapNode))


def read_text(node: MapNode, member: str) -> str:
    """Read a member that is text; empty if there is none."""
    child = node.items.get(member)
    return child.text if isinstance(child, Scalar) else ""
