"""The parts that all schemas are made of: scalars as YAML has them, texts that are rendered, definitions, and the bytes of a schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from generator.model.nodes import Value

Schema: TypeAlias = dict[str, Value]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The only draft that every editor knows; no keyword of a later one is used, since older servers ignore those silently."""

TEXT = ("string", "number", "boolean", "null")
"""The types of text in YAML: a plain `1.10` or `true` is text too where ECS wants text. Editors go by the first type."""

INTEGER = ("string", "integer", "null")
"""Text comes first: if a number did, editors would write a 0."""

BOOLEAN = ("boolean", "string", "null")
TRUTH = (True, False, "true", "false", None)
FLAG = (True, "true")

OBJECT: Schema = {"type": "object"}
ARRAY: Schema = {"type": "array"}

WIDTH = 140
"""A mapping or list that fits into so many columns is written on one line."""


def finish(kind: str, root: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """Make a whole schema. It has no `title`, which would head every text that an editor shows."""
    comment = f"Written by `taskdef schema {kind}`; write it anew after a change of the settings or of taskdef."
    return {"$schema": DRAFT, "$comment": comment, **root, "definitions": dict(sorted(definitions.items()))}


def write_schema(schema: Value, indent: str = "") -> str:
    """Write a schema as text. Parts that fit on a line are written on one, so a changed definition changes few lines."""
    line = json.dumps(schema, ensure_ascii=False)
    if not isinstance(schema, dict | list) or len(indent) + len(line) <= WIDTH:
        return line
    inner = indent + "  "
    if isinstance(schema, list):
        parts = [write_schema(value, inner) for value in schema]
    else:
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {write_schema(value, inner)}" for key, value in schema.items()
        ]
    opening, closing = "[]" if isinstance(schema, list) else "{}"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


def refer(name: str, description: str = "") -> Schema:
    """Refer to a definition. A description stands beside the reference, and no other keyword does: consumers disagree on those."""
    reference: Schema = {"$ref": f"#/definitions/{name}"}
    return {**reference, "description": description} if description else reference


def make_mapping(description: str, properties: Mapping[str, Schema]) -> Schema:
    """Make a mapping with known keys, or null."""
    whole = {"type": ["object", "null"], "properties": dict(properties), "additionalProperties": False}
    return {"description": description, **whole}


def make_choice(types: Iterable[str], values: Iterable[Value], description: str) -> Schema:
    """Make a scalar that is one of a few values."""
    return {"description": description, "type": list(types), "enum": list(values)}


RENDER = refer("render")
"""The value of `$render`."""

DIRECTIVES: dict[str, Schema] = {
    "render": {
        "description": "A text with Jinja expressions; the value is what it renders to in each environment.",
        "type": "string",
    },
    "rendered": {"type": "object", "properties": {"$render": RENDER}, "additionalProperties": False},
}
"""Definitions that schemas of patches have beside those of shapes."""

RENDERED: Schema = {"if": OBJECT, "then": refer("rendered")}
"""Admits a mapping with `$render` alone in place of a value. Under `properties` at the top, editors would write it with each key."""


def make_scalar(types: Iterable[str], description: str) -> Schema:
    """Make a scalar of a patch: a value, or a mapping with `$render` alone."""
    *first, last = types
    return {"description": description, "type": [*first, "object", last], **RENDERED}


def make_flag(description: str) -> Schema:
    """Make the value of a directive that can only be true; the one example has editors write it."""
    scalar = make_scalar(("boolean", "string", "null"), description)
    return {**scalar, "examples": [True], "else": {"enum": [*FLAG, None]}}


def choose(schema: Schema, values: Iterable[Value]) -> Schema:
    """Add the scalars that are allowed to a schema that admits mappings. Editors complete values under `anyOf`, but not under `else`."""
    return {**schema, "anyOf": [{"enum": [*values, None]}, OBJECT]}
