"""A project that is built again and again, as its files are edited: what an edit does not touch is built once. Forgets what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.build.judging import Judge
from generator.build.layering import Plan
from generator.build.merging.directives import may_render
from generator.build.pipeline import Miss, Pair, PatchTarget, Run, make_build
from generator.build.planning import PlannedProject, find_secrets
from generator.build.rendering.uses import find_reached
from generator.build.suppressing import Suppression
from generator.documents.looks import Looks
from generator.model.findings import Location, Severity, Source
from generator.model.gathering import Report
from generator.model.nodes import MapNode
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Artifact, Build, Settings
from generator.model.records import Record
from generator.model.secrecy import Known


class Ground(Record):
    """All that one artifact comes from. Names of templates count, since an `include` may name several, or one that need not be there."""

    settings: Settings
    names: tuple[str, ...]
    templates: tuple[Source, ...]
    overlays: tuple[Source, ...]


class Part(Record):
    """What the building of one artifact gave, and the ground that it holds for."""

    ground: Ground
    reports: tuple[Report, ...]
    matched: frozenset[PatchTarget]
    misses: tuple[Miss, ...]
    document: MapNode
    artifact: Artifact
    used: frozenset[Suppression]
    told: frozenset[Location | None]


class Memory:
    """The parts of the builds before, by environment and task, and where the last of them has secrets."""

    __slots__ = ("looks", "parts")

    def __init__(self) -> None:
        self.parts: dict[Pair, Part] = {}
        self.looks = Looks()


def build_again(
    planned: PlannedProject,
    memory: Memory,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    least: Severity = "warning",
    placed: bool = True,
    judged: bool = True,
) -> Build:
    """Compute artifacts as `build_planned` does, those alone again that have other ground than in the memory, which it renews.

    Anyone who shares a memory asks for the same rules each time.
    """
    run = RememberingRun(planned, Judge(planned, least=least, active=judged), memory)
    built = make_build(run, run.build_all(environments, task, placed=placed))
    memory.parts = {pair: part for pair, part in memory.parts.items() if pair in run.merged}
    return built


class RememberingRun(Run):
    """A run that takes from a memory what has the same ground."""

    def __init__(self, planned: PlannedProject, judge: Judge, memory: Memory) -> None:
        super().__init__(planned, {}, judge)
        self.memory = memory
        self.names = tuple(planned.project.templates)

    def find_secrets(self) -> Known:
        """Find what is secret in all that was merged, looking at nodes that the build before has too only once."""
        return find_secrets(self.planned, self.documents.values(), self.memory.looks)

    def build_task(self, plan: Plan) -> Artifact | None:
        """Build one task, or take what it was built to before."""
        pair, ground = (plan.environment, plan.task), find_ground(self.planned, plan, self.names)
        part = self.memory.parts.get(pair)
        if part is not None and part.ground == ground:
            self.take(pair, part)
            return part.artifact
        self.memory.parts.pop(pair, None)
        return self.build_part(plan, ground)

    def build_part(self, plan: Plan, ground: Ground) -> Artifact | None:
        """Build one task by itself, take what came of it, and keep that if nothing is wrong."""
        pair, before = (plan.environment, plan.task), len(self.reports)
        judge = Judge(self.planned, least=self.judge.least, active=self.judge.active)
        judge.validators = self.judge.validators
        run = Run(self.planned, self.variables, judge, self.reports)
        run.shared = self.shared
        artifact = run.build_task(plan)
        if artifact is None:
            self.reports += run.reports[before:]
            self.merged |= run.merged
            self.documents |= run.documents
            self.note(run.matched, run.misses, judge.used, run.expressions.told)
            return None
        used, told = frozenset(judge.used), frozenset(run.expressions.told)
        reports, document = tuple(run.reports[before:]), run.documents[pair]
        part = Part(ground, reports, frozenset(run.matched), tuple(run.misses), document, artifact, used, told)
        self.memory.parts[pair] = part
        self.take(pair, part)
        return artifact

    def take(self, pair: Pair, part: Part) -> None:
        """Take what the building of one artifact gave."""
        self.reports += part.reports
        self.merged.add(pair)
        self.documents[pair], self.artifacts[pair] = part.document, part.artifact
        self.note(part.matched, part.misses, part.used, part.told)

    def note(
        self,
        matched: frozenset[PatchTarget] | set[PatchTarget],
        misses: Iterable[Miss],
        used: frozenset[Suppression] | set[Suppression],
        told: frozenset[Location | None] | set[Location | None],
    ) -> None:
        """Note what only the whole build can decide on."""
        self.matched |= matched
        self.misses += misses
        self.judge.used |= used
        self.expressions.told |= told


def find_ground(planned: PlannedProject, plan: Plan, names: tuple[str, ...]) -> Ground:
    """Find what an artifact comes from, of templates with these names. A patch with texts to render may include any of them."""
    project = planned.project
    if any(may_render(layer.patch) for layer in plan.layers):
        templates = tuple(project.templates.values())
    else:
        reached = find_reached(planned.templates.sources, plan.task + TASK_SUFFIX)
        templates = tuple(project.templates[name] for name in reached)
    return Ground(project.settings, names, templates, tuple(list_overlays(planned, plan)))


def list_overlays(planned: PlannedProject, plan: Plan) -> Iterator[Source]:
    """List the overlays that speak for a task in its environment, and the files of the task beside them."""
    overlays = planned.project.overlays
    for name in planned.find_chain(plan.environment).names:
        for path in (name + OVERLAY_SUFFIX, f"{name}/{plan.task}{OVERLAY_SUFFIX}"):
            if path in overlays:
                yield overlays[path]
