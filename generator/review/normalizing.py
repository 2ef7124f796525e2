"""A task definition as ECS has it once it is registered, for comparison only: defaults filled in, order that is no order removed.

Nothing that comes from here is ever written. Containers that other members name are known by their identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import is_

from generator.documents.tree import list_leaves, read_text, walk
from generator.ecs.defaults import (
    ANSWERED,
    ANSWERED_LIST,
    ANSWERED_MODE,
    APART,
    CHOICE,
    DEFAULTS,
    LIST,
    MAP,
    NULL,
    REORDERED,
    ROLES,
    Default,
    Empty,
)
from generator.ecs.network import SHARED
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.ecs.shapes import Shape, shape
from generator.model.findings import Place, Source
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar
from generator.model.tags import OWN_TAGS

NOWHERE = Place(Source("", ""), 0, 0)
"""The place of what ECS fills in: nobody wrote it."""

CONTAINER_NAMES = ("containerName", "sourceContainer")
"""Identity members that name a container of the same task."""


def normalize_document(document: MapNode) -> MapNode:
    """Fill in what ECS does; omit what it takes for absent, null and lists with nothing in them, and the tags that we set."""
    document = leave_own_tags(document)
    normalizer = Normalizer(read_text(document, "networkMode"), find_identities(document))
    normalized = normalizer.normalize(document, first_step())
    assert isinstance(normalized, MapNode)
    return normalized


def leave_own_tags(document: MapNode) -> MapNode:
    """Omit the tags that a revision gets when it is registered, whatever it is registered from."""
    tags = document.items.get("tags")
    if not isinstance(tags, Keyed):
        return document
    kept = tags._replace(items=tuple(item for item in tags.items if item.identity not in OWN_TAGS))
    return document._replace(items={**document.items, "tags": kept})


def is_filled_in(node: Node) -> bool:
    """Whether ECS would fill a value in, and nobody wrote it."""
    return node.place is NOWHERE


def list_filled(document: MapNode) -> Iterator[tuple[str, str]]:
    """List what ECS fills in where nobody wrote a value, by path and as JSON has it."""
    for path, node in list_leaves(normalize_document(document)):
        if is_filled_in(node) and isinstance(node, Scalar):
            yield path, node.text


def list_assumed(left: MapNode, right: MapNode) -> Iterator[tuple[str, str]]:
    """List by path what one side writes, the other does not, and may count as the same though nobody shows that ECS stores it."""
    sides = [{format_path(path): (path, node) for path, node in walk(each, (first_step(),))} for each in (left, right)]
    modes = [read_text(each, "networkMode") for each in (left, right)]
    for own, other, mode in ((sides[0], sides[1], modes[0]), (sides[1], sides[0], modes[1])):
        for name, (path, node) in own.items():
            if (
                name not in other
                and len(path) > 1
                and format_path(path[:-1]) in other
                and is_unproven(node, path, mode)
            ):
                yield name, spell_value(node)


def is_unproven(node: Node, path: tuple[Step, ...], mode: str) -> bool:
    """Whether a value counts as none, and nobody shows that ECS stores or answers it so."""
    structure, member = path[-2].shape, path[-1].label.removeprefix(".")
    empty = find_empty(node, structure, member)
    if empty is not None:
        return not empty.proven
    if member == "networkMode":
        return mode == ANSWERED_MODE
    default = DEFAULTS.get((structure.name, member))
    if default is None or default.proven or (member == "hostPort" and mode in SHARED):
        return False
    return isinstance(node, Scalar) and node.text == default.text


def spell_value(node: Node) -> str:
    """Spell a value that says nothing, as JSON would have it if it is empty."""
    if isinstance(node, Scalar):
        return node.text or '""'
    return "{}" if isinstance(node, MapNode) else "[]"


def find_identities(document: MapNode) -> dict[str, str]:
    """Find the identity of each container by its name."""
    containers = document.items.get("containerDefinitions")
    items = containers.items if isinstance(containers, Keyed) else ()
    return {read_text(item.node, "name"): item.identity for item in items}


FILLED: Mapping[str, Mapping[str, Default]] = {
    structure: {
        member: default
        for (owner, member), default in DEFAULTS.items()
        if owner == structure and default.filled and member != "hostPort"
    }
    for structure, _ in DEFAULTS
}
"""What ECS fills in, by structure and member, but for the port of the host, on which the network mode decides."""

ANY_PORT = DEFAULTS["PortMapping", "hostPort"]
"""What `hostPort` is where a container's ports are not the task's: any free one."""

COUNTING = frozenset((each.structure, each.member) for each in APART)
"""Members whose empty value counts."""


def fill(node: MapNode, member: str, default: Default) -> MapNode:
    """Fill in a member."""
    assert default.kind != "mapping"
    kind = default.kind
    return node._replace(items={**node.items, member: Scalar(NOWHERE, kind, default.text)})


class Normalizer:
    """One walk over one document. What is normal already stays the node that it is."""

    def __init__(self, mode: str, identities: dict[str, str]) -> None:
        self.mode = mode
        self.identities = identities

    def normalize(self, node: Node, step: Step) -> Node:
        """Normalise what is at a step."""
        current = step.shape
        if isinstance(node, MapNode):
            return self.normalize_members(node, step)
        if isinstance(node, Keyed):
            items = tuple([self.normalize_item(item, step) for item in node.items])
            return node if are_same(items, node.items) else node._replace(items=items)
        if isinstance(node, ListNode):
            children = tuple([self.normalize(child, item_step(current, "")) for child in node.items])
            return node if are_same(children, node.items) else node._replace(items=children)
        return node

    def normalize_item(self, item: Item, step: Step) -> Item:
        """Normalise an item of a list of named things."""
        identity = self.identify(item, step)
        node = self.normalize_members(item.node, item_step(step.shape, item.identity))
        return item if node is item.node and identity == item.identity else Item(identity, node)

    def normalize_members(self, node: MapNode, step: Step) -> MapNode:
        current = step.shape
        items: dict[str, Node] = {}
        for name, child in node.items.items():
            if is_absent(child, current, name):
                continue
            inner = child if isinstance(child, Scalar) else self.normalize(child, member_step(current, name))
            if (current.name, name) in REORDERED and isinstance(inner, ListNode):
                inner = inner._replace(items=tuple(sorted(inner.items, key=str_of)))
            items[name] = inner
        same = are_same(tuple(items.values()), tuple(node.items.values()))
        filled = node if same else node._replace(items=items)
        for name, default in FILLED.get(current.name, {}).items():
            if name not in items:
                filled = fill(filled, name, default)
        return self.fill_port(filled) if current.name == "PortMapping" else filled

    def fill_port(self, node: MapNode) -> MapNode:
        """Fill in the port of the host: the container's own where it is the task's, else any."""
        if "containerPort" not in node.items or read_text(node, "hostPort") not in ("", ANY_PORT.text):
            return node
        own = ANY_PORT._replace(text=read_text(node, "containerPort"), proven=True)
        return fill(node, "hostPort", own if self.mode in SHARED else ANY_PORT)

    def identify(self, item: Item, step: Step) -> str:
        """Report what an item is known by: one that is about a container by that container's identity."""
        if step.row is not None and step.row.identity and step.row.identity[0] in CONTAINER_NAMES:
            return self.identities.get(read_text(item.node, step.row.identity[0]), item.identity)
        return item.identity


def are_same(made: Sequence[object], given: Sequence[object]) -> bool:
    """Whether these are the same objects, one by one."""
    return len(made) == len(given) and all(map(is_, made, given))


def is_absent(node: Node, structure: Shape, member: str) -> bool:
    """Whether a value has nothing in it, and counts as none."""
    return find_empty(node, structure, member) is not None


def find_empty(node: Node, structure: Shape, member: str) -> Empty | None:
    """Find why a value with nothing in it counts as none; None if it has something in it, or counts for something."""
    if isinstance(node, Scalar):
        if node.kind == "null":
            return NULL
        return CHOICE if node.text == "" and is_choice(structure, member) else None
    if isinstance(node, MapNode):
        return MAP if not node.items and is_map(structure, member) else None
    if node.items or not structure.name or (structure.name, member) in COUNTING:
        return None
    return ANSWERED_LIST if (structure.name, member) in ANSWERED else LIST


def is_map(structure: Shape, member: str) -> bool:
    """Whether a member is a map, whose keys are up to anyone who writes it."""
    name = structure.members.get(member) if structure.type == "structure" else None
    return name is not None and shape(name).type == "map"


def is_choice(structure: Shape, member: str) -> bool:
    """Whether a member is a role, or one of fixed values."""
    name = structure.members.get(member) if structure.type == "structure" else None
    return member in ROLES or (name is not None and bool(shape(name).enum))


def str_of(node: Node) -> str:
    """What plain lists are ordered by."""
    return node.text if isinstance(node, Scalar) else ""
