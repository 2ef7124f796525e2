"""`$add`: that an item of a list is new, and where it goes among those that are there. Only containers and volumes need it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.merging.directives import Reports
from generator.build.merging.patches import Position
from generator.ecs.paths import Step
from generator.model.findings import did_you_mean
from generator.model.nodes import Item, MapNode, Node, Scalar, describe_kind

FORMS = "`true`, `first`, `{before: NAME}` or `{after: NAME}`"


def read_position(node: Node, path: list[Step], reports: Reports) -> Position | None:
    """Read the value of `$add`: `true` puts an item last, `first` first, and a mapping before or after another one."""
    if isinstance(node, Scalar) and node.text == "true":
        return Position(node.place, "last")
    if isinstance(node, Scalar) and node.text == "first":
        return Position(node.place, "first")
    if isinstance(node, MapNode) and len(node.items) == 1:
        ((where, other),) = node.items.items()
        if isinstance(other, Scalar) and where == "before":
            return Position(other.place, "before", other.text)
        if isinstance(other, Scalar) and where == "after":
            return Position(other.place, "after", other.text)
    given = f"`{node.text}`" if isinstance(node, Scalar) else describe_kind(node)
    reports.report(node.place, "E205", f"`$add` takes {FORMS}, not {given}", path, "write `$add: true` to put it last")
    return None


def put_items(items: Sequence[Item], added: Sequence[tuple[Item, Position]]) -> tuple[list[Item], list[Position]]:
    """Put new items where they go, in the order in which they are given. Also gives positions beside an item that is not there.

    Of several that go first, or after the same one, the order is that of the patch.
    """
    made, lost = list(items), []
    for number, (item, position) in enumerate(added):
        before = [each.identity for each, other in added[:number] if other[1:] == position[1:]]
        at = find_index(made, position, before)
        if at is None:
            lost.append(position)
            at = len(made)
        made.insert(at, item)
    return made, lost


def find_index(items: list[Item], position: Position, before: list[str]) -> int | None:
    """Find where an item goes, behind those that were put `before` it in the same place; None if what it stands beside is not there."""
    if position.where == "last":
        return len(items)
    if position.where == "first":
        return len(before)
    identities = [item.identity for item in items]
    if position.other not in identities:
        return None
    at = identities.index(position.other)
    return at if position.where == "before" else at + 1 + len(before)


def help_with_position(position: Position, identities: list[str]) -> str:
    """State which items a new one can stand beside."""
    near = did_you_mean(position.other, identities)
    return f"write `{near}`" if near else f"there is {', '.join(f'`{each}`' for each in identities)}"
