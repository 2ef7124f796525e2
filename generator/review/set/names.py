"""Names of values that can be set: variables, and paths of the task definition as `explain` spells them. Looks into no file."""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.parsing.scalars import is_variable_name
from generator.ecs.lists import ListRow, identity_members, match_key
from generator.ecs.paths import OPAQUE, Step, first_step, format_path, item_step, member_step
from generator.model.findings import WrongUsage, did_you_mean
from generator.model.patterns import Pattern
from generator.model.records import Record

VARIABLES, PATCH = "vars", "patch"
"""The sections of an overlay in which values are set. Before a name, with a dot, they choose the section."""

TOKEN = Pattern(r"(?:\A|\.)([^.\[\]]+)|\[([^\[\]]+)\]")
ELSEWHERE = ("aws", "env", "extends", "task", "tasks")
"""Names that templates or overlays use for other things than values of an environment."""

COLLECTIONS = ("structure", "map", "list")
KINDS = {"structure": "a mapping", "map": "a mapping", "list": "a list"}


class Leg(Record):
    """One step of the way to a value. In a patch, `step` is its own step, and `above` the step before it.

    `item_row` is the row of the list in whose item the leg is.
    """

    key: str
    above: Step | None = None
    step: Step | None = None
    item_row: ListRow | None = None

    @property
    def is_item(self) -> bool:
        """Whether it leads to an item of a list of named things."""
        return self.above is not None and self.above.row is not None and bool(self.above.row.identity)


class Name(Record):
    """The name of a value: the section it belongs to, and the way to it there. `text` is how people see it."""

    section: str
    legs: tuple[Leg, ...]
    text: str

    @property
    def is_text(self) -> bool:
        """Whether the value is a text to ECS, whatever it looks like."""
        step = self.legs[-1].step
        return step is not None and step.shape.type == "string"

    @property
    def is_short(self) -> bool:
        """Whether the value may be written as the shorthand of its item."""
        row = self.legs[-1].item_row
        return row is not None and row.shorthand == self.legs[-1].key


def parse_variable(text: str) -> Name | None:
    """Parse the name of a variable, with the keys below it if its value is a mapping; None if no variable can have the name."""
    first, *others = text.split(".")
    if not is_variable_name(first) or not all(others) or first in ELSEWHERE:
        return None
    return Name(VARIABLES, tuple(Leg(key) for key in (first, *others)), text)


def parse_member(text: str, *, allow: tuple[str, ...] = ()) -> Name:
    """Parse the path of a member. Raises WrongUsage if no value can be set there."""
    steps, legs = [first_step()], list[Leg]()
    for token in split_path(text):
        step, key = take_step(steps, token, text, allow)
        legs.append(Leg(key, steps[-1], step, steps[-2].row if len(steps) > 1 else None))
        steps.append(step)
    row = steps[-2].row
    if legs[-1].is_item and row is not None and row.shorthand is not None:
        step = member_step(steps[-1].shape, row.shorthand)
        legs.append(Leg(row.shorthand, steps[-1], step, row))
        steps.append(step)
    shape = steps[-1].shape
    if shape is not OPAQUE and shape.type in COLLECTIONS:
        what = "name one of its values" if shape.type != "list" or legs[-1].is_item else "edit the file to change it"
        raise WrongUsage(f"`{text}` is {KINDS[shape.type]}, and `set` takes single values: {what}")
    return Name(PATCH, tuple(legs), format_path(steps))


def split_path(text: str) -> list[tuple[str, bool]]:
    """Split a path into its parts, each with whether it stands in brackets."""
    parts, at = [], 0
    while at < len(text):
        match = TOKEN.compiled.match(text, at)
        if match is None:
            raise WrongUsage(f"`{text}` is not a path: write it as `taskdef explain` does")
        parts.append((match[1] or match[2], match[1] is None))
        at = match.end()
    if not parts:
        raise WrongUsage("a name is missing before the `=`")
    return parts


def take_step(steps: Sequence[Step], token: tuple[str, bool], text: str, allow: tuple[str, ...]) -> tuple[Step, str]:
    """Take one step of a path, and return its key in a patch."""
    above, (word, bracketed) = steps[-1], token
    where, shape, row = above.label.removeprefix("."), above.shape, above.row
    if row is not None and row.identity:
        if not bracketed:
            raise WrongUsage(f"`{where}` in `{text}` is a list: write the name of an item, `{where}[{word}]`")
        key = match_key(row, word)
        return item_step(shape, key), key
    if shape.type == "list":
        raise WrongUsage(f"`{where}` in `{text}` is a plain list, and `set` takes single values: edit the file")
    if shape is OPAQUE or shape.type not in COLLECTIONS:
        raise WrongUsage(f"`{where}` in `{text}` is one value, and nothing is below it")
    if shape.type == "structure":
        if bracketed or (word not in shape.members and word not in allow):
            raise WrongUsage(state_unknown(word, tuple(shape.members), text))
        item = steps[-2].row if len(steps) > 1 else None
        if item is not None and word in identity_members(item, (word, "containerPath")):
            raise WrongUsage(f"`{text}` is the name of the item in overlays, and cannot be changed there")
    return member_step(shape, word), word


def state_unknown(word: str, known: tuple[str, ...], text: str) -> str:
    """State that a structure has no such member, with a name that is near."""
    near = did_you_mean(word, known)
    return (
        f"there is no `{word}`"
        + (f" in `{text}`" if word != text else "")
        + (f"; did you mean `{near}`?" if near else "")
    )
