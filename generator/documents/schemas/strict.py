"""The schema of a task definition as ECS registers it: strict, since no overlay can change it any more."""

from __future__ import annotations

from generator.documents.schemas.parts import Schema, finish, refer
from generator.documents.schemas.patches import ADMITTED, Admission, find_name, list_words
from generator.ecs.descriptions import STRUCTURES, describe_member, describe_structure
from generator.ecs.limits import HIGHEST, LOWEST
from generator.ecs.shapes import Shape, shape, task_definition

TYPES = {"structure": "object", "map": "object", "list": "array"}
"""The types of JSON Schema for shapes that have another type name there."""


def make_definition_schema(admission: Admission) -> Schema:
    """Make the schema of a task definition: the members of the shapes, each with its type, and those that ECS demands."""
    definitions: dict[str, Schema] = {}
    root = make_structure(task_definition(), admission, definitions)
    root.pop("description")
    return finish("task-definition", root, definitions)


def define(wanted: Shape, admission: Admission, definitions: dict[str, Schema]) -> str:
    """Make the definition of a shape if there is none yet, and return its name."""
    name = wanted.name if wanted.minimum is not None else find_name(wanted)
    if name not in definitions:
        definitions[name] = make(wanted, admission, definitions)
    return name


def make(wanted: Shape, admission: Admission, definitions: dict[str, Schema]) -> Schema:
    if wanted.type == "structure":
        return make_structure(wanted, admission, definitions)
    schema: Schema = {"type": TYPES.get(wanted.type, wanted.type), **list_bounds(wanted)}
    if wanted.enum:
        return {**schema, **({} if admission.words else {"enum": list_words(wanted)})}
    if wanted.type in ("list", "map"):
        item = shape(wanted.member)
        about = describe_structure(item.name) if item.name in STRUCTURES else "A value."
        schema["items" if wanted.type == "list" else "additionalProperties"] = refer(
            define(item, admission, definitions), about
        )
    return schema


def make_structure(wanted: Shape, admission: Admission, definitions: dict[str, Schema]) -> Schema:
    members = {
        name: refer(define(shape(child), admission, definitions), describe_member(wanted.name, name))
        for name, child in wanted.members.items()
    }
    admitted = {name: {"description": ADMITTED} for name in admission.members if name not in members}
    schema: Schema = {
        "description": describe_structure(wanted.name),
        "type": "object",
        "properties": members | admitted,
        "additionalProperties": False,
    }
    if wanted.required:
        schema["required"] = list(wanted.required)
    return {**schema, "minProperties": 1, "maxProperties": 1} if wanted.union else schema


def list_bounds(wanted: Shape) -> Schema:
    """List the bounds in the service model for a number, a text or a list."""
    if wanted.type == "integer":
        least = LOWEST if wanted.minimum is None else wanted.minimum
        return {"minimum": least, "maximum": HIGHEST if wanted.maximum is None else wanted.maximum}
    kind = {"string": "Length", "list": "Items"}.get(wanted.type)
    bounds: Schema = {f"min{kind}": wanted.minimum, f"max{kind}": wanted.maximum} if kind else {}
    return {name: value for name, value in bounds.items() if value is not None}
