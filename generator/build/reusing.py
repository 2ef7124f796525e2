"""Builds only what an edit touched since the last clean run. Every other artifact is as it is committed.

Nothing that is reported can be told apart from what other artifacts say, so a build in which anything is reported has to be whole.
"""

from __future__ import annotations

from _blake2 import blake2b  # hashlib would load OpenSSL
from collections.abc import Iterable, Mapping

from generator.build.judging import Judge
from generator.build.layering import Plan
from generator.build.merging.directives import may_render
from generator.build.pipeline import Pair, Run
from generator.build.planning import PlannedProject
from generator.build.remembering import list_overlays
from generator.build.rendering.uses import find_reached
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Severity, Source
from generator.model.project import TASK_SUFFIX, Artifact, Build
from generator.model.records import Record

DIGEST = 16
"""Bytes of a digest: two texts with the same are not found by chance, and nobody gains from making two."""


class Origin(Record):
    """What a clean artifact came from: the names of the templates that it reached, a digest of all sources, and one of its bytes."""

    templates: tuple[str, ...]
    sources: bytes
    artifact: bytes


Origins = Mapping[Pair, Origin]


class Reused(Record):
    """A build without the artifacts that are `untouched`, and the origins of all that are clean, for the next build."""

    build: Build
    untouched: tuple[Plan, ...]
    origins: Origins


def build_reusing(
    planned: PlannedProject, origins: Origins, *, least: Severity = "warning", on_event: OnEvent = ignore_event
) -> Reused:
    """Build a project. An artifact whose sources are as its origin says, and whose committed bytes are too, is left out.

    The origins are those that a build with the same `least` gave. Where anything is reported, nothing is left out.
    """
    digests = Digests(planned, least)
    if origins and planned.suppressions is None:
        run = TouchingRun(planned, Judge(planned, least=least), digests, origins)
        build = run.build_all((), None)
        if not build.findings and not run.missed:
            return Reused(build, tuple(run.untouched), {**run.kept, **find_origins(run, digests)})
    whole = Run(planned, {}, Judge(planned, least=least))
    build = whole.build_all((), None, on_event=on_event)
    clean = not build.findings and planned.suppressions is None
    return Reused(build, (), find_origins(whole, digests) if clean else {})


class TouchingRun(Run):
    """A run that leaves out what has the same sources as before, and the committed bytes that came of them."""

    def __init__(self, planned: PlannedProject, judge: Judge, digests: Digests, origins: Origins) -> None:
        super().__init__(planned, {}, judge)
        self.digests = digests
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


def find_origins(run: Run, digests: Digests) -> dict[Pair, Origin]:
    """Find what the artifacts of a clean run came from, but of those in which a patch met nothing: others decide on that.

    A patch with texts to render may include any template.
    """
    planned, found = run.planned, dict[Pair, Origin]()
    reached: dict[str, tuple[str, ...]] = {}
    missing = {(report.environment, report.task) for reports in run.missed.values() for report in reports}
    for pair, artifact in run.artifacts.items():
        plan, _ = planned.plan_task(*pair)
        if plan is None or pair in missing:
            continue
        name = plan.task + TASK_SUFFIX
        if any(may_render(layer.patch) for layer in plan.layers):
            templates = tuple(planned.project.templates)
        else:
            if name not in reached:
                reached[name] = find_reached(planned.templates.sources, name)
            templates = reached[name]
        found[pair] = Origin(templates, digests.join(plan, templates), digest(artifact.text.encode()))
    return found
