"""The way to the same member in another document: items of lists are found by their identity, not by their place. Changes nothing."""

from __future__ import annotations

from generator.ecs.lists import identity_of
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.model.findings import Path
from generator.model.nodes import Value
from generator.model.records import Record


class Way(Record):
    """A path in the other document, as far as it has one; `whole` is that it leads to the very same member."""

    path: Path
    whole: bool


def move_path(path: Path, source: Value, target: Value) -> Way:
    """Find the way in another document to what a path of one leads to."""
    moved: list[str | int] = []
    step = first_step()
    for part in path:
        following, here = take_step(part, step, source, target)
        if here is None:
            return Way(tuple(moved), False)
        source, target, step = source[part], target[here], following
        moved.append(here)
    return Way(tuple(moved), True)


def take_step(part: str | int, above: Step, source: Value, target: Value) -> tuple[Step, str | int | None]:
    """Take a step in both documents: a member by its name, an item by its identity, or by its number where it has none."""
    if isinstance(part, str):
        there = isinstance(target, dict) and part in target and part in source
        return member_step(above.shape, part), part if there else None
    following = item_step(above.shape, str(part))
    if not isinstance(target, list):
        return following, None
    wanted = identify(source[part], above)
    if wanted is None:
        return following, part if part < len(target) else None
    return following, next((index for index, item in enumerate(target) if identify(item, above) == wanted), None)


def identify(item: Value, above: Step) -> str | None:
    """Find the identity of an item, if the items of its list have any."""
    if above.row is None or not above.row.identity or not isinstance(item, dict):
        return None
    texts = {name: str(value) for name, value in item.items() if isinstance(value, str | int)}
    return identity_of(above.row, texts)


def find_value(document: Value, path: Path) -> Value:
    """Find what a path leads to."""
    for part in path:
        document = document[part]
    return document
