"""What the documents of one template share, so that each stage makes it once: nodes without printed values, which no patch reached."""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.parsing.document import is_empty, parse_document
from generator.documents.parsing.skeletons import Skeleton, read_skeleton
from generator.model.findings import Finding, Source
from generator.model.nodes import Node, Piece
from generator.model.project import OVERLAY_SUFFIX


class Made:
    """What one stage made of nodes that documents share, by their ids; nothing yet where that is None.

    A node is known by its id as long as somebody keeps it: those of the first stage are kept by the skeleton, and each stage keeps those
    of the next.
    """

    __slots__ = ("following", "nodes")

    def __init__(self, following: Made | None = None) -> None:
        self.nodes: dict[int, Node | None] = {}
        self.following = following

    def find(self, node: Node) -> Node | None:
        """Find what was made of a node, if anything was."""
        return self.nodes.get(id(node))

    def keep(self, node: Node, made: Node, findings: Sequence[Finding], before: int) -> None:
        """Keep what was made of a node that is shared, if nothing was found in it."""
        if id(node) in self.nodes and len(findings) == before:
            self.nodes[id(node)] = made
            if self.following is not None:
                self.following.nodes.setdefault(id(made))


class MadeOfTemplates(Made):
    """What one stage made of any node of templates, while somebody keeps them. Each stands in one place, as one of an overlay need not."""

    __slots__ = ()

    def keep(self, node: Node, made: Node, findings: Sequence[Finding], before: int) -> None:
        """Keep what was made of a node."""
        if len(findings) == before and not node.place.source.path.endswith(OVERLAY_SUFFIX):
            self.nodes[id(node)] = made


class Shared:
    """What the documents of one template share. One that has another skeleton than the first shares nothing, nor does one alone."""

    __slots__ = ("alone", "coerced", "ordered", "skeleton", "viewed")

    def __init__(self, *, alone: bool = False) -> None:
        self.alone = alone
        self.skeleton: Skeleton | None = None
        self.ordered = Made()
        self.coerced = Made(self.ordered)
        self.viewed = Made(self.coerced)

    def parse(self, pieces: Sequence[Piece], template: Source) -> tuple[Node | None, tuple[Finding, ...]]:
        """Parse what the template rendered, or fill in what was parsed before."""
        if self.skeleton is not None:
            return self.skeleton.fill(pieces) if self.skeleton.matches(pieces) else parse_document(pieces, template)
        if self.alone or is_empty(pieces):
            return parse_document(pieces, template)
        node, findings, self.skeleton = read_skeleton(pieces)
        if self.skeleton is not None:
            self.viewed.nodes = dict.fromkeys(self.skeleton.fixed)
        return node, findings
