"""What there is to tell of a value: where it was written, and each step on its way into the artifact. Secrets are masked already."""

from __future__ import annotations

from typing import Literal

from generator.model.findings import Excerpt, Location
from generator.model.records import Record

Kind = Literal[
    "template", "loop", "condition", "macro", "call", "include", "set", "variable",
    "add", "change", "keep", "delete", "replace", "drop", "convert",
]  # fmt: skip
"""What happens in a step. `template` to `variable` are of templates, `keep` gives the same value again, `drop` is a union's other side."""


class Step(Record):
    """One step on a value's way, in words and values. `inner` are the tags and variables that a template's line takes."""

    kind: Kind
    message: str
    location: Location | None = None
    excerpt: Excerpt | None = None
    before: str | None = None
    after: str | None = None
    name: str = ""
    inner: tuple[Step, ...] = ()


class Origin(Record):
    """One value of an artifact and where it comes from; `value` is None if a layer took it away.

    `location` is where the value was written; `variables` are those that the template takes there, each with where it was set last.
    """

    path: str
    value: str | None
    location: Location | None
    variables: tuple[tuple[str, Location], ...] = ()
    steps: tuple[Step, ...] = ()


class Setting(Record):
    """One variable: its value, each layer that set it, lowest first, and the lines of templates that take it."""

    name: str
    value: str
    steps: tuple[Step, ...]
    uses: tuple[Step, ...]


class Explanation(Record):
    """What was asked about one artifact. `chains` is that the steps of each value were asked for."""

    environment: str
    task: str
    artifact: str
    origins: tuple[Origin, ...] = ()
    settings: tuple[Setting, ...] | None = None
    chains: bool = False
