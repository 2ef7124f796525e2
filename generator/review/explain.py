"""Where every value of an artifact comes from: its way from the template through every layer. Reads a trace, and builds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import TYPE_CHECKING, NamedTuple

from generator.build.merging import PatchMapping, view_patch
from generator.build.merging.asking import find_drop, find_said
from generator.build.rendering.following import Bearings, Follower, Hop, Way
from generator.documents.coercing import is_integer
from generator.documents.parsing.overlay import fold_variables
from generator.documents.tree import list_children
from generator.ecs.paths import Step as PathStep, first_step, format_path
from generator.model.findings import Excerpt, Location, Place, make_excerpt
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar, Value
from generator.model.origins import Explanation, Kind, Origin, Setting, Step
from generator.model.project import TASK_SUFFIX, Project
from generator.model.secrets.masking import MASK, mask_value

if TYPE_CHECKING:
    from generator.build.pipeline import Stage, Trace

WIDEST = 100
"""Characters of a list or mapping that are shown."""

ITEM = re.compile(r"\[([^\]]*)\]")

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


class Entry(NamedTuple):
    """One node of a document. `unit` is what layers change whole: the plain list it lies in, or itself. `around` is what it lies in."""

    steps: tuple[PathStep, ...]
    node: Node
    unit: str
    around: tuple[Place, ...]


class Set(NamedTuple):
    """One layer's word on a variable."""

    key: Place
    node: Node

    def find_place(self) -> Place:
        """Find what to point at: the value, or the key where the value has many lines."""
        return self.node.place if isinstance(self.node, Scalar) else self.key


Entries = dict[str, list[Entry]]


def explain_artifact(project: Project, traced: Trace, aws: Mapping[str, Sequence[Scalar]], path: str) -> Explanation:
    """Tell of every value of an artifact where it was written."""
    explainer = Explainer(project, traced, aws)
    origins = tuple(explainer.explain(name, index) for name, index in explainer.list_leaves())
    return Explanation(traced.plan.environment, traced.plan.task, path, origins)


def explain_paths(
    project: Project, traced: Trace, aws: Mapping[str, Sequence[Scalar]], path: str, wanted: str
) -> Explanation | None:
    """Tell the whole way of what is at a path, or of all that is below it, even where a layer took it away; None where nothing ever was."""
    explainer = Explainer(project, traced, aws)
    origins = tuple(explainer.explain(name, index) for name, index in explainer.list_leaves(wanted))
    return Explanation(traced.plan.environment, traced.plan.task, path, origins, chains=True) if origins else None


def explain_variables(project: Project, traced: Trace, aws: Mapping[str, Sequence[Scalar]], path: str) -> Explanation:
    """Tell of every variable who set it, and which lines take it."""
    explainer = Explainer(project, traced, aws)
    return Explanation(
        traced.plan.environment, traced.plan.task, path, settings=explainer.explain_variables(), chains=True
    )


def list_paths(traced: Trace) -> tuple[str, ...]:
    """List every path that any stage of an artifact has."""
    names = {path: None for stage in traced.stages for path in index_document(stage.document)}
    return tuple(name for name in names if name)


class Explainer:
    """One artifact, every stage of it by paths, and what of it is not to be shown."""

    def __init__(self, project: Project, traced: Trace, aws: Mapping[str, Sequence[Scalar]]) -> None:
        self.project = project
        self.stages = traced.stages
        self.layers = [index_document(stage.document) for stage in traced.stages]
        self.final = index_document(traced.artifact.document) if traced.artifact else self.layers[-1]
        self.values = fold_variables(traced.plan.variables)
        self.settings: dict[str, list[Set]] = {}
        for layer in traced.plan.variables:
            for name, node in layer.items.items():
                self.settings.setdefault(name, []).append(Set(layer.keys[name], node))
        for name, scalars in aws.items():
            self.settings[name] = [Set(scalar.place, scalar) for scalar in scalars]
        self.follower = Follower(project.templates, traced.plan.task + TASK_SUFFIX)
        self.ways: dict[tuple[Place, Bearings], Way] = {}
        self.identities = frozenset(name for index in self.layers for path in index for name in ITEM.findall(path))
        self.patches: dict[int, PatchMapping] = {}
        self.written: dict[Place, list[tuple[str, Scalar]]] = {}
        for path, _, scalar in list_entries(self.layers[-1]):
            self.written.setdefault(scalar.place, []).append((path, scalar))
        self.texts: dict[str, set[str]] = {}
        self.hidden: dict[Place, set[str]] = {}
        self.secrets: set[str] = set()
        self.find_hidden()

    # What is not to be shown.

    def find_hidden(self) -> None:
        """Find the values that are secret, by their own name or by that of the field that takes them, and where they are written."""
        secret: dict[str, set[str]] = {name: set() for name in self.settings}
        for name, sets in self.settings.items():
            for path, scalar in (each for _, node in sets for each in list_scalars(name, node)):
                if mask_value(path, scalar.text) == MASK:
                    secret[name].add(path)
        for path, entry, scalar in (each for index in (*self.layers, self.final) for each in list_entries(index)):
            if mask_value(path, scalar.text) == MASK:
                self.hidden.setdefault(scalar.place, set()).add(scalar.text)
                self.secrets.add(scalar.text)
                for name in self.follow(entry).names:
                    secret.get(name, set()).update(self.list_parts(name, scalar.text))
        for name, paths in secret.items():
            for path, scalar in (each for _, node in self.settings[name] for each in list_scalars(name, node)):
                if path in paths:
                    self.hidden.setdefault(scalar.place, set()).add(scalar.text)
                    self.secrets.add(scalar.text)
                    self.texts.setdefault(name, set()).add(scalar.text)

    def list_parts(self, name: str, text: str) -> list[str]:
        """List the parts of a variable that a secret has in it: all of one that is a single value."""
        if name not in self.settings or name.startswith("aws."):
            return []
        parts = [(path, scalar, node) for _, node in self.settings[name] for path, scalar in list_scalars(name, node)]
        return [path for path, scalar, node in parts if node is scalar or (scalar.text and scalar.text in text)]

    def hides(self, path: str, scalar: Scalar, names: Sequence[str] = ()) -> bool:
        """Whether a value is not to be shown: for its name, or as it has a secret variable in it."""
        if (
            scalar.text in self.hidden.get(scalar.place, ())
            or mask_value(path, scalar.text) == MASK
            or self.says_secret(scalar.text, LONG)
        ):
            return True
        return any(
            text in scalar.text or isinstance(self.values.items.get(name), Scalar)
            for name in names
            for text in self.texts.get(name, ())
        )

    def says_secret(self, text: str, least: int) -> bool:
        """Whether a text has a secret in it of so many characters; a shorter one may be any word."""
        return any(len(each) >= least and each in text for each in self.secrets)

    def show(self, path: str, node: Node, names: Sequence[str] = ()) -> str:
        """Write a value for a person, masked: a scalar as JSON or as it is written, anything else in short."""
        if isinstance(node, Scalar):
            if self.hides(path, node, names):
                return MASK
            bare = node.kind in ("number", "boolean", "null") or (
                node.kind == "plain" and LOOKS_TYPED.fullmatch(node.text)
            )
            return node.text if bare else quote(node.text)
        text = dumps(self.simplify(path, node, names), ensure_ascii=False)
        return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"

    def simplify(self, path: str, node: Node, names: Sequence[str]) -> Value:
        if isinstance(node, Scalar):
            if self.hides(path, node, names):
                return MASK
            plain = {"true": True, "false": False, "null": None}
            if node.kind == "text" or (node.kind == "plain" and not is_integer(node.text)):
                return plain.get(node.text, node.text) if node.kind == "plain" else node.text
            return plain[node.text] if node.text in plain else float(node.text) if "." in node.text else int(node.text)
        if isinstance(node, MapNode):
            return {key: self.simplify(f"{path}.{key}", child, names) for key, child in node.items.items()}
        items = [item.node for item in node.items] if isinstance(node, Keyed) else list(node.items)
        labels = [item.identity for item in node.items] if isinstance(node, Keyed) else range(len(items))
        return [self.simplify(f"{path}[{label}]", each, names) for label, each in zip(labels, items, strict=True)]

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

    # Paths and leaves.

    def list_leaves(self, wanted: str | None = None) -> list[tuple[str, int]]:
        """List the values of the artifact by path and number, as a path may stand twice; at a path those that are gone too."""
        if wanted is None:
            return list_leaves(self.final)
        found = {leaf: None for leaf in list_leaves(self.final) if is_below(leaf[0], wanted)}
        if not found:
            for index in reversed(self.layers):
                found |= {leaf: None for leaf in list_leaves(index) if is_below(leaf[0], wanted)}
                if found:
                    break
        return list(found)

    def follow(self, entry: Entry) -> Way:
        own = frozenset(ITEM.findall(format_path(entry.steps)))
        key = (entry.node.place, Bearings(entry.around, own, self.identities - own))
        if key not in self.ways:
            self.ways[key] = self.follower.follow(*key)
        return self.ways[key]

    # One value.

    def explain(self, path: str, number: int) -> Origin:
        """Tell where one value was written, and its way."""
        found = pick(self.final, path, number)
        entry = found or next(each for index in reversed(self.layers) if (each := pick(index, path, number)))
        way = self.follow(entry)
        steps = self.list_steps(path, entry, number)
        if found is None and steps[-1].kind not in ("delete", "replace", "drop"):
            steps.append(self.leave_out(path, entry, number, steps[-1]))
        if found is not None:
            steps += self.convert(path, found)
        given = {name: self.settings[name][-1] for name in way.names if name in self.settings}
        variables = tuple((name, last.find_place().location) for name, last in given.items())
        value = self.show(path, found.node, way.names) if found is not None else None
        return Origin(path, value, entry.node.place.location if found is not None else None, variables, tuple(steps))

    def leave_out(self, path: str, entry: Entry, number: int, last: Step) -> Step:
        """Tell why an item of a plain list is not in the artifact though the list is."""
        before = self.show(path, entry.node, self.follow(entry).names)
        if pick(self.layers[-1], path, number):
            message = f"left out, as the list has it once already; it was {before}"
            return self.make("replace", message, entry.node.place, before=before)
        message = f"the list has no such item any more; it was {before}"
        return Step("replace", message, last.location, before=before)

    def list_steps(self, path: str, entry: Entry, number: int) -> list[Step]:
        """List what each layer did to a value, lowest first; of one in a plain list, to that list where a layer changed it."""
        steps = self.walk_stages(entry.unit, number)
        if len(steps) > 1 or entry.unit == path:
            return steps
        own = (where for where, _ in self.written.get(entry.node.place, ()) if is_below(where, entry.unit))
        return self.walk_stages(next(own, path), number) or steps

    def walk_stages(self, unit: str, number: int) -> list[Step]:
        """Compare what is at a path in each stage with the one before."""
        steps: list[Step] = []
        before: Entry | None = None
        for stage, index in zip(self.stages, self.layers, strict=True):
            now = pick(index, unit, number)
            if now is None:
                if before is not None:
                    steps.append(self.lose(stage, before))
            elif before is None:
                steps.append(self.start(stage, now))
            elif now.node is not before.node and now.node != before.node:
                steps.append(self.change(stage, before, now))
            before = now
        return steps

    def start(self, stage: Stage, now: Entry) -> Step:
        """Tell who gave a value first."""
        way = self.follow(now)
        after = self.show(format_path(now.steps), now.node, way.names)
        if stage.layer is not None:
            return self.make("add", f"sets {after}", now.node.place, after=after)
        inner = tuple(self.tell_hop(hop) for hop in way.hops)
        inner += tuple(step for name in way.names for step in self.tell_variable(name))
        return self.make("template", f"the template gives {after}", now.node.place, after=after, inner=inner)

    def change(self, stage: Stage, old: Entry, new: Entry) -> Step:
        """Tell what a layer made of a value."""
        path = format_path(new.steps)
        before, after = (self.show(path, each.node, self.follow(each).names) for each in (old, new))
        place = new.node.place
        if place == old.node.place:
            said = find_said(self.view(stage), new.steps)
            place = said.place if said else place
        same = isinstance(old.node, Scalar) and isinstance(new.node, Scalar) and old.node.text == new.node.text
        if same:
            return self.make("keep", f"set to the same value, {after}", place, before=before, after=after)
        said_so = "changed, and not shown" if MASK in (before, after) else f"{before} → {after}"
        return self.make("change", said_so, place, before=before, after=after)

    def lose(self, stage: Stage, old: Entry) -> Step:
        """Tell why a value is gone: deleted, replaced with what it was in, or displaced by the other side of a union."""
        before = self.show(format_path(old.steps), old.node, self.follow(old).names)
        patch = self.view(stage)
        said = find_said(patch, old.steps)
        if said is not None and said.kind == "delete":
            return self.make("delete", f"deleted; it was {before}", said.place, before=before)
        dropped = find_drop(patch, old.steps)
        if dropped is not None:
            return self.make("drop", f"{dropped.why}; it was {before}", dropped.place, before=before)
        layer = stage.layer
        place = said.place if said is not None else layer.patch.place if layer is not None else None
        return self.make("replace", f"left out by what replaces it; it was {before}", place, before=before)

    def convert(self, path: str, found: Entry) -> list[Step]:
        """Tell how a value got the type, or the number, that its place wants."""
        node = found.node
        scalars = [each for where, each in self.written.get(node.place, []) if is_below(where, found.unit)]
        if not isinstance(node, Scalar) or not scalars:
            return []
        names = self.follow(found).names
        before, after = self.show(path, scalars[0], names), self.show(path, node, names)
        if before == after:
            return []
        name = next(step.label for step in reversed(found.steps) if step.label.startswith(".")).removeprefix(".")
        if scalars[0].text != node.text:
            unit = "CPU units" if name == "cpu" else "MiB"
            message = f"{before} becomes {after}: ECS takes `{name}` in {unit}"
        else:
            kind = {"text": "text", "number": "a whole number", "boolean": "`true` or `false`"}[node.kind]
            message = f"{before} becomes {after}: `{name}` is {kind} in ECS"
        return [self.make("convert", message, None, before=before, after=after)]

    def view(self, stage: Stage) -> PatchMapping:
        """View the patch of a layer, once."""
        layer = stage.layer
        assert layer is not None, "the template deletes nothing"
        if id(layer) not in self.patches:
            self.patches[id(layer)] = view_patch(layer.patch, allow=self.project.settings.allow_members)[0]
        return self.patches[id(layer)]

    # Templates and variables.

    def tell_hop(self, hop: Hop) -> Step:
        message = HOPS[hop.kind] if hop.sure else HOPS[hop.kind].replace(" is ", " may be ")
        return self.make(hop.kind, message.format(name=hop.name), hop.place, name=hop.name)

    def tell_variable(self, name: str) -> tuple[Step, ...]:
        """Tell who set a variable, lowest layer first."""
        told: list[Step] = []
        before: str | None = None
        for each in self.settings.get(name, ()):
            after = self.show_variable(name, each.node)
            over = "" if before is None else f", over {before}"
            message = f"`{name}` is {after}{over}"
            told.append(self.make("variable", message, each.find_place(), before=before, after=after, name=name))
            before = after
        if not told and name in ("env", "task"):
            told.append(
                Step("variable", f"`{name}` is the name of the {'environment' if name == 'env' else name}", name=name)
            )
        return tuple(told)

    def show_variable(self, name: str, node: Node) -> str:
        return (
            MASK
            if isinstance(node, Scalar) and node.text in self.texts.get(name, ())
            else self.show(name, node, [name])
        )

    def explain_variables(self) -> tuple[Setting, ...]:
        """Tell of every variable what it is, who set it, and who takes it."""
        uses = self.follower.list_uses()
        return tuple(
            Setting(
                name,
                self.show_variable(name, self.values.items[name]),
                self.tell_variable(name),
                tuple(self.make("template", "taken here", place) for place in uses.get(name, ())),
            )
            for name in sorted(self.values.items)
        )

    def make(
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
        location: Location | None = place.location if place is not None else None
        excerpt = self.cut(place) if place is not None and (place.start or place.end) else None
        return Step(kind, message, location, excerpt, before, after, name, inner)


# Documents by path.


def index_document(document: MapNode) -> Entries:
    """Index every node of a document by its path; a path stands twice where ECS allows an identity twice."""
    found: Entries = {}
    index_node(found, document, (first_step(),), "", ())
    return found


def index_node(found: Entries, node: Node, steps: tuple[PathStep, ...], unit: str, around: tuple[Place, ...]) -> None:
    path = format_path(steps)
    found.setdefault(path, []).append(Entry(steps, node, unit or path, around))
    inner = unit or (path if isinstance(node, ListNode) else "")
    for step, child in list_children(node, steps[-1]):
        index_node(found, child, (*steps, step), inner, (*around, node.place))


def list_leaves(index: Entries) -> list[tuple[str, int]]:
    """List the values that have nothing below them, in the document's order, each with its number among those of its path."""
    return [
        (path, number)
        for path, entries in index.items()
        for number, entry in enumerate(entries)
        if isinstance(entry.node, Scalar) or not entry.node.items
    ]


def list_entries(index: Entries) -> Iterator[tuple[str, Entry, Scalar]]:
    """List the scalars of a document: each by its path, with its entry."""
    for path, entries in index.items():
        for entry in entries:
            if isinstance(entry.node, Scalar):
                yield path, entry, entry.node


def pick(index: Entries, path: str, number: int) -> Entry | None:
    """Pick one of the nodes at a path: the last where there are not so many."""
    entries = index.get(path)
    return entries[min(number, len(entries) - 1)] if entries else None


def is_below(path: str, prefix: str) -> bool:
    """Whether a path is another one or leads on from it."""
    return path.startswith(prefix) and (not prefix or path[len(prefix) : len(prefix) + 1] in ("", ".", "["))


def list_scalars(name: str, node: Node) -> list[tuple[str, Scalar]]:
    """List the scalars of a variable, each by a path that begins with its name."""
    if isinstance(node, Scalar):
        return [(name, node)]
    if isinstance(node, MapNode):
        return [each for key, child in node.items.items() for each in list_scalars(f"{name}.{key}", child)]
    if isinstance(node, ListNode):
        return [each for index, child in enumerate(node.items) for each in list_scalars(f"{name}[{index}]", child)]
    return []


def quote(text: str) -> str:
    return dumps(text, ensure_ascii=False)
