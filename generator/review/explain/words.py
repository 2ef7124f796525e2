"""The words of an explanation: how a value, a line and a variable are shown, and which are masked. Finds no step itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import dumps

from generator.build.rendering.following import Hop
from generator.documents.coercing import is_integer
from generator.model.findings import Excerpt, Place, make_excerpt
from generator.model.nodes import Keyed, MapNode, Node, Scalar, Value
from generator.model.origins import Kind, Step
from generator.model.secrets.masking import MASK, mask_value
from generator.review.explain.index import ArtifactIndex, Entry, list_entries

WIDEST = 100
"""Characters of a list or mapping that are shown."""

LONG, SHORT = 12, 4
"""Characters from which on a secret is looked for in any value, and in any line that is shown."""

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
        self.texts: dict[str, set[str]] = {}
        self.hidden: dict[Place, set[str]] = {}
        self.secrets: set[str] = set()
        self.find_hidden()

    # What is masked.

    def find_hidden(self) -> None:
        """Find the values that are secret, by their own name or by that of the field that takes them, and where they are written."""
        index = self.index
        secret: dict[str, set[str]] = {
            name: {path for path, scalar in index.list_scalars(name) if mask_value(path, scalar.text) == MASK}
            for name in index.settings
        }
        for path, entry, scalar in (each for stage in (*index.layers, index.final) for each in list_entries(stage)):
            if mask_value(path, scalar.text) == MASK:
                self.learn(scalar)
                for name in index.follow(entry).names:
                    secret.get(name, set()).update(self.list_parts(name, scalar.text))
        for name, paths in secret.items():
            for path, scalar in index.list_scalars(name):
                if path in paths:
                    self.learn(scalar)
                    self.texts.setdefault(name, set()).add(scalar.text)

    def learn(self, scalar: Scalar) -> None:
        """Remember a secret, and where it is written."""
        self.hidden.setdefault(scalar.place, set()).add(scalar.text)
        self.secrets.add(scalar.text)

    def list_parts(self, name: str, text: str) -> list[str]:
        """List the parts of a variable that a secret has in it: all of one that is a single value."""
        if name not in self.index.settings or name.startswith("aws."):
            return []
        parts = self.index.list_scalars(name)
        return [path for path, scalar in parts if path == name or (scalar.text and scalar.text in text)]

    def hides(self, path: str, scalar: Scalar, names: Sequence[str] = ()) -> bool:
        """Whether a value is not to be shown: for its name, or as it has a secret variable in it."""
        if (
            scalar.text in self.hidden.get(scalar.place, ())
            or mask_value(path, scalar.text) == MASK
            or self.says_secret(scalar.text, LONG)
        ):
            return True
        return any(
            text in scalar.text or isinstance(self.index.values.items.get(name), Scalar)
            for name in names
            for text in self.texts.get(name, ())
        )

    def says_secret(self, text: str, least: int) -> bool:
        """Whether a text has a secret in it of so many characters; a shorter one may be any word."""
        return any(len(each) >= least and each in text for each in self.secrets)

    # Values.

    def show_entry(self, path: str, entry: Entry) -> str:
        """Write what stands at a path for a person, masked where a variable that it takes is secret too."""
        return self.show(path, entry.node, self.index.follow(entry).names)

    def show_variable(self, name: str, node: Node) -> str:
        if isinstance(node, Scalar) and node.text in self.texts.get(name, ()):
            return MASK
        return self.show(name, node, [name])

    def show(self, path: str, node: Node, names: Sequence[str] = ()) -> str:
        """Write a value for a person, masked: a scalar as JSON or as it is written, anything else in short."""
        if isinstance(node, Scalar):
            if self.hides(path, node, names):
                return MASK
            bare = node.kind in ("number", "boolean", "null") or (
                node.kind == "plain" and LOOKS_TYPED.fullmatch(node.text)
            )
            return node.text if bare else dumps(node.text, ensure_ascii=False)
        text = dumps(self.simplify(path, node, names), ensure_ascii=False)
        return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"

    def simplify(self, path: str, node: Node, names: Sequence[str]) -> Value:
        """Make plain values of a node, masked."""
        if isinstance(node, Scalar):
            return MASK if self.hides(path, node, names) else read_scalar(node)
        if isinstance(node, MapNode):
            return {key: self.simplify(f"{path}.{key}", child, names) for key, child in node.items.items()}
        items = [item.node for item in node.items] if isinstance(node, Keyed) else list(node.items)
        labels = [item.identity for item in node.items] if isinstance(node, Keyed) else range(len(items))
        return [self.simplify(f"{path}[{label}]", each, names) for label, each in zip(labels, items, strict=True)]

    # Lines and steps.

    def cut(self, place: Place) -> Excerpt | None:
        """Cut a line out of its source, unless it shows a secret that only its use tells."""
        excerpt = make_excerpt(place)
        if self.says_secret(excerpt.text, SHORT):
            return None
        text = place.source.text
        left = text.rfind("\n", 0, place.start) + 1
        right = text.find("\n", place.start)
        right = len(text) if right < 0 else right
        for source, start, end in self.hidden:
            if source.path == place.source.path and start < right and end > left:
                written = text[max(start, left) : min(end, right)]
                if "{{" not in written and written.strip("\"' \t") in excerpt.text:
                    return None
        return excerpt

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
        location = place.location if place is not None else None
        excerpt = self.cut(place) if place is not None and (place.start or place.end) else None
        return Step(kind, message, location, excerpt, before, after, name, inner)

    def tell_hop(self, hop: Hop) -> Step:
        """Tell of a tag that a value comes through."""
        message = HOPS[hop.kind] if hop.sure else HOPS[hop.kind].replace(" is ", " may be ")
        return self.make_step(hop.kind, message.format(name=hop.name), hop.place, name=hop.name)

    def tell_variable(self, name: str) -> tuple[Step, ...]:
        """Tell who set a variable, lowest layer first."""
        told: list[Step] = []
        before: str | None = None
        for each in self.index.settings.get(name, ()):
            after = self.show_variable(name, each.node)
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
