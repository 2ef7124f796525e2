"""Texts of overlays that are rendered by themselves: the value that each gives. Knows no patch."""

from __future__ import annotations

from jinja2 import nodes

from generator.build.rendering.bounds import MEMBER_STEPS, MOST_ABSENCES, MOST_TEXT
from generator.build.rendering.places import MOST_TOGETHER
from generator.build.rendering.reading import ParsedTemplate
from generator.build.rendering.sandbox import INCLUDE_STEPS, Sandbox
from generator.build.rendering.values import Filtered, JsonText, decode_escapes
from generator.documents.parsing.printed import check_characters, convert_value, write_inside
from generator.model.findings import Finding, Place, finding_at
from generator.model.nodes import NO_VALUE, ListNode, MapNode, Node, Piece, Scalar

TEXT_TOKENS = 20
"""What reading and compiling one more text takes beside its tokens, counted in tokens."""


class TextRenderer:
    """Renders the texts of one task in one environment after its template: with the same values, and on the same meter."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.sources = sandbox.sources
        self.names = sandbox.ambient | sandbox.variables
        self.tokens = 0
        self.size = 0
        self.rendered: dict[Place, Node | None] = {}

    def render(self, scalar: Scalar) -> tuple[Node | None, tuple[Finding, ...]]:
        """Render a text to the node of its value; none where a finding is an error, of this text or of all together."""
        place = scalar.place
        meter = self.sandbox.output.meter
        if meter.is_spent or len(self.sandbox.absences) > MOST_ABSENCES:  # which is reported where it happened
            return None, ()
        if place in self.rendered:
            return self.put(self.rendered[place], place)
        name = self.sources.add_text(scalar)
        parsed = self.sources.read(name)
        self.tokens += TEXT_TOKENS + parsed.tokens.count
        if self.tokens > MOST_TOGETHER:
            message = f"the texts to render have more than {MOST_TOGETHER} names, values and signs together"
            return None, self.refuse_rest(message, place)
        findings = self.sandbox.library.check(name)
        self.tokens += len(self.sandbox.library.reached[name]) + len(findings)
        node = None
        if not findings:
            node, findings = self.run(name, parsed, place)
        self.rendered[place] = node
        return self.put(node, place) if not findings else (node, findings)

    def put(self, node: Node | None, place: Place) -> tuple[Node | None, tuple[Finding, ...]]:
        """Count a value each time that it is put somewhere. All values together have the bound of a template's output."""
        self.size += measure_node(node) if node is not None else 0
        if self.size <= MOST_TEXT:
            return node, ()
        return None, self.refuse_rest("the rendered texts have more than 1 MiB together", place)

    def refuse_rest(self, message: str, place: Place) -> tuple[Finding, ...]:
        """Report that this text exceeds a bound, and stop rendering texts."""
        meter = self.sandbox.output.meter
        meter.steps = meter.most + 1
        return (finding_at(place, "E109", message),)

    def run(self, name: str, parsed: ParsedTemplate, place: Place) -> tuple[Node | None, tuple[Finding, ...]]:
        """Run a text that is right."""
        output = self.sandbox.output
        output.findings = {}
        cost = INCLUDE_STEPS + len(self.names) + parsed.steps
        pieces = self.sandbox.run(name, self.names, cost)
        findings = tuple(output.findings.values())
        absent = tuple(finding for finding in findings if finding.code == "E102")
        if findings or pieces is None:
            return None, findings if len(self.sandbox.absences) > MOST_ABSENCES else absent or findings
        found: list[Finding] = []
        whole = is_expression(parsed)
        if whole and not pieces:
            message = "a conditional without `else` has no value here"
            found.append(finding_at(place, "E103", message, help="give it an `else`"))
        node = make_value_node(pieces[0], place, found) if whole and len(pieces) == 1 else None
        node = node or Scalar(place, "text", "".join(self.write_piece(piece, name, found) for piece in pieces))
        return (None if found else node), tuple(found)

    def write_piece(self, piece: Piece, name: str, findings: list[Finding]) -> str:
        """Write a piece of a text. What a macro of a template gives is the inside of a JSON string."""
        value = piece.value
        if value is NO_VALUE:
            own = piece.place.source is self.sources.inner[name].place.source
            return piece.text if own or "\\" not in piece.text else decode_escapes(piece.text)
        if isinstance(value, Filtered):
            value = value.inside
        if isinstance(value, JsonText):
            return str(value)
        return write_inside(piece._replace(value=value), findings)


def is_expression(parsed: ParsedTemplate) -> bool:
    """Whether a text is one expression from end to end, and so gives its value in place of a text."""
    assert parsed.tree is not None, "what is rendered has no fault"
    body = parsed.tree.body
    printed = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
    return len(printed) == 1 and not isinstance(printed[0], nodes.TemplateData)


def make_value_node(piece: Piece, place: Place, findings: list[Finding]) -> Node | None:
    """Make the node of a value; none where it is a text of a template."""
    value = piece.value._value if isinstance(piece.value, JsonText) else piece.value
    if value is NO_VALUE or isinstance(value, Filtered):
        return None
    if isinstance(value, str):
        check_characters(value, place, findings)
    return make_plain(convert_value(value, place, findings))


def make_plain(node: Node) -> Node:
    """Make from a value what an overlay would have in its place: its own place everywhere, and keys that are never directives."""
    place = Place(*node.place)
    if isinstance(node, Scalar):
        return Scalar(place, "plain" if node.kind in ("boolean", "null") else node.kind, node.text)
    if isinstance(node, MapNode):
        names = {f"${key}" if key.startswith("$") else key: child for key, child in node.items.items()}
        return MapNode(
            place, {key: make_plain(child) for key, child in names.items()}, {key: Place(*place) for key in names}
        )
    assert isinstance(node, ListNode)
    return ListNode(place, tuple(map(make_plain, node.items)))


def measure_node(node: Node) -> int:
    """Count the characters of a value, and its members as the meter does."""
    if isinstance(node, Scalar):
        return MEMBER_STEPS + len(node.text)
    if isinstance(node, MapNode):
        return MEMBER_STEPS + sum(len(key) + measure_node(child) for key, child in node.items.items())
    assert isinstance(node, ListNode)
    return MEMBER_STEPS + sum(map(measure_node, node.items))
