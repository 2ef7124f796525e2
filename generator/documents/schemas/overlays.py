"""The schemas of `<env>.yaml` and `<env>/<task>.yaml`: their sections, and in them variables, the account, and patches."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.documents.parsing.scalars import JINJA_WORDS
from generator.documents.schemas.parts import BOOLEAN, TEXT, TRUTH, Schema, finish, make_choice, make_mapping, refer
from generator.documents.schemas.patches import Admission, PatchSchemas
from generator.ecs.runs import SETTINGS

NO_NAME = r"^[0-9]|[\u0000-/:-@\[-^`{-\u007f]"
"""Keys that cannot be names of variables: they begin with a digit, or have an ASCII character other than letters, digits and `_`."""

VARS = "Variables of the templates, which this file sets for its environment."
PATCH = "Members of the task definition, merged into the rendered template. null deletes."


def make_overlay_schema(admission: Admission, reserved: Iterable[str]) -> Schema:
    """Make the schema of `<env>.yaml`. `reserved` are names that no variable may have."""
    definitions = define_sections(admission, reserved)
    definitions["Task"] = make_mapping("Sections for one task alone, or null if it is off.", list_task_sections())
    tasks: Schema = {
        "description": "Sections for single tasks, by the names of their templates; null switches a task off.",
        "type": ["object", "null"],
        "additionalProperties": refer("Task", "Sections for this task alone, or null to switch it off."),
    }
    root = {
        "extends": {
            "description": "The environment or abstract overlay that this one extends.",
            "type": ["string", "number", "null"],
        },
        "aws": make_aws(),
        **list_task_sections(),
        "tasks": tasks,
    }
    return finish(
        "overlay", {"type": ["object", "null"], "properties": root, "additionalProperties": False}, definitions
    )


def make_task_schema(admission: Admission, reserved: Iterable[str]) -> Schema:
    """Make the schema of `<env>/<task>.yaml`."""
    root: Schema = {"type": ["object", "null"], "properties": list_task_sections(), "additionalProperties": False}
    return finish("task", root, define_sections(admission, reserved))


def list_task_sections() -> dict[str, Schema]:
    """List the sections that may be for one task or for all."""
    return {"vars": refer("Variables", VARS), "patch": refer("Patch", PATCH)}


def define_sections(admission: Admission, reserved: Iterable[str]) -> dict[str, Schema]:
    """Define variables and patches."""
    schemas = PatchSchemas(admission)
    patch = schemas.make_patch()
    return {**schemas.definitions, "Patch": patch, "Variables": make_variables(reserved)}


def make_variables(reserved: Iterable[str]) -> Schema:
    """Make the section `vars`: any names but those that a template cannot use, and any values."""
    words = "|".join(re.escape(word) for word in sorted({*reserved, *JINJA_WORDS}))
    return {
        "description": VARS,
        "type": ["object", "null"],
        "patternProperties": {NO_NAME: False, f"^({words})$": False},
        "additionalProperties": {"description": "A variable of the templates."},
    }


def make_aws() -> Schema:
    """Make the section `aws`. Its texts are never rendered."""
    name = list(TEXT)
    service: Schema = {
        "description": "The service that the task runs as, its name or ARN; with several tasks, each task's.",
        "type": ["string", "object", "number", "boolean", "null"],
        "additionalProperties": {"description": "The service that this task runs as, or null.", "type": name},
    }
    family: Schema = {
        "description": "A family that the service may run until it is deployed to, or a list of these.",
        "type": ["string", "array", "number", "boolean", "null"],
        "items": {"type": name},
    }
    sections: dict[str, Schema] = {
        "account": {"description": "The account, 12 digits.", "type": ["string", "number", "null"]},
        "region": {"description": "The region, such as us-east-1.", "type": ["string", "null"]},
        "cluster": {"description": "The cluster of the services, its name or ARN.", "type": name},
        "service": service,
        "previous_family": family,
        "run": make_run(),
    }
    return make_mapping("The account and the region, and where tasks run in them.", sections)


def make_run() -> Schema:
    """Make the part `run` of `aws`."""
    settings: dict[str, Schema] = {}
    for key, setting in SETTINGS.items():
        words = setting.words.replace("`", "")
        description = f"{words[:1].upper()}{words[1:]}."
        if key == "assign_public_ip":
            settings[key] = make_choice(BOOLEAN, TRUTH, description)
        elif key == "launch_type":
            settings[key] = make_choice(("string", "null"), [*setting.pattern.text.split("|"), None], description)
        elif setting.most > 1:
            settings[key] = {
                "description": description,
                "type": ["string", "array", "null"],
                "items": {"type": "string"},
            }
        else:
            settings[key] = {"description": description, "type": list(TEXT)}
    return make_mapping("How taskdef run starts a task that no service runs.", settings)
