"""`$render` in patches: each mapping with it becomes the value that its text gives in one environment. Reports what it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.build.layering import Layer, Plan
from generator.build.merging.directives import Reports, may_render
from generator.build.merging.viewing import scalar_texts
from generator.documents.parsing.anchors import MAX_DEPTH, measure
from generator.documents.parsing.sections import RENDER, find_render
from generator.ecs.lists import identity_of, match_key
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.findings import Finding, finding_at
from generator.model.nodes import ListNode, MapNode, Node, Scalar, describe_kind, is_yaml_null

if TYPE_CHECKING:
    from generator.build.rendering import Templates
    from generator.build.rendering.texts import TextRenderer
    from generator.model.findings import Place

POSITION = "$add"
"""The directive whose value says where an item goes, and so is no value of the task definition."""

OPENINGS = ("{{", "{%")


def render_layers(plan: Plan, templates: Templates) -> tuple[tuple[Layer, ...], tuple[Finding, ...]]:
    """Render the texts in the patches of a plan, with the values that its template was rendered with before.

    With a finding, the layers lack what could not be rendered.
    """
    if not any(any(True for _ in find_directives(layer.patch)) for layer in plan.layers):
        return plan.layers, ()
    renderer = PatchRenderer(templates.render_texts())
    layers = tuple(layer._replace(patch=renderer.render_patch(layer.patch)) for layer in plan.layers)
    return layers, tuple(renderer.reports.findings)


def find_directives(node: Node) -> Iterator[MapNode]:
    """Find the mappings with the directive in a patch, misspelt ones too."""
    if isinstance(node, MapNode):
        if find_render(node) is not None:
            yield node
        for child in node.items.values():
            yield from find_directives(child)
    elif isinstance(node, ListNode):
        for child in node.items:
            yield from find_directives(child)


def list_rendered(plan: Plan, templates: Templates) -> tuple[str, ...]:
    """List the texts that were rendered for a plan, by the names that they have among its templates."""
    given = (
        node.items.get(RENDER)
        for layer in plan.layers
        if may_render(layer.patch)
        for node in find_directives(layer.patch)
    )
    names = (templates.sources.find_text(text.place) for text in given if isinstance(text, Scalar))
    return tuple(dict.fromkeys(name for name in names if name is not None))


class PatchRenderer:
    """One walk over each patch of a plan, gathering findings."""

    def __init__(self, renderer: TextRenderer) -> None:
        self.renderer = renderer
        self.reports = Reports(())
        self.failed = False

    def render_patch(self, patch: MapNode) -> MapNode:
        """Render the texts of one patch."""
        if RENDER in patch.items:
            message = f"`{RENDER}` is for a value, and a patch is not a value"
            help = "write it as the value of a member"
            self.reports.report(patch.keys[RENDER], "E205", message, [], help)
            self.failed = True
            return patch._replace(items={key: node for key, node in patch.items.items() if key != RENDER})
        rendered = self.render(patch, [first_step()])
        return rendered if isinstance(rendered, MapNode) else patch._replace(items={}, keys={})

    def render(self, node: Node, path: list[Step]) -> Node | None:
        """Render what is at a path; None if that cannot be done, which is reported."""
        if isinstance(node, MapNode):
            written = find_render(node)
            if written is None:
                return self.render_members(node, path)
            if written == RENDER:
                return self.render_text(node, path)
            self.reports.report_directive(node.keys[written], written, path)
            self.failed = True
            return None
        if isinstance(node, ListNode):
            steps = (self.step_into_item(item, number, path[-1]) for number, item in enumerate(node.items))
            items = [self.render_item(item, [*path, step]) for item, step in zip(node.items, steps, strict=True)]
            return node._replace(items=tuple(item for item in items if item is not None))
        return node

    def render_members(self, node: MapNode, path: list[Step]) -> MapNode:
        """Render the members of a mapping. Keys stay as they are."""
        items = {
            key: child if key == POSITION else self.render(child, [*path, *self.step_into_member(key, path[-1])])
            for key, child in node.items.items()
        }
        return node._replace(items={key: child for key, child in items.items() if child is not None})

    def render_item(self, item: Node, path: list[Step]) -> Node | None:
        """Render an item of a list; without a part of it, nobody knows which item it is."""
        before, self.failed = self.failed, False
        rendered = self.render(item, path)
        broken, self.failed = self.failed, before or self.failed
        return None if broken else rendered

    def step_into_member(self, key: str, above: Step) -> list[Step]:
        """Step into a member, or an item in the map form; a directive of a list stands for the list."""
        if key.startswith("$") and not key.startswith("$$"):
            return []
        name = key[1:] if key.startswith("$$") else key
        if above.row is not None and above.row.identity:
            return [item_step(above.shape, match_key(above.row, name))]
        return [member_step(above.shape, name)]

    def step_into_item(self, item: Node, number: int, above: Step) -> Step:
        """Step into an item in the list form."""
        row = above.row
        identity = identity_of(row, scalar_texts(item)) if row is not None and isinstance(item, MapNode) else None
        return item_step(above.shape, identity or str(number))

    def render_text(self, node: MapNode, path: list[Step]) -> Node | None:
        """Render a mapping with the directive."""
        given = node.items[RENDER]
        others = [key for key in node.items if key != RENDER]
        if others:
            message = f"`{RENDER}` is the whole value, so it must be the only key"
            self.refuse(node.keys[others[0]], message, path, "delete the other keys")
        elif not isinstance(given, Scalar) or is_yaml_null(given):
            kind = "null" if isinstance(given, Scalar) else describe_kind(given)
            self.refuse(given.place, f"`{RENDER}` takes a text, not {kind}", path)
        elif not any(opening in given.text for opening in OPENINGS):
            message = f"`{RENDER}` is for text with `{{{{ … }}}}` in it, and this has none"
            self.refuse(given.place, message, path, "write the value itself, without the directive")
        elif "\r" in given.text:
            self.refuse(given.place, f"`{RENDER}` cannot keep the carriage return in this text", path)
        else:
            return self.put(given, path)
        return None

    def put(self, given: Scalar, path: list[Step]) -> Node | None:
        """Render a text, and put its value at a path. A finding in a partial is the same for all texts, so it has no path."""
        rendered, findings = self.renderer.render(given)
        if rendered is not None and len(path) + measure(rendered)[1] > MAX_DEPTH:
            rendered = None
            findings = (finding_at(given.place, "E109", f"this is nested deeper than {MAX_DEPTH} levels"),)
        self.failed = self.failed or rendered is None
        where, file = format_path(path), given.place.source.path
        for finding in findings:
            inside = finding.location is None or finding.location.file == file
            self.reports.findings.append(finding._replace(path=finding.path or where) if inside else finding)
        return rendered

    def refuse(self, place: Place, message: str, path: list[Step], help: str | None = None) -> None:
        """Report a directive that does not fit where it stands."""
        self.reports.report(place, "E205", message, path, help)
        self.failed = True
