"""Removes a value from an overlay, with its key and mappings that become empty. Writes no file."""

from __future__ import annotations

from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Edit, InputError, Place, Source
from generator.model.nodes import MapNode
from generator.review.environments.pruning import prune_overlay
from generator.review.set.locating import Spot
from generator.review.set.names import Name


def remove_value(root: MapNode, spot: Spot, name: Name) -> tuple[Edit, Source]:
    """Remove the value at a spot, by one edit. Raises InputError if more than that would be removed."""
    source, place = root.place.source, spot.node.place
    pruned = prune_overlay(source, frozenset((place,)))
    if pruned.left or pruned.text == source.text or has_fault(source._replace(text=pruned.text)):
        message = f"`{name.text}` cannot be removed from {place.location} without changing more of the file"
        raise InputError(message, "edit the file there")
    return make_edit(source, pruned.text), source._replace(text=pruned.text)


def has_fault(source: Source) -> bool:
    return bool(parse_yaml(source)[1])


def make_edit(source: Source, text: str) -> Edit:
    """Make the smallest edit that turns a source into another text."""
    old, start = source.text, 0
    least = min(len(old), len(text))
    while start < least and old[start] == text[start]:
        start += 1
    end = 0
    while end < least - start and old[-1 - end] == text[-1 - end]:
        end += 1
    return Edit(Place(source, start, len(old) - end), text[start : len(text) - end])
