"""Builds only what an edit touched since the last clean run. Every other artifact is as it is committed.

Nothing that is reported can be told apart from what other artifacts say, so a build in which anything is reported has to be whole.
"""

from __future__ import annotations

from _blake2 import blake2b  # hashlib would load OpenSSL
from collections.abc import Iterable, Sequence

from generator.build.judging import Judge
from generator.build.layering import Plan
from generator.build.merging.directives import may_render
from generator.build.parts import Origin, Origins, Part, Workers
from generator.build.pipeline import Pair
from generator.build.planning import PlannedProject
from generator.build.remembering import list_overlays
from generator.build.rendering.uses import find_reached
from generator.build.streaming import TextRun
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Severity, Source
from generator.model.project import TASK_SUFFIX, Artifact, TextBuild
from generator.model.records import Record

DIGEST = 16
"""Bytes of a digest: two texts with the same are not found by chance, and nobody gains from making two."""


class Reused(Record):
    """A build without the artifacts that are `untouched`, and the origins of all that are clean, for the next build."""

    build: TextBuild
    untouched: tuple[Plan, ...]
    origins: Origins


def build_reusing(
    planned: PlannedProject,
    origins: Origins,
    *,
    least: Severity = "warning",
    workers: Workers | None = None,
    on_event: OnEvent = ignore_event,
) -> Reused:
    """Build a project. An artifact whose sources are as its origin says, and whose committed bytes are too, is omitted.

    The origins are those that a build with the same `least` gave. Where anything is reported, nothing is omitted. A whole build is
    divided between `workers`.
    """
    digests = Digests(planned, least)
    if origins and planned.suppressions is None:
        run = TouchingRun(planned, Judge(planned, least=least), digests, origins)
        plans = run.build_all((), None)
        if not run.reports and not run.misses:
            return Reused(run.make_build(plans), tuple(run.untouched), {**run.kept, **run.found})
    whole = OriginRun(planned, Judge(planned, least=least), digests, workers)
    build = whole.build_texts((), None, on_event=on_event)
    clean = not build.findings and planned.suppressions is None
    return Reused(build, (), whole.found if clean else {})


class OriginRun(TextRun):
    """A run that finds what its artifacts came from, but of those in which a patch met nothing: others decide on that."""

    def __init__(self, planned: PlannedProject, judge: Judge, digests: Digests, workers: Workers | None = None) -> None:
        super().__init__(planned, {}, judge, workers=workers)
        self.digests = digests
        self.reached: dict[str, tuple[str, ...]] = {}
        self.found: dict[Pair, Origin] = {}
        self.seen = 0

    def finish_task(self, plans: Sequence[Plan]) -> None:
        """Find the origins of one task's artifacts while its template is there."""
        missing = {(miss.report.environment, miss.report.task) for miss in self.misses[self.seen :]}
        self.seen = len(self.misses)
        for plan in plans:
            pair = (plan.environment, plan.task)
            artifact = self.artifacts.get(pair)
            if artifact is not None and pair not in missing:
                templates = self.list_reached(plan)
                self.found[pair] = Origin(templates, self.digests.join(plan, templates), digest(artifact.data))
        super().finish_task(plans)

    def build_part(self, groups: Sequence[Sequence[Plan]]) -> Part:
        """Build some tasks in a process of its own, and find their origins."""
        return super().build_part(groups)._replace(found=self.found)

    def add_part(self, part: Part) -> None:
        """Add what was built in another process, and its origins."""
        super().add_part(part)
        self.found.update(part.found)

    def list_reached(self, plan: Plan) -> tuple[str, ...]:
        """List the templates that an artifact comes from. A patch with texts to render may include any."""
        if any(may_render(layer.patch) for layer in plan.layers):
            return tuple(self.project.templates)
        name = plan.task + TASK_SUFFIX
        if name not in self.reached:
            self.reached[name] = find_reached(self.planned.templates.sources, name)
        return self.reached[name]


class TouchingRun(OriginRun):
    """A run that omits what has the same sources as before, and the committed bytes that came of them."""

    def __init__(self, planned: PlannedProject, judge: Judge, digests: Digests, origins: Origins) -> None:
        super().__init__(planned, judge, digests)
        self.origins = origins
        self.untouched: list[Plan] = []
        self.kept: dict[Pair, Origin] = {}

    def build_task(self, plan: Plan) -> Artifact | None:
        """Build one task unless it is untouched."""
        pair = (plan.environment, plan.task)
        origin = self.origins.get(pair)
        committed = self.project.artifacts.get(f"{plan.environment}/{plan.task}.json")
        if (
            origin is not None
            and committed is not None
            and digest(committed) == origin.artifact
            and self.digests.join(plan, origin.templates) == origin.sources
        ):
            self.untouched.append(plan)
            self.kept[pair] = origin
            return None
        return super().build_task(plan)


class Digests:
    """Digests of what artifacts come from, each text digested once."""

    def __init__(self, planned: PlannedProject, least: Severity) -> None:
        self.planned = planned
        self.common = digest(repr((planned.project.settings, least, tuple(planned.project.templates))).encode())
        self.known: dict[Source, bytes] = {}

    def join(self, plan: Plan, templates: Iterable[str]) -> bytes:
        """Join the digests of the templates and overlays that an artifact comes from; empty if a template is gone."""
        known = self.planned.project.templates
        names = tuple(templates)
        if not known.keys() >= set(names):
            return b""
        sources = (*(known[name] for name in names), *list_overlays(self.planned, plan))
        return digest(self.common + b"".join([self.find(source) for source in sources]))

    def find(self, source: Source) -> bytes:
        """Find the digest of a text and its path."""
        if source not in self.known:
            self.known[source] = digest(f"{source.path}\0{source.text}".encode("utf-8", "surrogatepass"))
        return self.known[source]


def digest(data: bytes) -> bytes:
    """Digest bytes."""
    return blake2b(data, digest_size=DIGEST).digest()
