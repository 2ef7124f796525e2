"""Structures and lists that stand in the template whole: every text in them can be written there, and no overlay has to say anything."""

from __future__ import annotations

from generator.adopt.expressions import Vocabulary
from generator.adopt.spots import Side, Spot, are_all, have, list_members
from generator.model.nodes import Value


def express_tree(vocabulary: Vocabulary, side: Side, spot: Spot) -> Value | None:
    """Write a value with all that is in it as text of the template; None if something in it takes a patch."""
    if are_all(side, dict):
        if len({frozenset(value) for value in side.values()}) != 1:
            return None
        members = {key: express_tree(vocabulary, have(side, key), spot.enter(key)) for key in list_members(side, spot)}
        return None if any(each is None for each in members.values()) else members
    if are_all(side, list):
        counts = {len(value) for value in side.values()}
        if len(counts) != 1:
            return None
        rows = ({env: value[at] for env, value in side.items()} for at in range(counts.pop()))
        items = [express_tree(vocabulary, row, spot.enter_item(str(at))) for at, row in enumerate(rows)]
        return None if any(each is None for each in items) else items
    if any(isinstance(value, (dict, list)) for value in side.values()):
        return None
    return vocabulary.express(spot, side)
