"""What stands on a line of an artifact, by the path that findings spell. Compares nothing, and explains nothing."""

from __future__ import annotations

from generator.documents.tree import list_children
from generator.ecs.lists import identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.findings import Place
from generator.model.nodes import Keyed, Mapping, Node, Scalar, Sequence


def find_path(document: Mapping, committed: Mapping, line: int) -> str | None:
    """Find what is on a line of an artifact as it is committed, by the paths of the document that the sources give.

    None where the line has nothing of its own. A container is known by its `$id`, which the file does not have.
    """
    return find_on_line(committed, document, (first_step(),), line)


def find_on_line(node: Node, known: Node | None, steps: tuple[Step, ...], line: int) -> str | None:
    start, end = (count_line(node.place, offset) for offset in (node.place.start, node.place.end - 1))
    if not start <= line <= end:
        return None
    if line == start or isinstance(node, Scalar):
        return format_path(steps)
    for key, step, child in list_parts(node, known, steps[-1]):
        first = count_line(key, key.start) if key is not None else None
        found = find_on_line(child, take_known(known, step, steps[-1]), (*steps, step), line)
        if found is not None or first == line:
            return found or format_path((*steps, step))
    return format_path(steps)


def list_parts(node: Node, known: Node | None, above: Step) -> list[tuple[Place | None, Step, Node]]:
    """List what is below a node of a parsed file: its key's place, its step as the sources know it, and itself."""
    if isinstance(node, Mapping):
        return [(node.keys[name], member_step(above.shape, name), child) for name, child in node.items.items()]
    if not isinstance(node, Sequence):
        return []
    ids: dict[str, str] = {}
    for item in known.items if isinstance(known, Keyed) else ():
        own = identify(item.node, above)
        ids.setdefault(own, item.identity) if own else None
    parts: list[tuple[Place | None, Step, Node]] = []
    for index, child in enumerate(node.items):
        own = identify(child, above) if isinstance(child, Mapping) else None
        parts.append((None, item_step(above.shape, ids.get(own or "", own) or str(index)), child))
    return parts


def identify(item: Mapping, above: Step) -> str | None:
    """Tell the identity that an item's own members give it."""
    if above.row is None or not above.row.identity:
        return None
    return identity_of(above.row, {key: each.text for key, each in item.items.items() if isinstance(each, Scalar)})


def take_known(known: Node | None, step: Step, above: Step) -> Node | None:
    """Take the same step in the document that the sources give."""
    if known is None:
        return None
    return next((child for each, child in list_children(known, above) if each.label == step.label), None)


def count_line(place: Place, offset: int) -> int:
    return Place(place.source, max(offset, 0), max(offset, 0)).location.line
