"""What a patch says of a path: that it goes, what it is to be, or what displaces it. Merges nothing, and reports nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.build.merging.patches import Delete, ListEdit, Patch, PatchKeyed, PatchMapping, Replace
from generator.ecs.lists import UNIONS
from generator.ecs.paths import Step, member_step
from generator.model.findings import Place
from generator.model.nodes import ListNode, Scalar
from generator.model.records import Record


class Said(Record):
    """What a patch says at a path, or above it with a directive, and where."""

    kind: str
    place: Place


class Drop(Record):
    """The part of a patch that displaces the other side of a union."""

    why: str
    place: Place


def find_said(patch: Patch, steps: Sequence[Step]) -> Said | None:
    """Find what a patch says of a path: that it goes, that something around it is taken whole, or what it is to be."""
    key: Place | None = None
    replaced: Place | None = None
    for above, step in pairwise(steps):
        while isinstance(patch, Replace):
            replaced, patch = key or patch.place, patch.patch
        below = find_below(patch, above, step)
        if below is None:
            return Said("replace", replaced) if replaced else None
        key, patch = below
        if isinstance(patch, Delete):
            return Said("delete", join_places(key, patch.place))
    if isinstance(patch, Replace):
        return Said("replace", patch.place)
    if isinstance(patch, (PatchMapping, PatchKeyed, ListEdit)):
        return Said("edit", key or patch.place)
    return Said("value", patch.place) if isinstance(patch, (Scalar, ListNode)) else None


def find_below(patch: Patch, above: Step, step: Step) -> tuple[Place, Patch] | None:
    """Find the part of a patch that is about the next step, with the place of its key."""
    if isinstance(patch, PatchMapping):
        for name, child in patch.items.items():
            if member_step(above.shape, name).label == step.label:
                return patch.keys[name], child
    if isinstance(patch, PatchKeyed):
        for item in patch.items:
            if f"[{item.identity}]" == step.label:
                return item.place, item.patch
    return None


def join_places(first: Place, last: Place) -> Place:
    """Join the places of a key and its value, where they stand in a row."""
    row = (
        first.source is last.source
        and first.start <= last.start
        and "\n" not in first.source.text[first.start : last.end]
    )
    return Place(first.source, first.start, last.end) if row else first


def find_drop(patch: PatchMapping, steps: Sequence[Step]) -> Drop | None:
    """Find what in a patch displaces a path: a name in the other list, another kind of volume, another driver or type."""
    for index, step in enumerate(steps[:-1]):
        union = UNIONS.get(step.shape.name)
        member = steps[index + 1].label.removeprefix(".")
        there = dig(patch, steps[: index + 1])
        while isinstance(there, Replace):
            there = there.patch
        if union is None or not isinstance(there, PatchMapping):
            continue
        if union.kind == "one list a name" and member in union.members and index + 2 < len(steps):
            other = next(name for name in union.members if name != member)
            label = steps[index + 2].label
            side = there.items.get(other)
            side = side.patch if isinstance(side, Replace) else side
            for item in side.items if isinstance(side, PatchKeyed) else ():
                if f"[{item.identity}]" == label and not isinstance(item.patch, Delete):
                    return Drop(f"`{item.identity}` moves to `{other}`, so `{member}` loses it", item.place)
        if union.kind == "one member" and member in union.members:
            for name, place in there.keys.items():
                if name in union.members and name != member and not isinstance(there.items[name], Delete):
                    becomes = "the volume becomes one of" if step.shape.name == "Volume" else "the item gets"
                    return Drop(f"{becomes} `{name}`, so its `{member}` goes", place)
        if union.kind == "switch" and member in union.drops and union.members[0] in there.items:
            chosen = there.items[union.members[0]]
            if isinstance(chosen, Scalar):
                name = union.members[0]
                return Drop(f"`{name}` becomes `{chosen.text}`, so the `{member}` of the one before go", chosen.place)
    return None


def dig(patch: Patch, steps: Sequence[Step]) -> Patch | None:
    """Find the part of a patch that is about a path."""
    for above, step in pairwise(steps):
        while isinstance(patch, Replace):
            patch = patch.patch
        below = find_below(patch, above, step)
        if below is None:
            return None
        patch = below[1]
    return patch
