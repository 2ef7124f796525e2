"""Which things of two task definitions are the same but for a word of their environment, such as `web-dev` and `web-prod`.

Pairs only what nothing else can be meant by. Finds no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.build.merging.references import OF_CONTAINERS
from generator.documents.tree import read_text
from generator.ecs.lists import ListRow
from generator.ecs.mentions import ENVIRONMENT_WORDS
from generator.model.nodes import Item, Keyed, MapNode
from generator.model.records import Record

WORD = re.compile(r"(?:(?:[Pp]re|[Nn]on|PRE|NON)[-_.]?)?(?:[A-Z]+(?![a-z])|[A-Z]?[a-z]+)|\d+")
"""A word of a name, at the joints of `web-prod`, `webProd` and `WEB_PROD`; what is before the environment goes with its word."""

JOINTS = re.compile(r"[-_.]")
PLACE = "\0"
"""Stands in a name where a word of the environment does."""

NAMED = ("containerDefinitions", "volumes")
"""The lists whose items others refer to."""


class Wording(Record):
    """The words of each side's environment, beside those that any environment goes by."""

    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


def find_wording(names: Iterable[tuple[str, str]]) -> Wording:
    """Find the words in which the names of two sides differ: of their families, files and environments."""
    found: list[tuple[str, str]] = []
    for pair in names:
        left, right = ([word.lower() for word in WORD.findall(name)] for name in pair)
        if len(left) == len(right) and set(left) & set(right):
            found += [words for words in zip(left, right, strict=True) if words[0] != words[1]]
    return Wording(frozenset(left for left, _ in found), frozenset(right for _, right in found))


def pair_names(lefts: Sequence[str], rights: Sequence[str], wording: Wording) -> dict[str, str]:
    """Pair the names of the right side that the left does not have, each with the one that it is there.

    A pair is the only one of its kind: no other name of either side is the same but for such a word.
    """
    here, there = (index_names(names, words) for names, words in ((lefts, wording.left), (rights, wording.right)))
    pairs = {there[key]: left for key, left in here.items() if key in there and left is not None}
    return {
        right: left
        for right, left in pairs.items()
        if right is not None and left != right and right not in lefts and left not in rights
    }


def index_names(names: Iterable[str], words: frozenset[str]) -> dict[str, str | None]:
    """Index names by what is left without words of an environment; None stands for several."""
    keys = [(replace_words(name, words), name) for name in names]
    count = Counter(key for key, _ in keys)
    return {key: name if count[key] == 1 else None for key, name in keys if PLACE in key}


def replace_words(name: str, words: frozenset[str]) -> str:
    """Replace the words of an environment in a name."""

    def replace(match: re.Match[str]) -> str:
        word = JOINTS.sub("", match[0]).lower()
        return PLACE if word in ENVIRONMENT_WORDS or word in words else match[0]

    return WORD.sub(replace, name)


def is_pairable(row: ListRow) -> bool:
    """Whether items of a list may be paired by themselves: containers and volumes are by then, and with them what refers to one."""
    return row.path not in NAMED and row.identity[:1] not in [(name,) for name in OF_CONTAINERS]


class Paired(Record):
    """A document whose containers and volumes are called as those of another one; `own` has their own paths by the ones they are given."""

    document: MapNode
    own: Mapping[str, str]


def pair_document(document: MapNode, model: MapNode, wording: Wording) -> Paired:
    """Call the containers and volumes of a document as those are called that they are in a model, on its left."""
    items = dict(document.items)
    own: dict[str, str] = {}
    for member in NAMED:
        mine, other = items.get(member), model.items.get(member)
        if not isinstance(mine, Keyed) or not isinstance(other, Keyed):
            continue
        known = {item.identity for item in mine.items} & {item.identity for item in other.items}
        lefts, rights = ([name_item(each) for each in keyed.items] for keyed in (other, mine))
        identities = {name_item(each): each.identity for each in other.items}
        pairs = {
            right: identities[left]
            for right, left in pair_names(lefts, rights, wording).items()
            if identities[left] not in known
        }
        renamed = [Item(call_item(item, pairs, known), item.node) for item in mine.items]
        own |= {
            f"{member}[{new.identity}]": f"{member}[{old.identity}]"
            for new, old in zip(renamed, mine.items, strict=True)
            if new.identity != old.identity
        }
        items[member] = mine._replace(items=tuple(renamed))
    return Paired(document._replace(items=items) if own else document, own)


def call_item(item: Item, pairs: Mapping[str, str], known: set[str]) -> str:
    """Report what an item is called: as its pair, unless both sides know it already."""
    return item.identity if item.identity in known else pairs.get(name_item(item), item.identity)


def name_item(item: Item) -> str:
    return read_text(item.node, "name") or item.identity
