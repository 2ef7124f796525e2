"""Keyed lists that a template writes as a mapping from identity to item, as overlays do. Reports what is no item."""

from __future__ import annotations

from generator.build.merging.directives import PORTS_HELP
from generator.documents.parsing.sections import DIRECTIVES
from generator.ecs.lists import PORT_MAPPINGS, ListRow, identity_members, identity_of, match_key, spell_identity
from generator.ecs.paths import Step, format_path, item_step
from generator.model.findings import Finding, Place, finding_at
from generator.model.nodes import Item, Kind, MapNode, Node, Scalar, describe_kind
from generator.model.records import Record


class Entry(Record):
    """One entry of the mapping: where its key is written, the identity that this is, and what stands there."""

    place: Place
    key: str
    identity: str
    spelled: dict[str, Scalar]
    node: Node


def read_map_form(
    node: MapNode, path: list[Step], row: ListRow
) -> tuple[tuple[tuple[Item, Place], ...], tuple[Finding, ...]]:
    """Read a mapping as the items of a keyed list, in its order, each with the place of its key.

    Of a container or volume, the key is what `$id` is in a list.
    """
    items: list[tuple[Item, Place]] = []
    findings: list[Finding] = []
    for written, child in node.items.items():
        entry = read_key(written, node.keys[written], child, path, row)
        item = read_item(entry, path, row) if isinstance(entry, Entry) else entry
        if isinstance(item, Item):
            items.append((item, node.keys[written]))
        else:
            findings.append(item)
    return tuple(items), tuple(findings)


def read_key(written: str, place: Place, node: Node, path: list[Step], row: ListRow) -> Entry | Finding:
    """Read a key: the identity, and the members that it spells. As in overlays, `$$` begins a key that begins with `$`."""
    where = format_path(path)
    if written in DIRECTIVES:
        message = f"`{written}` is for overlays: a template has nothing to change"
        return finding_at(place, "E205", message, path=where, help="write the items, each under its identity")
    key = written[1:] if written.startswith("$$") else written
    texts = spell_identity(row, key)
    if texts is None:
        help = PORTS_HELP if row.identity == PORT_MAPPINGS else "write the name of the item"
        return finding_at(place, "E206", f"`{key}` is not an identity of `{where}`", path=where, help=help)
    kind: Kind = "plain" if row.identity == PORT_MAPPINGS else "text"
    spelled = {name: Scalar(place, kind, text) for name, text in texts.items()}
    return Entry(place, key, match_key(row, key), spelled, node)


def read_item(entry: Entry, path: list[Step], row: ListRow) -> Item | Finding:
    """Read what stands under a key: an item, or the value of its only other member."""
    node = entry.node
    if isinstance(node, Scalar) and row.shorthand is not None:
        node = MapNode(node.place, {row.shorthand: node}, {row.shorthand: node.place})
    where = format_path([*path, item_step(path[-1].shape, entry.identity)])
    if not isinstance(node, MapNode):
        help = f"write the `{row.shorthand}` itself, or a mapping" if row.shorthand else None
        message = f"`{where}` takes a mapping, not {describe_kind(node)}"
        return finding_at(node.place, "E302", message, path=where, help=help)
    names = identity_members(row, (*entry.spelled, *node.items))
    own = {name: child for name in names if isinstance(child := node.items.get(name), Scalar)}
    if own and not row.strict:
        texts = {name: child.text for name, child in {**entry.spelled, **own}.items()}
        if identity_of(row, texts) != entry.identity:
            name, child = next((name, child) for name, child in own.items() if entry.spelled.get(name) != child)
            message = f"`{name}` of `{where}` is `{child.text}`, but its key is `{entry.key}`"
            return finding_at(child.place, "E209", message, path=where, help=f"delete `{name}`, or correct the key")
    spelled = {name: child for name, child in entry.spelled.items() if name not in node.items}
    places = {name: child.place for name, child in spelled.items()}
    return Item(entry.identity, MapNode(node.place, {**spelled, **node.items}, {**places, **node.keys}))
