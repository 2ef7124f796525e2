"""The documents of one task side by side: what stands at one spot in each environment, and what the spot is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from generator.adopt.pairing import MARK
from generator.ecs.lists import PORT_MAPPINGS, ListRow, identity_of
from generator.ecs.paths import Step, item_step, member_step
from generator.model.nodes import Value
from generator.model.records import Record

Side: TypeAlias = Mapping[str, Value]
"""What stands at a spot, by environment; those that have nothing there are absent."""

LEVELS = frozenset(("trace", "debug", "info", "notice", "warn", "warning", "error", "critical", "fatal"))
PORT = "port"


class Spot(Record):
    """A spot in a task's documents. `path` has no identity of a container in it, so that tasks can be compared.

    `name` is the name of a variable or secret, or the key or member; `kind` is what numbers must share to be the same by more than chance.
    """

    task: str
    path: tuple[str, ...]
    step: Step
    name: str = ""
    kind: str = ""
    container: str = ""
    identity: bool = False

    def enter(self, key: str) -> Spot:
        """Step into a member of a structure or an entry of a map."""
        step = member_step(self.step.shape, key)
        structure = self.step.shape.name
        item = structure in ("KeyValuePair", "Secret", "SystemControl", "ResourceRequirement", "Tag", "HostEntry")
        name = self.name if item and key in ("value", "valueFrom") else key
        kind = self.kind if item and key in ("value", "valueFrom") else PORT if key in PORTS else key
        identity = (structure, key) in IDENTITIES
        return self._replace(path=(*self.path, key), step=step, name=name, kind=kind, identity=identity)

    def enter_item(self, identity: str) -> Spot:
        """Step into an item of a list, by its identity or its number."""
        step = item_step(self.step.shape, identity)
        if step.shape.name == "ContainerDefinition":
            return self._replace(path=(*self.path, "*"), step=step, container=identity, name=identity)
        kind = PORT if "PORT" in identity.upper().split("_") else identity
        if not self.step.row or not self.step.row.identity:  # its number
            kind = PORT if self.path[-2:] == ("healthCheck", "command") else f"{self.kind}[{identity}]"
            return self._replace(path=(*self.path, identity), step=step, kind=kind)
        return self._replace(path=(*self.path, identity), step=step, name=identity, kind=kind)


PORTS = ("containerPort", "hostPort")
IDENTITIES = frozenset(
    (
        ("RegisterTaskDefinitionRequest", "family"),
        ("ContainerDefinition", "name"),
        ("Volume", "name"),
    )
)
"""What an item or the task is known by: no patch can change it."""


def identify(row: ListRow, item: Value) -> str | None:
    """Find the identity of an item, as the build does."""
    if not isinstance(item, dict):
        return None
    if row.strict:
        return str(item[MARK])
    texts = {name: spell(value) for name, value in item.items() if not isinstance(value, (dict, list))}
    return identity_of(row, texts)


def spell(value: Value) -> str:
    """Give a scalar as text, as JSON has it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def key_items(lists: Side, row: ListRow) -> dict[str, dict[str, Value]] | None:
    """Give the items of lists by their identities; None if they have none, or one is there twice."""
    keyed = {}
    for env, items in lists.items():
        named = {identify(row, item): item for item in items}
        if None in named or len(named) != len(items):
            return None
        keyed[env] = named
    return keyed  # type: ignore[return-value]  # None is no key of any


def match_ports(lists: Side, row: ListRow) -> bool:
    """Whether port mappings are the same by their place: as many everywhere, other ports, and all else alike."""
    if row.identity != PORT_MAPPINGS or len({len(items) for items in lists.values()}) != 1:
        return False
    rows = [
        [{key: value for key, value in item.items() if key not in PORTS} for item in items] for items in lists.values()
    ]
    same = [[item.get("containerPort") for item in items] for items in lists.values()]
    return len(lists) > 1 and all(each == rows[0] for each in rows) and any(each != same[0] for each in same)


def list_members(side: Side, spot: Spot) -> list[str]:
    """List the members that any environment has, in the order of an artifact."""
    keys = list(dict.fromkeys(key for value in side.values() for key in value if key != MARK))
    if spot.step.shape.type == "map":
        return sorted(keys)
    known = list(spot.step.shape.members)
    return [key for key in known if key in keys] + [key for key in keys if key not in known]


def have(side: Side, key: str) -> dict[str, Value]:
    """Give what stands under a key, where there is one."""
    return {env: value[key] for env, value in side.items() if key in value}


def are_all(side: Side, kind: type) -> bool:
    return all(isinstance(value, kind) for value in side.values())


def walk_scalars(side: Side, spot: Spot) -> Iterator[tuple[Spot, dict[str, Value]]]:
    """Walk through documents side by side, to each spot with a scalar."""
    if are_all(side, dict):
        for key in list_members(side, spot):
            yield from walk_scalars(have(side, key), spot.enter(key))
    elif are_all(side, list):
        for label, below in list_rows(side, spot):
            yield from walk_scalars(below, spot.enter_item(label))
    elif not any(isinstance(value, (dict, list)) for value in side.values()):
        yield spot, dict(side)


def list_rows(side: Side, spot: Spot) -> Iterable[tuple[str, dict[str, Value]]]:
    """List the items of lists side by side: by their identity, else by their number if there are equally many."""
    row = spot.step.row
    if row is not None and row.identity and not match_ports(side, row):
        keyed = key_items(side, row)
        if keyed is not None:
            identities = dict.fromkeys(identity for items in keyed.values() for identity in items)
            return [(identity, have(keyed, identity)) for identity in identities]
    if len({len(items) for items in side.values()}) == 1:
        count = len(next(iter(side.values())))
        return [(str(at), {env: items[at] for env, items in side.items()}) for at in range(count)]
    return ()
