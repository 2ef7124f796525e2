"""References to containers and volumes of the same task definition: by `$id`, as overlays call them, or by name. The artifact has names."""

from __future__ import annotations

from generator.ecs.lists import ListRow
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.findings import Finding, Note, Place, finding_at
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar
from generator.model.records import Record

REFERENCES = {
    ("ContainerDependency", "containerName"): "containerDefinitions",
    ("VolumeFrom", "sourceContainer"): "containerDefinitions",
    ("ProxyConfiguration", "containerName"): "containerDefinitions",
    ("MountPoint", "sourceVolume"): "volumes",
}
"""The members that name a container or a volume, by the shape that has them; `links` do so up to a colon.

Source: the documentation of these members in the service model of botocore 1.44.5.
"""

OF_CONTAINERS = ("containerName", "sourceContainer")
"""Members that name a container and are what items of a list are found by."""


REFERRING_LISTS = ("dependsOn", "volumesFrom")
"""The lists of a container whose items are found by another container."""


class Names(Record):
    """What the containers or the volumes of a document are called: the item of each `$id` that is no name, and of each name."""

    by_id: dict[str, Item]
    by_name: dict[str, Item]

    def find_id(self, text: str) -> str:
        """Find the `$id` for a name; anything else stays as it is."""
        return self.by_name[text].identity if text in self.by_name and text not in self.by_id else text

    def find_name(self, text: str) -> str:
        """Find the name for an `$id`; anything else stays as it is."""
        return read_name(self.by_id[text]) if text in self.by_id else text

    def is_ambiguous(self, text: str) -> bool:
        """Whether a text is the `$id` of one item and the name of another."""
        return text in self.by_id and text in self.by_name and self.by_name[text] is not self.by_id[text]


NO_NAMES = Names({}, {})


def find_names(document: MapNode, member: str) -> Names:
    """Find what is called what in `containerDefinitions` or `volumes`. Where every `$id` is the name, there is nothing to find."""
    keyed = document.items.get(member)
    items = keyed.items if isinstance(keyed, Keyed) else ()
    by_id = {item.identity: item for item in items if read_name(item) not in ("", item.identity)}
    return Names(by_id, {read_name(item): item for item in items}) if by_id else NO_NAMES


def read_name(item: Item) -> str:
    """Read the name of a container or volume; empty if it has none."""
    name = item.node.items.get("name")
    return name.text if isinstance(name, Scalar) else ""


def refers(row: ListRow | None) -> bool:
    """Whether the items of a list are found by the container that they name."""
    return row is not None and row.identity[:1] in [(name,) for name in OF_CONTAINERS]


def identify_references(document: MapNode) -> MapNode:
    """Let what is about a container be found by its `$id`, whichever of its names the template writes."""
    names = find_names(document, "containerDefinitions")
    containers = document.items.get("containerDefinitions")
    if not names.by_id or not isinstance(containers, Keyed):
        return document
    items = (item._replace(node=identify_lists(item.node, names)) for item in containers.items)
    return document._replace(items={**document.items, "containerDefinitions": containers._replace(items=tuple(items))})


def identify_lists(container: MapNode, names: Names) -> MapNode:
    """Find again what the items of `dependsOn` and `volumesFrom` are found by."""
    items = dict(container.items)
    for member in REFERRING_LISTS:
        keyed = items.get(member)
        if isinstance(keyed, Keyed):
            items[member] = keyed._replace(
                items=tuple(item._replace(identity=names.find_id(item.identity)) for item in keyed.items)
            )
    return container._replace(items=items)


def resolve_references(document: MapNode) -> tuple[MapNode, tuple[Finding, ...]]:
    """Give each reference that is an `$id` the name of the container or volume. One that may mean two is reported (E214)."""
    names = {member: find_names(document, member) for member in ("containerDefinitions", "volumes")}
    if not any(each.by_id for each in names.values()):
        return document, ()
    resolver = Resolver(names)
    resolved = resolver.resolve_members(document, [first_step()])
    return resolved, tuple(resolver.findings)


class Resolver:
    """One walk over one document, gathering findings."""

    def __init__(self, names: dict[str, Names]) -> None:
        self.names = names
        self.findings: list[Finding] = []

    def resolve(self, node: Node, path: list[Step]) -> Node:
        """Resolve what stands at a path."""
        if isinstance(node, MapNode) and path[-1].shape.type == "structure":
            return self.resolve_members(node, path)
        if isinstance(node, Keyed):
            shape = path[-1].shape
            items = (
                item._replace(node=self.resolve_members(item.node, [*path, item_step(shape, item.identity)]))
                for item in node.items
            )
            return node._replace(items=tuple(items))
        return node

    def resolve_members(self, node: MapNode, path: list[Step]) -> MapNode:
        """Resolve the members of a structure."""
        structure = path[-1].shape.name
        items: dict[str, Node] = {}
        for name, child in node.items.items():
            step = [*path, member_step(path[-1].shape, name)]
            kind = REFERENCES.get((structure, name))
            if kind is not None and isinstance(child, Scalar):
                items[name] = self.resolve_text(child, child.text, "", self.names[kind], step)
            elif (structure, name) == ("ContainerDefinition", "links") and isinstance(child, ListNode):
                items[name] = child._replace(items=tuple(self.resolve_link(link, step) for link in child.items))
            else:
                items[name] = self.resolve(child, step)
        return node._replace(items=items)

    def resolve_link(self, link: Node, path: list[Step]) -> Node:
        """Resolve a link: the container up to a colon, behind which another name for it may stand."""
        if not isinstance(link, Scalar):
            return link
        text, colon, alias = link.text.partition(":")
        return self.resolve_text(link, text, colon + alias, self.names["containerDefinitions"], path)

    def resolve_text(self, node: Scalar, text: str, rest: str, names: Names, path: list[Step]) -> Scalar:
        """Resolve one reference."""
        if names.is_ambiguous(text):
            self.findings.append(report_ambiguous(node.place, text, names, path))
        name = names.find_name(text)
        return node if name == text else Scalar(node.place, "text", name + rest)


def report_ambiguous(place: Place, text: str, names: Names, path: list[Step]) -> Finding:
    """Report a text that is the `$id` of one container or volume and the name of another (E214)."""
    one, other = names.by_id[text], names.by_name[text]
    here, there = (each.node.items["name"].place.location for each in (one, other))
    return finding_at(
        place,
        "E214",
        f"`{text}` is the `$id` of one item and the name of another",
        path=format_path(path),
        notes=(
            Note(f"it is the `$id` of `{read_name(one)}`, which is in {here}", here),
            Note(f"it is the name of `{other.identity}`, which is in {there}", there),
        ),
        help=f"write `{other.identity}` to mean the second; give the first another `$id` to mean that",
    )
