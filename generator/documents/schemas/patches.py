"""The schema of a patch, from the shapes of ECS and the table of lists: forms of lists, directives. Refuses only what merging refuses."""

from __future__ import annotations

from collections.abc import Mapping

from generator.documents.schemas.parts import (
    ARRAY,
    BOOLEAN,
    DIRECTIVES,
    FLAG,
    INTEGER,
    OBJECT,
    RENDER,
    RENDERED,
    TEXT,
    TRUTH,
    Schema,
    choose,
    make_flag,
    make_mapping,
    make_scalar,
    refer,
)
from generator.ecs.descriptions import REQUEST, STRUCTURES, describe_member, describe_structure
from generator.ecs.limits import UNLISTED
from generator.ecs.lists import PORT_MAPPINGS, ROWS, ListRow
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.nodes import Value
from generator.model.records import Record

OTHERS = r"^\$(?!\$|replace$|render$)"
"""Keys that look like directives, and are not directives of a mapping with free keys. `$$` begins a key with a dollar."""

DIGITS = "^-?[0-9]+$"
"""A whole number that is written as text. A number with a unit is an error. Nothing else has a pattern."""

NO_PORT = r"^(?!\$|[0-9]+(?:-[0-9]+)?(?:/(?:tcp|udp))?$)"
"""Keys that cannot name a port."""

KEEP = "Take only the members here, and none from the template."
FLAGGED = "Take only the items here, and none from the template: true beside the items, or the list itself."

EDITS: Mapping[str, str] = {
    "$replace": "The list in place of the template's; no other key beside it.",
    "$remove": "Items to remove.",
    "$prepend": "Items to put first.",
    "$append": "Items to put last.",
}
"""The directives of plain lists."""

ADMITTED = "A member that the settings admit (allow_members); nothing in it is checked."


class Admission(Record):
    """Additions from the settings: members that the shapes lack, and whether words that ECS does not list are no error (E401)."""

    members: tuple[str, ...] = ()
    words: bool = False


class PatchSchemas:
    """Makes the definitions of all shapes that a patch may hold, by the names of the shapes."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.definitions = {**DIRECTIVES, "replace": make_flag(KEEP), "add": make_position()}

    def make_patch(self) -> Schema:
        """Make the schema of a whole patch."""
        description = f"{STRUCTURES[REQUEST]}, as far as this environment differs from the template."
        return make_mapping(description, self.list_members(task_definition()))

    def list_members(self, structure: Shape) -> dict[str, Schema]:
        """List the members of a structure, and then those that the settings admit. Overlays double a dollar at the start of a name."""
        known: dict[str, Schema] = {
            name: self.make_member(structure, name, shape(child)) for name, child in structure.members.items()
        }
        admitted = (f"${name}" if name.startswith("$") else name for name in self.admission.members)
        return known | {name: {"description": ADMITTED} for name in admitted if name not in known}

    def make_member(self, structure: Shape, name: str, child: Shape) -> Schema:
        """Refer to the definition of a member."""
        row = ROWS.get((structure.name, name))
        more = describe_row(row) if row is not None else ""
        return refer(self.define(child, row), describe_member(structure.name, name, more))

    def define(self, wanted: Shape, row: ListRow | None = None) -> str:
        """Make the definition of a shape if there is none yet, and return its name."""
        name = find_name(wanted)
        if name not in self.definitions:
            self.definitions[name] = {}  # no shape holds itself, but two may hold the same
            self.definitions[name] = self.make(wanted, row)
        return name

    def make(self, wanted: Shape, row: ListRow | None) -> Schema:
        if wanted.type == "structure":
            return self.make_structure(wanted)
        if wanted.type == "map":
            return self.make_map(wanted)
        if wanted.type == "list":
            assert row is not None, "every list has a row"
            return self.make_keyed(wanted, row) if row.identity else self.make_plain(wanted)
        return self.make_scalar(wanted)

    def make_scalar(self, wanted: Shape) -> Schema:
        if wanted.type == "integer":
            return {**make_scalar(INTEGER, "A whole number."), "pattern": DIGITS}
        if wanted.type == "boolean":
            return {**make_scalar(BOOLEAN, "true or false."), "else": {"enum": [*TRUTH]}}
        if not wanted.enum:
            return make_scalar(TEXT, "A text.")
        return self.choose(wanted, make_scalar(("string", "null"), f"One of {', '.join(wanted.enum)}."))

    def choose(self, wanted: Shape, schema: Schema) -> Schema:
        """Complete the words of a shape, and refuse all others unless the settings admit them."""
        words = list_words(wanted)
        return {**schema, "examples": words} if self.admission.words else choose(schema, words)

    def make_structure(self, wanted: Shape, *, whole: bool = False) -> Schema:
        """Make a structure. One that is taken `whole`, in a plain list, has no `$replace`."""
        members = self.list_members(wanted)
        row = next((row for key, row in ROWS.items() if row.strict and is_item(wanted, key)), None)
        members |= {"$add": refer("add")} if row is not None else {}
        members |= {} if whole else {"$replace": refer("replace")}
        return make_mapping(describe_structure(wanted.name), {**members, "$render": RENDER})

    def make_map(self, wanted: Shape) -> Schema:
        """Make a mapping whose keys are data."""
        text = self.define(shape(wanted.member))
        return {
            "description": "Names and their values, which are text.",
            "type": ["object", "null"],
            "properties": {"$replace": refer("replace"), "$render": RENDER},
            "patternProperties": {OTHERS: False},
            "additionalProperties": refer(text, "A value, which is text, or null to delete it."),
        }

    def make_keyed(self, wanted: Shape, row: ListRow) -> Schema:
        """Make a list whose items have identities, in both forms. Keys may be numbers, so only those that are words are listed."""
        item = shape(wanted.member)
        listed = refer(self.define(item), describe_structure(item.name))
        entry = refer(self.define_entry(wanted, item, row), describe_structure(item.name))
        identity = shape(item.members[row.identity[0]])
        words = list_words(identity) if identity.enum else []
        return {
            "description": f"{STRUCTURES[item.name]} by {row.identity[0]}, or a list of these.",
            "type": ["object", "array", "null"],
            "properties": {
                **dict.fromkeys(words, entry),
                "$replace": make_whole_list(listed),
                "$render": RENDER,
            },
            "patternProperties": {OTHERS: False, **({NO_PORT: False} if row.identity == PORT_MAPPINGS else {})},
            "additionalProperties": entry,
            "if": ARRAY,
            "then": {"items": listed},
        }

    def define_entry(self, wanted: Shape, item: Shape, row: ListRow) -> str:
        """Make the definition of an entry of the map form: the item, or also a bare value if the list has a shorthand."""
        if row.shorthand is None:
            return self.define(item)
        name = f"{wanted.name}.entry"
        value = shape(item.members[row.shorthand])
        schema = self.make_structure(item)
        schema["description"] = f"{STRUCTURES[item.name]}: a mapping, or its {row.shorthand} alone."
        schema["type"] = ["object", *(("string",) if value.enum else TEXT[:-1]), "null"]
        self.definitions[name] = self.choose(value, schema) if value.enum else schema
        return name

    def make_plain(self, wanted: Shape) -> Schema:
        """Make a list without identities, or the directives that edit it."""
        item = shape(wanted.member)
        name = find_name(item)
        if item.type == "structure" and name not in self.definitions:
            self.definitions[name] = self.make_structure(item, whole=True)
        listed: Schema = {"$ref": f"#/definitions/{self.define(item)}"}
        edit: Schema = {"type": ["array", "object"], "items": listed, **RENDERED}
        edits = {name: {"description": text, **edit} for name, text in EDITS.items()}
        return {
            "description": "A list, which replaces the template's, or directives that edit that.",
            "type": ["array", "object", "null"],
            "items": listed,
            "if": OBJECT,
            "then": {**OBJECT, "properties": {**edits, "$render": RENDER}, "additionalProperties": False},
        }


def find_name(wanted: Shape) -> str:
    """Name the definition of a shape; all shapes that are plain text, whole numbers or truth values share one."""
    if wanted.type == "string" and not wanted.enum:
        return "String"
    return {"integer": "Integer", "boolean": "Boolean"}.get(wanted.type, wanted.name)


def list_words(wanted: Shape) -> list[Value]:
    """List the words that a shape accepts."""
    return [*wanted.enum, *UNLISTED.get(wanted.name, ())]


def is_item(wanted: Shape, key: tuple[str, str]) -> bool:
    """Whether a shape is the shape of a list's items."""
    structure, member = key
    return shape(shape(structure).members[member]).member == wanted.name


def describe_row(row: ListRow) -> str:
    """Describe how a list merges."""
    if not row.identity:
        return " A list replaces the template's."
    form = f" By {row.identity[0]}"
    return f"{form}: a bare value is the {row.shorthand}." if row.shorthand else f"{form}."


def make_whole_list(listed: Schema) -> Schema:
    """Make the value of `$replace` where items have identities: true, or the items."""
    return {
        "description": FLAGGED,
        "type": ["boolean", "string", "array", "object", "null"],
        "examples": [True],
        "if": ARRAY,
        "then": {"items": listed},
        "else": {**RENDERED, "else": {"enum": [*FLAG, None]}},
    }


def make_position() -> Schema:
    """Make the value of `$add`."""
    beside: Schema = {"description": "The container or volume beside which this one stands.", "type": list(TEXT)}
    places: Schema = {**OBJECT, "properties": {"before": beside, "after": beside}, "additionalProperties": False}
    return {
        "description": "This one is new: true puts it last, first puts it first, and before or after beside another one.",
        "type": ["boolean", "string", "object", "null"],
        "examples": [True],
        "if": OBJECT,
        "then": {**places, "minProperties": 1, "maxProperties": 1},
        "else": {"enum": [*FLAG, "first", None]},
    }
