"""A first look at the texts of a document: whether a placeholder or a credential may be in one. In most there is neither."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator.ecs.placeholder_traces import any_has_traces, collect_texts, grow_tree
from generator.model.nodes import Value
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

COST = 50
"""Characters that a text costs beside its own."""


class Kept:
    """Texts that are kept while there is room; then it begins anew."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.room = ROOM

    def leave(self, texts: Iterable[str]) -> set[str]:
        """Leave of some texts those that are new."""
        return {*texts} - self.texts

    def add(self, new: set[str]) -> None:
        """Keep what is new."""
        if not new:
            return
        size = sum(map(len, new)) + COST * len(new)
        if size > self.room:
            self.texts, self.room = set(), ROOM
        if size <= self.room:
            self.texts |= new
            self.room -= size


class Looks:
    """Looks at many documents. Texts with nothing in them are kept: documents of a project have most in common."""

    def __init__(self) -> None:
        self.texts = Kept()
        self.ids = Kept()
        self.values = Kept()
        self.names = Kept()

    def look(self, document: Value) -> Look:
        """Look at a document that has the right shape."""
        given: list[str] = []
        ids: list[str] = []
        collect_texts(document, grow_tree(), given, ids)
        variables = [item for each in document.get("containerDefinitions", ()) for item in each.get("environment", ())]
        texts, new_ids = self.texts.leave(given), self.ids.leave(ids)
        names = self.names.leave([item.get("name", "") for item in variables])
        values = self.values.leave([item.get("value", "") for item in variables])
        look = Look(any_has_traces(texts, new_ids), may_hold_credential("\n".join(values)), may_hint(names))
        if not look.placeholders:
            self.texts.add(texts)
            self.ids.add(new_ids)
        if not look.credentials:
            self.values.add(values)
        if not look.hints:
            self.names.add(names)
        return look


def may_hint(names: Collection[str]) -> bool:
    """Whether one of several names may say that its value is a secret."""
    if not names:
        return False
    together = " ".join([f"{name} " for name in names]).upper()
    return any([hint in together for hint in HINTS])  # noqa: C419 - faster than a generator
