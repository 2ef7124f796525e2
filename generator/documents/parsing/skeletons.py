"""What renders of one template have in common: where only printed values differ, its document is filled in again, and not parsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.documents.parsing.broken import BrokenError
from generator.documents.parsing.document import Recipe, read_pieces
from generator.documents.parsing.printed import convert_value, write_inside
from generator.model.findings import Finding
from generator.model.gathering import FoundList, TooManyFindings
from generator.model.nodes import NO_VALUE, ListNode, MapNode, Node, Piece, Scalar


class Skeleton:
    """A document that was parsed without a finding, and what of it is made of printed values.

    `fixed` are the nodes that have none and lie in one that has some, by their ids: documents that are filled in again share them.
    """

    __slots__ = ("dirty", "fixed", "pieces", "recipes", "root")

    def __init__(self, pieces: Sequence[Piece], root: Node, recipes: Mapping[int, Recipe]) -> None:
        self.pieces = pieces
        self.root = root
        self.recipes = recipes
        self.dirty: set[int] = set()
        self.fixed: set[int] = set()
        if not self.find_dirty(root):
            self.fixed.add(id(root))

    def find_dirty(self, node: Node) -> bool:
        """Find which nodes have printed values in them, and which right below these have none."""
        if isinstance(node, Scalar):
            return id(node) in self.recipes
        if id(node) in self.recipes:
            return True
        children = [*node.items.values()] if isinstance(node, MapNode) else [*list_items(node)]
        clean = [child for child in children if not self.find_dirty(child)]
        if len(clean) == len(children):
            return False
        self.dirty.add(id(node))
        self.fixed.update(map(id, clean))
        return True

    def matches(self, pieces: Sequence[Piece]) -> bool:
        """Whether a render has the same text, with values printed in the same places."""
        return len(pieces) == len(self.pieces) and all(
            new is old
            or (
                new.place == old.place
                and (new.text == old.text if old.value is NO_VALUE else True)
                and (new.value is NO_VALUE) == (old.value is NO_VALUE)
            )
            for new, old in zip(pieces, self.pieces, strict=True)
        )

    def fill(self, pieces: Sequence[Piece]) -> tuple[Node | None, tuple[Finding, ...]]:
        """Make the document of a render that matches: the same as if it were parsed."""
        filler = Filler(self, [piece for piece in pieces if piece.value is not NO_VALUE])
        try:
            return filler.fill(self.root), tuple(filler.findings)
        except BrokenError as broken:
            return None, (*filler.findings, broken.finding)
        except TooManyFindings:
            return None, tuple(filler.findings)


class Filler:
    """One document being filled in, in the order in which it would be read."""

    def __init__(self, skeleton: Skeleton, values: Sequence[Piece]) -> None:
        self.recipes = skeleton.recipes
        self.dirty = skeleton.dirty
        self.values = values
        self.findings: list[Finding] = FoundList()

    def fill(self, node: Node) -> Node:
        """Fill in a node; one without printed values is shared."""
        recipe = self.recipes.get(id(node))
        if isinstance(recipe, int):
            piece = self.values[recipe]
            return convert_value(piece.value, piece.place, self.findings)
        if recipe is not None:
            parts = [
                part if isinstance(part, str) else write_inside(self.values[part], self.findings) for part in recipe
            ]
            return Scalar(node.place, "text", "".join(parts))
        if id(node) not in self.dirty:
            return node
        if isinstance(node, MapNode):
            return MapNode(node.place, {name: self.fill(child) for name, child in node.items.items()}, node.keys)
        return ListNode(node.place, tuple([self.fill(child) for child in list_items(node)]))


def list_items(node: Node) -> tuple[Node, ...]:
    """List the items of a list as it was parsed."""
    assert isinstance(node, ListNode)
    return node.items


def read_skeleton(pieces: Sequence[Piece]) -> tuple[Node | None, tuple[Finding, ...], Skeleton | None]:
    """Parse what a template rendered, which is not empty. It has a skeleton where nothing is wrong, and no key has a printed value."""
    node, findings, recipes = read_pieces(pieces)
    if node is None or findings or recipes is None:
        return node, findings, None
    return node, findings, Skeleton(pieces, node, recipes)
