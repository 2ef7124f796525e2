"""The story of the program: from a project in memory to its artifacts. Pure: reads, writes and prints nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from generator.build.expressions import Expressions
from generator.build.judging import Judge
from generator.build.layering import Layer, Plan
from generator.build.merging import make_alone, merge_layer, resolve_references, view_document, view_patch
from generator.build.merging.directives import may_render
from generator.build.planning import PlannedProject, find_secrets, make_path, plan_project
from generator.build.rendering import Templates
from generator.documents.coercing import Follow, coerce_document
from generator.documents.ordering import order_document
from generator.documents.parsing.overlay import fold_variables
from generator.documents.parsing.scalars import to_value
from generator.documents.serializing import serialize_document
from generator.documents.sharing import Shared
from generator.model.events import ArtifactDone, OnEvent, ignore_event
from generator.model.findings import Finding, Severity, Source
from generator.model.gathering import Report, gather, unite
from generator.model.nodes import MapNode, Node, Piece, Value
from generator.model.project import TASK_SUFFIX, Artifact, ArtifactText, Build, Project
from generator.model.records import Record
from generator.model.secrecy import Known, Secrets

Pair = tuple[str, str]
"""An environment and a task."""

TYPES = ("E302", "E303", "E306")
"""Codes of values of the wrong type."""

Made = TypeVar("Made", Artifact, ArtifactText)


class Stage(Record):
    """A document after a layer; the first is the rendered template, before any layer."""

    layer: Layer | None
    document: MapNode


class StagedBuild(Record):
    """A build, and of all that was merged for it, how it came about; `artifacts` are also those that an error elsewhere may concern."""

    build: Build
    stages: Mapping[Pair, tuple[Stage, ...]]
    artifacts: Mapping[Pair, Artifact]

    def make_trace(self, plan: Plan) -> Trace:
        """Assemble the stages of one artifact; the findings are those of the build."""
        pair = (plan.environment, plan.task)
        return Trace(plan, self.stages[pair], self.artifacts.get(pair), self.build.findings, self.build.secrets)


class Trace(Record):
    """The stages of one artifact: the document after each layer, before scalars got their types, and the result.

    `artifact` is None if there is an error in `findings`. `secrets` are those of this artifact and its sources.
    """

    plan: Plan
    stages: tuple[Stage, ...]
    artifact: Artifact | None
    findings: tuple[Finding, ...]
    secrets: Secrets


def build_project(
    project: Project,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    variables: Mapping[str, Value] | None = None,
    least: Severity = "warning",
    on_event: OnEvent = ignore_event,
) -> Build:
    """Plan a project and compute its artifacts, or those of some environments and one task of it.

    `variables` override those of every layer. `least` is the lowest severity of rules to look for. `on_event` is
    called for each finished artifact. Raises KeyError for an environment or task that the project does not have.
    """
    planned = plan_project(project)
    return build_planned(
        planned, environments=environments, task=task, variables=variables, least=least, on_event=on_event
    )


def build_planned(
    planned: PlannedProject,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    variables: Mapping[str, Value] | None = None,
    least: Severity = "warning",
    placed: bool = True,
    judged: bool = True,
    on_event: OnEvent = ignore_event,
) -> Build:
    """Compute the artifacts of a planned project, as `build_project` does.

    Without `placed`, services are not checked; without `judged`, no rule runs.
    """
    judge = Judge(planned, least=least, active=judged)
    run = Run(planned, variables or {}, judge)
    return make_build(run, run.build_all(environments, task, placed=placed, on_event=on_event))


def build_staged(
    planned: PlannedProject,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    least: Severity = "warning",
    placed: bool = True,
    judged: bool = True,
    on_event: OnEvent = ignore_event,
) -> StagedBuild:
    """Compute the artifacts of a planned project as `build_planned` does, and keep every stage of each."""
    run = Run(planned, {}, Judge(planned, least=least, active=judged))
    run.stages = {}
    build = make_build(run, run.build_all(environments, task, placed=placed, on_event=on_event))
    return StagedBuild(build, run.stages, run.artifacts)


def trace(
    planned: PlannedProject,
    environment: str,
    task: str,
    *,
    variables: Mapping[str, Value] | None = None,
    judged: bool = True,
) -> Trace | None:
    """Build one artifact and keep every stage of it; None if the environment does not have the task.

    Raises KeyError for an environment or task that the project does not have. Only rules whose findings are errors run; without
    `judged`, no rule runs.
    """
    project = planned.project
    if environment not in project.environments or task not in project.tasks:
        raise KeyError(environment if environment not in project.environments else task)
    plan, _ = planned.plan_task(environment, task)
    if plan is None:
        return None
    judge = Judge(planned, least="error", active=judged)
    run = Run(planned, variables or {}, judge, planned.list_reports([environment], [task]))
    run.stages = {}
    artifact = run.build_task(plan)
    return Trace(plan, run.stages.get((environment, task), ()), artifact, run.gather_findings(), run.secrets)


class PatchTarget(Record):
    """An item or deletion of a patch: one for all tasks and environments that the patch reaches."""

    file: str
    start: int
    path: str | None


class Miss(Record):
    """A part of a patch that matched nothing in one artifact, and its finding, which counts if it matches nowhere."""

    target: PatchTarget
    report: Report


class Run:
    """The building of many artifacts: what matched, what was reported, and where that was asked for, every stage."""

    def __init__(
        self, planned: PlannedProject, variables: Mapping[str, Value], judge: Judge, reports: Iterable[Report] = ()
    ) -> None:
        self.planned = planned
        self.project = planned.project
        self.variables = variables
        self.judge = judge
        self.reports = list(reports)
        self.matched: set[PatchTarget] = set()
        self.misses: list[Miss] = []
        self.merged: set[Pair] = set()
        self.documents: dict[Pair, MapNode] = {}
        self.artifacts: dict[Pair, Artifact] = {}
        self.stages: dict[Pair, tuple[Stage, ...]] | None = None
        self.shared: defaultdict[str, Shared] = defaultdict(lambda: Shared(alone=True))
        self.secrets = Secrets(self.find_secrets)
        self.expressions = Expressions(self.reports)

    def report(self, plan: Plan, findings: Iterable[Finding]) -> None:
        self.reports += [Report(finding, plan.environment, plan.task) for finding in findings]

    def has_error(self, since: int = 0) -> bool:
        """Whether an error was reported after a number of reports."""
        return any(report.finding.severity == "error" for report in self.reports[since:])

    def build_all(
        self,
        environments: Sequence[str],
        task: str | None,
        *,
        placed: bool = True,
        on_event: OnEvent = ignore_event,
    ) -> list[Plan]:
        """Build every task of every environment, or of those asked for, and report what one artifact alone cannot decide.

        Returns the plans of what was built.
        """
        planned, project, whole = self.planned, self.project, not environments and task is None
        names, tasks = select_names(project, environments, task)
        plans = planned.list_plans(names, tasks)
        self.reports += planned.list_reports(names, tasks, placed=placed)
        if whole:
            from generator.build.unreached import check_whole  # only if all is built

            self.reports += check_whole(planned, settled=bool(project.environments) and not self.has_error())
        self.shared = defaultdict(lambda: Shared(alone=len(names) == 1))
        self.build_plans(plans, on_event)
        self.reports += list(report_misses(self))
        settled = whole and not self.variables and not self.has_error()
        self.reports += [Report(each, None, None) for each in self.judge.check_suppressions(settled=settled)]
        return plans

    def build_plans(self, plans: Sequence[Plan], on_event: OnEvent) -> None:
        """Build task by task, so that values shared by the environments of a task can be dropped early.

        Findings are in the order of the plans, as if each had been built in turn.
        """
        before = len(self.reports)
        self.build_groups(group_by_task(plans), on_event)
        turns = number_plans(plans)
        self.reports[before:] = sorted(self.reports[before:], key=lambda each: turns[each[1:]])
        self.misses.sort(key=lambda miss: turns[miss.report[1:]])

    def build_groups(self, groups: Sequence[Sequence[Plan]], on_event: OnEvent) -> None:
        """Build the plans of one task after the other."""
        for plans in groups:
            for plan in plans:
                self.build_task(plan)
                on_event(ArtifactDone(make_path(self.project, plan)))
            self.finish_task(plans)

    def finish_task(self, plans: Sequence[Plan]) -> None:
        """Finish the build of one task: here everything is kept."""

    def gather_findings(self) -> tuple[Finding, ...]:
        """Gather the findings, with secrets masked."""
        return self.secrets.hide_all(gather(self.expressions.leave_told(self.reports)))

    def find_secrets(self) -> Known:
        """Find the secrets in everything that was merged, even after an error."""
        stages = (stage.document for each in (self.stages or {}).values() for stage in each)
        return find_secrets(self.planned, [*self.documents.values(), *stages])

    def build_task(self, plan: Plan) -> Artifact | None:
        """Render, parse, merge, coerce, order, validate and serialise one task; None if it has an error."""
        before = len(self.reports)
        document = self.merge_task(plan)
        if document is None:
            return None
        variables = fold_variables(plan.variables)
        document, ambiguous = resolve_references(document)
        follow, shared = make_follow(variables, self.expressions), self.shared[plan.task]
        document, findings = coerce_document(document, follow, shared.coerced)
        self.report(plan, (*ambiguous, *findings))
        document = order_document(document, shared.ordered)
        told = [report.finding for report in self.reports[before:] if report.finding.severity == "error"]
        self.report(plan, self.judge.judge(document, plan, variables, told, self.expressions))
        if self.has_error(before):
            return None
        path, data = make_path(self.project, plan), serialize_document(document)
        artifact = Artifact(plan.environment, plan.task, path, data, document, variables)
        self.artifacts[plan.environment, plan.task] = artifact
        return artifact

    def merge_task(self, plan: Plan) -> MapNode | None:
        """Render and parse the template, then apply the layers in order; None if there is no document."""
        document = self.render_task(plan)
        layers, findings = render_patches(plan, self.planned.templates)
        if document is None or findings:
            self.report(
                plan, (*findings, *check_patches(layers, self.project.settings.allow_members, self.expressions.follow))
            )
            return None
        stages = [Stage(None, document)]
        for layer in layers:
            stages.append(Stage(layer, self.apply_layer(stages[-1].document, layer, plan)))
        document = stages[-1].document
        self.merged.add((plan.environment, plan.task))
        self.documents[plan.environment, plan.task] = document
        if self.stages is not None:
            self.stages[plan.environment, plan.task] = tuple(stages)
        return document

    def render_task(self, plan: Plan) -> MapNode | None:
        """Render the template and view the result as a document."""
        folded = to_value(fold_variables(plan.variables))
        values = {**folded, **self.variables, "env": plan.environment, "task": plan.task, "aws": dict(plan.aws)}
        pieces, findings = self.planned.templates.render(plan.task + TASK_SUFFIX, values)
        self.report(plan, findings)
        if pieces is None:
            return None
        allow, template = self.project.settings.allow_members, self.project.templates[plan.task + TASK_SUFFIX]
        document, findings = read_rendered(pieces, template, self.shared[plan.task], allow)
        self.report(plan, findings)
        return document

    def apply_layer(self, document: MapNode, layer: Layer, plan: Plan) -> MapNode:
        """Apply one patch, and remember its matches."""
        patch, findings = view_patch(layer.patch, allow=self.project.settings.allow_members)
        self.report(plan, findings)
        merged, merger = merge_layer(document, patch)
        self.report(plan, merger.findings)
        self.matched |= {PatchTarget(place.source.path, place.start, path) for place, path in merger.matched}
        for place, finding in merger.unmatched:
            target = PatchTarget(place.source.path, place.start, finding.path)
            self.misses.append(Miss(target, Report(finding, plan.environment, plan.task)))
        return merged


def group_by_task(plans: Iterable[Plan]) -> list[Sequence[Plan]]:
    """Group plans by task, in order of tasks."""
    groups: dict[str, list[Plan]] = {}
    for plan in plans:
        groups.setdefault(plan.task, []).append(plan)
    return [groups[task] for task in sorted(groups)]


def make_build(run: Run, plans: Sequence[Plan]) -> Build:
    """Make the build from a run."""
    right = select_right(plans, run.artifacts, run.reports)
    return Build(right, run.gather_findings(), list_paths(run.project, plans), run.secrets)


def report_misses(run: Run) -> Iterator[Report]:
    """Report the parts of a patch that matched in no task of any environment that it reaches."""
    missed: dict[PatchTarget, list[Report]] = {}
    for miss in run.misses:
        if miss.target not in run.matched:
            missed.setdefault(miss.target, []).append(miss.report)
    if not missed:
        return
    plans = run.planned.list_plans(run.project.environments, run.project.tasks)
    others = Run(run.planned, run.variables, run.judge)
    for target, reports in missed.items():
        reached = {
            (plan.environment, plan.task): plan
            for plan in plans
            if any(layer.patch.place.source.path == target.file for layer in plan.layers)
        }
        for pair, plan in reached.items():
            if pair not in run.merged and pair not in others.merged:
                others.merge_task(plan)
        unknown = reached.keys() - run.merged - others.merged
        hidden = "/_" in target.file and run.planned.has_broken()
        # The patch may be meant for a document that could not be merged, whose error is reported already.
        if target not in others.matched and not unknown and not hidden:
            yield from unite(reports)


def read_rendered(
    pieces: Sequence[Piece], template: Source, shared: Shared, allow: tuple[str, ...]
) -> tuple[MapNode | None, tuple[Finding, ...]]:
    """Parse a rendered template, and view it as a document."""
    parsed, findings = shared.parse(pieces, template)
    if parsed is None:
        return None, findings
    document, more = view_document(parsed, allow=allow, made=shared.viewed)
    return document, (*findings, *more)


def make_follow(variables: MapNode, expressions: Expressions) -> Follow:
    """Make the function that moves a finding about a value to its variable, and explains an expression."""

    def follow(finding: Finding, node: Node) -> Finding:
        from generator.documents.places import follow_variable  # only when there is something to report

        return expressions.follow(follow_variable(finding, node, variables), node)

    return follow


def render_patches(plan: Plan, templates: Templates) -> tuple[tuple[Layer, ...], tuple[Finding, ...]]:
    """Render the texts in the patches of a plan, and report errors; texts that could not be rendered are missing in the layers."""
    if not any(may_render(layer.patch) for layer in plan.layers):
        return plan.layers, ()
    from generator.build.rendered_patches import render_layers  # only if a patch may have one

    return render_layers(plan, templates)


def check_patches(layers: Iterable[Layer], allow: tuple[str, ...], follow: Follow) -> Iterator[Finding]:
    """Find errors in the patches of a plan by themselves: names, directives and types."""
    for layer in layers:
        patch, findings = view_patch(layer.patch, allow=allow)
        yield from findings
        yield from (each for each in coerce_document(make_alone(patch), follow)[1] if each.code in TYPES)


def select_names(
    project: Project, environments: Sequence[str], task: str | None
) -> tuple[Sequence[str], Sequence[str]]:
    """Select the requested environments and tasks, or all. Raises KeyError for an unknown one."""
    names = environments or project.environments
    tasks = (task,) if task is not None else project.tasks
    unknown = [name for name in names if name not in project.environments]
    unknown += [name for name in tasks if name not in project.tasks]
    if unknown:
        raise KeyError(unknown[0])
    return names, tasks


def number_plans(plans: Iterable[Plan]) -> dict[tuple[str | None, str | None], int]:
    """Number plans by environment and task."""
    return {(plan.environment, plan.task): number for number, plan in enumerate(plans)}


def select_right(plans: Iterable[Plan], made: Mapping[Pair, Made], reports: Iterable[Report]) -> tuple[Made, ...]:
    """Select, in planned order, the artifacts without an error in their sources or in anything that concerns all artifacts."""
    wrong = {(each.environment, each.task) for each in reports if each.finding.severity == "error"}
    pairs = dict.fromkeys((plan.environment, plan.task) for plan in plans)
    return tuple(
        artifact
        for artifact in map(made.get, pairs)
        if artifact is not None
        and wrong.isdisjoint(
            (environment, task) for environment in (None, artifact.environment) for task in (None, artifact.task)
        )
    )


def list_paths(project: Project, plans: Iterable[Plan]) -> tuple[str, ...]:
    """List where the artifacts of plans lie."""
    return tuple(make_path(project, plan) for plan in plans)
