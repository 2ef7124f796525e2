"""Containers and volumes: which the template has, which overlays add and where, and lists whose order environments disagree on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from generator.adopt.factoring import ABSENT, Factored, Factorer, order_items
from generator.adopt.pairing import MARK
from generator.adopt.patches import escape_key, patch_item, patch_key, raw_value
from generator.adopt.spots import Spot, have
from generator.model.nodes import Value
from generator.model.records import Record

Lists = Mapping[str, Mapping[str, Value]]
"""The items of a list by environment and identity."""


class Placed(Record):
    """A list that is factored, and the environments that take theirs whole, since they have another order."""

    factored: Factored
    odd: tuple[str, ...]


def place_items(
    factorer: Factorer,
    lists: Mapping[str, list[Value]],
    spot: Spot,
    files: Mapping[str, list[Value]],
    count: int,
    whole: Collection[str] = (),
) -> Placed:
    """Factor the containers or volumes of a task in so many environments.

    `files` are the lists as the files have them, for environments with another order, and for those that take theirs `whole` anyway.
    """
    keyed = {env: {item[MARK]: item for item in items} for env, items in lists.items()}
    odd, order = settle_order({env: list(items) for env, items in keyed.items() if env not in whole})
    odd = tuple(sorted({*odd, *whole}))
    even: Lists = {env: items for env, items in keyed.items() if env not in odd}
    placed = choose_placed(factorer, even, spot, order, count - len(odd))
    factorer.loose |= {identity for identity in order if identity not in placed}
    template: list[Value] = []
    patches: dict[str, dict[str, Value]] = {env: {} for env in even}
    for identity in order:
        items = have(even, identity)
        if identity in placed:
            found = place_item(factorer, items, spot.enter_item(identity), identity, even)
            template.append(found.template)
            for env, patch in found.patches.items():
                patches[env][escape_key(identity)] = patch
            continue
        for env, item in items.items():
            key, added = add_item(item, spot.enter_item(identity), spot, find_position(identity, [*even[env]], placed))
            patches[env][key] = added
    made: dict[str, Value] = {env: patch for env, patch in patches.items() if patch}
    made |= {env: {"$replace": [raw_value(item) for item in files[env]]} for env in odd}
    return Placed(Factored(template or ABSENT, made), odd)


def choose_placed(factorer: Factorer, lists: Lists, spot: Spot, order: list[str], count: int) -> list[str]:
    """Choose the items of the template: those of more than half of so many environments, and those that stand before one of these."""
    most = [identity for identity in order if 2 * len(have(lists, identity)) > count]
    placed = [identity for identity in order if identity in most or stands_before(identity, most, lists)]
    return [identity for identity in placed if can_place(factorer, have(lists, identity), spot, identity, count)]


def place_item(
    factorer: Factorer, items: Mapping[str, Value], spot: Spot, identity: str, scope: Iterable[str]
) -> Factored:
    """Factor an item of the template; it is deleted where it is not wanted, and says its identity if that is no name."""
    found = factorer.factor(items, spot)
    named = {MARK: identity} if any(item["name"] != identity for item in items.values()) else {}
    lacking = (env for env in scope if env not in items)
    return Factored({**named, **found.template}, {**found.patches, **dict.fromkeys(lacking)})


def add_item(item: Value, spot: Spot, above: Spot, position: Value) -> tuple[str, Value]:
    """Write an item that an overlay adds at a position: its key, and what stands there."""
    row = above.step.row
    assert row is not None
    return patch_key(row, item), {**patch_item(item, spot, row), "$add": position}


def settle_order(orders: Mapping[str, list[str]]) -> tuple[tuple[str, ...], list[str]]:
    """Settle on the order of most environments; give those that have another one, and the order."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for env, order in orders.items():
        alike.setdefault(tuple(order), []).append(env)
    taken: list[list[str]] = []
    odd: list[str] = []
    for listed, envs in sorted(alike.items(), key=lambda pair: (-len(pair[1]), pair[1])):
        if order_items([*taken, list(listed)]) is None:
            odd += envs
        else:
            taken.append(list(listed))
    return tuple(sorted(odd)), order_items(taken) or []


def stands_before(identity: str, placed: list[str], lists: Lists) -> bool:
    """Whether an item stands before one of the template in any environment: what is added goes last."""
    for items in lists.values():
        order = list(items)
        if identity in items and any(other in placed for other in order[order.index(identity) + 1 :]):
            return True
    return False


def can_place(factorer: Factorer, items: Mapping[str, Value], spot: Spot, identity: str, count: int) -> bool:
    """Whether an item that not all environments have can stand in the template without a value that one would have to make up."""
    here = spot.enter_item(identity)
    if factorer.vocabulary.express(here.enter("name"), {env: item["name"] for env, item in items.items()}) is None:
        return False
    if len(items) == count:
        return True
    if spot.step.shape.member == "Volume":
        return not factorer.factor(items, here).patches
    images = have(items, "image")
    return len(images) == len(items) and factorer.vocabulary.express(here.enter("image"), images) is not None


def find_position(identity: str, order: list[str], placed: list[str]) -> Value:
    """Find where an item is added: last, else before the next one that the template has."""
    behind = [other for other in order[order.index(identity) + 1 :] if other in placed]
    return {"before": behind[0]} if behind else True
