"""A first look at the texts of a document: which rules may find something in one. In most documents there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import filterfalse

from generator.ecs.containers import VARIABLES
from generator.ecs.placeholder_traces import any_has_traces, collect_texts, grow_tree
from generator.ecs.references import USUAL_REFERENCE
from generator.model.nodes import Value
from generator.model.records import Record
from generator.model.secrets.credentials import may_hold_credential
from generator.rules.task import Look

HINTS = (
    "PASS",
    "SECRET",
    "CRED",
    "TOKEN",
    "PWD",
    "AUTH",
    "KEY",
    "BEARER",
    "JWT",
    "PEPPER",
    "PSK",
    "MNEMONIC",
    "PHRASE",
    "WEBHOOK",
    "SEED",
    "WORT",
    "CONTRASENA",
    "PAT ",
    "PW ",
)
"""Every name of a variable that says that its value is a secret has one of these, in capitals and with a blank behind it."""

ROOM = 1_000_000
"""Characters of texts that are kept, so that many documents need little more memory than one."""

IN_ITEMS = (
    "containerDefinitions[].environment[].value",
    "containerDefinitions[].secrets[].valueFrom",
    "containerDefinitions[].logConfiguration.secretOptions[].valueFrom",
)
"""Members of variables and secrets, whose texts are collected with the names beside them."""

COST = 50
"""Characters that a text costs beside its own."""


class Kept:
    """Texts in which a search finds nothing. They are kept while there is room; then it begins again."""

    def __init__(self, search: Callable[[set[str]], bool]) -> None:
        self.search = search
        self.texts: set[str] = set()
        self.room = ROOM

    def may_find(self, texts: Iterable[str]) -> bool:
        """Report whether the search may find something in one of these texts. Only new texts are searched."""
        new = set(filterfalse(self.texts.__contains__, texts))
        if not new:
            return False
        if self.search(new):
            return True
        self.add(new)
        return False

    def add(self, new: set[str]) -> None:
        """Keep new texts."""
        size = sum(map(len, new)) + COST * len(new)
        if size > self.room:
            self.texts, self.room = set(), ROOM
        if size <= self.room:
            self.texts |= new
            self.room -= size


class Items(Record):
    """The texts in the variables and secrets of all containers. They are `crowded` if a container has a name twice, or too many."""

    variables: list[str]
    values: list[str]
    names: list[str]
    references: list[str]
    crowded: bool


class Looks:
    """Looks at many documents. Texts with nothing in them are kept: documents of a project have most in common."""

    def __init__(self) -> None:
        self.tree = grow_tree(leave=IN_ITEMS)
        self.texts = Kept(any_has_traces)
        self.ids = Kept(lambda ids: any_has_traces((), ids))
        self.values = Kept(lambda values: may_hold_credential("\n".join(values)))
        self.hints = Kept(may_hint)
        self.names = Kept(lambda names: not are_plain(names))
        self.references = Kept(lambda references: not all(map(USUAL_REFERENCE.fullmatch, references)))

    def look(self, document: Value) -> Look:
        """Look at a document that has the right shape."""
        items = collect_items(document.get("containerDefinitions", ()))
        texts = [*items.values, *items.references]
        ids: list[str] = []
        collect_texts(document, self.tree, texts, ids)
        return Look(
            self.texts.may_find(texts) or (bool(ids) and self.ids.may_find(ids)),
            self.values.may_find(items.values),
            self.hints.may_find(items.variables),
            items.crowded or self.names.may_find(items.names),
            self.references.may_find(items.references),
        )


def collect_items(containers: Iterable[Value]) -> Items:
    """Collect the texts of variables and secrets. One that is absent is an empty text."""
    items = Items([], [], [], [], crowded=False)
    variables, values, names, references, crowded = items
    for container in containers:
        own: list[str] = []
        if "environment" in container:
            own = [item.get("name", "") for item in container["environment"]]
            variables += own
            values += [item.get("value", "") for item in container["environment"]]
        if "secrets" in container:
            own = own + [item.get("name", "") for item in container["secrets"]]
            references += [item.get("valueFrom", "") for item in container["secrets"]]
        if "logConfiguration" in container and "secretOptions" in container["logConfiguration"]:
            references += [item.get("valueFrom", "") for item in container["logConfiguration"]["secretOptions"]]
        crowded = crowded or not len(frozenset(own)) == len(own) <= VARIABLES
        names += own
    return items._replace(crowded=crowded) if crowded else items


def may_hint(names: Collection[str]) -> bool:
    """Whether one of several names may say that its value is a secret."""
    if not names:
        return False
    together = " ".join([f"{name} " for name in names]).upper()
    return any([hint in together for hint in HINTS])  # noqa: C419 - faster than a generator


def are_plain(names: Collection[str]) -> bool:
    """Report whether every shell can read all of some names: they have letters, digits and `_`, and begin with no digit."""
    if not names:
        return True
    whole = "".join(names)
    return whole.isascii() and whole.isidentifier() and min(names) >= "A"  # digits come before, and an empty name
