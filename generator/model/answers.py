"""What commands were asked for, as values, where outcomes and findings do not say it all. `reports` has the words."""

from __future__ import annotations

from typing import Literal

from generator.model.comparison import Comparison
from generator.model.findings import Finding, Level
from generator.model.records import Record

Obstacle = Literal["error", "unproven", "shared", "changed"]
"""Why nothing was fixed: there is an error, artifacts might change, a file belongs to two overlays, or a file is not as it was read."""


class Mended(Record):
    """What `check --fix` did: the overlays that it rewrote, and how many overrides it left; or the obstacle, and the file that is one."""

    paths: tuple[str, ...] = ()
    left: int = 0
    obstacle: Obstacle | None = None
    path: str = ""


class Checked(Record):
    """What kept `check` from comparing all, what it fixed, and whether `render` would fix what it found."""

    broken: tuple[Finding, ...] = ()
    mended: Mended = Mended()
    mendable: bool = True


class Linted(Record):
    """The files that `lint --fix` rewrote, and those that it could not bring into the canonical form, each with the reason.

    `actions` are those that the files were taken to go through. `fixing` is that what could be fixed is.
    """

    rewritten: tuple[str, ...] = ()
    unsorted: tuple[tuple[str, str], ...] = ()
    actions: tuple[str, ...] = ()
    mending: bool = False


class Rendered(Record):
    """What `render` removed that a killed run had left behind, and whether findings withheld all that it would have written."""

    removed: tuple[str, ...] = ()
    withheld: bool = False


class Watched(Record):
    """What `render --watch` saw and did after one edit, or when it `begun`, with the `folders` that it watches then.

    `edited` are the files that changed, and `comparisons` what differs in the artifacts from those at the start; None if the project
    has rendered for the first time just now, or could not be. `standing` counts warnings that were shown before. `fixed` is that
    nothing is wrong any more.
    """

    edited: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] | None = None
    standing: int = 0
    mended: bool = False
    withheld: bool = False
    begun: bool = False
    folders: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Weight(Record):
    """How much a code weighs in a project, and in which environments something else. One that is `fixed` has the same level everywhere.

    `lint` is its level in `taskdef lint`, where that alone goes by the settings.
    """

    code: str
    level: Level
    exceptions: tuple[tuple[str, Level], ...] = ()
    fixed: bool = False
    lint: Level | None = None


class Rules(Record):
    """The rules that `rules` lists, or with `page` the one code whose page is shown."""

    weights: tuple[Weight, ...]
    page: bool = False


class SchemasWritten(Record):
    """The files that written schemas are for, each with the first line by which editors find its schema."""

    modelines: tuple[tuple[str, str], ...] = ()
