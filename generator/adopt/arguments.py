"""Translates the arguments of Terraform's resource to members of ECS, by the provider's table. Absent values are skipped."""

from __future__ import annotations

from collections.abc import Iterator

from generator.adopt.converted import is_absent, is_null
from generator.adopt.interpolations import Interpolator, Stretch, split_text
from generator.documents.parsing.nested import list_characters, parse_nested
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.ecs.terraform import ARGUMENTS, CONTAINERS, HOST_PATH, OWN, PAIRS, UNSET_AT_ZERO
from generator.model.findings import Finding, Place, did_you_mean, finding_at
from generator.model.nodes import ListNode, MapNode, Node, Scalar, describe_kind


class Translator:
    """One walk over one resource that gathers findings. `left_out` counts the arguments without a member in ECS."""

    def __init__(self, interpolator: Interpolator | None = None) -> None:
        self.interpolator = interpolator
        self.findings: list[Finding] = []
        self.left_out = 0

    def translate_root(self, block: MapNode) -> MapNode:
        """Translate the arguments of the resource."""
        kept = {name: node for name, node in block.items.items() if name not in OWN}
        self.left_out += sum(name in OWN and not is_null(node) for name, node in block.items.items())
        return self.translate_block(block._replace(items=kept), first_step())

    def translate_block(self, block: MapNode, step: Step) -> MapNode:
        """Translate the arguments of a block to the members of its shape in ECS."""
        known = ARGUMENTS[step.shape.name]
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for name, child in block.items.items():
            if name == "//":  # a comment
                continue
            if name not in known:
                self.report_unknown(name, block, tuple(known))
                continue
            below = member_step(step.shape, known[name])
            made = self.translate(name, child, below)
            if made is not None:
                items[known[name]], keys[known[name]] = made, block.keys[name]
        if (read_text(items, "scope"), read_text(items, "autoprovision")) == ("task", "false"):
            del items["autoprovision"]  # as the provider does
        return MapNode(block.place, items, keys)

    def report_unknown(self, name: str, block: MapNode, known: tuple[str, ...]) -> None:
        """Report an argument that the resource does not have (E301)."""
        if name == "dynamic":
            message, help = "Terraform generates a `dynamic` block", "import the output of `terraform show -json`"
        else:
            near = did_you_mean(name, known)
            message, help = f"Terraform has no argument `{name}` here", f"use `{near}`" if near else "remove it"
        self.findings.append(finding_at(block.keys[name], "E301", message, help=help))

    def translate(self, name: str, node: Node, step: Step) -> Node | None:
        """Translate the value of an argument. Returns None if Terraform treats the value as absent."""
        if is_absent(node):
            return None
        if name in UNSET_AT_ZERO and isinstance(node, Scalar) and node.text == "0":
            return None
        if name == CONTAINERS:
            return self.translate_containers(node)
        if name == HOST_PATH:
            return MapNode(node.place, {"sourcePath": self.fill(node)}, {"sourcePath": node.place})
        if step.shape.type == "structure":
            return self.translate_one(name, node, step)
        if name in PAIRS and isinstance(node, MapNode):
            return self.translate_pairs(node, *PAIRS[name])
        if step.shape.type == "list" and isinstance(node, (ListNode, MapNode)):
            return self.translate_list(node, step)
        if isinstance(node, (ListNode, MapNode)) and not node.items:
            return None
        return self.fill(node)

    def translate_one(self, name: str, node: Node, step: Step) -> Node | None:
        """Translate a block that may occur once. A state has it as a list."""
        blocks = node.items if isinstance(node, ListNode) else (node,)
        if not blocks:
            return None
        (block, *others) = blocks
        if not isinstance(block, MapNode) or others:
            self.findings.append(finding_at(node.place, "E302", f"`{name}` is one block, not {describe_kind(node)}"))
            return None
        return self.translate_block(block, step)

    def translate_list(self, node: ListNode | MapNode, step: Step) -> Node | None:
        """Translate blocks that may occur several times, or a list of texts."""
        items = node.items if isinstance(node, ListNode) else (node,)
        below = item_step(step.shape, "")
        made = (
            self.translate_block(each, below)
            if isinstance(each, MapNode) and below.shape.name in ARGUMENTS
            else self.fill(each)
            for each in items
        )
        return ListNode(node.place, tuple(made)) if items else None

    def translate_pairs(self, node: MapNode, name: str, value: str) -> Node | None:
        """Translate a mapping to a list of pairs."""
        pairs = []
        for key, child in node.items.items():
            if not is_null(child):
                place = node.keys[key]
                items: dict[str, Node] = {name: Scalar(place, "text", key), value: self.fill(child)}
                pairs.append(
                    MapNode(Place(place.source, place.start, child.place.end), items, dict.fromkeys(items, place))
                )
        return ListNode(node.place, tuple(pairs)) if pairs else None

    def translate_containers(self, node: Node) -> Node | None:
        """Parse the containers, which are JSON in a text."""
        if not isinstance(node, Scalar) or node.kind != "text":
            message = f"`{CONTAINERS}` is JSON in a text, not {describe_kind(node)}"
            self.findings.append(finding_at(node.place, "E302", message))
            return None
        before = len(self.interpolator.findings) if self.interpolator else 0
        pieces = list(self.list_pieces(node))
        if self.interpolator and len(self.interpolator.findings) > before:
            return None  # the text is not whole
        parsed, findings = parse_nested(iter(pieces))
        self.findings += findings
        return parsed

    def list_pieces(self, scalar: Scalar) -> Iterator[tuple[str, Place]]:
        """List the stretches of a text with their places. A character that is written as an escape is a stretch by itself."""
        source, spans = scalar.place.source, list(list_characters(scalar))
        yield "", scalar.place
        for stretch in self.split(scalar.text):
            if stretch.end == stretch.start:
                continue
            whole = Place(source, spans[stretch.start][0], spans[stretch.end - 1][1])
            if stretch.expression and self.interpolator:
                yield self.interpolator.find_value(stretch.expression, whole), whole
            elif len(stretch.text) != stretch.end - stretch.start:
                yield stretch.text, whole
            else:
                yield from list_runs(stretch, spans, scalar.place)

    def split(self, text: str) -> Iterator[Stretch]:
        """Split a text at its expressions, if it may have any."""
        return split_text(text) if self.interpolator else iter((Stretch(0, len(text), text),))

    def fill(self, node: Node) -> Node:
        """Replace the expressions in a value by their values, at any depth."""
        if isinstance(node, MapNode):
            kept = {name: self.fill(child) for name, child in node.items.items() if not is_null(child)}
            return node._replace(items=kept)
        if isinstance(node, ListNode):
            return node._replace(items=tuple(self.fill(item) for item in node.items))
        if not isinstance(node, Scalar) or node.kind != "text" or not self.interpolator or "{" not in node.text:
            return node
        return node._replace(text="".join(text for text, _ in self.list_pieces(node)))


def read_text(items: dict[str, Node], name: str) -> str | None:
    node = items.get(name)
    return node.text if isinstance(node, Scalar) else None


def list_runs(stretch: Stretch, spans: list[tuple[int, int]], place: Place) -> Iterator[tuple[str, Place]]:
    """List the parts of a stretch that are written in the file as they are, and every other character by itself."""
    begin = stretch.start
    for at in range(stretch.start, stretch.end):
        start, end = spans[at]
        if end - start == 1:
            continue
        if begin < at:
            yield take_run(stretch, spans, place, begin, at)
        yield stretch.text[at - stretch.start], Place(place.source, start, end)
        begin = at + 1
    if begin < stretch.end:
        yield take_run(stretch, spans, place, begin, stretch.end)


def take_run(stretch: Stretch, spans: list[tuple[int, int]], place: Place, start: int, end: int) -> tuple[str, Place]:
    """Take characters that are side by side in the file."""
    text = stretch.text[start - stretch.start : end - stretch.start]
    return text, Place(place.source, spans[start][0], spans[end - 1][1])
