"""The differences between two task definitions, by identity and meaning, not by text: two documents in, rows out.

Knows no places and no files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.build.merging.references import REFERENCES
from generator.documents.ordering import order_document
from generator.documents.tree import read_text
from generator.ecs.defaults import ANSWERED_MODE, DEFAULTS, ROLES
from generator.ecs.lists import ListRow, identity_members
from generator.ecs.paths import OPAQUE, Step, first_step, format_path, item_step, member_step
from generator.model.comparison import Row
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar
from generator.review.normalizing import is_filled_in, normalize_document
from generator.review.pairing import Wording, is_pairable, pair_names


def diff_documents(left: MapNode, right: MapNode, wording: Wording | None = None) -> tuple[Row, ...]:
    """Compare two documents with keyed lists. Order counts only in plain lists, and defaults of ECS do not count.

    With a `wording`, named things match even if their names differ by a word of the environment. A reference to a
    container or volume is the same if its target is, even if the names differ.
    """
    return diff_ordered(order_document(left), order_document(right), wording)


def diff_ordered(left: MapNode, right: MapNode, wording: Wording | None = None) -> tuple[Row, ...]:
    """Compare two documents that are in order, as artifacts are, and as `diff_documents` does."""
    here, there = (normalize_document(side) for side in (left, right))
    names = [find_called(side) for side in (left, right)]
    rows = Differ(wording).diff_nodes(here, there, (first_step(),))
    return tuple(row for row in rows if not is_same_reference(row, *names))


def adopt_identities(document: MapNode, model: MapNode) -> MapNode:
    """Give the containers and volumes of a document the identities that those of the same name have in another."""
    items = dict(document.items)
    for member in ("containerDefinitions", "volumes"):
        own, other = items.get(member), model.items.get(member)
        if isinstance(own, Keyed) and isinstance(other, Keyed):
            names = {read_text(item.node, "name"): item.identity for item in other.items}
            renamed = (Item(names.get(read_text(item.node, "name"), item.identity), item.node) for item in own.items)
            items[member] = own._replace(items=tuple(renamed))
    return document._replace(items=items)


def leave_answered(answered: MapNode, written: MapNode) -> MapNode:
    """Omit of an answer the network mode that may be in it though nobody wrote one, unless somebody did."""
    if "networkMode" in written.items or read_text(answered, "networkMode") != ANSWERED_MODE:
        return answered
    return answered._replace(items={name: node for name, node in answered.items.items() if name != "networkMode"})


class Differ:
    """One walk over two documents. `wording` has the words by which names of the same thing may differ."""

    def __init__(self, wording: Wording | None) -> None:
        self.wording = wording

    def diff_nodes(self, left: Node | None, right: Node | None, path: tuple[Step, ...]) -> Iterator[Row]:
        """Compare the values at a path; a value on one side only is listed down to its scalars."""
        sides = [side for side in (left, right) if side is not None]
        if all(isinstance(side, MapNode) for side in sides) and any(has_items(side) for side in sides):
            yield from self.diff_members(left, right, path)
        elif all(isinstance(side, Keyed) for side in sides):
            yield from self.diff_items(left, right, path)
        elif not is_same(left, right, path):
            structure = path[-2].shape.name if len(path) > 1 else ""
            member = path[-1].label.removeprefix(".")
            yield Row(format_path(path), left, right, structure, member, find_unknown(path))

    def diff_members(self, left: Node | None, right: Node | None, path: tuple[Step, ...]) -> Iterator[Row]:
        """Compare two mappings, of which one may be missing."""
        lefts = left.items if isinstance(left, MapNode) else {}
        rights = right.items if isinstance(right, MapNode) else {}
        for name in {**lefts, **rights}:
            here, there = lefts.get(name), rights.get(name)
            if here is not there:  # as what two environments have of a template often is
                yield from self.diff_nodes(here, there, (*path, member_step(path[-1].shape, name)))

    def diff_items(self, left: Node | None, right: Node | None, path: tuple[Step, ...]) -> Iterator[Row]:
        """Compare two lists of named things, of which one may be missing. The second of a name is compared with the second."""
        lefts, rights = number_items(left), number_items(right)
        row = path[-1].row
        if self.wording is not None and row is not None and is_pairable(row):
            pairs = pair_names([*lefts], [*rights], self.wording)
            rights = {pairs.get(identity, identity): node for identity, node in rights.items()}
        for identity in {**lefts, **rights}:
            here, there = lefts.get(identity), rights.get(identity)
            if here is there:
                continue
            step = item_step(path[-1].shape, identity)
            rows = [*self.diff_nodes(here, there, (*path, step))]
            whole = identity not in lefts or identity not in rights
            yield from leave_out_identity(rows, row, identity, (*path, step)) if whole and row is not None else rows


def find_unknown(path: tuple[Step, ...]) -> str:
    """Find the first member on a path that our model of ECS does not know; empty if it knows all."""
    ways = (path[: number + 1] for number, step in enumerate(path) if step.shape is OPAQUE)
    return next(map(format_path, ways), "")


def has_items(node: Node) -> bool:
    return isinstance(node, MapNode) and bool(node.items)


def number_items(node: Node | None) -> dict[str, MapNode]:
    """Give each item of a list a name of its own."""
    seen: Counter[str] = Counter()
    numbered = {}
    for item in node.items if isinstance(node, Keyed) else ():
        seen[item.identity] += 1
        count = seen[item.identity]
        numbered[item.identity if count == 1 else f"{item.identity}#{count}"] = item.node
    return numbered


def leave_out_identity(rows: list[Row], row: ListRow, identity: str, path: tuple[Step, ...]) -> list[Row]:
    """Omit the members of a whole item that only repeat what it is called, unless it has no others."""
    names = identity_members(row, [each.member for each in rows])
    here = format_path(path)
    said = [
        each
        for each in rows
        if not (each.path == f"{here}.{each.member}" and each.member in names and repeats(each, identity))
    ]
    return said or rows


def repeats(row: Row, identity: str) -> bool:
    """Whether a field only repeats the identity of its item."""
    node = row.left or row.right
    return isinstance(node, Scalar) and node.text in (identity, *identity.split("/"))


def is_same(left: Node | None, right: Node | None, path: tuple[Step, ...]) -> bool:
    """Whether two values mean the same to ECS."""
    if left is None or right is None:
        given = left or right
        return given is None or is_filled_in(given) or says_nothing(given, path)
    if read_plain(left) == read_plain(right):
        return True
    if path[-1].label.removeprefix(".") in ROLES and isinstance(left, Scalar) and isinstance(right, Scalar):
        return is_same_role(left.text, right.text)
    return False


def says_nothing(node: Node, path: tuple[Step, ...]) -> bool:
    """Whether a value means the same as a missing member."""
    structure = path[-2].shape.name if len(path) > 1 else ""
    default = DEFAULTS.get((structure, path[-1].label.removeprefix(".")))
    if default is None or default.filled:
        return False
    return node.text == default.text if isinstance(node, Scalar) else default.kind == "mapping" and not has_items(node)


def is_same_role(left: str, right: str) -> bool:
    """Whether one side has the bare name of the role whose ARN the other has."""
    if left.startswith("arn:") == right.startswith("arn:"):
        return False
    arn, name = (left, right) if left.startswith("arn:") else (right, left)
    return arn.partition(":role/")[2] == name.removeprefix("/")


def read_plain(node: Node) -> object:
    """Read a value without its places, for a comparison."""
    if isinstance(node, Scalar):
        return (node.kind, node.text)
    if isinstance(node, MapNode):
        return {name: read_plain(child) for name, child in node.items.items()}
    if isinstance(node, Keyed):
        return [(item.identity, read_plain(item.node)) for item in node.items]
    assert isinstance(node, ListNode)
    return [read_plain(child) for child in node.items]


Called = dict[str, dict[str, str]]
"""The identities of containers and volumes of a document, by list and name."""


def find_called(document: MapNode) -> Called:
    """Find the identities of containers and volumes."""
    return {
        member: {read_text(item.node, "name"): item.identity for item in keyed.items}
        for member in dict.fromkeys(REFERENCES.values())
        if isinstance(keyed := document.items.get(member), Keyed)
    }


def is_same_reference(row: Row, left: Called, right: Called) -> bool:
    """Whether both sides of a field refer to the same container or volume, which has another name on each."""
    if isinstance(row.left, Scalar) and isinstance(row.right, Scalar):
        member = REFERENCES.get((row.structure, row.member), "")
        known = [names.get(member, {}).get(node.text) for node, names in ((row.left, left), (row.right, right))]
        return known[0] is not None and known[0] == known[1]
    if (row.structure, row.member) != ("ContainerDefinition", "links"):
        return False
    links = [read_links(node, names) for node, names in ((row.left, left), (row.right, right))]
    return links[0] is not None and links[0] == links[1]


def read_links(node: Node | None, called: Called) -> list[str] | None:
    """Read links with the identities of their containers in place of names; None if there are none."""
    if not isinstance(node, ListNode):
        return None
    names = called.get("containerDefinitions", {})
    texts = [item.text.partition(":") for item in node.items if isinstance(item, Scalar)]
    return sorted(f"{names.get(name, name)}{colon}{alias}" for name, colon, alias in texts)
