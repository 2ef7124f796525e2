"""Sides that exclude each other (`UNIONS` in `ecs/lists.py`): a later layer that sets one drops the other, one layer sets one."""

from __future__ import annotations

from generator.build.merging.patches import Delete, Patch, PatchKeyed, PatchMapping, Replace
from generator.ecs.lists import UNIONS
from generator.ecs.paths import Step, format_path
from generator.model.findings import Finding, Note, Place, finding_at
from generator.model.nodes import Keyed, MapNode, Node, Scalar
from generator.model.records import Record

NAMED_ONCE = UNIONS["ContainerDefinition"].members
ONE_MEMBER = {structure: union.members for structure, union in UNIONS.items() if union.kind == "one member"}
WHY_ONE = {"Volume": "a volume is of one kind"}


class Side(Record):
    """One side that a layer sets, and where."""

    name: str
    place: Place


def check_sides(node: MapNode | PatchMapping, path: list[Step]) -> tuple[Finding, ...]:
    """Report both sides of a union set by one layer, whether in the template or in a patch (E210)."""
    structure = path[-1].shape.name
    findings: list[Finding] = []
    if structure in ONE_MEMBER:
        sides = find_sides(node, ONE_MEMBER[structure])
        why = WHY_ONE.get(structure) or f"ECS takes {' or '.join(f'`{name}`' for name in ONE_MEMBER[structure])} alone"
        findings += [
            finding_at(
                side.place,
                "E210",
                f"{why}, and this layer sets both `{sides[0].name}` and `{side.name}`",
                path=format_path(path),
                notes=(Note(f"`{sides[0].name}` is set in {sides[0].place.location}", sides[0].place.location),),
                help="keep one of the two",
            )
            for side in sides[1:]
        ]
    if structure == "ContainerDefinition":
        one, other = (find_names(node.items.get(side)) for side in NAMED_ONCE)
        findings += [
            finding_at(
                other[name],
                "E210",
                f"`{name}` is set both in `{NAMED_ONCE[0]}` and in `{NAMED_ONCE[1]}` by one layer",
                path=format_path(path),
                notes=(Note(f"`{NAMED_ONCE[0]}` sets it in {one[name].location}", one[name].location),),
                help="keep one of the two: ECS refuses a name that is in both",
            )
            for name in other
            if name in one
        ]
    return tuple(findings)


def drop_before(
    base: MapNode, patch: PatchMapping, structure: str
) -> tuple[MapNode, PatchMapping, list[tuple[Place, tuple[str, ...]]]]:
    """Drop what hangs on a choice that the patch changes, such as the options of another log driver.

    A deletion in the patch of something dropped here is fulfilled and removed from the patch: the third value lists these,
    with the names that lead there.
    """
    union = UNIONS.get(structure)
    if union is None or union.kind != "switch":
        return base, patch, []
    old, new = (mapping.items.get(union.members[0]) for mapping in (base, patch))
    if not isinstance(old, Scalar) or not isinstance(new, Scalar) or old.text == new.text:
        return base, patch, []
    fulfilled: list[tuple[Place, tuple[str, ...]]] = []
    members = dict(patch.items)
    for name in union.drops:
        dropped, said = base.items.get(name), members.get(name)
        if isinstance(said, Delete) and dropped is not None:
            fulfilled.append((patch.keys[name], (name,)))
            del members[name]
        elif isinstance(said, PatchMapping) and isinstance(dropped, MapNode):
            gone = [key for key, node in said.items.items() if isinstance(node, Delete) and key in dropped.items]
            fulfilled += [(said.keys[key], (name, key)) for key in gone]
            left = {key: node for key, node in said.items.items() if key not in gone}
            members[name] = said._replace(items=left)
            if gone and not left:
                del members[name]
        elif isinstance(said, PatchKeyed) and isinstance(dropped, Keyed):
            known = {item.identity for item in dropped.items}
            done = [item for item in said.items if isinstance(item.patch, Delete) and item.identity in known]
            fulfilled += [(item.place, (name, item.identity)) for item in done]
            kept = tuple(item for item in said.items if item not in done)
            members[name] = said._replace(items=kept)
            if done and not kept:
                del members[name]
    kept_base = {name: node for name, node in base.items.items() if name not in union.drops}
    return base._replace(items=kept_base), patch._replace(items=members), fulfilled


def drop_after(merged: MapNode, patch: PatchMapping, structure: str) -> MapNode:
    """Drop the sides that the patch has displaced: the other members of a choice, a variable's entry in the other list."""
    if structure in ONE_MEMBER:
        members = ONE_MEMBER[structure]
        kept = {side.name for side in find_sides(patch, members)}
        if kept:
            left = {key: node for key, node in merged.items.items() if key in kept or key not in members}
            return merged._replace(items=left)
    if structure == "ContainerDefinition":
        for side, other in (NAMED_ONCE, NAMED_ONCE[::-1]):
            names = find_names(patch.items.get(side))
            if names:
                merged = merged._replace(items=drop_names(merged.items, other, names))
    return merged


def drop_names(members: dict[str, Node], side: str, names: dict[str, Place]) -> dict[str, Node]:
    """Take names out of one side; a side that this empties goes, since nobody wrote an empty list."""
    keyed = members.get(side)
    if not isinstance(keyed, Keyed):
        return members
    kept = tuple(item for item in keyed.items if item.identity not in names)
    if len(kept) == len(keyed.items):
        return members
    if kept:
        return {**members, side: keyed._replace(items=kept)}
    return {key: node for key, node in members.items() if key != side}


def find_sides(node: MapNode | PatchMapping, members: tuple[str, ...]) -> list[Side]:
    """Find those of some members that a structure is given. `configuredAtLaunch: false` makes no volume of that kind."""
    return [
        Side(name, node.keys[name])
        for name, child in node.items.items()
        if name in members
        and not isinstance(child, Delete)
        and not (name == "configuredAtLaunch" and isinstance(child, Scalar) and child.text == "false")
    ]


def find_names(side: Node | Patch | None) -> dict[str, Place]:
    """Find the names that a list of variables or secrets sets, and where; deletions set nothing."""
    if isinstance(side, Replace):
        return find_names(side.patch)
    if isinstance(side, PatchKeyed):
        return {item.identity: item.place for item in side.items if not isinstance(item.patch, Delete)}
    if isinstance(side, Keyed):
        return {item.identity: item.node.items["name"].place for item in side.items if "name" in item.node.items}
    return {}
