"""Builds of which only the bytes of artifacts are kept: all else goes as soon as a task is done, so that memory hardly grows with tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from generator.build.judging import Judge
from generator.build.layering import Plan
from generator.build.pipeline import Pair, Run, list_paths, select_right
from generator.build.planning import PlannedProject
from generator.documents.sharing import Shared
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Severity
from generator.model.nodes import Value
from generator.model.project import TASK_SUFFIX, Artifact, ArtifactText, TextBuild
from generator.model.secrecy import Known

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
    on_event: OnEvent = ignore_event,
) -> TextBuild:
    """Compute the bytes of artifacts: `build_planned` gives the same, and documents besides.

    `look` is called with the plans of each task once it is built in all environments. It finds the stages and artifacts in the run.
    """
    run = TextRun(planned, variables or {}, Judge(planned, least=least), look)
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
    ) -> None:
        super().__init__(planned, variables, judge)
        self.look = look
        self.stages = None if look is None else {}
        self.most = most
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
