"""A short text that two task definitions share if ECS sees the same in both: what a revision is told by, long after it was registered."""

from __future__ import annotations

from hashlib import sha256
from itertools import chain, combinations
from json import dumps

from generator.documents.ordering import order_document
from generator.documents.tree import read_text
from generator.ecs.defaults import ROLES
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from generator.review.diff import leave_answered, says_nothing
from generator.review.normalizing import normalize_document

SCHEME = "2"
"""How fingerprints are made. Raise it whenever one changes, by a row of `ecs.defaults` for instance: one of another scheme says nothing."""


def make_fingerprint(document: MapNode) -> str:
    """Make the fingerprint of a task definition. Its tags are no part of it: anybody may add one to a revision."""
    kept = {name: node for name, node in document.items.items() if name != "tags"}
    normal = normalize_document(order_document(document._replace(items=kept)))
    said = dumps(spell(normal, (first_step(),)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{SCHEME}-{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


def has_fingerprint(document: MapNode, fingerprint: str) -> bool | None:
    """Whether a fingerprint is that of a registered definition; None if nobody knows, since it was made in another way.

    What was registered may have named roles without their ARNs, which ECS fills in, and no network mode.
    """
    if not fingerprint.startswith(f"{SCHEME}-"):
        return None
    roles = [role for role in sorted(ROLES) if ":role/" in read_text(document, role)]
    subsets = chain.from_iterable(combinations(roles, count) for count in range(len(roles) + 1))
    bare = leave_answered(document, document._replace(items={}))
    documents = (document,) if bare is document else (document, bare)
    shortened = (shorten_roles(each, names) for names in subsets for each in documents)
    return any(make_fingerprint(each) == fingerprint for each in shortened)


def shorten_roles(document: MapNode, roles: tuple[str, ...]) -> MapNode:
    """Name some roles as they are named without their ARNs."""
    items = dict(document.items)
    for role in roles:
        node = items[role]
        assert isinstance(node, Scalar)
        items[role] = node._replace(text=node.text.partition(":role/")[2])
    return document._replace(items=items)


def spell(node: Node, path: tuple[Step, ...]) -> object:
    """Spell a normalised value as plain JSON, without what says no more than nothing."""
    if isinstance(node, Scalar):
        bare = path[-1].label.removeprefix(".") in ROLES
        return [node.kind, node.text.removeprefix("/") if bare else node.text]
    if isinstance(node, MapNode):
        return spell_members(node, path)
    if isinstance(node, Keyed):
        row = path[-1].shape
        items = sorted(node.items, key=lambda item: item.identity)
        return [[item.identity, spell_members(item.node, (*path, item_step(row, item.identity)))] for item in items]
    assert isinstance(node, ListNode)
    return [spell(item, (*path, item_step(path[-1].shape, ""))) for item in node.items]


def spell_members(node: MapNode, path: tuple[Step, ...]) -> dict[str, object]:
    spelt = {}
    for name, child in node.items.items():
        here = (*path, member_step(path[-1].shape, name))
        if says_nothing(child, here):
            continue
        value = spell(child, here)
        if value == {} and isinstance(child, MapNode) and child.items:  # all that it has says nothing
            continue
        spelt[name] = value
    return spelt
