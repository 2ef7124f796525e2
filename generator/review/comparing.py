"""Field by field, how one task definition differs from another. Pure values in, differences out; says nothing of files."""

from __future__ import annotations

from typing import NamedTuple

from generator.ecs.lists import ListRow, identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.nodes import Keyed, Mapping, Node, Scalar, Sequence


class Difference(NamedTuple):
    """One field that differs. `wanted` is None where only `found` has it, and the other way round."""

    path: str
    wanted: Node | None
    found: Node | None


def compare_documents(wanted: Mapping, found: Mapping) -> tuple[Difference, ...]:
    """Compare a built document with one parsed from JSON, which has lists in place of keyed lists. Formatting does not count."""
    return tuple(compare_nodes(wanted, found, [first_step()]))


def compare_nodes(wanted: Node | None, found: Node | None, path: list[Step]) -> list[Difference]:
    """Compare what is at a path."""
    current = path[-1].shape
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return [
            difference
            for name in {**wanted.items, **found.items}
            for difference in compare_nodes(
                wanted.items.get(name),
                found.items.get(name),
                [*path, member_step(current, name)],
            )
        ]
    row = path[-1].row
    if isinstance(wanted, Keyed) and isinstance(found, Sequence) and row is not None:
        return compare_items(wanted, found, path, row)
    if isinstance(wanted, Sequence) and isinstance(found, Sequence) and len(wanted.items) == len(found.items):
        return [
            difference
            for index, pair in enumerate(zip(wanted.items, found.items, strict=True))
            for difference in compare_nodes(*pair, [*path, item_step(current, str(index))])
        ]
    if isinstance(wanted, Scalar) and isinstance(found, Scalar) and wanted[1:] == found[1:]:
        return []
    return [Difference(format_path(path), wanted, found)]


def compare_items(wanted: Keyed, found: Sequence, path: list[Step], row: ListRow) -> list[Difference]:
    """Compare a keyed list by identity. Order counts only where the table keeps it."""
    ids = {
        identity_of(
            row, {key: node.text for key, node in item.node.items.items() if isinstance(node, Scalar)}
        ): item.identity
        for item in wanted.items
    }
    there: dict[str, list[Node]] = {}
    for index, node in enumerate(found.items):
        members = node.items if isinstance(node, Mapping) else {}
        own = identity_of(row, {key: child.text for key, child in members.items() if isinstance(child, Scalar)})
        there.setdefault(ids.get(own) or own or f"#{index}", []).append(node)
    order = list(there)
    differences: list[Difference] = []
    for item in wanted.items:
        left = there.get(item.identity)
        here = [*path, item_step(path[-1].shape, item.identity)]
        differences += compare_nodes(item.node, left.pop(0) if left else None, here)
    for identity, nodes in there.items():
        here = [*path, item_step(path[-1].shape, identity)]
        differences += [Difference(format_path(here), None, node) for node in nodes]
    if not differences and row.order == "kept" and order != list(dict.fromkeys(item.identity for item in wanted.items)):
        differences.append(Difference(format_path(path), wanted, found))
    return differences
