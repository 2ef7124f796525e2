"""Finds a value in the text of an overlay, in whatever form it is written, or how far the file leads towards it. Edits nothing."""

from __future__ import annotations

from generator.documents.parsing.sections import RENDER
from generator.documents.yaml_editing import Keys, is_aliased
from generator.ecs.lists import identity_of, match_key
from generator.model.findings import Place
from generator.model.nodes import ListNode, MapNode, Node, Scalar, is_yaml_null
from generator.model.records import Record
from generator.review.set.names import Leg

REPLACE = "$replace"


class Obstacle(Record):
    """Why nothing can be set on the way to a value, and where that is."""

    why: str
    place: Place


class Spot(Record):
    """How far a file leads towards a value: the node that is there, its keys, and the legs that it lacks.

    `flow` means inside brackets. `obstacle` is the reason why the value cannot be set there.
    """

    node: Node
    keys: Keys
    rest: tuple[Leg, ...] = ()
    flow: bool = False
    obstacle: Obstacle | None = None


def locate(root: MapNode, legs: tuple[Leg, ...]) -> Spot:
    """Follow legs into a file, as far as it leads."""
    spot = Spot(root, (), legs, is_flow(root))
    while spot.rest and spot.obstacle is None:
        leg, rest = spot.rest[0], spot.rest[1:]
        if isinstance(spot.node, Scalar) and stands_for(leg):
            spot = spot._replace(rest=rest)
            continue
        obstacle = find_obstacle(spot.node, leg)
        if obstacle is not None:
            return spot._replace(obstacle=obstacle)
        child = find_child(spot.node, leg)
        if child is None:
            return spot
        keys, node, obstacle = child
        spot = Spot(node, (*spot.keys, *keys), rest, spot.flow or is_flow(node), obstacle)
    if spot.obstacle is None and not spot.rest:
        spot = spot._replace(obstacle=find_end_obstacle(spot.node))
    return spot


def is_flow(node: Node) -> bool:
    return not isinstance(node, Scalar) and node.place.source.text.startswith(("{", "["), node.place.start)


def stands_for(leg: Leg) -> bool:
    """Whether a scalar is the shorthand of an item, for the member that a leg leads to. A null counts, since it may become that member."""
    return leg.item_row is not None and leg.item_row.shorthand == leg.key


def find_obstacle(node: Node, leg: Leg) -> Obstacle | None:
    """Find why nothing below a node can be set."""
    if isinstance(node, Scalar):
        why = "deletes it here" if is_yaml_null(node) else "has one value here, and nothing is below it"
        return Obstacle(why, node.place)
    if isinstance(node, MapNode) and RENDER in node.items:
        return Obstacle(f"sets it with `{RENDER}`", node.keys[RENDER])
    if isinstance(node, MapNode) and REPLACE in node.items and isinstance(node.items[REPLACE], ListNode):
        return None if leg.is_item else Obstacle(f"replaces the list with `{REPLACE}`", node.keys[REPLACE])
    if isinstance(node, ListNode) and not leg.is_item:
        return Obstacle("has a list here", node.place)
    return None


def find_end_obstacle(node: Node) -> Obstacle | None:
    """Find why a value that a file has cannot be set."""
    if isinstance(node, Scalar):
        return None
    if isinstance(node, MapNode) and RENDER in node.items:
        return Obstacle(f"sets it with `{RENDER}`", node.keys[RENDER])
    return Obstacle(f"has {'a list' if isinstance(node, ListNode) else 'a mapping'} here", node.place)


def find_child(node: Node, leg: Leg) -> tuple[Keys, Node, Obstacle | None] | None:
    """Find the node that a leg leads to, with its keys below a node, and the obstacle if it is an alias."""
    if isinstance(node, MapNode) and leg.is_item and isinstance(node.items.get(REPLACE), ListNode):
        below = find_child(node.items[REPLACE], leg)
        return below and ((REPLACE, *below[0]), *below[1:])
    if isinstance(node, ListNode):
        numbers = [number for number, item in enumerate(node.items) if is_item(item, leg)]
        if not numbers:
            return None
        item = node.items[numbers[0]]
        why = "has it twice" if len(numbers) > 1 else "has an alias here" if item.place.start < node.place.start else ""
        return (numbers[0],), item, Obstacle(why, node.place) if why else None
    assert isinstance(node, MapNode), "scalars are obstacles"
    key = next((key for key in node.items if spells(key, leg)), None)
    if key is None:
        return None
    obstacle = Obstacle("has an alias here", node.keys[key]) if is_aliased(node, key) else None
    return (key,), node.items[key], obstacle


def spells(key: str, leg: Leg) -> bool:
    """Whether a key of a file is the one that a leg names."""
    if leg.above is None:
        return key == leg.key
    if key.startswith("$") and not key.startswith("$$"):
        return False
    plain = key[1:] if key.startswith("$$") else key
    row = leg.above.row
    return (match_key(row, plain) if leg.is_item and row is not None else plain) == leg.key


def is_item(node: Node, leg: Leg) -> bool:
    """Whether an item of a list is the one that a leg names."""
    if leg.above is None or leg.above.row is None or not isinstance(node, MapNode):
        return False
    texts = {name: each.text for name, each in node.items.items() if isinstance(each, Scalar)}
    return identity_of(leg.above.row, texts) == leg.key
