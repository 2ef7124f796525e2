"""Scalars by their ECS shape, from their source text; required members present. Reports, never guesses, what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from generator.documents.changing import is_literal, make_edits
from generator.documents.sharing import Made
from generator.ecs.members import Advice, leave_misspelt, state_choice, state_missing
from generator.ecs.paths import OPAQUE, Step, first_step, format_path, item_step, member_step
from generator.ecs.shapes import Shape, bundled
from generator.ecs.sizes import convert_size
from generator.ecs.types import advise_quotes, advise_type
from generator.model.findings import Change, Finding, finding_at, name_cause
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar, describe_kind

KINDS = {"structure": "a mapping", "map": "a mapping", "list": "a list", "string": "text", "integer": "a whole number"}

MEANT = dict.fromkeys(("yes", "on", "y", "1", "true"), "true") | dict.fromkeys(
    ("no", "off", "n", "0", "false"), "false"
)
"""What people write for a boolean elsewhere, in lower case."""


Follow: TypeAlias = Callable[[Finding, Node], Finding]
"""What moves a finding about a value to where that value was set, if the node only passes it on."""


def coerce_document(
    document: MapNode, follow: Follow | None = None, made: Made | None = None
) -> tuple[MapNode, tuple[Finding, ...]]:
    """Give every scalar of a merged document its type.

    Afterwards scalars are of kind `text`, `number` or `boolean` only, or stand reported: where they are, or where `follow` finds
    that they were set. `made` is what was made of nodes that other documents have too.
    """
    coercer = Coercer(follow, made)
    coerced = coercer.coerce(document, [first_step()])
    assert isinstance(coerced, MapNode)
    return coerced, tuple(coercer.findings)


class Coercer:
    """One walk over one document, gathering findings."""

    def __init__(self, follow: Follow | None = None, made: Made | None = None) -> None:
        self.follow = follow
        self.made = made or Made()
        self.findings: list[Finding] = []

    def report(
        self,
        node: Node,
        code: str,
        message: str,
        path: list[Step],
        help: str | None = None,
        change: Change | None = None,
    ) -> None:
        edits = make_edits(change, node.place)
        spelt = format_path(path)
        text = node.text if isinstance(node, Scalar) else ""
        said = (message.replace(f"`{spelt}`", ""), help)
        cause = f"{node.place.source.path}\nnull" if code == "E306" else name_cause(node.place, text, *said)
        finding = finding_at(node.place, code, message, path=spelt or None, help=help, edits=edits, cause=cause)
        # A null is not fixed where it is set, but where the template can leave its member out.
        self.findings.append(self.follow(finding, node) if self.follow and code != "E306" else finding)

    def coerce(self, node: Node, path: list[Step]) -> Node:
        shape = path[-1].shape
        if isinstance(node, Scalar):
            return self.coerce_scalar(node, path)
        if isinstance(node, MapNode) and (shape.type in ("structure", "map")):
            self.check_required(node, path)
            items = {key: self.coerce_below(child, path, member_step, key) for key, child in node.items.items()}
            return MapNode(node.place, items, node.keys)
        if isinstance(node, Keyed):
            return Keyed(node.place, tuple([self.coerce_item(item, path) for item in node.items]))
        if isinstance(node, ListNode) and (shape.type == "list" or shape is OPAQUE):
            steps = (item_step(shape, str(index)) for index in range(len(node.items)))
            return node._replace(
                items=tuple(self.coerce(item, [*path, step]) for item, step in zip(node.items, steps, strict=True))
            )
        self.report_kind(node, path)
        return node

    def coerce_item(self, item: Item, path: list[Step]) -> Item:
        node = self.coerce_below(item.node, path, item_step, item.identity)
        assert isinstance(node, MapNode)
        return Item(item.identity, node)

    def coerce_below(self, node: Node, path: list[Step], find_step: Callable[[Shape, str], Step], name: str) -> Node:
        """Coerce a member or an item, or find it coerced."""
        known, before = self.made.find(node), len(self.findings)
        if known is not None:
            return known
        coerced = self.coerce(node, [*path, find_step(path[-1].shape, name)])
        self.made.keep(node, coerced, self.findings, before)
        return coerced

    def check_required(self, node: MapNode, path: list[Step]) -> None:
        """Report the required members that no layer gives (E304)."""
        shape = path[-1].shape
        if shape.union and not node.items:
            message, help = state_choice(shape)
            self.report(node, "E304", f"`{format_path(path)}` {message}", path, help)
        missing = [name for name in shape.required if name not in node.items]
        if missing:  # members that are unknown are reported, and only their keys are left
            missing = leave_misspelt(missing, (key for key in node.keys if key not in shape.members))
        if missing:
            names = state_missing(missing)
            where = f"`{format_path(path)}`" if len(path) > 1 else "the task definition"
            self.report(node, "E304", f"{where} has no {names}, which ECS requires", path, f"add {names}")

    def coerce_scalar(self, scalar: Scalar, path: list[Step]) -> Scalar:
        """Type one scalar. What cannot be typed is reported and stays as it is."""
        shape = path[-1].shape
        if scalar.kind == "null":
            self.report(
                scalar,
                "E306",
                "a template cannot set null: no member in ECS accepts it",
                path,
                "remove the member",
            )
            return scalar
        if shape is OPAQUE:
            return type_unknown(scalar)
        if shape.type == "string":
            return self.coerce_text(scalar, path)
        if shape.type == "integer":
            return self.coerce_integer(scalar, path)
        if shape.type == "boolean":
            return self.coerce_boolean(scalar, path)
        self.report_kind(scalar, path)
        return scalar

    def coerce_text(self, scalar: Scalar, path: list[Step]) -> Scalar:
        name = path[-1].label.removeprefix(".")
        if scalar.kind == "boolean" or (scalar.kind == "number" and not is_plain_number(scalar.text)):
            advice = advise_quotes(scalar.text, path[-1].shape)
            if scalar.kind == "number" and not is_literal(scalar.place):
                advice = Advice("write its digits in double quotes, or compute a number without an exponent")
            self.report(
                scalar, "E303", f"`{format_path(path)}` is text, and {show(scalar, path)} is not", path, *advice
            )
            return scalar
        text = scalar.text
        if len(path) == 2 and name in ("cpu", "memory"):
            try:
                text = convert_size(name, text) or text
            except ValueError:
                unit = "CPU units" if name == "cpu" else "MiB"
                self.report(scalar, "E303", f"`{text}` is not a whole number of {unit}", path)
        return scalar if scalar.kind == "text" and text == scalar.text else Scalar(scalar.place, "text", text)

    def coerce_integer(self, scalar: Scalar, path: list[Step]) -> Scalar:
        if is_integer(scalar.text) and scalar.kind != "boolean":
            return scalar if scalar.kind == "number" else Scalar(scalar.place, "number", scalar.text)
        self.report(
            scalar,
            "E303",
            f"`{format_path(path)}` is a whole number, and {show(scalar, path)} is not",
            path,
            "write decimal digits only, without a leading zero, sign or unit",
        )
        return scalar

    def coerce_boolean(self, scalar: Scalar, path: list[Step]) -> Scalar:
        if scalar.text in ("true", "false"):
            return scalar if scalar.kind == "boolean" else Scalar(scalar.place, "boolean", scalar.text)
        meant = MEANT.get(scalar.text.lower())
        self.report(
            scalar,
            "E303",
            f"`{format_path(path)}` is `true` or `false`, and {show(scalar, path)} is neither",
            path,
            f"write `{meant}`" if meant else None,
            Change("write", meant) if meant else None,
        )
        return scalar

    def report_kind(self, node: Node, path: list[Step]) -> None:
        """Report a node of another kind than its shape (E302)."""
        wanted = KINDS.get(path[-1].shape.type, "`true` or `false`")
        advice = advise_type(node.text, path[-1].shape, bundled()) if isinstance(node, Scalar) else Advice(None)
        row = path[-1].row
        if isinstance(node, MapNode) and row is not None and row.identity:
            help = "write a list of mappings: only templates and overlays may write one mapping from identity to item"
            advice = Advice(help)
        self.report(node, "E302", f"`{format_path(path)}` takes {wanted}, not {describe_kind(node)}", path, *advice)


def show(scalar: Scalar, path: list[Step]) -> str:
    """Show a scalar in a message as it is written, unless its path looks like that of a secret."""
    from generator.model.secrets.values import mask_value  # only when there is something to report

    return f"`{mask_value(format_path(path), scalar.text)}`"


def type_unknown(scalar: Scalar) -> Scalar:
    """Type a scalar that has no shape as `vars` would: digits, `true` and `false` by their look, all else as text."""
    if scalar.kind != "plain":
        return scalar
    if scalar.text in ("true", "false"):
        return scalar._replace(kind="boolean")
    return scalar._replace(kind="number" if is_integer(scalar.text) else "text")


def is_integer(text: str) -> bool:
    """Whether a text is `0`, or decimal digits without a leading zero, after a minus sign or none."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and (digits[0] != "0" or text == "0")


def is_plain_number(text: str) -> bool:
    """Whether a JSON number reads the same as text: no exponent, whose digits ECS would not read."""
    return "e" not in text and "E" not in text
