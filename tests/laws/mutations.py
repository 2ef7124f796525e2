"""Single mistakes put into a task definition, each by its name: what people leave out, misspell, or write as another type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.ecs.shapes import Shape, read_only, shape, task_definition
from generator.model.findings import Path
from generator.model.nodes import Value

NUMBER = 8080

WRONG: dict[str, dict[str, Value]] = {
    "string": {
        "number for text": NUMBER,
        "fraction for text": 0.5,
        "boolean for text": True,
        "list for text": ["x"],
        "mapping for text": {"x": "x"},
        "null for text": None,
    },
    "integer": {
        "text for a number": str(NUMBER),
        "fraction for a number": 1.5,
        "whole fraction for a number": 1.0,
        "boolean for a number": True,
        "list for a number": [NUMBER],
        "null for a number": None,
    },
    "boolean": {
        "text for a boolean": "true",
        "number for a boolean": 1,
        "list for a boolean": [True],
        "null for a boolean": None,
    },
    "structure": {
        "text for a structure": "x",
        "list for a structure": [],
        "number for a structure": NUMBER,
        "null for a structure": None,
    },
    "map": {"text for a map": "x", "list for a map": [], "null for a map": None},
    "list": {"text for a list": "x", "mapping for a list": {}, "number for a list": NUMBER, "null for a list": None},
}
"""By type of a shape: values that are of another."""

STRUCTURAL = (
    "required member removed",
    "member misspelt",
    "unknown member",
    "unknown member of a union",
    "side of a union removed",
)
BOUNDED = ("below the least", "above the most", "word outside of the enum", "empty word of an enum")
DESCRIBED = "member of describe output"

MUTATIONS = (*(name for wrong in WRONG.values() for name in wrong), *STRUCTURAL, *BOUNDED, DESCRIBED)
"""Every name."""


class Mutation(NamedTuple):
    """A document with one mistake: what kind, and the path to it."""

    name: str
    path: Path
    document: Value


def mutate(document: Value) -> Iterator[Mutation]:
    """Give every document that a task definition of the right shape becomes by one mistake."""
    for member in read_only():
        yield Mutation(DESCRIBED, (member,), {**document, member: "x"})
    for name, path, value in mutate_value(document, task_definition()):
        yield Mutation(name, path, value)


def mutate_value(value: Value, wanted: Shape) -> Iterator[tuple[str, Path, Value]]:
    """Give each mistake in a value: its name, the path from the value, and the value that has it."""
    for name, wrong in WRONG[wanted.type].items():
        yield name, (), wrong
    if wanted.type == "structure":
        yield from mutate_structure(value, wanted)
    elif wanted.type in ("list", "map"):
        children = value.items() if wanted.type == "map" else enumerate(value)
        for key, child in children:
            for name, path, changed in mutate_value(child, shape(wanted.member)):
                yield name, (key, *path), replace(value, key, changed)
    else:
        for name, changed in mutate_scalar(wanted):
            yield name, (), changed


def mutate_structure(value: Value, wanted: Shape) -> Iterator[tuple[str, Path, Value]]:
    yield "unknown member of a union" if wanted.union else "unknown member", ("notThere",), {**value, "notThere": "x"}
    for member, child in value.items():
        without = {name: other for name, other in value.items() if name != member}
        if member in wanted.required:
            yield "required member removed", (member,), without
        if wanted.union:
            yield "side of a union removed", (member,), without
        misspelt = member.swapcase()
        yield "member misspelt", (misspelt,), {**without, misspelt: child}
        for name, path, changed in mutate_value(child, shape(wanted.members[member])):
            yield name, (member, *path), replace(value, member, changed)


def mutate_scalar(wanted: Shape) -> Iterator[tuple[str, Value]]:
    """Give the scalars that have the right type, and are none that the service model knows."""
    if wanted.enum:
        yield "word outside of the enum", f"{wanted.enum[0]}s"
        yield "empty word of an enum", ""
    if wanted.minimum:
        yield "below the least", wanted.minimum - 1 if wanted.type == "integer" else "x" * (wanted.minimum - 1)
    if wanted.maximum:
        yield "above the most", wanted.maximum + 1 if wanted.type == "integer" else "x" * (wanted.maximum + 1)


def replace(value: Value, key: str | int, changed: Value) -> Value:
    """Give a mapping or list with another value under a key."""
    if isinstance(value, dict):
        return {**value, key: changed}
    return [changed if index == key else item for index, item in enumerate(value)]
