"""The words of an explanation: how a value, a line and a variable are shown, and which are masked. Finds no step itself."""

from __future__ import annotations

import re
from json import dumps

from generator.build.rendering.following import Hop
from generator.documents.coercing import is_integer
from generator.model.findings import Place
from generator.model.nodes import Keyed, MapNode, Node, Scalar, Value
from generator.model.origins import Kind, Step
from generator.model.secrecy import mask_key
from generator.model.secrets.names import MASK
from generator.review.explain.index import ArtifactIndex

WIDEST = 100
"""Characters of a list or mapping that are shown."""

LOOKS_TYPED = re.compile(r"[-+.]?\d.*|true|false|yes|no|on|off|null|~", re.IGNORECASE)
"""Plain YAML that many a parser would not take for text."""

HOPS = {
    "loop": "inside of this loop",
    "condition": "under this condition",
    "macro": "in the macro `{name}`",
    "call": "`{name}` is called here",
    "include": "`{name}` is included here",
    "set": "`{name}` is set here",
}


class Words:
    """How one artifact is spoken of: what of it is masked, and everything else as a person reads it."""

    def __init__(self, index: ArtifactIndex) -> None:
        self.index = index
        self.secrets = index.secrets
        self.told: dict[str, tuple[Step, ...]] = {}
        self.shown: dict[tuple[str, int], tuple[Scalar, str]] = {}

    # Values.

    def show(self, path: str, node: Node) -> str:
        """Write a value for a person, masked: a scalar as JSON or as it is written, anything else in short."""
        if isinstance(node, Scalar):
            key = (path, id(node))
            if key not in self.shown:
                self.shown[key] = (node, self.show_scalar(path, node))  # the node is kept, and with it its id
            return self.shown[key][1]
        text = dumps(self.simplify(path, node), ensure_ascii=False)
        return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"

    def show_scalar(self, path: str, scalar: Scalar) -> str:
        if self.secrets.hides(path, scalar):
            return MASK
        bare = scalar.kind in ("number", "boolean", "null") or (
            scalar.kind == "plain" and LOOKS_TYPED.fullmatch(scalar.text)
        )
        return scalar.text if bare else dumps(scalar.text, ensure_ascii=False)

    def simplify(self, path: str, node: Node) -> Value:
        """Make plain values of a node, masked."""
        if isinstance(node, Scalar):
            return MASK if self.secrets.hides(path, node) else read_scalar(node)
        if isinstance(node, MapNode):
            keys = {key: mask_key(self.secrets, key, node.keys.get(key)) for key in node.items}
            return {keys[key]: self.simplify(f"{path}.{key}", child) for key, child in node.items.items()}
        items = [item.node for item in node.items] if isinstance(node, Keyed) else list(node.items)
        labels = [item.identity for item in node.items] if isinstance(node, Keyed) else range(len(items))
        return [self.simplify(f"{path}[{label}]", each) for label, each in zip(labels, items, strict=True)]

    # Lines and steps.

    def make_step(
        self,
        kind: Kind,
        message: str,
        place: Place | None,
        *,
        before: str | None = None,
        after: str | None = None,
        name: str = "",
        inner: tuple[Step, ...] = (),
    ) -> Step:
        """Make a step, with the line that it happens on."""
        if place is None:
            return Step(kind, message, None, None, before, after, name, inner)
        line = self.index.ways.find_line(place, self.secrets)
        return Step(kind, message, line.location, line.excerpt, before, after, name, inner)

    def tell_hop(self, hop: Hop) -> Step:
        """Report a tag that a value comes through, once for all environments."""
        hops = self.index.ways.hops
        if hop not in hops:
            hops[hop] = self.make_hop(hop)
        return hops[hop]

    def make_hop(self, hop: Hop) -> Step:
        message = HOPS[hop.kind] if hop.sure else HOPS[hop.kind].replace(" is ", " may be ")
        return self.make_step(hop.kind, message.format(name=hop.name), hop.place, name=hop.name)

    def tell_variable(self, name: str) -> tuple[Step, ...]:
        """Find who set a variable, lowest layer first, once for all values that it is in."""
        if name not in self.told:
            self.told[name] = self.trace_variable(name)
        return self.told[name]

    def trace_variable(self, name: str) -> tuple[Step, ...]:
        """Trace a variable through the layers that set it."""
        told: list[Step] = []
        before: str | None = None
        for each in self.index.settings.get(name, ()):
            after = self.show(name, each.node)
            over = "" if before is None else f", over {before}"
            message = f"`{name}` is {after}{over}"
            told.append(self.make_step("variable", message, each.find_place(), before=before, after=after, name=name))
            before = after
        if not told and name in ("env", "task"):
            owner = "environment" if name == "env" else name
            told.append(Step("variable", f"`{name}` is the name of the {owner}", name=name))
        return tuple(told)


def read_scalar(scalar: Scalar) -> Value:
    """Read the plain value of a scalar, as it is before scalars get their types."""
    plain: dict[str, Value] = {"true": True, "false": False, "null": None}
    if scalar.kind == "text" or (scalar.kind == "plain" and not is_integer(scalar.text)):
        return plain.get(scalar.text, scalar.text) if scalar.kind == "plain" else scalar.text
    if scalar.text in plain:
        return plain[scalar.text]
    return float(scalar.text) if "." in scalar.text else int(scalar.text)
