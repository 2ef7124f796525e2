"""Patches of plain lists: their directives, and items that are taken as they are, since they meet no merge."""

from __future__ import annotations

from generator.build.merging.directives import Reports
from generator.build.merging.patches import ListEdit, Patch, Replace
from generator.build.merging.viewing import report_unknown
from generator.documents.parsing.sections import LIST_DIRECTIVES
from generator.ecs.paths import Step, format_path, item_step, member_step
from generator.model.findings import Place
from generator.model.nodes import ListNode, MapNode, Node, describe_kind, is_yaml_null


def view_list_edit(node: MapNode, path: list[Step], reports: Reports) -> Patch:
    """View a mapping given for a plain list: list directives, and nothing else."""
    if "$replace" in node.items and len(node.items) == 1:
        whole = node.items["$replace"]
        if isinstance(whole, ListNode):
            return Replace(node.place, whole._replace(items=view_items(whole, path, reports)))
        reports.report(whole.place, "E205", f"`$replace` of a list takes a list, not {describe_kind(whole)}", path)
        return ListEdit(node.place, (), (), ())
    edits: dict[str, tuple[Node, ...]] = {}
    for key, child in node.items.items():
        if key in LIST_DIRECTIVES and isinstance(child, ListNode):
            edits[key] = view_items(child, path, reports)
        elif key in LIST_DIRECTIVES:
            reports.report(child.place, "E205", f"`{key}` takes a list, not {describe_kind(child)}", path)
        elif key == "$replace":
            message = "`$replace` replaces the whole list, so it must be the only key"
            reports.report(node.keys[key], "E205", message, path, "delete the other directives")
        elif key.startswith("$") and not key.startswith("$$"):
            reports.report_directive(node.keys[key], key, path)
        else:
            message = (
                f"`{format_path(path)}` is a plain list, so a mapping for it holds only list directives, not `{key}`"
            )
            help = "write a list, or one of `$replace`, `$remove`, `$prepend`, `$append`"
            reports.report(node.keys[key], "E203", message, path, help)
    return ListEdit(node.place, *(edits.get(key, ()) for key in LIST_DIRECTIVES))


def view_items(node: ListNode, path: list[Step], reports: Reports) -> tuple[Node, ...]:
    """Take the items of a plain list as they are; they meet no merge, so nothing in them can be a directive."""
    for index, item in enumerate(node.items):
        step = item_step(path[-1].shape, str(index))
        if is_yaml_null(item):
            reports.report(item.place, "E306", "an item of a list cannot be null", [*path, step], "delete the item")
    return tuple(
        view_whole(item, [*path, item_step(path[-1].shape, str(index))], reports)
        for index, item in enumerate(node.items)
        if not is_yaml_null(item)
    )


def view_whole(node: Node, path: list[Step], reports: Reports) -> Node:
    """Take a node inside of a plain list as it is, `$$` unescaped: there is nothing below it to delete or edit."""
    if isinstance(node, ListNode):
        return node._replace(items=view_items(node, path, reports))
    if not isinstance(node, MapNode):
        return node
    current = path[-1].shape
    items: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    unknown: list[str] = []
    for written, child in node.items.items():
        place = node.keys[written]
        key = written[1:] if written.startswith("$$") else written
        step = [*path, member_step(current, key)]
        if written.startswith("$") and key == written:
            reports.report_directive(place, written, path)
        elif current.members and key not in current.members and key not in reports.allow:
            unknown.append(written)
        elif is_yaml_null(child):
            message = f"there is no `{format_path(step)}` to delete: the items of a list are replaced as a whole"
            reports.report(place, "E202", message, step, "delete the line")
        else:
            items[key], keys[key] = view_whole(child, step, reports), place
    reports.findings += report_unknown(node, unknown, path, reports.allow)
    return node._replace(items=items, keys=keys)
