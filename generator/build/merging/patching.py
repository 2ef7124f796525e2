"""A patch as the merge strategies need it: keyed lists by identity in both forms, directives as nodes. Reports what no patch can say."""

from __future__ import annotations

from generator.build.merging.patches import Delete, ListEdit, Patch, PatchItem, PatchKeyed, PatchMapping, Replace
from generator.build.merging.unions import check_sides
from generator.build.merging.viewing import check_ports, check_twice, report_unknown, scalar_texts
from generator.ecs.lists import ListRow, identity_members, identity_of, match_key, spell_identity
from generator.ecs.paths import OPAQUE, Step, first_step, format_path, item_step, member_step
from generator.model.findings import Finding, Place, did_you_mean, finding_at
from generator.model.nodes import ListNode, MapNode, Node, Scalar, describe_kind, is_yaml_null

LIST_DIRECTIVES = ("$remove", "$prepend", "$append")
DIRECTIVES = ("$replace", *LIST_DIRECTIVES, "$add")


def view_patch(patch: MapNode, *, allow: tuple[str, ...] = ()) -> tuple[PatchMapping, tuple[Finding, ...]]:
    """View the patch of one layer. What is reported is left out of the view."""
    viewer = PatchViewer(allow)
    viewed = viewer.view(patch, [first_step()])
    if isinstance(viewed, PatchMapping):
        return viewed, tuple(viewer.findings)
    # `$replace: true` at the root would make the template pointless; say so rather than obey.
    viewer.report(patch.place, "E205", "a patch cannot replace the whole task definition", [], "delete `$replace`")
    return PatchMapping(patch.place, {}, {}), tuple(viewer.findings)


class PatchViewer:
    """One walk over one patch, gathering findings."""

    def __init__(self, allow: tuple[str, ...]) -> None:
        self.allow = allow
        self.findings: list[Finding] = []

    def report(self, place: Place, code: str, message: str, path: list[Step], help: str | None = None) -> None:
        self.findings.append(finding_at(place, code, message, path=format_path(path) or None, help=help))

    def view(self, node: Node, path: list[Step]) -> Patch:
        """View the node at a path."""
        current = path[-1].shape
        if is_yaml_null(node):
            return Delete(node.place)
        if isinstance(node, MapNode):
            row = path[-1].row
            if row is not None and row.identity:
                return self.view_map_form(node, path, row)
            if current.type == "list" or (current is OPAQUE and any(key in LIST_DIRECTIVES for key in node.items)):
                return self.view_list_edit(node, path)
            return self.view_members(node, path)
        if isinstance(node, ListNode):
            row = path[-1].row
            if current.type == "list" and row is not None and row.identity:
                return self.view_list_form(node, path, row)
            return node._replace(items=self.view_items(node, path))
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
                replace = self.view_flag(child, "$replace", path)
                continue
            elif written.startswith("$"):
                self.report_directive(place, written, path)
                continue
            if (
                current.type == "structure"
                and current is not OPAQUE
                and key not in current.members
                and key not in self.allow
            ):
                unknown.append(written)
                continue
            step = member_step(current, key)
            items[key] = self.view(child, [*path, step])
            keys[key] = place
        self.findings += report_unknown(node.keys, unknown, path, self.allow)
        viewed = PatchMapping(node.place, items, keys)
        self.findings += check_sides(viewed, path)
        return Replace(node.place, viewed) if replace else viewed

    def view_list_edit(self, node: MapNode, path: list[Step]) -> Patch:
        """View a mapping given for a plain list: list directives, and nothing else."""
        if "$replace" in node.items and len(node.items) == 1:
            whole = node.items["$replace"]
            if isinstance(whole, ListNode):
                return Replace(node.place, whole._replace(items=self.view_items(whole, path)))
            self.report(whole.place, "E205", f"`$replace` of a list takes a list, not {describe_kind(whole)}", path)
            return ListEdit(node.place, (), (), ())
        edits: dict[str, tuple[Node, ...]] = {}
        for key, child in node.items.items():
            if key in LIST_DIRECTIVES and isinstance(child, ListNode):
                edits[key] = self.view_items(child, path)
            elif key in LIST_DIRECTIVES:
                self.report(child.place, "E205", f"`{key}` takes a list, not {describe_kind(child)}", path)
            elif key == "$replace":
                message = "`$replace` takes the list whole, so it stands alone"
                self.report(node.keys[key], "E205", message, path, "delete the other directives")
            elif key.startswith("$") and not key.startswith("$$"):
                self.report_directive(node.keys[key], key, path)
            else:
                message = f"`{format_path(path)}` is a plain list, so a mapping for it holds only list directives, not `{key}`"
                help = "write a list, or one of `$replace`, `$remove`, `$prepend`, `$append`"
                self.report(node.keys[key], "E203", message, path, help)
        return ListEdit(node.place, *(edits.get(key, ()) for key in LIST_DIRECTIVES))

    def view_items(self, node: ListNode, path: list[Step]) -> tuple[Node, ...]:
        """Take the items of a plain list as they are; they meet no merge, so nothing in them can be a directive."""
        for index, item in enumerate(node.items):
            step = item_step(path[-1].shape, str(index))
            if is_yaml_null(item):
                self.report(item.place, "E306", "an item of a list cannot be null", [*path, step], "delete the item")
        return tuple(
            self.view_whole(item, [*path, item_step(path[-1].shape, str(index))])
            for index, item in enumerate(node.items)
            if not is_yaml_null(item)
        )

    def view_whole(self, node: Node, path: list[Step]) -> Node:
        """Take a node inside of a plain list as it is, `$$` unescaped: there is nothing below it to delete or edit."""
        if isinstance(node, ListNode):
            return node._replace(items=self.view_items(node, path))
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
                self.report_directive(place, written, path)
            elif current.members and key not in current.members and key not in self.allow:
                unknown.append(written)
            elif is_yaml_null(child):
                message = f"there is no `{format_path(step)}` to delete: a list's items are taken whole"
                self.report(place, "E202", message, step, "delete the line")
            else:
                items[key], keys[key] = self.view_whole(child, step), place
        self.findings += report_unknown(node.keys, unknown, path, self.allow)
        return node._replace(items=items, keys=keys)

    def view_list_form(self, node: ListNode, path: list[Step], row: ListRow) -> PatchKeyed:
        """View a keyed list written as a list of items, each with its identity."""
        items: list[PatchItem] = []
        for index, item in enumerate(node.items):
            identity = None
            if isinstance(item, MapNode):
                self.findings += check_ports(item, path)
                identity = identity_of(row, scalar_texts(item))
            if identity is None or not isinstance(item, MapNode):
                wanted = " and ".join(f"`{name}`" for name in row.identity[:1])
                message = f"item {index} of `{format_path(path)}` has no identity"
                self.report(
                    item.place,
                    "E206",
                    message,
                    path,
                    f"give it {wanted}, or write the list as a mapping from identity to item",
                )
                continue
            names = identity_members(row, item.items)
            spelled = {name: given for name in names if isinstance(given := item.items.get(name), Scalar)}
            first = next(item.items[name].place for name in names if name in item.items)
            items.append(self.view_item(item, path, identity, first, spelled, row))
        return self.finish_keyed(node, items, path, row)

    def view_map_form(self, node: MapNode, path: list[Step], row: ListRow) -> PatchKeyed | Replace:
        """View a keyed list written as a mapping from identity to item."""
        taken = node.items.get("$replace")
        if isinstance(taken, ListNode):
            if len(node.items) > 1:
                message = "`$replace` takes the list whole, so it stands alone"
                self.report(node.keys["$replace"], "E205", message, path, "delete the other keys")
            return Replace(node.place, self.view_list_form(taken, path, row))
        items: list[PatchItem] = []
        replace = False
        for written, item in node.items.items():
            place = node.keys[written]
            if written == "$replace":
                replace = self.view_flag(item, "$replace", path)
                continue
            if written in LIST_DIRECTIVES:
                message = f"`{written}` is for plain lists; the items of `{format_path(path)}` have identities"
                self.report(
                    place,
                    "E205",
                    message,
                    path,
                    "name the item: `IDENTITY: null` deletes it, `IDENTITY: {…}` adds or changes it",
                )
                continue
            if written.startswith("$") and not written.startswith("$$"):
                self.report_directive(place, written, path)
                continue
            key = written[1:] if written.startswith("$$") else written
            texts = spell_identity(row, key)
            if texts is None:
                self.report(
                    place,
                    "E206",
                    f"`{key}` is no identity of `{format_path(path)}`",
                    path,
                    "write it as `8080/tcp`, `8080` or `8000-8010/udp`",
                )
                continue
            spelled = {name: Scalar(place, "plain", text) for name, text in texts.items()}
            items.append(self.view_item(item, path, match_key(row, key), place, spelled, row))
        viewed = self.finish_keyed(node, items, path, row)
        return Replace(node.place, viewed) if replace else viewed

    def view_item(
        self, item: Node, path: list[Step], identity: str, place: Place, spelled: dict[str, Scalar], row: ListRow
    ) -> PatchItem:
        """View one item. Its identity members are kept apart: they find it, and never change by merging."""
        here = [*path, item_step(path[-1].shape, identity)]
        if is_yaml_null(item):
            return PatchItem(identity, place, Delete(item.place), spelled, added=False)
        added = False
        if isinstance(item, MapNode) and "$add" in item.items:
            if row.strict:
                added = self.view_flag(item.items["$add"], "$add", here)
            else:
                message = "`$add` is for containers and volumes; other items are added by naming them"
                self.report(item.keys["$add"], "E205", message, here, "delete `$add`")
            item = item._replace(items={key: node for key, node in item.items.items() if key != "$add"})
        if not isinstance(item, MapNode):
            return PatchItem(identity, place, self.view_bare(item, here, row), spelled, added)
        names = identity_members(row, (*spelled, *item.items))
        written = {name: node for name in names if isinstance(node := item.items.get(name), Scalar)}
        texts = {name: node.text for name, node in {**spelled, **written}.items()}
        if written and identity_of(row, texts) != identity:
            name, node = next((name, node) for name, node in written.items() if spelled.get(name, "") != node)
            message = f"`{name}` is the identity of `{format_path(here)}` and cannot be changed to `{node.text}`"
            help = f"delete this one with `{identity}: null` and add the other"
            if row.strict:
                help = f"set it in the template, where `$id` keeps it `{identity}` for overlays"
            self.report(node.place, "E209", message, here, help)
        else:
            spelled = {**spelled, **written}
        if spelled.keys() >= {"containerPort", "containerPortRange"}:
            # Only the map form spells one itself; the list form has reported it.
            spelt = MapNode(item.place, {**spelled}, {name: node.place for name, node in spelled.items()})
            if not {"containerPort", "containerPortRange"} <= item.items.keys():
                self.findings += check_ports(spelt, path)
        rest = {key: node for key, node in item.items.items() if key not in names}
        viewed = self.view_members(item._replace(items=rest), here)
        return PatchItem(identity, place, viewed, spelled, added)

    def view_bare(self, node: Node, path: list[Step], row: ListRow) -> PatchMapping:
        """View a bare value, which stands for an item's only other member where it has just one."""
        if row.shorthand is None or not isinstance(node, Scalar):
            help = None
            if row.shorthand is not None:
                help = f"write the `{row.shorthand}` itself, or a mapping"
            self.report(
                node.place, "E203", f"`{format_path(path)}` is a mapping, not {describe_kind(node)}", path, help
            )
            return PatchMapping(node.place, {}, {})
        return PatchMapping(node.place, {row.shorthand: node}, {row.shorthand: node.place})

    def finish_keyed(
        self, node: MapNode | ListNode, items: list[PatchItem], path: list[Step], row: ListRow
    ) -> PatchKeyed:
        if row.unique:
            self.findings += check_twice([(item.identity, item.place) for item in items], path)
        return PatchKeyed(node.place, tuple(items), refused=bool(node.items) and not items)

    def view_flag(self, node: Node, name: str, path: list[Step]) -> bool:
        """Read the value of `$add` or `$replace` in a mapping, which can only be `true`."""
        if isinstance(node, Scalar) and node.text == "true":
            return True
        wanted = "`true`" if name == "$add" else "`true`, or a list for a list"
        self.report(
            node.place,
            "E205",
            f"`{name}` here takes {wanted}, not {describe_kind(node)}",
            path,
            f"write `{name}: true`, or delete it",
        )
        return False

    def report_directive(self, place: Place, name: str, path: list[Step]) -> None:
        """Report a `$name` that is no directive (E204), or is none here (E205)."""
        if name in DIRECTIVES:
            kinds = {"$add": "a new container or volume"}.get(name, "a plain list")
            self.report(place, "E205", f"`{name}` is for {kinds}, and has no meaning here", path, f"delete `{name}`")
            return
        near = did_you_mean(name, DIRECTIVES)
        help = (
            f"write `{near}`"
            if near
            else f"to mean the key itself, write `${name}`; the directives are {', '.join(f'`{each}`' for each in DIRECTIVES)}"
        )
        self.report(place, "E204", f"`{name}` is no directive", path, help)
