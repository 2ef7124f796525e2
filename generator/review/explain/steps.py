"""The steps of a value on its way into the artifact: who gave it, changed it, took it away, and what its template takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.build.merging.asking import find_drop, find_said
from generator.ecs.paths import format_path
from generator.model.nodes import ListNode, Scalar
from generator.model.origins import Origin, Setting, Step
from generator.model.secrets.names import MASK
from generator.review.explain.index import ArtifactIndex, Constant, Entries, Entry, is_below, pick
from generator.review.explain.words import Words

if TYPE_CHECKING:
    from generator.build.pipeline import Stage


class Explainer:
    """The ways of one artifact's values through its stages, and of its variables through the layers."""

    def __init__(self, index: ArtifactIndex) -> None:
        self.index = index
        self.words = Words(index)

    def explain(self, path: str, number: int) -> Origin:
        """Report where one value was written, and its way."""
        found = pick(self.index.final, path, number)
        first = pick(self.index.layers[0], path, number)
        if found is None or first is None or found.unit != path or first.unit != path:
            return self.trace(path, number, found)
        constants, key = self.index.ways.constants, (path, number, id(first), id(found))
        if is_touched(self.index.layers, path, number, first):
            return self.trace(path, number, found)
        if key not in constants:
            ways = [self.index.follow(each) for each in (found, first)]
            if any(way.hops or way.names for way in ways):
                return self.trace(path, number, found)
            constants[key] = Constant(self.trace(path, number, found), (first, found))
        return constants[key].origin

    def trace(self, path: str, number: int, found: Entry | None) -> Origin:
        """Trace one value through all stages; `found` is what the artifact has of it."""
        entry = found or self.index.pick_last(path, number)
        way = self.index.follow(entry)
        steps = self.list_steps(path, entry, number)
        if found is None and steps[-1].kind not in ("delete", "replace", "drop"):
            steps.append(self.leave_out(path, entry, number, steps[-1]))
        if found is not None:
            steps += convert(self.index, self.words, path, found)
        settings = self.index.settings
        variables = tuple((name, settings[name][-1].find_place().location) for name in way.names if name in settings)
        value = self.words.show(path, found.node) if found is not None else None
        return Origin(
            self.index.secrets.scrub(path),
            value,
            entry.node.place.location if found is not None else None,
            variables,
            tuple(steps),
        )

    def explain_variables(self) -> tuple[Setting, ...]:
        """Report of every variable what it is, who set it, and who takes it."""
        values, words = self.index.values.items, self.words
        uses = self.index.ways.follower.list_uses(self.index.texts)
        return tuple(
            Setting(
                name,
                words.show(name, values[name]),
                words.tell_variable(name),
                tuple(words.make_step("template", "taken here", place) for place in uses.get(name, ())),
            )
            for name in sorted(values)
        )

    # The way through the stages.

    def list_steps(self, path: str, entry: Entry, number: int) -> list[Step]:
        """List what each layer did to a value, lowest first; of one in a plain list, to that list where a layer changed it."""
        steps = self.walk_stages(entry.unit, number)
        if len(steps) > 1 or entry.unit == path:
            return steps
        own = (where for where, _ in self.index.written.get(entry.node.place, ()) if is_below(where, entry.unit))
        return self.walk_stages(next(own, path), number) or steps

    def walk_stages(self, unit: str, number: int) -> list[Step]:
        """Compare what is at a path in each stage with the one before."""
        steps: list[Step] = []
        before: Entry | None = None
        for stage, index in zip(self.index.stages, self.index.layers, strict=True):
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
        """Find who set a value first."""
        words, inner = self.words, self.tell_way(now)
        after = words.show(format_path(now.steps), now.node)
        if stage.layer is not None:
            return words.make_step("add", f"sets {after}", now.node.place, after=after, inner=inner)
        return words.make_step("template", f"the template sets {after}", now.node.place, after=after, inner=inner)

    def tell_way(self, entry: Entry) -> tuple[Step, ...]:
        """Report what a value is made of: the tags of its template, and variables."""
        way = self.index.follow(entry)
        inner = tuple(self.words.tell_hop(hop) for hop in way.hops)
        return (*inner, *(step for name in way.names for step in self.words.tell_variable(name)))

    def change(self, stage: Stage, old: Entry, new: Entry) -> Step:
        """Report what a layer made of a value."""
        path = format_path(new.steps)
        before, after = (self.words.show(path, each.node) for each in (old, new))
        place = new.node.place
        inner = tuple(step for each in list_new(old, new) for step in self.tell_way(each))
        if place == old.node.place:
            said = find_said(self.index.view(stage), new.steps)
            place = said.place if said else place
        if isinstance(old.node, Scalar) and isinstance(new.node, Scalar) and old.node.text == new.node.text:
            message = f"set to the same value, {after}"
            return self.words.make_step("keep", message, place, before=before, after=after, inner=inner)
        message = "changed, and not shown" if MASK in (before, after) else f"{before} → {after}"
        return self.words.make_step("change", message, place, before=before, after=after, inner=inner)

    def lose(self, stage: Stage, old: Entry) -> Step:
        """Find why a value is gone: deleted, replaced with what it was in, or displaced by the other side of a union."""
        before = self.words.show(format_path(old.steps), old.node)
        patch = self.index.view(stage)
        said = find_said(patch, old.steps)
        if said is not None and said.kind == "delete":
            return self.words.make_step("delete", f"deleted; it was {before}", said.place, before=before)
        dropped = find_drop(patch, old.steps)
        if dropped is not None:
            return self.words.make_step("drop", f"{dropped.why}; it was {before}", dropped.place, before=before)
        layer = stage.layer
        place = said.place if said is not None else layer.patch.place if layer is not None else None
        message = f"removed by its replacement; it was {before}"
        return self.words.make_step("replace", message, place, before=before)

    # The way from the last stage into the artifact.

    def leave_out(self, path: str, entry: Entry, number: int, last: Step) -> Step:
        """Find why an item of a plain list is not in the artifact though the list is."""
        before = self.words.show(path, entry.node)
        if pick(self.index.layers[-1], path, number):
            message = f"removed, since the list already has it; it was {before}"
            return self.words.make_step("replace", message, entry.node.place, before=before)
        message = f"the list has no such item any more; it was {before}"
        return Step("replace", message, last.location, before=before)


def convert(index: ArtifactIndex, words: Words, path: str, found: Entry) -> list[Step]:
    """Report how a value got the type, or the number, that its place wants."""
    node = found.node
    scalars = [each for where, each in index.written.get(node.place, []) if is_below(where, found.unit)]
    if not isinstance(node, Scalar) or not scalars:
        return []
    given = next((each for each in scalars if each.text == node.text), scalars[0])
    if given == node:
        return []
    before, after = words.show(path, given), words.show(path, node)
    if before == after:
        return []
    name = next(step.label for step in reversed(found.steps) if step.label.startswith(".")).removeprefix(".")
    if given.text != node.text:
        unit = "CPU units" if name == "cpu" else "MiB"
        message = f"{before} becomes {after}: ECS takes `{name}` in {unit}"
    else:
        kind = {"text": "text", "number": "a whole number", "boolean": "`true` or `false`"}[node.kind]
        message = f"{before} becomes {after}: `{name}` is {kind} in ECS"
    return [words.make_step("convert", message, None, before=before, after=after)]


def is_touched(layers: Sequence[Entries], path: str, number: int, first: Entry) -> bool:
    """Whether a layer gives another value than the template. One that none touches is explained alike in all environments."""
    return any([pick(each, path, number) is not first for each in layers])  # noqa: C419 - faster than a generator


def list_new(old: Entry, new: Entry) -> list[Entry]:
    """List what a layer gave of a value: all of it, or those items of a plain list that were not there before."""
    if new.node.place != old.node.place:
        return [new]
    if not isinstance(new.node, ListNode) or not isinstance(old.node, ListNode):
        return []
    before = {item.place for item in old.node.items}
    given = {item.place: item for item in new.node.items if item.place not in before}
    return [new._replace(node=item) for item in given.values()]
