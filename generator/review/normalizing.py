"""A task definition as ECS has it once it is registered, for comparison only: defaults filled in, order that is no order taken out.

Nothing that comes from here is ever written. Containers that other members name are known by their identity.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.tree import list_items, list_leaves, read_text
from generator.ecs.defaults import (
    ANY_PORT,
    DEFAULTS,
    EMPTY_COUNTS,
    NETWORK_MODE,
    NO_VALUE,
    ON_WINDOWS,
    REORDERED,
    ROLES,
    WINDOWS_ONLY,
    Default,
)
from generator.ecs.network import SHARED
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.ecs.shapes import Shape, shape
from generator.model.findings import Place, Source
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar
from generator.model.tags import OWN_TAGS

NOWHERE = Place(Source("", ""), 0, 0)
"""The place of what ECS fills in: nobody wrote it."""

CONTAINER_NAMES = ("containerName", "sourceContainer")
"""Identity members that name a container of the same task."""


def normalize_document(document: MapNode) -> MapNode:
    """Fill in what ECS does; leave out what it takes for absent, null and lists with nothing in them, and the tags that we set."""
    document = leave_own_tags(document)
    mode = find_network_mode(document)
    normalized = Normalizer(mode, find_identities(document)).normalize(document, first_step())
    assert isinstance(normalized, MapNode)
    if mode and "networkMode" not in normalized.items:
        return fill(normalized, "networkMode", NETWORK_MODE)
    return normalized


def leave_own_tags(document: MapNode) -> MapNode:
    """Leave out the tags that a revision gets when it is registered, whatever it is registered from."""
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


def find_network_mode(document: MapNode) -> str:
    """Find the network mode of a task; empty where ECS fills none in."""
    given = read_text(document, "networkMode")
    if given:
        return given
    launch = document.items.get("requiresCompatibilities")
    types = {item.text for item in launch.items if isinstance(item, Scalar)} if isinstance(launch, ListNode) else set()
    return NETWORK_MODE.text if types <= {"EC2", "EXTERNAL"} and not is_for_windows(document) else ""


def is_for_windows(document: MapNode) -> bool:
    """Whether a task says that it is for Windows: by its platform, else by where it is placed, or what only Windows has."""
    platform = document.items.get("runtimePlatform")
    family = read_text(platform, "operatingSystemFamily") if isinstance(platform, MapNode) else ""
    if family:
        return family.startswith("WINDOWS")
    constraints, volumes = (list_items(document.items.get(name)) for name in ("placementConstraints", "volumes"))
    return any(ON_WINDOWS.search(read_text(each, "expression")) for each in constraints) or any(
        each.items.keys() & WINDOWS_ONLY for each in volumes
    )


def find_identities(document: MapNode) -> dict[str, str]:
    """Tell the identity of each container by its name."""
    containers = document.items.get("containerDefinitions")
    items = containers.items if isinstance(containers, Keyed) else ()
    return {read_text(item.node, "name"): item.identity for item in items}


def fill(node: MapNode, member: str, default: Default) -> MapNode:
    """Fill in a member."""
    return node._replace(items={**node.items, member: Scalar(NOWHERE, default.kind, default.text)})


class Normalizer:
    """One walk over one document."""

    def __init__(self, mode: str, identities: dict[str, str]) -> None:
        self.mode = mode
        self.identities = identities

    def normalize(self, node: Node, step: Step) -> Node:
        """Normalise what is at a step."""
        current = step.shape
        if isinstance(node, MapNode):
            return self.normalize_members(node, step)
        if isinstance(node, Keyed):
            items = (
                Item(self.identify(item, step), self.normalize_members(item.node, item_step(current, item.identity)))
                for item in node.items
            )
            return node._replace(items=tuple(items))
        if isinstance(node, ListNode):
            return node._replace(items=tuple(self.normalize(item, item_step(current, "")) for item in node.items))
        return node

    def normalize_members(self, node: MapNode, step: Step) -> MapNode:
        current = step.shape
        items = {}
        for name, child in node.items.items():
            if is_absent(child, current, name):
                continue
            inner = self.normalize(child, member_step(current, name))
            if (current.name, name) in REORDERED and isinstance(inner, ListNode):
                inner = inner._replace(items=tuple(sorted(inner.items, key=str_of)))
            items[name] = inner
        filled = node._replace(items=items)
        for name, default in DEFAULTS.get(current.name, {}).items():
            if name not in items:
                filled = fill(filled, name, default)
        return self.fill_port(filled) if current.name == "PortMapping" else filled

    def fill_port(self, node: MapNode) -> MapNode:
        """Fill in the port of the host: the container's own where it is the task's, else any."""
        if "containerPort" not in node.items or (read_text(node, "hostPort") not in ("", ANY_PORT.text)):
            return node
        port = Default("number", read_text(node, "containerPort")) if self.mode in SHARED else ANY_PORT
        return fill(node, "hostPort", port)

    def identify(self, item: Item, step: Step) -> str:
        """Tell what an item is known by: one that is about a container by that container's identity."""
        if step.row is not None and step.row.identity and step.row.identity[0] in CONTAINER_NAMES:
            return self.identities.get(read_text(item.node, step.row.identity[0]), item.identity)
        return item.identity


def is_absent(node: Node, structure: Shape, member: str) -> bool:
    """Whether ECS takes a value for absent: a null, or a text or a list with nothing in it that could mean something."""
    if isinstance(node, Scalar):
        return node.kind == "null" or (node.text == NO_VALUE and is_choice(structure, member))
    return (
        isinstance(node, (ListNode, Keyed))
        and not node.items
        and bool(structure.name)
        and (structure.name, member) not in EMPTY_COUNTS
    )


def is_choice(structure: Shape, member: str) -> bool:
    """Whether a member is a role, or one of fixed values."""
    name = structure.members.get(member) if structure.type == "structure" else None
    return member in ROLES or (name is not None and bool(shape(name).enum))


def str_of(node: Node) -> str:
    """What plain lists are ordered by."""
    return node.text if isinstance(node, Scalar) else ""
