"""Patches of keyed lists, in both forms: every item by its identity, which no patch changes."""

from __future__ import annotations

from collections.abc import Callable

from generator.build.merging.additions import read_position
from generator.build.merging.directives import PORTS_HELP, Reports
from generator.build.merging.patches import Delete, PatchItem, PatchKeyed, PatchMapping, Replace
from generator.build.merging.viewing import check_ports, check_twice, scalar_texts
from generator.documents.parsing.sections import LIST_DIRECTIVES
from generator.ecs.lists import ListRow, identity_members, identity_of, match_key, spell_identity
from generator.ecs.paths import Step, format_path, item_step
from generator.model.findings import Place
from generator.model.nodes import ListNode, MapNode, Node, Scalar, describe_kind, is_yaml_null

ViewMembers = Callable[[MapNode, list[Step]], PatchMapping | Replace]


class KeyedViewer:
    """Views the keyed lists of one patch; what is inside of an item it leaves to `view_members`."""

    __slots__ = ("reports", "view_members")

    def __init__(self, reports: Reports, view_members: ViewMembers) -> None:
        self.reports = reports
        self.view_members = view_members

    def view_list_form(self, node: ListNode, path: list[Step], row: ListRow) -> PatchKeyed:
        """View a keyed list written as a list of items, each with its identity."""
        items: list[PatchItem] = []
        for index, item in enumerate(node.items):
            identity = None
            if isinstance(item, MapNode):
                self.reports.findings += check_ports(item, path)
                identity = identity_of(row, scalar_texts(item))
            if identity is None or not isinstance(item, MapNode):
                wanted = " and ".join(f"`{name}`" for name in row.identity[:1])
                message = f"item {index} of `{format_path(path)}` has no identity"
                self.reports.report(
                    item.place,
                    "E206",
                    message,
                    path,
                    f"give it {wanted}, or write the list as a mapping from identity to item",
                )
                continue
            names = identity_members(row, item.items)
            first, given = next((name, each) for name in names if isinstance(each := item.items.get(name), Scalar))
            items.append(self.view_item(item, path, identity, given.place, {first: given}, row))
        return self.finish_keyed(node, items, path, row)

    def view_map_form(self, node: MapNode, path: list[Step], row: ListRow) -> PatchKeyed | Replace:
        """View a keyed list written as a mapping from identity to item."""
        taken = node.items.get("$replace")
        if isinstance(taken, ListNode):
            if len(node.items) > 1:
                message = "`$replace` replaces the whole list, so it must be the only key"
                self.reports.report(node.keys["$replace"], "E205", message, path, "delete the other keys")
            return Replace(node.place, self.view_list_form(taken, path, row))
        items: list[PatchItem] = []
        replace = False
        for written, item in node.items.items():
            place = node.keys[written]
            if written == "$replace":
                replace = self.reports.read_flag(item, "$replace", path)
                continue
            read = self.read_identity(written, place, path, row)
            if read is not None:
                identity, spelled = read
                items.append(self.view_item(item, path, identity, place, spelled, row))
        viewed = self.finish_keyed(node, items, path, row)
        return Replace(node.place, viewed) if replace else viewed

    def read_identity(
        self, written: str, place: Place, path: list[Step], row: ListRow
    ) -> tuple[str, dict[str, Scalar]] | None:
        """Read a key of the map form: the identity, and the members that it spells."""
        if written in LIST_DIRECTIVES:
            message = f"`{written}` is for plain lists; the items of `{format_path(path)}` have identities"
            help = "name the item: `IDENTITY: null` deletes it, `IDENTITY: {…}` adds or changes it"
            self.reports.report(place, "E205", message, path, help)
            return None
        if written.startswith("$") and not written.startswith("$$"):
            self.reports.report_directive(place, written, path)
            return None
        key = written[1:] if written.startswith("$$") else written
        texts = spell_identity(row, key)
        if texts is None:
            message, help = (
                f"`{key}` is not an identity of `{format_path(path)}`",
                PORTS_HELP,
            )
            self.reports.report(place, "E206", message, path, help)
            return None
        return match_key(row, key), {name: Scalar(place, "plain", text) for name, text in texts.items()}

    def view_item(
        self, item: Node, path: list[Step], identity: str, place: Place, spelled: dict[str, Scalar], row: ListRow
    ) -> PatchItem:
        """View one item. Its identity members are kept apart: they find it, and never change by merging."""
        here = [*path, item_step(path[-1].shape, identity)]
        if is_yaml_null(item):
            return PatchItem(identity, place, Delete(item.place), spelled, {}, added=None)
        added = None
        if isinstance(item, MapNode) and "$add" in item.items:
            if row.strict:
                added = read_position(item.items["$add"], here, self.reports)
            else:
                message = "`$add` is for containers and volumes; other items are added by naming them"
                self.reports.report(item.keys["$add"], "E205", message, here, "delete `$add`")
            item = item._replace(items={key: node for key, node in item.items.items() if key != "$add"})
        if not isinstance(item, MapNode):
            return PatchItem(identity, place, self.view_bare(item, here, row), spelled, {}, added)
        names = identity_members(row, (*spelled, *item.items))
        given = {name: node for name in names if isinstance(node := item.items.get(name), Scalar)}
        written = {name: node for name, node in given.items() if spelled.get(name) is not node}
        texts = {name: node.text for name, node in {**spelled, **written}.items()}
        if written and identity_of(row, texts) != identity:
            name, node = next((name, node) for name, node in written.items() if spelled.get(name, "") != node)
            message = f"`{name}` is the identity of `{format_path(here)}` and cannot be changed to `{node.text}`"
            help = f"delete this one with `{identity}: null` and add the other"
            if row.strict:
                help = f"set it in the template, where `$id` keeps it `{identity}` for overlays"
            self.reports.report(node.place, "E209", message, here, help)
            written = {}
        if not {"containerPort", "containerPortRange"} <= item.items.keys():  # where both are written, that is reported
            both = {**spelled, **written}
            places = {name: node.place for name, node in both.items()}
            self.reports.findings += check_ports(MapNode(item.place, {**both}, places), path)
        rest = {key: node for key, node in item.items.items() if key not in given}
        viewed = self.view_members(item._replace(items=rest), here)
        return PatchItem(identity, place, viewed, spelled, written, added)

    def view_bare(self, node: Node, path: list[Step], row: ListRow) -> PatchMapping:
        """View a bare value, which stands for an item's only other member where it has just one."""
        if row.shorthand is None or not isinstance(node, Scalar):
            help = None
            if row.shorthand is not None:
                help = f"write the `{row.shorthand}` itself, or a mapping"
            self.reports.report(
                node.place, "E203", f"`{format_path(path)}` is a mapping, not {describe_kind(node)}", path, help
            )
            return PatchMapping(node.place, {}, {})
        return PatchMapping(node.place, {row.shorthand: node}, {row.shorthand: node.place})

    def finish_keyed(
        self, node: MapNode | ListNode, items: list[PatchItem], path: list[Step], row: ListRow
    ) -> PatchKeyed:
        if row.unique or isinstance(node, MapNode):
            twice = check_twice([(item.identity, item.place) for item in items], path)
            self.reports.findings += twice
            if twice and not row.unique:  # `80` and `80/tcp`: what the second says is not reported again
                items = [*reversed({item.identity: item for item in reversed(items)}.values())]
        return PatchKeyed(node.place, tuple(items), refused=bool(node.items) and not items)
