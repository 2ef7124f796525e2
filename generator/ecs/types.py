"""How a value of another type than its shape is written right, where that is certain. Reports nothing itself."""

from __future__ import annotations

import json
from typing import NoReturn

from generator.ecs.members import Advice
from generator.ecs.required import NEEDED
from generator.ecs.shapes import Model, Shape
from generator.model.findings import Change
from generator.model.nodes import Value
from generator.model.patterns import Pattern

WORD = Pattern(r"[^\s,;|\[\]{}\"'\\$<>%&]+")
"""A text that is one item of a list, for all that anybody can tell."""

UNQUOTED = "write it without quotes"


def advise_type(value: Value, wanted: Shape, model: Model) -> Advice:
    """State how to write a value of the right type; with the edit, where its meaning stays."""
    if wanted.type == "string" and type(value) in (int, float, bool):
        return advise_quotes(json.dumps(value), wanted)
    if wanted.type == "integer" and type(value) is str and value.isascii() and value.isdecimal():
        return Advice(UNQUOTED, Change("write", str(int(value))) if len(value) < LONG else None)
    if wanted.type == "boolean" and value in ("true", "false"):
        return Advice(UNQUOTED, Change("write", value))
    if type(value) is str and wanted.type in ("list", "structure", "map"):
        return advise_text(value, wanted, model)
    return Advice(None)


def advise_quotes(written: str, wanted: Shape) -> Advice:
    """State how a number, `true` or `false` becomes the text that is wanted: in quotes, unless only other words are known there."""
    if not wanted.enum or written in wanted.enum:
        return Advice("put it in double quotes", Change("quote"))
    words = ", ".join(f"`{word}`" for word in wanted.enum)
    return Advice(f"write one of {words}" if len(wanted.enum) > 1 else f"write {words}")


LONG = 20
"""A number with so many digits or more is written out of nothing but them."""


def advise_text(text: str, wanted: Shape, model: Model) -> Advice:
    """State how to write a text as a list or a mapping: as what its JSON says, as the one item that it is, or by an example."""
    kind = "list" if wanted.type == "list" else "mapping"
    if type(parse(text)) is (list if kind == "list" else dict):
        return Advice(f"write the {kind} itself, without quotes around it", Change("write", text))
    if kind == "mapping":
        return Advice("write a mapping: `{…}`")
    item = model.shape(wanted.member)
    if item.type != "structure":
        single = WORD.fullmatch(text) is not None
        return Advice(
            'write a list: `["…"]`', Change("write", json.dumps([text], ensure_ascii=False)) if single else None
        )
    names = item.required or tuple(NEEDED.get(item.name, ())) or tuple(item.members)[:1]
    members = ", ".join(f'"{name}": …' for name in names)
    return Advice(f"write a list of mappings: `[{{{members}}}]`")


def parse(text: str) -> Value:
    """Parse a text that may be JSON; None if it is not."""
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        return None


def refuse_constant(word: str) -> NoReturn:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(word)
