"""What of one task goes into the template and what into each overlay. Chooses no variable: those there are stand in the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from generator.adopt.expressions import Vocabulary
from generator.adopt.patches import (
    escape_key,
    patch_item,
    patch_key,
    patch_list,
    patch_value,
    raw_value,
    shorten,
    spells,
)
from generator.adopt.spots import (
    Side,
    Spot,
    are_all,
    have,
    key_items,
    list_members,
    match_ports,
)
from generator.adopt.trees import express_tree
from generator.ecs.lists import UNIONS, ListRow, identity_members, order_key
from generator.model.nodes import Value
from generator.model.records import Record

ABSENT: Value = object()
"""Stands for what the template does not have."""

NAMED_ONCE = UNIONS["ContainerDefinition"].members
REFERENCES = ("containerName", "sourceContainer", "sourceVolume")


class Factored(Record):
    """What of a value stands in the template, ABSENT where nothing does, and the patch of each environment that needs one."""

    template: Value
    patches: dict[str, Value]


class Factorer:
    """Factors the documents of one task. `loose` are containers and volumes that overlays add: so do they what names them."""

    def __init__(self, vocabulary: Vocabulary, task: str) -> None:
        self.vocabulary = vocabulary
        self.task = task
        self.loose: set[str] = set()
        self.split: dict[str, set[str]] = {}

    def factor(self, side: Side, spot: Spot) -> Factored:
        """Factor what stands at a spot, in all environments that have it."""
        if are_all(side, dict):
            return self.factor_members(side, spot)
        if are_all(side, list):
            return self.factor_list(side, spot)
        if any(isinstance(value, (dict, list)) for value in side.values()):
            return patch_all(side, spot)
        expression = self.vocabulary.express(spot, side)
        return Factored(expression, {}) if expression is not None else self.prefer_most(side, spot)

    def prefer_most(self, side: Side, spot: Spot) -> Factored:
        """Put the value of more than half of three or more environments into the template, and the others into patches."""
        alike = find_most(side)
        if not alike:
            return patch_all(side, spot)
        template = express_tree(self.vocabulary, {env: side[env] for env in alike}, spot)
        if template is None:
            return patch_all(side, spot)
        rest = {env: value for env, value in side.items() if env not in alike}
        return Factored(template, patch_all(rest, spot).patches)

    def factor_part(self, side: Side, spot: Spot, scope: Iterable[str]) -> Factored:
        """Factor what only some environments may have: by more than half in the template, else in patches."""
        lacking = [env for env in scope if env not in side]
        if not lacking:
            return self.factor(side, spot)
        if len(side) <= len(lacking):
            return patch_all(side, spot)
        found = self.factor(side, spot)
        if found.template is ABSENT:
            return found
        return Factored(found.template, {**found.patches, **dict.fromkeys(lacking)})

    def factor_members(self, side: Side, spot: Spot) -> Factored:
        """Factor a mapping, member by member."""
        union = UNIONS.get(spot.step.shape.name)
        if union is not None and union.kind == "switch":
            kinds = {env: value.get(union.members[0]) for env, value in side.items()}
            alike = find_most(kinds, least=2)
            if len(alike) < len(side) and len({*map(str, kinds.values())}) > 1:
                return self.factor_kinds(side, spot, alike)
        if spot.step.shape.name == "ContainerDefinition":
            names = [{env: find_names(value, member) for env, value in side.items()} for member in NAMED_ONCE]
            one, other = (set().union(*each.values()) for each in names)
            self.split[spot.container] = one & other
        template: dict[str, Value] = {}
        patches: dict[str, dict[str, Value]] = {env: {} for env in side}
        for key in list_members(side, spot):
            found = self.factor_part(have(side, key), spot.enter(key), side)
            if found.template is not ABSENT:
                template[key] = found.template
            for env, patch in found.patches.items():
                patches[env][escape_key(key)] = patch
        if union is not None and union.kind == "one member":
            patches = {env: drop_displaced(patch, union.members) for env, patch in patches.items()}
        made = {env: patch for env, patch in patches.items() if patch}
        return Factored(template if template or len(made) < len(side) else ABSENT, made)

    def factor_kinds(self, side: Side, spot: Spot, alike: tuple[str, ...]) -> Factored:
        """Factor structures of different kinds: that of more than half into the template, any other whole into its patch."""
        if not alike:
            return patch_all(side, spot)
        rest = {env: value for env, value in side.items() if env not in alike}
        found = self.factor({env: side[env] for env in alike}, spot)
        return Factored(found.template, {**found.patches, **patch_all(rest, spot).patches})

    def factor_list(self, side: Side, spot: Spot) -> Factored:
        """Factor a list: item by item where they have identities, or where every item can be expressed, else whole."""
        row = spot.step.row
        if row is not None and row.identity:
            if match_ports(side, row):
                together = express_tree(self.vocabulary, side, spot)
                if together is not None:
                    return Factored(together, {})
            filled = {env: value for env, value in side.items() if value}
            keyed = key_items(filled, row)
            if filled and keyed is not None and are_regular(keyed, row):
                found = self.factor_items(keyed, spot, row)
                return Factored(found.template, {**found.patches, **replace_all(side, set(side) - set(filled))})
        together = express_tree(self.vocabulary, side, spot)
        if together is not None:
            return Factored(together, {})
        found = self.prefer_most(side, spot)
        named = row is not None and row.identity and found.template is not ABSENT
        return Factored(found.template, replace_all(side, found.patches)) if named else found

    def factor_items(self, keyed: Mapping[str, Mapping[str, Value]], spot: Spot, row: ListRow) -> Factored:
        """Factor a list by the identities of its items."""
        order = list(dict.fromkeys(identity for items in keyed.values() for identity in items))
        if row.order == "kept":
            order = order_items([list(items) for items in keyed.values()]) or order
        else:
            order.sort(key=lambda identity: order_key(row, identity))
        template: list[Value] = []
        patches: dict[str, dict[str, Value]] = {env: {} for env in keyed}
        placed: list[str] = []
        for identity in order:
            items = have(keyed, identity)
            found = self.factor_item(items, spot.enter_item(identity), row, keyed, identity)
            if found.template is not ABSENT:
                template.append(found.template)
                placed.append(identity)
            for env, patch in found.patches.items():
                item = items.get(env) or next(iter(items.values()))
                patches[env][patch_key(row, item)] = patch
        made = {env: patch for env, patch in patches.items() if patch}
        if row.order == "kept" and not row.strict:
            made = keep_order(made, keyed, placed, spot)
        return Factored(template or ABSENT, made)

    def factor_item(self, items: Side, spot: Spot, row: ListRow, scope: Iterable[str], identity: str) -> Factored:
        """Factor one item of a list."""
        refers = next((item[name] for item in items.values() for name in REFERENCES if name in item), None)
        split = spot.step.shape.name in ("KeyValuePair", "Secret") and identity in self.split.get(spot.container, ())
        found = self.factor_part(items, spot, scope)
        whole = [env for env in items if env in found.patches]
        bare = found.template is ABSENT or set(found.template) <= {*row.identity}
        if (bare and whole) or refers in self.loose or split:
            return Factored(ABSENT, {env: patch_item(item, spot, row) for env, item in items.items()})
        return Factored(
            found.template,
            {env: shorten(patch, row) if patch is not None else None for env, patch in found.patches.items()},
        )


def are_regular(keyed: Mapping[str, Mapping[str, Value]], row: ListRow) -> bool:
    """Whether items of one identity spell it with the same members everywhere, and a key of an overlay can."""
    spelled: dict[str, set[str]] = {}
    for items in keyed.values():
        for identity, item in items.items():
            members = {name for name in identity_members(row, item) if name in item}
            if spelled.setdefault(identity, members) != members or not spells(row, item):
                return False
    return row.order != "kept" or row.strict or order_items([list(items) for items in keyed.values()]) is not None


def keep_order(
    made: dict[str, Value], keyed: Mapping[str, Mapping[str, Value]], placed: list[str], spot: Spot
) -> dict[str, Value]:
    """Give a list whole to an environment whose additions, which go last, would stand elsewhere than in its file."""
    for env, items in keyed.items():
        got = [identity for identity in placed if identity in items]
        got += [identity for identity in items if identity not in placed]
        if got != list(items):
            made[env] = {"$replace": [raw_value(item) for item in items.values()]}
    return made


def patch_all(side: Side, spot: Spot) -> Factored:
    """Put a value into the patch of each environment, and nothing into the template."""
    if are_all(side, list):
        return Factored(ABSENT, {env: patch_list(value, spot) for env, value in side.items()})
    return Factored(ABSENT, {env: patch_value(value, spot) for env, value in side.items()})


def replace_all(side: Side, envs: Iterable[str]) -> dict[str, Value]:
    """Write lists whole for environments that take nothing of the template's."""
    return {env: {"$replace": [raw_value(item) for item in side[env]]} for env in envs}


def find_most(side: Side, *, least: int = 3) -> tuple[str, ...]:
    """Find the environments with one value that are more than half of at least so many."""
    groups: dict[str, list[str]] = {}
    for env, value in side.items():
        groups.setdefault(json.dumps(value, sort_keys=True), []).append(env)
    most = max(groups.values(), key=len)
    return tuple(most) if len(side) >= least and 2 * len(most) > len(side) else ()


def find_names(container: Value, member: str) -> set[str]:
    """Find the names that a list of variables or secrets has."""
    return {str(item.get("name")) for item in container.get(member, ())}


def drop_displaced(patch: dict[str, Value], members: tuple[str, ...]) -> dict[str, Value]:
    """Omit deletions of members that another one in the same patch displaces."""
    sets = (
        name for name, value in patch.items() if value is not None and (name, value) != ("configuredAtLaunch", False)
    )
    if not any(name in members for name in sets):
        return patch
    return {name: value for name, value in patch.items() if name not in members or value is not None}


def order_items(orders: Sequence[Sequence[str]]) -> list[str] | None:
    """Find one order in which all lists have their items; None if they disagree."""
    after: dict[str, dict[str, None]] = {identity: {} for order in orders for identity in order}
    waiting = dict.fromkeys(after, 0)
    for order in orders:
        for one, other in pairwise(order):
            if other not in after[one]:
                after[one][other] = None
                waiting[other] += 1
    ready = dict.fromkeys(identity for identity, count in waiting.items() if not count)
    made: list[str] = []
    while ready:
        following = after[made[-1]] if made else {}
        identity = next((each for each in following if each in ready), None) or next(iter(ready))
        del ready[identity]
        made.append(identity)
        for other in after[identity]:
            waiting[other] -= 1
            if not waiting[other]:
                ready[other] = None
    return made if len(made) == len(after) else None
