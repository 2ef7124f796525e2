"""A template's document as overlays see it: keyed lists by identity, `$id` removed. Reports what no task definition has."""

from __future__ import annotations

from generator.build.merging.references import REFERRING_LISTS, identify_references
from generator.build.merging.unions import check_sides
from generator.documents.changing import make_edits
from generator.documents.parsing.scalars import to_value
from generator.documents.sharing import Made
from generator.ecs.lists import ListRow, identity_of
from generator.ecs.members import Structure, advise_member, refuse_described
from generator.ecs.paths import OPAQUE, Step, first_step, format_path, item_step, member_step
from generator.ecs.shapes import Shape, bundled, read_only, shape, task_definition
from generator.model.findings import Finding, Note, Place, finding_at, name_cause
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar, describe_kind


def view_document(
    document: Node, *, allow: tuple[str, ...] = (), made: Made | None = None
) -> tuple[MapNode | None, tuple[Finding, ...]]:
    """View a rendered template. Unknown members are reported and omitted; `allow` admits members by name.

    `made` is what was made of nodes that other documents have too.
    """
    viewer = Viewer(allow, made)
    root = first_step()
    if not isinstance(document, MapNode):
        message = f"a task definition is a mapping, not {describe_kind(document)}"
        return None, (finding_at(document.place, "E302", message),)
    viewed = identify_references(viewer.view_structure(document, [root]))
    viewer.findings += check_both_names(viewed, root)
    return viewed, tuple(viewer.findings)


class Viewer:
    """One walk over one document, gathering findings."""

    def __init__(self, allow: tuple[str, ...], made: Made | None = None) -> None:
        self.allow = allow
        self.made = made or Made()
        self.findings: list[Finding] = []

    def view(self, node: Node, path: list[Step]) -> Node:
        """View the node at a path."""
        current = path[-1].shape
        row = path[-1].row
        if isinstance(node, MapNode) and current.type == "structure":
            return self.view_structure(node, path)
        if isinstance(node, MapNode) and row is not None and row.identity:
            from generator.build.merging.template_maps import read_map_form  # only if a template has one

            named, findings = read_map_form(node, path, row)
            self.findings += [*findings, *check_twice([(item.identity, place) for item, place in named], path)]
            return Keyed(node.place, tuple(self.view_item(item, path) for item, _ in named))
        if isinstance(node, ListNode) and current.type == "list":
            if row is not None and row.identity and all(isinstance(item, MapNode) for item in node.items):
                return self.view_keyed(node, path, row)
            items = tuple(
                self.view(item, [*path, item_step(current, str(index))]) for index, item in enumerate(node.items)
            )
            return node._replace(items=items)
        return node

    def view_structure(self, node: MapNode, path: list[Step]) -> MapNode:
        current = path[-1].shape
        items: dict[str, Node] = {}
        unknown: list[str] = []
        for key, child in node.items.items():
            if key in current.members:
                items[key] = self.view_child(child, current, key, path)
            elif key in self.allow:
                items[key] = child
            else:
                unknown.append(key)
        self.findings += report_unknown(node, unknown, path, self.allow)
        viewed = node._replace(items=items)
        self.findings += check_sides(viewed, path)
        return viewed

    def view_child(self, child: Node, current: Shape, key: str, path: list[Step]) -> Node:
        """View a member, or find it viewed."""
        known = self.made.find(child)
        if known is not None:
            return known
        before = len(self.findings)
        viewed = self.view(child, [*path, member_step(current, key)])
        self.made.keep(child, viewed, self.findings, before)
        return viewed

    def view_keyed(self, node: ListNode, path: list[Step], row: ListRow) -> Node:
        items: list[Item] = []
        for index, member in enumerate(node.items):
            assert isinstance(member, MapNode)
            child, named = take_id(member, row)
            identity = named or identity_of(row, scalar_texts(child)) or f"#{index}"
            items.append(self.view_item(Item(identity, child), path))
        if row.unique:
            self.findings += check_twice([(item.identity, find_identity_place(item.node, row)) for item in items], path)
        return Keyed(node.place, tuple(items))

    def view_item(self, item: Item, path: list[Step]) -> Item:
        """View an item, or find it viewed."""
        node, before = self.made.find(item.node), len(self.findings)
        if node is None:
            self.findings += check_ports(item.node, path)
            step = Step(f"[{item.identity}]", shape(path[-1].shape.member))
            node = self.view_structure(item.node, [*path, step])
            self.made.keep(item.node, node, self.findings, before)
        assert isinstance(node, MapNode)
        return Item(item.identity, node)


def take_id(item: MapNode, row: ListRow) -> tuple[MapNode, str | None]:
    """Take `$id` out of a container or volume; elsewhere it stays, to be reported as unknown."""
    given = item.items.get("$id")
    if not row.strict or not isinstance(given, Scalar) or given.kind != "text" or not given.text:
        return item, None
    return item._replace(items={key: node for key, node in item.items.items() if key != "$id"}), given.text


def scalar_texts(item: MapNode) -> dict[str, str]:
    """The texts of an item's scalar members, which identities are made of."""
    return {key: node.text for key, node in item.items.items() if isinstance(node, Scalar)}


def find_identity_place(item: MapNode, row: ListRow) -> Place:
    """Where the first identity member of an item is written, else the item."""
    return next((item.items[name].place for name in row.identity if name in item.items), item.place)


def check_twice(named: list[tuple[str, Place]], path: list[Step]) -> list[Finding]:
    """Report an identity that is there twice in one source (E207)."""
    first: dict[str, Place] = {}
    findings = []
    for identity, place in named:
        if identity in first:
            findings.append(
                finding_at(
                    place,
                    "E207",
                    f"`{identity}` is in `{format_path(path)}` twice",
                    path=format_path(path),
                    notes=(Note(f"the first is in {first[identity].location}", first[identity].location),),
                    help="keep one of the two",
                )
            )
        first.setdefault(identity, place)
    return findings


def check_both_names(document: MapNode, root: Step) -> list[Finding]:
    """Report a container that one list names twice, by its `$id` and by its name (E207)."""
    containers = document.items.get("containerDefinitions")
    findings: list[Finding] = []
    for item in containers.items if isinstance(containers, Keyed) else ():
        step = member_step(root.shape, "containerDefinitions")
        path = [root, step, item_step(step.shape, item.identity)]
        for member in REFERRING_LISTS:
            keyed, row = item.node.items.get(member), member_step(path[-1].shape, member).row
            if isinstance(keyed, Keyed) and row is not None:
                texts = {scalar_texts(each.node).get(row.identity[0]): each for each in keyed.items}
                named = [(each.identity, find_identity_place(each.node, row)) for each in texts.values()]
                findings += check_twice(named, [*path, member_step(path[-1].shape, member)])
    return findings


def check_ports(item: MapNode, path: list[Step]) -> list[Finding]:
    """Report a port mapping with both a port and a range (E211): it has two identities."""
    if path[-1].shape.member != "PortMapping" or not {"containerPort", "containerPortRange"} <= item.items.keys():
        return []
    message = "a port mapping has either `containerPort` or `containerPortRange`, this one has both"
    other = item.keys["containerPort"].location
    return [
        finding_at(
            item.keys["containerPortRange"],
            "E211",
            message,
            path=format_path(path),
            notes=(Note(f"`containerPort` is set in {other}", other),),
            help="delete one of the two",
        )
    ]


def report_unknown(node: MapNode, unknown: list[str], path: list[Step], allow: tuple[str, ...]) -> list[Finding]:
    """Report members that a structure does not have (E301), those of describe output in one finding (E305)."""
    if not unknown:
        return []
    current = path[-1].shape
    described = [key for key in unknown if key in read_only()] if current == task_definition() else []
    findings = []
    if described:
        message, help = refuse_described(described)
        findings.append(finding_at(node.keys[described[0]], "E305", message, help=help))
    structure = Structure(current, to_value(node), bundled(), allow, layered=True)
    for key in unknown:
        if key not in described:
            advice = advise_member(key, structure)
            place = node.keys[key]
            message = f"{describe_structure(path)} has no member `{key}`"
            where = format_path([*path, Step(f".{key}", OPAQUE)])
            edits = make_edits(advice.change, place)
            cause = name_cause(place, key)
            findings.append(finding_at(place, "E301", message, path=where, help=advice.help, edits=edits, cause=cause))
    return findings


def describe_structure(path: list[Step]) -> str:
    """Name the structure at a path."""
    return f"`{format_path(path)}`" if len(path) > 1 else "a task definition"
