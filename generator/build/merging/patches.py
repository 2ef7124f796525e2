"""The nodes an overlay's patch is made of, directives included. None of them is a document node, so none can be serialised."""

from __future__ import annotations

from typing import Literal, TypeAlias

from generator.model.findings import Place
from generator.model.nodes import ListNode, Node, Scalar
from generator.model.records import Record


class Delete(Record):
    """`KEY: null`: take the member, entry or item away."""

    place: Place


class Replace(Record):
    """`$replace`: take what is here whole, whatever the document has."""

    place: Place
    patch: Patch


class ListEdit(Record):
    """`$remove`, `$prepend` and `$append` of a plain list, applied in that order."""

    place: Place
    remove: tuple[Node, ...]
    prepend: tuple[Node, ...]
    append: tuple[Node, ...]


class PatchMapping(Record):
    """What a patch says of a mapping's members. `keys` says where each key of `items` was written."""

    place: Place
    items: dict[str, Patch]
    keys: dict[str, Place]


class Position(Record):
    """Where a new item of a list goes: last, first, or before or after another one, which is found by its identity."""

    place: Place
    where: Literal["last", "first", "before", "after"]
    other: str = ""


class PatchItem(Record):
    """What a patch says of one item of a keyed list.

    `identity` finds it; `spelled` are the identity members that find it, which a new item gets, and `written` those that are given beside
    them. `added` is where `$add` puts a new item, None if it does not stand. `place` is the item's key or identity.
    """

    identity: str
    place: Place
    patch: PatchMapping | Replace | Delete
    spelled: dict[str, Scalar]
    written: dict[str, Scalar]
    added: Position | None


class PatchKeyed(Record):
    """What a patch says of a keyed list, list form and map form alike. `refused`: nothing, since all it said is reported."""

    place: Place
    items: tuple[PatchItem, ...]
    refused: bool = False


Patch: TypeAlias = Scalar | ListNode | PatchMapping | PatchKeyed | Delete | Replace | ListEdit
