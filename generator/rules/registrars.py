"""What another tool would change in an artifact that it registers: what it drops, and members that its model of ECS lacks (W636)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.actions import REGISTRARS, RESTORED, Action
from generator.ecs.defaults import APART
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.model.findings import Path, Problem
from generator.model.nodes import Value

HELP = "register it with `taskdef register`, or another tool that does not"
COUNTING = frozenset((each.structure, each.member) for each in APART if each.written == "[]")
"""Lists that mean something when they are empty."""

KEPT = frozenset((holder, text) for (_, holder), texts in RESTORED for text in texts)
"""Members of the items of some lists that are empty texts again after what is empty was dropped."""


def find_changed(document: Value, registrar: str) -> Iterator[Problem]:
    """Find what a tool would change in a task definition, or refuse though ECS takes it."""
    tool = REGISTRARS[registrar]
    name = f"{tool.repository} {tool.version}"
    for path, said in walk(document, first_step(), (), tool):
        yield Problem("W636", path, f"{name} {said}", help=HELP)


def walk(value: Value, step: Step, path: Path, tool: Action) -> Iterator[tuple[Path, str]]:
    """Walk through a task definition, and say of each value that the tool would change what it does."""
    if isinstance(value, dict):
        for member, child in value.items():
            here = (*path, member)
            if (step.shape.name, member) in tool.lacks:
                does = "refuses" if tool.refuses else "silently drops"
                yield here, f"{does} `{member}`, which its model of ECS does not have"
            elif tool.drops_empty and is_dropped(child, step, member, path):
                yield here, f"drops `{member}`, since it is empty"
            else:
                yield from walk(child, member_step(step.shape, member), here, tool)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if tool.drops_empty and item == "":
                yield (*path, index), "drops this empty text, and the items behind it move up"
            else:
                yield from walk(item, item_step(step.shape, ""), (*path, index), tool)


def is_dropped(value: Value, step: Step, member: str, path: Path) -> bool:
    """Whether an empty value that means something is dropped: a text, unless it is put back, or a command."""
    if value == "":
        return len(path) < 2 or (path[-2], member) not in KEPT
    return value == [] and (step.shape.name, member) in COUNTING
