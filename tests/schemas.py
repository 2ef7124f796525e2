"""Schemas and what they find in a text, as editors see it: YAML by the core schema of 1.2, whose keys are texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import cache

import yaml
from jsonschema import Draft7Validator

from generator.commands.schema import make_schema
from generator.documents.schemas.files import Kind
from generator.model.nodes import Value
from generator.model.project import OVERLAY_SUFFIX, Settings


class CoreLoader(yaml.SafeLoader):
    """Reads YAML 1.2: `yes` and `2026-01-01` are texts, `012` is twelve, and every key is a text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML has it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Value]:
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


SCALARS: dict[str, tuple[str, str, Callable[[str], Value]]] = {
    "null": (r"~|null|Null|NULL|", "~nN", lambda _: None),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF", lambda text: text.lower() == "true"),
    "int": (r"[-+]?[0-9]+", "-+0123456789", int),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789", float),
}


def teach(kind: str, pattern: str, first: str, read: Callable[[str], Value]) -> None:
    """Teach the loader a type of scalars."""
    tag = f"tag:yaml.org,2002:{kind}"
    CoreLoader.add_implicit_resolver(tag, re.compile(rf"(?:{pattern})\Z"), [*first, ""])
    CoreLoader.add_constructor(tag, lambda _, node: read(node.value))


for kind, facts in SCALARS.items():
    teach(kind, *facts)


def read_core(text: str) -> Value:
    """Read YAML as an editor does."""
    return yaml.load(text, CoreLoader)


@cache
def make_validator(kind: Kind, settings: Settings = Settings()) -> Draft7Validator:  # noqa: B008 - nothing changes it
    """Make a validator of a schema, which is one itself."""
    schema = make_schema(kind, settings)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def find_kind(name: str) -> Kind:
    """Find which schema is for an overlay, by its name below the folder of environments."""
    return "task" if "/" in name.removesuffix(OVERLAY_SUFFIX) else "overlay"


def find_faults(
    kind: Kind,
    value: Value,
    settings: Settings = Settings(),  # noqa: B008 - nothing changes it
) -> list[str]:
    """Find what a schema says of a value: each place, and what is wrong there, as deep as that goes."""
    return sorted(f"{spell(error)}: {error.message}" for error in make_validator(kind, settings).iter_errors(value))


def spell(error: Value) -> str:
    return ".".join(map(str, error.absolute_path))
