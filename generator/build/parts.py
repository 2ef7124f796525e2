"""What processes that build one project together send each other. Builds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from typing import TYPE_CHECKING

from generator.build.pipeline import Miss, Pair, PatchTarget
from generator.model.findings import Location
from generator.model.gathering import Report
from generator.model.project import ArtifactText
from generator.model.records import Record

if TYPE_CHECKING:
    from generator.build.suppressing import Suppression


class Origin(Record):
    """What a clean artifact came from: the names of the templates that it reached, a digest of all sources, and one of its bytes."""

    templates: tuple[str, ...]
    sources: bytes
    artifact: bytes


Origins = Mapping[Pair, Origin]


class Part(Record):
    """What the build of some tasks adds to a run, as another process sends it. `told` and `used` are those of its expressions and judge."""

    texts: Mapping[Pair, ArtifactText]
    reports: Sequence[Report]
    misses: Sequence[Miss]
    matched: AbstractSet[PatchTarget]
    merged: AbstractSet[Pair]
    told: AbstractSet[Location | None]
    used: AbstractSet[Suppression]
    found: Mapping[Pair, Origin]


class Workers(Record):
    """How many `jobs` a build is divided into, and what runs them.

    `run` starts a process for each of some functions, calls another one here meanwhile, and returns what those in processes returned.
    """

    jobs: int
    run: Callable[[Sequence[Callable[[], Part]], Callable[[], None]], Sequence[Part]]
