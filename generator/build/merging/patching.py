"""A patch as the merge strategies need it: keyed lists by identity in both forms, directives as nodes. Reports what no patch can say."""

from __future__ import annotations

from generator.build.merging.directives import Reports
from generator.build.merging.keyed_lists import KeyedViewer
from generator.build.merging.patches import Delete, Patch, PatchMapping, Replace
from generator.build.merging.plain_lists import view_items, view_list_edit
from generator.build.merging.unions import check_sides
from generator.build.merging.viewing import report_unknown
from generator.documents.parsing.sections import LIST_DIRECTIVES
from generator.ecs.paths import OPAQUE, Step, first_step, member_step
from generator.model.findings import Finding, Place
from generator.model.nodes import ListNode, MapNode, Node, Scalar, is_yaml_null


def view_patch(patch: MapNode, *, allow: tuple[str, ...] = ()) -> tuple[PatchMapping, tuple[Finding, ...]]:
    """View the patch of one layer. What is reported is not in the view."""
    viewer = PatchViewer(allow)
    viewed = viewer.view(patch, [first_step()])
    if isinstance(viewed, PatchMapping):
        return viewed, tuple(viewer.reports.findings)
    # `$replace: true` at the root would make the template pointless; say so rather than obey.
    viewer.reports.report(
        patch.place, "E205", "a patch cannot replace the whole task definition", [], "delete `$replace`"
    )
    return PatchMapping(patch.place, {}, {}), tuple(viewer.reports.findings)


class PatchViewer:
    """One walk over one patch, gathering findings."""

    def __init__(self, allow: tuple[str, ...]) -> None:
        self.reports = Reports(allow)
        self.keyed = KeyedViewer(self.reports, self.view_members)

    def view(self, node: Node, path: list[Step]) -> Patch:
        """View the node at a path."""
        current = path[-1].shape
        if is_yaml_null(node):
            return Delete(node.place)
        if isinstance(node, MapNode):
            row = path[-1].row
            if row is not None and row.identity:
                return self.keyed.view_map_form(node, path, row)
            if current.type == "list" or (current is OPAQUE and any(key in LIST_DIRECTIVES for key in node.items)):
                return view_list_edit(node, path, self.reports)
            return self.view_members(node, path)
        if isinstance(node, ListNode):
            row = path[-1].row
            if current.type == "list" and row is not None and row.identity:
                return self.keyed.view_list_form(node, path, row)
            return node._replace(items=view_items(node, path, self.reports))
        assert isinstance(node, Scalar)
        return node

    def view_members(self, node: MapNode, path: list[Step]) -> PatchMapping | Replace:
        """View a mapping member by member; `$replace: true` among them takes the rest whole."""
        current = path[-1].shape
        items: dict[str, Patch] = {}
        keys: dict[str, Place] = {}
        unknown: list[str] = []
        replace = False
        for written, child in node.items.items():
            place = node.keys[written]
            key = written
            if written.startswith("$$"):
                key = written[1:]
            elif written == "$replace":
                replace = self.reports.read_flag(child, "$replace", path)
                continue
            elif written.startswith("$"):
                self.reports.report_directive(place, written, path)
                continue
            if (
                current.type == "structure"
                and current is not OPAQUE
                and key not in current.members
                and key not in self.reports.allow
            ):
                unknown.append(written)
                continue
            step = member_step(current, key)
            items[key] = self.view(child, [*path, step])
            keys[key] = place
        self.reports.findings += report_unknown(node, unknown, path, self.reports.allow)
        viewed = PatchMapping(node.place, items, keys)
        self.reports.findings += check_sides(viewed, path)
        return Replace(node.place, viewed) if replace else viewed
