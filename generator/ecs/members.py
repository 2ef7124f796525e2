"""What a structure is called in messages, and which of its members a misspelt name may mean. Reports nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.ecs.shapes import Model, Shape, find_documentation
from generator.model.findings import Change, did_you_mean
from generator.model.misspelling import find_misspelt
from generator.model.nodes import Value
from generator.model.records import Record

FEW = 10
"""So many members are named in a finding."""

FEW_PLACES = 3
"""Of a member that is in more structures than these, nobody can say which is meant."""


class Advice(Record):
    """What to do about a member that a structure does not have; `change` is that, where it is an edit."""

    help: str | None
    change: Change | None = None


class Structure(Record):
    """A structure with a member that it does not have: its shape, what is written there, and what the settings admit.

    It is `layered` in templates and overlays, where scalars get the types of their shapes, and lists may be written as mappings.
    """

    shape: Shape
    written: Mapping[str, Value]
    model: Model
    allow: tuple[str, ...] = ()
    layered: bool = False

    def may_hold(self, name: str, value: Value) -> bool:
        """Whether a value may stand under the name of a member that is not there yet."""
        if name in self.written:
            return False
        if name not in self.shape.members:
            return name in self.allow
        return fits(value, self.model.shape(self.shape.members[name]), self)


def advise_member(key: str, structure: Structure) -> Advice:
    """State what to write for a member that a structure does not have: another name, or where it belongs; else which members there are.

    A near name alone is no meaning: it is named where its value has the right form, and where no other structure has the member.
    """
    shape, value = structure.shape, structure.written[key]
    from generator.ecs.elsewhere import find_meaning, find_owner  # only if there is such a member

    meaning = find_meaning(shape.name, key)
    if meaning is not None:
        if meaning.member and structure.may_hold(meaning.member, value):
            return Advice(f"write `{meaning.member}`", Change("rename", meaning.member))
        return Advice(meaning.help)
    place = find_owner(shape.name, key) or find_place(key, structure)
    if place:
        return Advice(place)
    near = find_misspelt(key, [name for name in (*shape.members, *structure.allow) if name not in structure.written])
    if near and structure.may_hold(near, value):
        return Advice(f"write `{near}`", Change("rename", near))
    if near:
        wanted = WANTED[structure.model.shape(shape.members[near]).type] if near in shape.members else "another value"
        return Advice(f"its name here is `{near}`, which takes {wanted}")
    twice = find_misspelt(key, structure.written.keys() & shape.members.keys())
    if twice:
        return Advice(f"keep one of this and `{twice}`")
    page = find_documentation(shape.name)
    if page and len(shape.members) > FEW:
        return Advice(f"its members are listed in {page}")
    return Advice(f"its members are {', '.join(f'`{name}`' for name in shape.members)}")


WANTED = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "structure": "a mapping",
    "map": "a mapping",
    "list": "a list",
}


def fits(value: Value, wanted: Shape, structure: Structure) -> bool:
    """Whether a value has the form of a shape, as far as its own members are known to be spelt right."""
    if value is None:
        return structure.layered  # which deletes a member
    if isinstance(value, dict):
        return fits_mapping(value, wanted, structure)
    if isinstance(value, list):
        item = structure.model.shape(wanted.member) if wanted.type == "list" else None
        return item is not None and all(fits(each, item, structure) for each in value)
    if wanted.enum and (not isinstance(value, str) or find_misspelt(value, wanted.enum) is None):
        return False
    if not structure.layered:
        return type(value) is PYTHON_TYPES.get(wanted.type)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if wanted.type == "boolean":
        return text in ("true", "false")
    return text.isdecimal() if wanted.type == "integer" else wanted.type == "string" and not isinstance(value, bool)


PYTHON_TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool}


def fits_mapping(value: dict[str, Value], wanted: Shape, structure: Structure) -> bool:
    """Whether a mapping has members of a structure, whatever their spelling; one that may stand for a list has items of it."""
    if wanted.type == "structure":
        return not value or any(find_misspelt(name.removeprefix("$"), wanted.members) for name in value)
    if wanted.type == "list" and structure.layered:
        return any(name.startswith("$") for name in value) or structure.model.shape(wanted.member).type == "structure"
    return wanted.type == "map" and not any(isinstance(each, dict | list) for each in value.values())


def find_place(key: str, structure: Structure) -> str | None:
    """State where a member belongs that other structures of a task definition have."""
    places = list_places(structure.model).get(key, ())
    if not 0 < len(places) <= FEW_PLACES:
        return None
    spelled = [spell_place(place) for place in places]
    return f"it belongs {' or '.join(dict.fromkeys(spelled))}"


def spell_place(place: str) -> str:
    """Spell where a structure is: `in a container, an item of …`."""
    if place == "":
        return "to the task itself, beside `family`"
    if place == "containerDefinitions[…]":
        return "to a container, an item of `containerDefinitions`"
    return f"in `{place}`"


@lru_cache(maxsize=8)
def list_places(model: Model) -> dict[str, tuple[str, ...]]:
    """List the structures that have each member, by their paths: `containerDefinitions[…].linuxParameters`."""
    places: dict[str, list[str]] = {}

    def walk(shape: Shape, path: str) -> None:
        if shape.type == "list":
            walk(model.shape(shape.member), f"{path}[…]")
        for name, child in shape.members.items():
            places.setdefault(name, []).append(path)
            walk(model.shape(child), f"{path}.{name}" if path else name)

    walk(model.task_definition, "")
    return {name: tuple(paths) for name, paths in places.items()}


def may_mean(written: str, name: str) -> bool:
    """Whether a name may be a misspelling of another, one of them is how the other begins, or another tool's word for it."""
    one, other = written.casefold(), name.casefold()
    if one.startswith(other) or (len(one) > 2 and other.startswith(one)) or did_you_mean(one, [other]) is not None:
        return True
    from generator.ecs.elsewhere import list_meanings  # only if there is a name that nobody knows

    return name in list_meanings(written)


def leave_misspelt(missing: Iterable[str], unknown: Iterable[str]) -> list[str]:
    """Omit of members that are missing those that one which nobody knows may be meant for."""
    names = tuple(unknown)
    if len(names) > MOST_COMPARED:
        return [name for name in missing if did_you_mean(name, names) is None]
    return [name for name in missing if not any(may_mean(each, name) for each in names)]


MOST_COMPARED = 500
"""Names that are compared each with one that is missing. Among more, only one that differs by a single mistake is looked for."""


def refuse_described(names: list[str]) -> tuple[str, str]:
    """State that members are of describe output: the message and the help (E305)."""
    one = len(names) == 1
    listed = ", ".join(f"`{name}`" for name in names)
    message = f"{listed} {'is' if one else 'are'} set by ECS and cannot be registered"
    return (
        message,
        f"delete {'it' if one else 'them'}: only the output of describe-task-definition has such members",
    )


def state_missing(names: list[str]) -> str:
    """Join the names of members that are missing (E304)."""
    return " and ".join(f"`{name}`" for name in names)


def state_choice(union: Shape) -> tuple[str, str]:
    """State that none of the members is there of which a structure has one (E304): the end of the message, and the help."""
    names = " or ".join(f"`{name}`" for name in union.members)
    return "has nothing, where ECS requires one member", f"add {names}"
