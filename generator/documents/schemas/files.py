"""Where the schemas lie in a project, and the line by which an editor finds one. Knows no schema."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["overlay", "task", "settings", "task-definition"]

OverlayKind = Literal["overlay", "task"]

KINDS: tuple[Kind, ...] = get_args(Kind)

FILES: dict[Kind, str] = {
    "overlay": "taskdef.schema.json",
    "task": "taskdef.task.schema.json",
    "settings": "taskdef.settings.schema.json",
    "task-definition": "task-definition.schema.json",
}
"""The file of each schema in the project's folder. No name has a blank: older language servers do not find such a file."""


def write_modeline(environments: str, kind: OverlayKind = "overlay") -> str:
    """Write the first line of an overlay in the folder of environments, or of a file of a single task, which lies one folder below."""
    depth = len(environments.split("/")) + (kind == "task")
    return f"# yaml-language-server: $schema={'../' * depth}{FILES[kind]}"
