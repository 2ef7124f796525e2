"""The schema of `taskdef.toml`, which `documents/parsing/settings.py` reads. The caller passes the rules."""

from __future__ import annotations

from collections.abc import Iterable

from generator.documents.parsing.settings import LEVELS, list_between
from generator.documents.schemas.parts import Schema, finish, refer
from generator.ecs.actions import ACTIONS, REGISTRARS
from generator.model.project import Settings
from generator.model.records import Record

NAMES: Schema = {"type": "string", "minLength": 1}

FOLDERS = {
    "templates": "The folder of templates.",
    "environments": "The folder of overlays.",
    "rendered": "The folder of artifacts, which are committed.",
}

LISTS = {
    "allow_members": "Members that ECS has and the shapes in this release do not; they are admitted wherever they stand, unchecked.",
    "confirm": "taskdef asks before it changes anything in the account of an environment with one of these words in its name.",
    "environment_order": "Environments in the order in which they are listed; others follow, by name.",
    "lint_for": "Actions that register the files which taskdef lint checks.",
}


class Code(Record):
    """A rule: its code, its title, and whether only `taskdef lint` has a level for it."""

    code: str
    title: str
    lint_only: bool = False


def make_settings_schema(codes: Iterable[Code]) -> Schema:
    """Make the schema of the settings."""
    listed = tuple(codes)
    defaults = Settings()
    properties: dict[str, Schema] = {}
    for name, description in FOLDERS.items():
        properties[name] = {"description": description, "type": "string", "default": getattr(defaults, name)}
    for name, description in LISTS.items():
        items = {**NAMES, "enum": list(ACTIONS)} if name == "lint_for" else NAMES
        default = list(getattr(defaults, name))
        properties[name] = {"description": description, "type": "array", "items": items, "default": default}
    properties["registered_by"] = {
        "description": "The tool that registers artifacts in place of taskdef register; empty for none.",
        "type": "string",
        "enum": [*REGISTRARS, ""],
        "default": "",
    }
    properties["rules"] = make_rules(listed)
    properties["exceptions"] = make_exceptions(listed)
    root = {"type": "object", "properties": properties, "additionalProperties": False}
    return finish("settings", root, {each.code: make_level(each) for each in listed})


def make_rules(codes: tuple[Code, ...]) -> Schema:
    """Make the table of levels. Keys other than codes are environments, with tables of their own."""
    return {
        "description": "The levels of rules, by code; for single environments in tables of their own.",
        "type": "object",
        "properties": {each.code: refer(each.code) for each in codes},
        "additionalProperties": {
            "description": "The levels of rules in one environment, by code.",
            "type": "object",
            "properties": {each.code: refer(each.code) for each in codes if not each.lint_only},
            "additionalProperties": False,
        },
    }


def make_level(code: Code) -> Schema:
    title = code.title.replace("`", "")
    return {"description": f"{title[:1].upper()}{title[1:]}.", "type": "string", "enum": [*LEVELS]}


def make_exceptions(codes: tuple[Code, ...]) -> Schema:
    """Make the list of exceptions, for differences between environments that are intended."""
    texts = {
        "name": "The variable, secret, partial, service or family that it is about.",
        "path": "The path that it is about, as findings spell it, with all that is below it.",
        "reason": "Why.",
    }
    properties: dict[str, Schema] = {
        "code": {
            "description": "The rule between environments.",
            "type": "string",
            "enum": [*list_between(tuple(each.code for each in codes))],
        },
        **{name: {"description": text, "type": "string"} for name, text in texts.items()},
        "environments": {
            "description": "Where it holds; without it, everywhere.",
            "type": "array",
            "items": NAMES,
        },
    }
    item: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"description": "Differences between environments that are intended.", "type": "array", "items": item}
