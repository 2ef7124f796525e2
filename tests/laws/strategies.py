"""Hypothesis strategies: task definitions drawn from the shapes, and patches drawn for a task definition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import yaml
from hypothesis import strategies as st

from generator.ecs.lists import PORT_MAPPINGS, ROWS, UNIONS, ListRow, identity_members, identity_of
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.nodes import Value

# Text of every kind that has broken such a tool: quotes, escapes, directives, braces that are no Jinja tag, line separators.
TEXT = st.text(st.sampled_from("aZ09 \"'\\/$:#-_,[]&*!|>%@`~é中😀\u2028\n\t"), max_size=8)
NAMES = st.sampled_from(["app", "web", "LOG_LEVEL", "A", "b.c", "8080", "true", "null", "x y"])
PORTS = st.integers(1, 9).map(str)


def draw_texts(wanted: Shape) -> st.SearchStrategy[Value]:
    return st.sampled_from(wanted.enum) if wanted.enum else TEXT


@st.composite
def values(draw: st.DrawFn, wanted: Shape, structure: str = "", member: str = "", way: tuple[str, ...] = ()) -> Value:
    """A value of a shape, as a template would give it; `way` are members that lead down from it and must be there."""
    if wanted.type == "structure":
        return draw(structures(wanted, way=way))
    if wanted.type == "map":
        return draw(st.dictionaries(NAMES, TEXT, max_size=3))
    if wanted.type == "list":
        row = ROWS[structure, member]
        item = shape(wanted.member)
        first = [draw(structures(item, row.identity[:1], way))] if way else []
        if not row.identity:
            return first + draw(st.lists(values(item), max_size=3 - len(first)))
        items = draw(st.lists(structures(item, row.identity[:1]), max_size=3 - len(first))) + first
        return list({identity_of(row, texts(each)): each for each in items}.values())
    if wanted.type == "integer":
        return draw(st.integers(wanted.minimum or 0, wanted.maximum or 70000))
    if wanted.type == "boolean":
        return draw(st.booleans())
    return draw(draw_texts(wanted))


def texts(item: Value) -> dict[str, str]:
    return {key: str(value) for key, value in item.items() if not isinstance(value, (dict, list))}


@st.composite
def structures(draw: st.DrawFn, wanted: Shape, identity: tuple[str, ...] = (), way: tuple[str, ...] = ()) -> Value:
    """A structure with its required and identity members and a few others, one side of each union."""
    optional = [name for name in wanted.members if name not in wanted.required]
    union = UNIONS.get(wanted.name)
    if union is not None and union.kind != "switch":
        side = draw(st.sampled_from([name for name in union.members if name in way[:1]] or union.members))
        optional = [name for name in optional if name == side or name not in union.members]
    if wanted.name == "PortMapping":
        sides = ["containerPort", "containerPortRange"]
        side = draw(st.sampled_from([name for name in sides if name in way[:1]] or sides))
        optional = [name for name in optional if name not in sides]
        chosen = {side, *way[:1], *draw(st.sets(st.sampled_from(optional), max_size=2))}
    elif wanted.union:
        chosen = {*way[:1]} or {draw(st.sampled_from(optional))}
    else:
        others = draw(st.sets(st.sampled_from(optional), max_size=4)) if optional else ()
        chosen = {*wanted.required, *identity, *way[:1], *others}
    made = {}
    for name in wanted.members:
        if name in chosen:
            made[name] = draw(member_values(wanted, name, way[1:] if name in way[:1] else ()))
    return made


def member_values(wanted: Shape, name: str, way: tuple[str, ...] = ()) -> st.SearchStrategy[Value]:
    """Values of a structure's member; members that identify items come from few names, so that layers meet."""
    child = shape(wanted.members[name])
    if name == "containerPort":
        return PORTS.map(int)
    if name == "containerPortRange":
        return st.sampled_from(["1-9", "20-30"])
    identities = {member for row in ROWS.values() for member in row.identity if member != "protocol"}
    if name in identities and child.type == "string" and not child.enum:
        return NAMES
    if name in ("cpu", "memory") and child.type == "string":
        return st.sampled_from(["256", "512", "1024"])
    return values(child, wanted.name, name, way)


def documents(way: tuple[str, ...] = ()) -> st.SearchStrategy[Value]:
    """Task definitions of the right shape; what ECS would say of their values is not asked here."""
    return structures(task_definition(), way=way)


def find_ways(wanted: Shape | None = None, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Find the way to each member that a task definition can have, at any depth."""
    wanted = wanted or task_definition()
    for name, child in wanted.members.items():
        yield (*way, name)
        below = shape(child)
        yield from find_ways(shape(below.member) if below.member else below, (*way, name))


@st.composite
def patches(draw: st.DrawFn, document: Value, wanted: Shape | None = None, *, kept: tuple[str, ...] = ()) -> Value:
    """A patch that merges into a mapping of a document without an error. `kept` are members it must not name."""
    wanted = wanted or task_definition()
    if wanted.type == "map":
        entries = draw(st.dictionaries(NAMES, TEXT, max_size=2))
        present = [key for key in document if key not in entries]
        deleted = draw(st.sets(st.sampled_from(present), max_size=1)) if present else set()
        return {**entries, **dict.fromkeys(sorted(deleted))}
    names = [name for name in wanted.members if name not in kept]
    union = UNIONS.get(wanted.name)
    if union is not None and union.kind != "switch":
        side = draw(st.sampled_from(union.members))
        names = [name for name in names if name == side or name not in union.members]
    patch: dict[str, Value] = {}
    for name in draw(st.lists(st.sampled_from(names), max_size=4, unique=True)) if names else ():
        child = shape(wanted.members[name])
        row = ROWS.get((wanted.name, name))
        if name not in document:
            added = draw(member_values(wanted, name))
            patch[name] = mark_added(added, row)
        elif name not in wanted.required and draw(st.integers(0, 4)) == 0:
            patch[name] = None
        elif child.type in ("structure", "map"):
            patch[name] = draw(patches(document[name], child))
        elif row is not None and row.identity:
            patch[name] = draw(keyed_patches(document[name], row, shape(child.member)))
        else:
            patch[name] = draw(member_values(wanted, name))
    return patch


@st.composite
def keyed_patches(draw: st.DrawFn, items: Value, row: ListRow, wanted: Shape) -> Value:
    """A patch of a keyed list in the map form: some items changed, some deleted, one added."""
    known = {str(identity_of(row, texts(item))): item for item in items}
    patch: dict[str, Value] = {}
    for identity in draw(st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True)) if known else ():
        members = identity_members(row, known[identity])
        patch[identity] = (
            None
            if draw(st.integers(0, 3)) == 0
            else draw(patches(known[identity], wanted, kept=(*members, *row.identity)))
        )
    new = draw(structures(wanted, row.identity[:1]))
    identity = str(identity_of(row, texts(new)))
    if identity not in known and identity not in patch and wanted.name != "PortMapping":
        new = {key: value for key, value in new.items() if key not in identity_members(row, new)}
        patch[identity] = {**new, **({"$add": True} if row.strict else {})}
    return patch


def mark_added(value: Value, row: ListRow | None) -> Value:
    """Say `$add` in the items of a list of containers or volumes that is new."""
    return [{**item, "$add": True} for item in value] if row is not None and row.strict else value


def flatten(value: Value, wanted: Shape, path: str = "", structure: str = "", member: str = "") -> dict[str, Value]:
    """Give each leaf of a document under its path by identities; an empty mapping or list is a leaf."""
    row = ROWS.get((structure, member))
    if isinstance(value, dict) and value:
        leaves: dict[str, Value] = {}
        for key, child in value.items():
            shape_name = wanted.members.get(key) if wanted.type == "structure" else wanted.member
            leaves |= flatten(child, shape(shape_name or "String"), f"{path}.{key}", wanted.name, key)
        return leaves
    if isinstance(value, list) and value and row is not None and row.identity:
        leaves = {}
        for item in value:
            leaves |= flatten(item, shape(wanted.member), f"{path}[{identity_of(row, texts(item))}]")
        return leaves
    return {path: value}


def dump_yaml(value: Value) -> str:
    """Write a value as YAML. What is the same object in two places becomes an anchor and its alias."""
    return yaml.safe_dump(value, allow_unicode=False, sort_keys=False, width=10_000)


def add_ids(document: Value) -> Value:
    """Name containers and volumes by environment, and call them by an `$id` that is their drawn name."""
    return {
        name: [{**item, "$id": item["name"], "name": f"{item['name']}-{{{{ env }}}}"} for item in value]
        if (row := ROWS.get((task_definition().name, name))) is not None and row.strict
        else value
        for name, value in document.items()
    }


def write_maps(value: Value, wanted: Shape | None = None) -> Value:
    """Write each list whose items have identities as a mapping, unless an identity stands twice or a key cannot spell it."""
    wanted = wanted or task_definition()
    if not isinstance(value, dict) or wanted.type != "structure":
        return value
    made: dict[str, Value] = {}
    for name, child in value.items():
        row, below = ROWS.get((wanted.name, name)), shape(wanted.members.get(name, "String"))
        if row is None or not row.identity:
            made[name] = write_maps(child, below)
            continue
        items = [write_maps(item, shape(below.member)) for item in child]
        mapping = {key: leave_out_key(row, item) for item in items if (key := spell_key(row, item))}
        made[name] = mapping if len(mapping) == len(items) else items
    return made


def spell_key(row: ListRow, item: Value) -> str | None:
    """The key of an item in a mapping, which says no more than the item does."""
    if "$id" in item:
        return str(item["$id"])
    if row.identity != PORT_MAPPINGS:
        return texts(item).get(row.identity[0])
    port = item.get("containerPort") or item.get("containerPortRange")
    return f"{port}/{item['protocol']}" if "protocol" in item else f"{port}"


def leave_out_key(row: ListRow, item: Value) -> Value:
    """Leave out of an item what its key says."""
    names = ("$id",) if "$id" in item else row.identity if row.identity == PORT_MAPPINGS else row.identity[:1]
    left = {name: value for name, value in item.items() if name not in names}
    return left[row.shorthand] if [*left] == [row.shorthand] else left


@st.composite
def edited_lists(draw: st.DrawFn, patch: Value, wanted: Shape | None = None) -> Value:
    """A patch, some of whose plain lists are given by directives."""
    wanted = wanted or task_definition()
    if not isinstance(patch, dict):
        return patch
    edited: dict[str, Value] = {}
    for key, value in patch.items():
        row = ROWS.get((wanted.name, key))
        child = shape(wanted.members[key]) if key in wanted.members else None
        if isinstance(value, list) and row is not None and not row.identity:
            directives = draw(st.lists(st.sampled_from(["$prepend", "$append"]), unique=True)) or ["$replace"]
            edited[key] = draw(st.sampled_from([value, dict.fromkeys(directives, value)]))
        elif isinstance(value, dict) and row is not None and row.identity:
            items = shape(shape(wanted.members[key]).member)
            edited[key] = {name: draw(edited_lists(item, items)) for name, item in value.items()}
        else:
            edited[key] = draw(edited_lists(value, child)) if child and child.type == "structure" else value
    return edited


class Drawn(NamedTuple):
    """Texts of a project by file name: templates, and overlays."""

    templates: dict[str, str]
    overlays: dict[str, str]


@st.composite
def projects(draw: st.DrawFn) -> Drawn:
    """A project that builds without an error: two tasks, two environments with patches for both, and one that extends one of them."""
    drawn = {task: draw(documents()) for task in ("one", "two")}
    overlays: dict[str, Value] = {
        environment: {
            "tasks": {
                task: {"patch": draw(patches(document).flatmap(edited_lists))} for task, document in drawn.items()
            }
        }
        for environment in ("dev", "prod")
    }
    overlays["test"] = {"extends": draw(st.sampled_from(["dev", "prod"]))}
    return Drawn(
        {
            f"{task}.json.j2": json.dumps(add_ids({**document, "family": f"{task}-{{{{ env }}}}"}))
            for task, document in drawn.items()
        },
        {f"{environment}.yaml": dump_yaml(overlay) for environment, overlay in overlays.items()},
    )


@st.composite
def shared_patches(draw: st.DrawFn) -> tuple[Value, Value]:
    """A task definition of three like containers, and a patch that says the same of each by one object in three places."""
    wanted = shape("ContainerDefinition")
    container = draw(structures(wanted, ("name",)))
    said = draw(patches(container, wanted, kept=("name",)))
    names = ("one", "two", "three")
    document = {"family": "app", "containerDefinitions": [{**container, "name": name} for name in names]}
    return document, {"containerDefinitions": dict.fromkeys(names, said)}
