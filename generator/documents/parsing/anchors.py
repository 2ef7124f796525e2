"""Anchors and aliases of one YAML document: owns what an alias stands for, and how much all of them may stand for together."""

from __future__ import annotations

from generator.model.findings import Finding, Note, Place, Source, did_you_mean, finding_at
from generator.model.nodes import Keyed, MapNode, Node, Scalar
from generator.model.records import Record

MAX_DEPTH = 100
"""Collections in one another. Keeps every walk over nodes far from Python's recursion limit."""

MAX_COPIED = 10_000
"""Nodes that all aliases of a file together stand for."""


class TooDeep(Exception):
    """The file is nested deeper than `MAX_DEPTH`. `finding` says where."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.finding = finding_at(place, "E109", f"this is nested deeper than {MAX_DEPTH} levels")


class Anchor(Record):
    """An anchored node, None while it is still open: only then can an alias be inside what it names."""

    place: Place
    node: Node | None


class Anchors:
    """The anchors of one document so far."""

    __slots__ = ("anchors", "copied", "findings", "source")

    def __init__(self, source: Source, findings: list[Finding]) -> None:
        self.source = source
        self.findings = findings
        self.anchors: dict[str, Anchor] = {}
        self.copied = 0

    def open_anchor(self, name: str, start: int) -> None:
        """Begin the node of an anchor, which is written at an offset or behind it."""
        start = self.source.text.index(f"&{name}", start)
        place = Place(self.source, start, start + 1 + len(name))
        if name in self.anchors:
            other = self.anchors[name].place.location
            notes = (Note(f"the other is in {other}", other),)
            message = f"the anchor `&{name}` is in this file twice"
            self.findings.append(finding_at(place, "E111", message, notes=notes, help="give it another name"))
        self.anchors[name] = Anchor(place, None)

    def close_anchor(self, name: str, node: Node) -> None:
        self.anchors[name] = self.anchors[name]._replace(node=node)

    def copy_anchor(self, name: str, place: Place, depth: int) -> Node | None:
        """Take what an alias names, None if that is refused. Nodes are immutable, so a copy may share them, with their places."""
        anchor = self.anchors.get(name)
        if anchor is None:
            from generator.documents.parsing.mistakes import show_source

            near = did_you_mean(name, list(self.anchors))
            help = f"write `*{near}`" if near else "quote the value, if it is text"
            message = f"the alias `{show_source(place)}` names no anchor above it"
            self.findings.append(finding_at(place, "E111", message, help=help))
        elif anchor.node is None:
            other = anchor.place.location
            notes = (Note(f"the anchor is in {other}", other),)
            self.findings.append(
                finding_at(place, "E116", f"the alias `*{name}` is inside its own anchor", notes=notes)
            )
        elif self.copied <= MAX_COPIED:
            size, height = measure(anchor.node)
            if depth + height > MAX_DEPTH:
                raise TooDeep(place)
            self.copied += size
            if self.copied <= MAX_COPIED:
                return anchor.node
            message = f"the aliases of this file stand for more than {MAX_COPIED} values"
            self.findings.append(finding_at(place, "E116", message))
        return None


def measure(node: Node) -> tuple[int, int]:
    """Count the nodes of a tree, and its collections in one another."""
    if isinstance(node, Scalar):
        return 1 + len(node.text) // 64, 0
    assert not isinstance(node, Keyed)  # YAML has none
    size, height = 1, 0
    for child in node.items.values() if isinstance(node, MapNode) else node.items:
        below = measure(child)
        size, height = size + below[0], max(height, below[1])
    return size, height + 1
