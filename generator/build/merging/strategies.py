"""Pure deepmerge strategies: from a document node and a patch to the merged document. deepmerge dispatches, nothing is mutated.

deepmerge's own dict strategy changes the base and shares the overlay, so none of its provided strategies is used.
"""

from __future__ import annotations

from typing import cast

from deepmerge import STRATEGY_END, Merger

from generator.build.merging.additions import help_with_position, put_items
from generator.build.merging.patches import (
    Delete,
    ListEdit,
    Patch,
    PatchItem,
    PatchKeyed,
    PatchMapping,
    Position,
    Replace,
)
from generator.build.merging.references import NO_NAMES, Names, find_names, refers, report_ambiguous
from generator.build.merging.unions import drop_after, drop_before
from generator.documents.changing import make_edits
from generator.ecs.lists import identity_members
from generator.ecs.paths import OPAQUE, Step, first_step, format_path, item_step, member_step
from generator.model.findings import Change, Finding, Note, Place, finding_at, name_cause
from generator.model.misspelling import find_misspelt
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar, Value, describe_kind
from generator.model.records import Record

RETIRED = "InferenceAccelerator"
"""The type of resource whose list merges only whole (`resourceRequirements` in `ecs/lists.py`)."""


class Unmatched(Record):
    """An item or deletion of a patch that found nothing in this document. It is an error only if it matches nowhere else."""

    place: Place
    finding: Finding


class LayerMerger(Merger):
    """Applies one patch to one document, and gathers its findings, matches and misses."""

    def __init__(self, names: Names = NO_NAMES) -> None:
        self.names = names
        # deepmerge's annotations know strategies for its own Merger and one type on both sides; at run time any pair will do.
        by_type: Value = [
            ((MapNode, PatchMapping), merge_members),
            ((Keyed, PatchKeyed), merge_items),
            (ListNode, take_patch),
            (Scalar, take_patch),
        ]
        on_conflict: Value = [replace_whole, edit_list, refuse_kind]
        super().__init__(by_type, [], on_conflict)
        self.findings: list[Finding] = []
        self.unmatched: list[Unmatched] = []
        self.matched: list[tuple[Place, str]] = []
        self.whole = False
        self.missed: dict[int, tuple[Keyed, Missed]] = {}

    def apply(self, path: list[Step], base: Node, patch: Patch) -> Node:
        """Merge a patch into the node at a path."""
        merged: Value = self.value_strategy(path, base, cast("Value", patch))
        return cast("Node", merged)

    def report(
        self, place: Place, code: str, message: str, path: list[Step], *notes: Note, help: str | None = None
    ) -> None:
        self.findings.append(finding_at(place, code, message, path=format_path(path), notes=notes, help=help))

    def miss(
        self,
        place: Place,
        code: str,
        message: str,
        path: list[Step],
        *notes: Note,
        help: str | None = None,
        name: str | None = None,
        base: Node | None = None,
    ) -> None:
        """Note a miss of a patch; `name` is the name that it certainly means. A miss in `base` is a miss for all patches."""
        edits = make_edits(Change("rename", name), place) if name else ()
        cause = name_cause(base.place, message) if base else None
        finding = finding_at(
            place, code, message, path=format_path(path), notes=notes, help=help, edits=edits, cause=cause
        )
        self.unmatched.append(Unmatched(place, finding))


def merge_members(merger: LayerMerger, path: list[Step], base: MapNode, patch: PatchMapping) -> MapNode:
    """Merge a mapping member by member; the other side of a union is removed."""
    structure = path[-1].shape.name
    base, patch, fulfilled = drop_before(base, patch, structure)
    for place, (name, *inner) in fulfilled:
        steps = [*path, member_step(path[-1].shape, name)]
        for key in inner:
            below = steps[-1].shape
            steps.append(item_step(below, key) if below.type == "list" else member_step(below, key))
        merger.matched.append((place, format_path(steps)))
    items = dict(base.items)
    keys = dict(base.keys)
    for key, said in patch.items.items():
        step = [*path, member_step(path[-1].shape, key)]
        found = items.get(key)
        if isinstance(said, Delete):
            if found is None:
                near = find_misspelt(key, tuple(base.items))
                help = f"write `{near}: null`" if near else "delete the line"
                message = f"there is no `{format_path(step)}` to delete"
                merger.miss(patch.keys[key], "E202", message, step, help=help, name=near, base=base)
            else:
                merger.matched.append((patch.keys[key], format_path(step)))
                del items[key]
            continue
        merged = add(merger, step, said) if found is None else merger.apply(step, found, said)
        if merged is not None:
            items[key] = merged
            keys.setdefault(key, patch.keys[key])
    return drop_after(MapNode(base.place, items, keys), patch, structure)


def merge_items(merger: LayerMerger, path: list[Step], base: Keyed, patch: PatchKeyed) -> Keyed:
    """Merge a keyed list by identity: found items in their place, new ones last."""
    if base.items and not patch.items and not patch.refused:
        message = f"an empty patch changes nothing in `{format_path(path)}`, whose items merge by identity"
        merger.report(patch.place, "W213", message, path, help="to empty it, write `{$replace: []}`")
    items: list[Item | None] = list(base.items)
    added: list[tuple[Item, Position]] = []
    row = path[-1].row
    strict = row is not None and row.strict and not merger.whole
    addressed: dict[str, Place] = {}
    for given in patch.items:
        said = find_container(merger, path, given) if refers(row) else given
        step = [*path, item_step(path[-1].shape, said.identity)]
        other = addressed.setdefault(said.identity, said.place)
        found = [index for index, item in enumerate(base.items) if item.identity == said.identity]
        if refuse_item(merger, path, [base.items[index] for index in found], said, other, base):
            continue
        if not found:
            if isinstance(said.patch, Delete) or (strict and not said.added):
                miss_item(merger, path, base, said)
            else:
                position = said.added or Position(said.place, "last")
                added.append((Item(said.identity, make_item(merger, step, said)), position))
            continue
        merger.matched.append((said.place, format_path(step)))
        if isinstance(said.patch, Delete):
            items[found[0]] = None
            continue
        merged = merger.apply(step, complete_item(merger, step, base.items[found[0]].node, said), said.patch)
        assert isinstance(merged, MapNode)
        items[found[0]] = Item(said.identity, merged)
    made, lost = put_items([item for item in items if item is not None], added)
    for position in lost:
        message = f"`{format_path(path)}` has no `{position.other}` for a new item to stand {position.where}"
        help = help_with_position(position, [item.identity for item in base.items])
        merger.report(position.place, "E201", message, path, help=help)
    return Keyed(base.place, tuple(made))


def find_container(merger: LayerMerger, path: list[Step], said: PatchItem) -> PatchItem:
    """Find references to a container by its `$id`, under any of its names in the patch."""
    if merger.names.is_ambiguous(said.identity):
        merger.findings.append(report_ambiguous(said.place, said.identity, merger.names, path))
    return said._replace(identity=merger.names.find_id(said.identity))


def complete_item(merger: LayerMerger, path: list[Step], item: MapNode, said: PatchItem) -> MapNode:
    """Give an item the identity members that a patch writes and the document omits, such as `protocol: tcp`.

    One that the document has is not changed: a container found by its `$id` keeps its name.
    """
    names = merger.names if len(path) > 1 and refers(path[-2].row) else NO_NAMES
    members: dict[str, Node] = {}
    for name, node in said.written.items():
        there = item.items.get(name)
        if there is None:
            members[name] = node
        elif isinstance(there, Scalar) and names.find_id(there.text) != names.find_id(node.text):
            step = [*path, member_step(path[-1].shape, name)]
            message = f"`{format_path(step)}` is `{there.text}` and cannot be changed to `{node.text}`"
            help = f"set it in the template, where `$id` keeps it `{said.identity}` for overlays"
            note = Note(f"it is set in {there.place.location}", there.place.location)
            merger.report(node.place, "E209", message, step, note, help=help)
    if not members:
        return item
    places = {name: said.written[name].place for name in members}
    return MapNode(item.place, {**item.items, **members}, {**item.keys, **places})


def refuse_item(
    merger: LayerMerger, path: list[Step], found: list[Item], said: PatchItem, first: Place, base: Keyed
) -> bool:
    """Whether an item of a patch cannot be merged into the found ones, which is reported. `first` addressed the same in this layer."""
    whole = "replace the whole list with `$replace: […]`"
    if path[-1].shape.member == "ResourceRequirement" and any(item.identity == RETIRED for item in base.items):
        message = f"`{format_path(path)}` has the retired {RETIRED}, several of which are legal, so a patch cannot address its items"
        merger.report(said.place, "E208", message, path, help=whole)
    elif len(found) > 1:
        places = [item.node.place.location for item in found]
        message = f"`{said.identity}` is in `{format_path(path)}` {len(found)} times, so a patch cannot address it"
        notes = [Note(f"it is in {place}", place) for place in places]
        merger.report(said.place, "E208", message, path, *notes, help=whole)
    elif not found:
        return False
    elif first is not said.place:
        message = f"one layer addresses `{said.identity}` of `{format_path(path)}` twice"
        merger.report(said.place, "E208", message, path, Note(f"the first is in {first.location}", first.location))
    elif changed := find_changed_host(found[0].node, said):
        step = [*path, item_step(path[-1].shape, said.identity)]
        message = (
            f"`hostPath` is the identity of `{format_path(step)}`, which has no `containerPath`, and cannot be changed"
        )
        help = f"delete this one with `{said.identity}: null` and add the other"
        merger.report(changed, "E209", message, step, help=help)
    elif said.added and not isinstance(said.patch, Delete):
        place = found[0].node.place.location
        message = f"`{said.identity}` is already in `{format_path(path)}`, so `$add: true` has nothing to add"
        merger.report(said.place, "E205", message, path, Note(f"it is in {place}", place), help="delete `$add`")
    else:
        return False
    return True


def find_changed_host(base: MapNode, said: PatchItem) -> Place | None:
    """Find where a patch changes the `hostPath` by which a device without `containerPath` was found."""
    patch = said.patch.patch if isinstance(said.patch, Replace) else said.patch
    host = patch.items.get("hostPath") if isinstance(patch, PatchMapping) else None
    if "hostPath" not in base.items or "containerPath" in base.items or not isinstance(host, Scalar):
        return None
    return host.place if host.text != said.identity else None


class Missed(Record):
    """The items that a list has, in which one was not found: their identities, these by their names, and a note that lists them."""

    known: tuple[str, ...]
    by_name: dict[str, str]
    note: Note


def describe_items(base: Keyed) -> Missed:
    """Describe the items of a list, once for all missing ones."""
    known = tuple([item.identity for item in base.items])
    names = {node.text: item.identity for item in base.items if isinstance(node := item.node.items.get("name"), Scalar)}
    there = base.place.location if base.items else None
    return Missed(
        known, names, Note(f"it has {', '.join(f'`{name}`' for name in known)}" if known else "it has no items", there)
    )


def miss_item(merger: LayerMerger, path: list[Step], base: Keyed, said: PatchItem) -> None:
    """Note an item that addresses nothing, with the nearest existing one."""
    if id(base) not in merger.missed:
        merger.missed[id(base)] = base, describe_items(base)
    known, by_name, note = merger.missed[id(base)][1]
    near = by_name.get(said.identity) or find_misspelt(said.identity, known)
    deletes = isinstance(said.patch, Delete)
    if near:
        help = f"write `{near}`" + (", the `$id` of that name" if said.identity in by_name else "")
    else:
        help = "delete the line" if deletes else "to add it, write `$add: true` in it"
    message = f"`{format_path(path)}` has no `{said.identity}`" + (" to delete" if deletes else "")
    step = item_step(path[-1].shape, said.identity)
    code = "E202" if deletes else "E201"
    merger.miss(said.place, code, message, [*path, step], note, help=help, name=near, base=base)


def make_item(merger: LayerMerger, path: list[Step], said: PatchItem) -> MapNode:
    """Make a new item of a keyed list from its patch and its identity."""
    assert not isinstance(said.patch, Delete)
    patch = said.patch.patch if isinstance(said.patch, Replace) else said.patch
    assert isinstance(patch, PatchMapping)
    named = {**said.spelled, **said.written}
    base = MapNode(patch.place, dict(named), {name: node.place for name, node in named.items()})
    return merge_members(merger, path, base, patch)


def add(merger: LayerMerger, path: list[Step], patch: Patch) -> Node | None:
    """Make a document node from a patch if the document has none: the patch merged onto nothing."""
    if isinstance(patch, Replace):
        return make_whole(merger, path, patch.patch)
    if isinstance(patch, PatchMapping):
        made = merge_members(merger, path, MapNode(patch.place, {}, {}), patch)
        # A patch that addresses nothing must leave nothing in a task that it does not concern: no `{}`, no `[]`.
        return made if made.items or not patch.items else None
    if isinstance(patch, PatchKeyed):
        merged = merge_items(merger, path, Keyed(patch.place, ()), patch)
        return merged if merged.items or not patch.items else None
    if isinstance(patch, ListEdit):
        edited = edit_items(merger, path, ListNode(patch.place, ()), patch)
        return edited if edited.items or not patch.remove else None
    assert not isinstance(patch, Delete)
    return patch


def make_whole(merger: LayerMerger, path: list[Step], patch: Patch) -> Node | None:
    """Make a document node that replaces another; everything in it is new, so nothing in it is unmatched."""
    outer, merger.whole = merger.whole, True
    made = add(merger, path, patch)
    merger.whole = outer
    return made


def take_patch(merger: LayerMerger, path: list[Step], base: Node, patch: Node) -> Node:
    """Replace a scalar or a plain list."""
    return patch


def replace_whole(merger: LayerMerger, path: list[Step], base: Node, patch: Patch) -> Node | object:
    """Apply `$replace`, if its value has the document's kind."""
    if not isinstance(patch, Replace):
        return STRATEGY_END
    given, made = (
        patch.patch,
        (
            MapNode
            if isinstance(patch.patch, PatchMapping)
            else Keyed
            if isinstance(patch.patch, PatchKeyed)
            else ListNode
        ),
    )
    if not isinstance(base, made):
        return refuse_kind(merger, path, base, given)
    whole = make_whole(merger, path, given)
    if isinstance(whole, MapNode) and isinstance(base, MapNode):
        kept = keep_identity(path, base)
        return whole._replace(items={**kept, **whole.items}, keys={**base.keys, **whole.keys})
    return whole if whole is not None else base


def keep_identity(path: list[Step], base: MapNode) -> dict[str, Node]:
    """The identity members of an item, which `$replace: true` keeps: they are how it was found."""
    row = path[-2].row if len(path) > 1 else None
    names = identity_members(row, base.items) if row else ()
    return {name: base.items[name] for name in names if name in base.items}


def edit_list(merger: LayerMerger, path: list[Step], base: Node, patch: Patch) -> Node | object:
    """Apply `$remove`, `$prepend` and `$append`, in that order."""
    if not isinstance(patch, ListEdit) or not isinstance(base, ListNode):
        return STRATEGY_END
    return edit_items(merger, path, base, patch)


def edit_items(merger: LayerMerger, path: list[Step], base: ListNode, patch: ListEdit) -> ListNode:
    items = list(base.items)
    for unwanted in patch.remove:
        left = [item for item in items if not same(item, unwanted)]
        if len(left) == len(items):
            message = f"`{format_path(path)}` has no such item to remove"
            merger.miss(
                unwanted.place,
                "E202",
                message,
                path,
                Note(f"the list is in {base.place.location}", base.place.location),
                base=base,
            )
        else:
            merger.matched.append((unwanted.place, format_path(path)))
        items = left
    return base._replace(items=(*patch.prepend, *items, *patch.append))


def same(one: Node, other: Node) -> bool:
    """Whether two nodes have the same content, ignoring place and spelling."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.text == other.text
    if isinstance(one, MapNode) and isinstance(other, MapNode):
        return one.items.keys() == other.items.keys() and all(
            same(one.items[key], other.items[key]) for key in one.items
        )
    if isinstance(one, ListNode) and isinstance(other, ListNode):
        return len(one.items) == len(other.items) and all(map(same, one.items, other.items))
    return False


def refuse_kind(merger: LayerMerger, path: list[Step], base: Node, patch: Patch) -> Node:
    """Report a patch of another kind than the document's node (E203), which stays.

    A node that is of the wrong kind itself is reported when types are checked (E302).
    """
    if not fits(base, path[-1]):
        return base
    there = base.place.location
    note = Note(f"it is {describe_kind(base)} in {there}", there)
    message = f"`{format_path(path)}` is {describe_kind(base)}, but this layer has {describe_kind(patch)}"
    merger.report(patch.place, "E203", message, path, note, help=f"write {describe_kind(base)}")
    return base


def make_alone(patch: PatchMapping) -> MapNode:
    """Make a document from one patch alone, without a document to merge it into."""
    made = make_whole(LayerMerger(), [first_step()], patch)
    return made if isinstance(made, MapNode) else MapNode(patch.place, {}, {})


def fits(node: Node, step: Step) -> bool:
    """Whether a node of a document is of the kind that its shape takes."""
    if step.shape is OPAQUE:
        return True
    if step.shape.type == "list":
        return isinstance(node, Keyed if step.row is not None and step.row.identity else ListNode)
    return isinstance(node, MapNode if step.shape.type in ("structure", "map") else Scalar)


def merge_layer(document: MapNode, patch: PatchMapping) -> tuple[MapNode, LayerMerger]:
    """Apply one layer's patch to a document. The merger returned holds findings, matches and misses."""
    merger = LayerMerger(find_names(document, "containerDefinitions"))
    merged = merger.apply([first_step()], document, patch)
    assert isinstance(merged, MapNode)
    return merged, merger
