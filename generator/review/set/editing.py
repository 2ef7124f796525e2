"""Makes the text of an overlay with a changed value or a new entry, and proves that nothing else changed. Writes no file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.changing import take_child
from generator.documents.editing import apply_edits
from generator.documents.parsing.scalars import type_plain
from generator.documents.parsing.sections import OVERLAY_KEYS
from generator.documents.parsing.yaml import parse_yaml
from generator.documents.yaml_editing import Keys, insert_entry, insert_item, is_edited, replace_scalar
from generator.ecs.lists import spell_identity
from generator.model.findings import Edit, InputError, Place, Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar, Value
from generator.model.records import Record
from generator.review.set.locating import REPLACE, Spot
from generator.review.set.names import Leg, Name


class Edited(Record):
    """A file with a value set: the edits of its old text, its new text, and the place of the value in the new text."""

    edits: tuple[Edit, ...]
    source: Source
    place: Place


class Entry(Record):
    """A value or a new entry for a file, with its keys, and the edits that may write it, the best first."""

    keys: Keys
    value: Value
    tries: Iterator[tuple[Edit, ...]]


def edit_source(root: MapNode, spot: Spot, name: Name, value: Value) -> Edited:
    """Set a value in a file, which was parsed to `root`. Raises InputError if no edit changes this value alone."""
    source = root.place.source
    refuse_shared(root, spot, name)
    entry = make_entry(spot, name, value)
    for edits in entry.tries:
        changed = source._replace(text=apply_edits(source.text, sorted(edits, key=lambda edit: edit.place.start)))
        read, findings = parse_yaml(changed)
        if not findings and read is not None and is_edited(root, read, entry.keys, entry.value):
            return Edited(edits, changed, find_leaf(read, entry.keys).place)
    where = spot.node.place.location
    message = f"`{name.text}` cannot be set in {where} without changing more of the file"
    raise InputError(message, "edit the file there")


def make_entry(spot: Spot, name: Name, value: Value) -> Entry:
    """Make the entry that a file gets: the value alone, or also the keys on the way to it that the file lacks."""
    if not spot.rest:
        assert isinstance(spot.node, Scalar), "all else is an obstacle"
        return Entry(spot.keys, value, replace_scalar(spot.node, value, flow=spot.flow))
    container, keys = spot.node, spot.keys
    if isinstance(container, MapNode) and isinstance(replaced := container.items.get(REPLACE), ListNode):
        container, keys = replaced, (*keys, REPLACE)
    if isinstance(container, ListNode):
        item = make_item(spot.rest, value)
        return Entry((*keys, len(container.items)), item, insert_item(container, item))
    assert isinstance(container, MapNode), "a scalar is an obstacle"
    rest = spot.rest[:-1] if len(spot.rest) > 1 and name.is_short else spot.rest
    entry = nest(rest, value)
    (key,) = entry
    after = find_section_before(container, key) if not keys else None
    return Entry((*keys, key), entry[key], insert_entry(container, entry, after))


def make_item(legs: tuple[Leg, ...], value: Value) -> dict[str, Value]:
    """Make an item of a list: its identity, and the value."""
    above = legs[0].above
    assert above is not None and above.row is not None, "only lists of named things are led into"
    named = spell_identity(above.row, legs[0].key) or {}
    return {**{key: type_plain(text) for key, text in named.items()}, **nest(legs[1:], value)}


def nest(legs: tuple[Leg, ...], value: Value) -> dict[str, Value]:
    """Nest a value in the keys of legs."""
    for leg in reversed(legs):
        escaped = leg.above is not None and leg.key.startswith("$")
        value = {f"${leg.key}" if escaped else leg.key: value}
    assert isinstance(value, dict), "there is a leg"
    return value


def find_section_before(root: MapNode, key: str) -> str | None:
    """Find the section after which a new one goes, by the usual order of sections."""
    before = OVERLAY_KEYS[: OVERLAY_KEYS.index(key)] if key in OVERLAY_KEYS else ()
    return next((name for name in reversed(before) if name in root.items), None)


def find_leaf(node: Node, keys: Keys) -> Node:
    """Find the node at the end of keys, and of all new keys below."""
    for key in keys:
        child = take_child(node, key)
        assert child is not None, "the file was read back"
        node = child
    while isinstance(node, MapNode):
        node = list(node.items.values())[-1]
    return node


def refuse_shared(root: MapNode, spot: Spot, name: Name) -> None:
    """Refuse to edit a value that an alias repeats in other places of the file."""
    span = spot.node.place
    if spot.keys and count_places(root, span) > 1:
        message = (
            f"`{name.text}` cannot be set: {span.location} has an anchor, and an alias uses the value elsewhere, too"
        )
        raise InputError(message, "edit the file there")


def count_places(node: Node, place: Place) -> int:
    """Count how often a file has the node that is written at a place."""
    count = int(node.place == place)
    if isinstance(node, MapNode):
        return count + sum(count_places(child, place) for child in node.items.values())
    return count + (sum(count_places(child, place) for child in node.items) if isinstance(node, ListNode) else 0)
