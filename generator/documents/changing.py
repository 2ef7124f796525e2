"""What a help says to write, as edits of the source; none where nobody wrote that literally. Decides on no change itself."""

from __future__ import annotations

import json

from generator.model.findings import Change, Edit, Path, Place
from generator.model.nodes import Keyed, ListNode, MapNode, Node
from generator.model.patterns import Pattern

TAG = Pattern(r"\{[{%#]")
ANCHOR = Pattern(r"[&*!][^\s,\[\]{}]*[ \t\n]+\Z")
"""What YAML has before a value that other places share, or that has a type of its own."""

DASH = Pattern(r" *- +")
"""What stands before an item of YAML that has its own line."""

FAR = 200
"""So many characters before a value are looked at."""

NOT_PLAIN = "&*!|>%@`{["
"""How a value of YAML begins that is no scalar on one line."""

YAML = (".yaml", ".yml")


def make_edits(change: Change | None, place: Place) -> tuple[Edit, ...]:
    """Make the edits of a change of what is at a place: the key for `rename`, else the value."""
    if change is None or change.kind == "remove" or not is_literal(place):
        return ()
    written = place.source.text[place.start : place.end]
    if change.kind == "quote":
        return () if written[:1] in "\"'" else (Edit(place, f'"{written}"'),)
    if TAG.search(change.text):
        return ()
    if change.kind == "before":
        return add_before(change.text, place)
    if change.kind == "write":
        return (Edit(place, change.text),)
    bare = change.kind == "rename" and is_yaml(place) and written[:1] not in "\"'"
    return (Edit(place, change.text if bare else json.dumps(change.text, ensure_ascii=False)),)


def add_before(text: str, place: Place) -> tuple[Edit, ...]:
    """Make the edit that adds an item before another, on a line of its own where that has one; none in a list of another form."""
    source, start, _ = place
    here = Place(source, start, start)
    before = source.text[max(source.text.rfind("\n", 0, start) + 1, start - FAR) : start]
    if is_yaml(place) and DASH.fullmatch(before):
        return (Edit(here, f"{text}\n{before}"),)
    if is_yaml(place) and before.rstrip()[-1:] not in ("[", ","):
        return ()
    gap = " " if before.strip() or is_yaml(place) else f"\n{before}"
    return (Edit(here, f"{json.dumps(text)},{gap}"),)


def is_yaml(place: Place) -> bool:
    """Whether a place is in an overlay."""
    return place.source.path.endswith(YAML)


def is_literal(place: Place) -> bool:
    """Whether a place has one scalar or key as it is written, and nothing that is computed or shared."""
    source, start, end = place
    written = source.text[start:end]
    if not written or "\n" in written or TAG.search(written):
        return False
    if is_yaml(place):
        return written[0] not in NOT_PLAIN and not ANCHOR.compiled.search(source.text, max(start - 200, 0), start)
    try:
        return not isinstance(json.loads(written), dict | list)
    except ValueError:
        return False


def remove_member(document: Node, path: Path) -> tuple[Edit, ...]:
    """Make the edits that remove a member of a JSON text; none where its mapping is not written as one."""
    *above, name = path
    node: Node | None = document
    for part in above:
        node = take_child(node, part)
    if not isinstance(node, MapNode) or name not in node.items or is_yaml(node.place):
        return ()
    source, start, end = node.place
    spans = [*node.keys.values(), *(item.place for item in node.items.values())]
    if any(each.source is not source or not start < each.start <= each.end < end for each in spans):
        return ()
    from generator.documents.editing import remove_members  # only if something is removed

    edits = remove_members(node, (str(name),)) or ()
    first, last = node.keys[str(name)].start, node.items[str(name)].place.end
    around = (source.text[edit.place.start : first] + source.text[last : edit.place.end] for edit in edits)
    return () if any(map(TAG.search, around)) else edits


def take_child(node: Node | None, part: str | int) -> Node | None:
    """Take a member or an item of a node; None if there is none."""
    if isinstance(part, str):
        return node.items.get(part) if isinstance(node, MapNode) else None
    if isinstance(node, Keyed):
        return node.items[part].node if part < len(node.items) else None
    return node.items[part] if isinstance(node, ListNode) and part < len(node.items) else None
