"""Builds of which only the bytes of artifacts are kept: all else goes as soon as a task is done, so that memory hardly grows with tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from generator.build.judging import Judge
from generator.build.layering import Plan
from generator.build.pipeline import Pair, Run, list_paths, select_right
from generator.build.planning import PlannedProject, make_path
from generator.documents.sharing import Shared
from generator.model.events import ArtifactDone, OnEvent, ignore_event
from generator.model.findings import Severity
from generator.model.nodes import Value
from generator.model.project import TASK_SUFFIX, Artifact, ArtifactText, TextBuild
from generator.model.secrecy import Known

if TYPE_CHECKING:
    from generator.build.parts import Part, Workers

MOST_KEPT = 100
"""Artifacts of which documents are kept: who reports something asks what is secret in them. Those of more are made again for that."""


Look = Callable[[Run, Sequence[Plan]], None]
"""Looks at one task that was built."""


def build_texts(
    planned: PlannedProject,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    variables: Mapping[str, Value] | None = None,
    least: Severity = "warning",
    look: Look | None = None,
    workers: Workers | None = None,
    on_event: OnEvent = ignore_event,
) -> TextBuild:
    """Compute the bytes of artifacts: `build_planned` gives the same, and documents besides.

    `look` is called with the plans of each task once it is built in all environments. It finds the stages and artifacts in the run.
    `workers` divide the tasks of a large project between them, and give the same.
    """
    run = TextRun(planned, variables or {}, Judge(planned, least=least), look, workers=workers)
    return run.build_texts(environments, task, on_event=on_event)


class TextRun(Run):
    """A run that keeps documents and parsed templates only if there are few."""

    def __init__(
        self,
        planned: PlannedProject,
        variables: Mapping[str, Value],
        judge: Judge,
        look: Look | None = None,
        most: int = MOST_KEPT,
        workers: Workers | None = None,
    ) -> None:
        super().__init__(planned, variables, judge)
        self.look = look
        self.stages = None if look is None else {}
        self.most = most
        self.workers = workers
        self.texts: dict[Pair, ArtifactText] = {}

    def build_texts(
        self, environments: Sequence[str], task: str | None, *, on_event: OnEvent = ignore_event
    ) -> TextBuild:
        """Build every task of every environment, or of those asked for."""
        return self.make_build(self.build_all(environments, task, on_event=on_event))

    def make_build(self, plans: Sequence[Plan]) -> TextBuild:
        """Make the build of what was built."""
        right = select_right(plans, self.texts, self.reports)
        return TextBuild(right, self.gather_findings(), list_paths(self.project, plans), self.secrets)

    def build_groups(self, groups: Sequence[Sequence[Plan]], on_event: OnEvent) -> None:
        """Build one task after the other, or with workers as many at once as there are processes, if there is much to build."""
        if self.workers is None or len(groups) < 2 or sum(map(len, groups)) <= self.most:
            super().build_groups(groups, on_event)
            return
        own, *others = split(groups, self.workers.jobs)
        works = [partial(self.build_part, each) for each in others]
        parts = self.workers.run(works, partial(super().build_groups, own, on_event))
        for part, each in zip(parts, others, strict=True):
            self.add_part(part)
            for plan in chain.from_iterable(each):
                on_event(ArtifactDone(make_path(self.project, plan)))

    def build_part(self, groups: Sequence[Sequence[Plan]]) -> Part:
        """Build some tasks in a process of its own, in which nothing was built before. Returns what that adds."""
        from generator.build.parts import Part  # only with workers

        before = len(self.reports)
        super().build_groups(groups, ignore_event)
        told, used = self.expressions.told, self.judge.used
        return Part(self.texts, self.reports[before:], self.misses, self.matched, self.merged, told, used, {})

    def add_part(self, part: Part) -> None:
        """Add what was built in another process."""
        self.texts.update(part.texts)
        self.reports += part.reports
        self.misses += part.misses
        self.matched |= part.matched
        self.merged |= part.merged
        self.expressions.told |= part.told
        self.judge.used |= part.used

    def finish_task(self, plans: Sequence[Plan]) -> None:
        """Keep the bytes of one task's artifacts, and drop all else if there is much."""
        if self.look is not None:
            self.look(self, plans)
        for plan in plans:
            artifact = self.artifacts.pop((plan.environment, plan.task), None)
            if artifact is not None:
                self.texts[plan.environment, plan.task] = self.make_text(artifact)
        if len(self.merged) > self.most:
            self.documents.clear()
            if self.stages is not None:
                self.stages.clear()
            for task in {plan.task for plan in plans}:
                self.shared.pop(task, None)
                self.planned.templates.forget(task + TASK_SUFFIX)

    def make_text(self, artifact: Artifact) -> ArtifactText:
        """Make what is kept of an artifact. Bytes that are committed already are not kept twice."""
        data = artifact.data
        committed = self.project.artifacts.get(f"{artifact.environment}/{artifact.task}.json")
        kept = committed if committed is not None and committed == data else data
        return ArtifactText(artifact.environment, artifact.task, artifact.path, kept)

    def find_secrets(self) -> Known:
        """Find what is secret in all that was merged. What was dropped is merged again for that."""
        if len(self.merged) <= self.most:
            return super().find_secrets()
        again = Run(self.planned, self.variables, Judge(self.planned, active=False))
        again.stages = None if self.stages is None else {}
        again.shared = defaultdict(lambda: Shared(alone=len(self.planned.project.environments) == 1))
        tasks: dict[str, list[Plan]] = {}
        for pair in sorted(self.merged):
            plan, _ = self.planned.plan_task(*pair)
            assert plan is not None, "it was built"
            tasks.setdefault(plan.task, []).append(plan)
        for task, plans in tasks.items():
            for plan in plans:
                again.merge_task(plan)
            again.shared.pop(task, None)
            self.planned.templates.forget(task + TASK_SUFFIX)
        return again.find_secrets()


def split(groups: Sequence[Sequence[Plan]], count: int) -> list[Sequence[Sequence[Plan]]]:
    """Split tasks into as many parts of about one size, in order, but none that has nothing in it."""
    parts = min(count, len(groups))
    ends = [len(groups) * number // parts for number in range(parts + 1)]
    return [groups[start:end] for start, end in pairwise(ends)]
