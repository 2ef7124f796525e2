"""How much it takes to go through a value, without going through more of it than asked. Counts; judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from generator.model.nodes import Value

LIMB = 30
"""Bits of a digit as Python computes."""

EMPTY: dict[str, str] = {}
VIEWS = (type(EMPTY.keys()), type(EMPTY.values()), type(EMPTY.items()))
CONTAINERS = (list, tuple, dict, set, frozenset, *VIEWS)

CONTAINER_STEPS = 4
"""Steps to go into a list or a mapping."""

SAFE_BITS = 60
"""Numbers up to here have hashes of their own; larger ones can be chosen to have one hash together."""


class Walk:
    """One container on the way down: its members to come, and the weight and levels of those that were."""

    __slots__ = ("key", "levels", "members", "weight")

    def __init__(self, key: int, members: Iterator[Value]) -> None:
        self.key = key
        self.members = members
        self.weight = CONTAINER_STEPS
        self.levels = 0


def measure_value(value: Value, most: int, deepest: int, *, whole: bool = False) -> tuple[int, int]:
    """Count the members, characters and digits that a walk through a value meets, and its levels.

    A part that is there twice counts twice, though it is looked at once. Ends as soon as `most` or `deepest` is exceeded.
    Where the text is read only, sixteen characters are one step; it is made again as a `whole`.
    """
    if not isinstance(value, CONTAINERS):
        return 1 + measure_leaf(value, whole=whole), 0
    known: dict[int, tuple[int, int]] = {}
    walks = [Walk(id(value), list_members(value))]
    while True:
        walk = walks[-1]
        for part in walk.members:
            if not isinstance(part, CONTAINERS):
                walk.weight += 1 + measure_leaf(part, whole=whole)
            elif id(part) in known:
                weight, levels = known[id(part)]
                walk.weight += weight
                walk.levels = max(walk.levels, levels)
            elif len(walks) > deepest:
                return walk.weight, len(walks) + 1
            else:
                walks.append(Walk(id(part), list_members(part)))
                break
            if walk.weight > most:
                return walk.weight, len(walks) + walk.levels
        else:
            walks.pop()
            known[walk.key] = walk.weight, walk.levels + 1
            if not walks or walk.weight > most or len(walks) + walk.levels > deepest:
                return walk.weight, len(walks) + walk.levels + 1
            walks[-1].weight += walk.weight
            walks[-1].levels = max(walks[-1].levels, walk.levels + 1)


def list_members(value: Value) -> Iterator[Value]:
    """List the members of a container; none is made for it, so that each is known by its identity."""
    if isinstance(value, type(EMPTY.items())):
        value = value.mapping
        return chain(value.keys(), value.values())
    return chain(value.keys(), value.values()) if isinstance(value, dict) else iter(value)


def measure_leaf(value: Value, *, whole: bool) -> int:
    """Count the characters or digits of what has no members, or whose members are numbers."""
    if isinstance(value, (str, bytes)):
        return len(value) if whole else len(value) >> 4
    if isinstance(value, int):
        return value.bit_length() // (3 if whole else LIMB)
    if isinstance(value, float):
        return 24 if whole else 0
    if isinstance(value, range):
        bits = max(abs(value.start), abs(value.stop)).bit_length()
        return len(value) * (1 + bits // (3 if whole else LIMB))
    return 0


def measure_format(value: Value, most: int, deepest: int) -> int:
    """Count the characters that a value may have in a format, in whichever notation."""
    if isinstance(value, int):
        return 8 + value.bit_length()
    if isinstance(value, float):
        return 320
    return measure_value(value, most, deepest, whole=True)[0]


def measure_colliding(values: Iterable[Value]) -> int:
    """Count the comparisons among values whose hashes may all be the same: of numbers and tuples they can be foreseen."""
    if isinstance(values, range):
        count = len(values) if values and not has_own_hash(max(values[0], values[-1], key=abs)) else 0
    else:
        count = sum(1 for value in values if not has_own_hash(value))
    return count * count >> 2


def has_own_hash(value: Value) -> bool:
    return (
        value is None or isinstance(value, (str, bytes)) or (isinstance(value, int) and value.bit_length() <= SAFE_BITS)
    )
