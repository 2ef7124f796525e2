"""Every node of an artifact by its path, in each stage of it, and where its variables were set. Shows nothing to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from generator.build.merging import PatchMapping, view_patch
from generator.build.planning import PlannedProject
from generator.build.rendering.following import Bearings, Follower, Hop, Way
from generator.documents.parsing.overlay import fold_variables
from generator.documents.tree import list_children
from generator.ecs.paths import Step as PathStep, first_step, format_path, spell_step
from generator.model.findings import Excerpt, Location, Place
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.model.origins import Origin, Step
from generator.model.project import TASK_SUFFIX
from generator.model.records import Record
from generator.model.secrecy import Secrets

if TYPE_CHECKING:
    from generator.build.pipeline import Stage, Trace

ITEM = re.compile(r"\[([^\]]*)\]")


class Entry(Record):
    """One node of a document. `unit` is what layers change whole: the plain list it lies in, or itself. `around` is what it lies in."""

    steps: tuple[PathStep, ...]
    node: Node
    unit: str
    around: tuple[Place, ...]


class Set(Record):
    """One layer's word on a variable."""

    key: Place
    node: Node

    def find_place(self) -> Place:
        """Find what to point at: the value, or the key where the value has many lines."""
        return self.node.place if isinstance(self.node, Scalar) else self.key


class Line(Record):
    """Where something is, and the line there, masked; None where a place says no more than the file."""

    location: Location
    excerpt: Excerpt | None


Entries = dict[str, list[Entry]]

Known = dict[tuple[int, str], list[tuple[str, Entry]]]
"""What was indexed of a node and below it, by its id and the spelling of its path; the entries keep it."""


class Constant(Record):
    """The origin of a value that no layer touches and no tag gives, and the entries by whose ids it is known."""

    origin: Origin
    entries: tuple[Entry, Entry]


class Ways:
    """How the spans of one task's templates become values: the same in every environment, and the slowest to find."""

    def __init__(self, planned: PlannedProject, task: str) -> None:
        self.follower = Follower(planned.templates.sources, task + TASK_SUFFIX)
        self.found: dict[tuple[Place, Bearings], Way] = {}
        self.lines: dict[Place, Line] = {}
        self.hops: dict[Hop, Step] = {}
        self.known: Known = {}
        self.constants: dict[tuple[str, int, int, int], Constant] = {}

    def follow(self, entry: Entry, identities: frozenset[str]) -> Way:
        """Follow the span of a template that gave a value, once. `identities` are those of all items that there are."""
        place = entry.node.place
        if self.follower.is_straight(place):
            return self.follower.follow_straight(place)
        own = frozenset(ITEM.findall(format_path(entry.steps)))
        key = (place, bearings := Bearings(entry.around, own, identities - own))
        if key not in self.found:
            self.found[key] = self.follower.follow(place, bearings)
        return self.found[key]

    def find_line(self, place: Place, secrets: Secrets) -> Line:
        """Find the line of a place, once: of the secrets of one build."""
        if place not in self.lines:
            excerpt = secrets.cut(place) if place.start or place.end else None
            self.lines[place] = Line(place.location, excerpt)
        return self.lines[place]


class ArtifactIndex:
    """One artifact: every stage of it by paths, the layers that set each of its variables, and the ways through its templates."""

    def __init__(self, planned: PlannedProject, traced: Trace, ways: Ways | None = None) -> None:
        self.secrets = traced.secrets
        self.allow = planned.project.settings.allow_members
        self.stages = traced.stages
        self.ways = ways or Ways(planned, traced.plan.task)
        known = self.ways.known
        self.layers = [index_document(stage.document, known) for stage in traced.stages]
        self.final = index_document(traced.artifact.document, known) if traced.artifact else self.layers[-1]
        self.values = fold_variables(traced.plan.variables)
        self.settings: dict[str, list[Set]] = {}
        for layer in traced.plan.variables:
            for name, node in layer.items.items():
                self.settings.setdefault(name, []).append(Set(layer.keys[name], node))
        for name, scalars in planned.find_aws(traced.plan.environment).items():
            self.settings[name] = [Set(scalar.place, scalar) for scalar in scalars]
        self.texts = planned.list_texts(traced.plan)
        self.patches: dict[int, PatchMapping] = {}
        self.written: dict[Place, list[tuple[str, Scalar]]] = {}
        for path, _, scalar in list_entries(self.layers[-1]):
            self.written.setdefault(scalar.place, []).append((path, scalar))

    @cached_property
    def identities(self) -> frozenset[str]:
        """The identities of all items in any stage."""
        return frozenset(name for index in self.layers for path in index for name in ITEM.findall(path))

    def list_leaves(self, wanted: str | None = None) -> list[tuple[str, int]]:
        """List the values of the artifact by path and number, as a path may be there twice; at a path those that are gone too."""
        if wanted is None:
            return list_leaves(self.final)
        for index in (self.final, *reversed(self.layers)):
            found = [leaf for leaf in list_leaves(index) if is_below(leaf[0], wanted)]
            if found:
                return found
        return []

    def pick_last(self, path: str, number: int) -> Entry:
        """Pick what the last of the stages has at a path."""
        return next(found for index in reversed(self.layers) if (found := pick(index, path, number)))

    def list_scalars(self, name: str) -> list[tuple[str, Scalar]]:
        """List the scalars of a variable in every layer that sets it, each by a path that begins with its name."""
        return [each for _, node in self.settings[name] for each in list_scalars(name, node)]

    def follow(self, entry: Entry) -> Way:
        """Follow a value to the tags and variables that it is made of."""
        return self.ways.follow(entry, self.identities)

    def view(self, stage: Stage) -> PatchMapping:
        """View the patch of a layer, once."""
        layer = stage.layer
        assert layer is not None, "the template deletes nothing"
        if id(layer) not in self.patches:
            self.patches[id(layer)] = view_patch(layer.patch, allow=self.allow)[0]
        return self.patches[id(layer)]


def index_document(document: MapNode, known: Known) -> Entries:
    """Index every node of a document by its path; a path stands twice where ECS allows an identity twice."""
    found: Entries = {}
    for path, entry in list_nodes(document, (first_step(),), "", "", (), known):
        if path in found:
            found[path] = [*found[path], entry]
        else:
            found[path] = [entry]
    return found


def list_nodes(
    node: Node, steps: tuple[PathStep, ...], spelling: str, unit: str, around: tuple[Place, ...], known: Known
) -> list[tuple[str, Entry]]:
    """List a node and all below it by path, or take what is known of it: stages and environments have most nodes in common."""
    key, path = (id(node), spelling), spelling.removeprefix(".")
    nodes = known.get(key)
    if nodes is not None and nodes[0][1].around == around and nodes[0][1].unit == (unit or path):
        return nodes
    nodes = known[key] = [(path, Entry(steps, node, unit or path, around))]
    if not isinstance(node, Scalar):
        inner, within = unit or (path if isinstance(node, ListNode) else ""), (*around, node.place)
        for step, child in list_children(node, steps[-1]):
            nodes += list_nodes(child, (*steps, step), spelling + spell_step(step), inner, within, known)
    return nodes


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
