"""The way from a document's root to a node: how findings name it, and the shape and row of the table found there."""

from __future__ import annotations

from functools import cache

from generator.ecs.lists import ROWS, ListRow
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.records import Record

OPAQUE = Shape("", "structure", {}, (), "", (), None, None, False)
"""The shape of a member that our shapes do not know and the settings admit: anything goes, nothing is checked."""


LONGEST_PATH = 300
"""Characters of a path in which no name can be too long to be spelt."""


class Step(Record):
    """One step down: `label` is as printed (`.name`, `[id]`), `shape` that of the node it leads to, `row` how a list merges."""

    label: str
    shape: Shape
    row: ListRow | None = None


def first_step() -> Step:
    """Stand at the root of a document."""
    return Step("", task_definition())


def format_path(path: list[Step] | tuple[Step, ...]) -> str:
    """Spell a path as `containerDefinitions[trading-bot].environment[LOG_LEVEL].value`."""
    spelling = "".join([step.label for step in path])
    if len(spelling) > LONGEST_PATH:
        from generator.model.shortening import shorten_label  # only if somebody has written such a name

        spelling = "".join([shorten_label(step.label) for step in path])
    return spelling.removeprefix(".")


def spell_step(step: Step) -> str:
    """Spell a step as `format_path` does, for anyone who spells a path step by step: it begins with a dot that is omitted at the end."""
    if len(step.label) <= LONGEST_PATH:
        return step.label
    from generator.model.shortening import shorten_label  # only if somebody has written such a name

    return shorten_label(step.label)


def member_step(parent: Shape, key: str) -> Step:
    """Step into a member of a structure or an entry of a map. The key of a map is data, so one with a dot is bracketed."""
    if parent.type == "map":
        return Step(f"[{key}]" if "." in key else f".{key}", shape(parent.member))
    name = parent.members.get(key)
    return find_step(parent.name, key, name) if name else Step(f".{key}", OPAQUE, ROWS.get((parent.name, key)))


@cache
def find_step(parent: str, key: str, name: str) -> Step:
    """Find the step into a member of a structure that our shapes know, made once: there are some hundred."""
    return Step(f".{key}", shape(name), ROWS.get((parent, key)))


def item_step(parent: Shape, identity: str) -> Step:
    """Step into an item of a list, by its identity or its position."""
    return Step(f"[{identity}]", shape(parent.member) if parent.member else OPAQUE)
