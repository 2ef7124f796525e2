"""Task definitions converted from the files of other tools. Nodes keep their places, so findings name the lines of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.findings import Finding, Note, Place, did_you_mean, finding_at
from generator.model.nodes import MapNode, Node, Scalar
from generator.model.records import Record
from generator.model.result import state_number


class Converted(Record):
    """A task definition from a file of another tool. `node` is None if findings prevent the conversion.

    `used` are the names whose values were given by hand, and `wanted` the names that lack a value. `left_out` counts the arguments that
    only the other tool has, and `sensitive` lists those that it marks as sensitive.
    """

    node: MapNode | None = None
    findings: tuple[Finding, ...] = ()
    used: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    left_out: int = 0
    sensitive: tuple[str, ...] = ()


class Found(Record):
    """A task definition in a file: the name that selects it, and its place."""

    name: str
    place: Place


def choose_found(found: Sequence[Found], part: str, whole: Place, *, what: str) -> int | Finding:
    """Choose a task definition in a file by name, or the only one. Returns a finding (E138) if none or several match.

    `what` is the phrase for the file, such as `this template`.
    """
    path = whole.source.path
    if not found:
        return finding_at(whole, "E138", f"{what} has no task definition")
    if not part:
        if len(found) == 1:
            return 0
        notes = tuple(Note(f"`{each.name}` is in {each.place.location}", each.place.location) for each in found)
        message = f"{what} has {state_number(len(found), 'task definition')}"
        return finding_at(whole, "E138", message, notes=notes, help=f"name one: `--env ENV={path}#{found[0].name}`")
    same = [at for at, each in enumerate(found) if part in (each.name, each.name.rpartition(".")[2])]
    same = [at for at in same if found[at].name == part] or same
    if len(same) == 1:
        return same[0]
    if same:
        notes = tuple(
            Note(f"`{found[at].name}` is in {found[at].place.location}", found[at].place.location) for at in same
        )
        message = f"{what} has {state_number(len(same), 'task definition')} called `{part}`"
        return finding_at(
            whole, "E138", message, notes=notes, help=f"name one: `--env ENV={path}#{found[same[0]].name}`"
        )
    near = did_you_mean(part, [each.name for each in found])
    notes = tuple(Note(f"there is `{each.name}` in {each.place.location}", each.place.location) for each in found)
    help = f"use an existing one: `--env ENV={path}#{near or found[0].name}`"
    return finding_at(whole, "E138", f"{what} has no task definition `{part}`", notes=notes, help=help)


def find_text(node: Node | None, *path: str) -> str | None:
    """Find a text below a node."""
    for name in path:
        node = node.items.get(name) if isinstance(node, MapNode) else None
    return node.text if isinstance(node, Scalar) else None


def is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind == "null"


def is_absent(node: Node | None) -> bool:
    """Whether an argument is absent. Terraform treats null and an empty text as absent."""
    return node is None or is_null(node) or (isinstance(node, Scalar) and node.text == "")


def join_findings(*parts: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by their places, and remove duplicates."""
    every = dict.fromkeys(finding for part in parts for finding in part)
    return tuple(sorted(every, key=lambda each: each.location[1:] if each.location else (0, 0)))
