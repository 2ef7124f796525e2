"""The story of the program: from a project in memory to its artifacts. Reads no disk, writes none, prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.build.layering import Layer, Plan
from generator.build.merging import merge_layer, view_document, view_patch
from generator.build.planning import Planner, make_path
from generator.build.rendering import Templates
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.documents.parsing.document import parse_document
from generator.documents.parsing.overlay import fold_variables
from generator.documents.parsing.scalars import to_value
from generator.documents.serializing import serialize_document
from generator.model.events import ArtifactDone, OnEvent, ignore_event
from generator.model.findings import Finding, Severity
from generator.model.gathering import Report, gather, unite
from generator.model.nodes import MapNode, Node, Value
from generator.model.project import TASK_SUFFIX, Artifact, Build, Project
from generator.rules import Target
from generator.rules.validating import Validator

if TYPE_CHECKING:
    from generator.build.suppressing import Suppressions


def build_project(
    project: Project,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    variables: Mapping[str, Value] | None = None,
    least: Severity = "warning",
    placed: bool = True,
    on_event: OnEvent = ignore_event,
) -> Build:
    """Compute the artifacts of a project, or of some environments and one task of it.

    `variables` stand above those of every layer. `least` is the least severity of rules to look for. Unless they are to be `placed`, it
    does not matter which service runs which. `on_event` hears of each artifact once it is done. An environment or task that
    the project does not have is a KeyError.
    """
    names = tuple(environments) or project.environments
    tasks = (task,) if task is not None else project.tasks
    unknown = [name for name in names if name not in project.environments]
    unknown += [name for name in tasks if name not in project.tasks]
    if unknown:
        raise KeyError(unknown[0])
    planner = Planner(project)
    plans = planner.plan_all(names, tasks, placed=placed)
    if not environments and task is None:
        planner.check_files()
        planner.check_settings()
    run = Run(project, variables or {}, planner.reports, least=least)
    artifacts = []
    for plan in plans:
        artifact = run.build_task(plan)
        if artifact is not None:
            artifacts.append(artifact)
        on_event(ArtifactDone(make_path(project, plan)))
    run.settle_misses()
    run.report_suppressions(whole=not environments and task is None and not variables)
    right = tuple(artifact for artifact in artifacts if not run.is_wrong(artifact.environment, artifact.task))
    return Build(right, run.gather_findings(), tuple(make_path(project, plan) for plan in plans))


class Stage(NamedTuple):
    """A document as it stands after a layer; the first is the rendered template, after none."""

    layer: Layer | None
    document: MapNode


class Trace(NamedTuple):
    """How one artifact came about: the document after each layer, before scalars got their types, and what came of it.

    `artifact` is None where something is wrong, which `findings` tell.
    """

    plan: Plan
    stages: tuple[Stage, ...]
    artifact: Artifact | None
    findings: tuple[Finding, ...]


def trace(
    project: Project, environment: str, task: str, *, variables: Mapping[str, Value] | None = None
) -> Trace | None:
    """Build one artifact and keep every stage of it; None where the environment does not have the task.

    An environment or task that the project does not have is a KeyError.
    """
    if environment not in project.environments or task not in project.tasks:
        raise KeyError(environment if environment not in project.environments else task)
    planner = Planner(project)
    for plan in planner.plan_all([environment], [task]):
        run = Run(project, variables or {}, planner.reports)
        run.stages = []
        artifact = run.build_task(plan)
        return Trace(plan, tuple(run.stages), artifact, run.gather_findings())
    return None


def find_suppressions(project: Project) -> Suppressions | None:
    """Find the suppressions of a project, None where no text can have any."""
    sources = (*project.templates.values(), *project.overlays.values())
    if not any("taskdef:" in source.text for source in sources):
        return None
    from generator.build.suppressing import Suppressions

    return Suppressions(project)


class PatchTarget(NamedTuple):
    """An item or deletion of a patch: the same however many tasks and environments the patch reaches."""

    file: str
    start: int
    path: str | None


class Run:
    """The building of many artifacts: what is compiled once and used for all, what matched, and what was reported."""

    def __init__(
        self,
        project: Project,
        variables: Mapping[str, Value],
        reports: Sequence[Report] = (),
        *,
        least: Severity = "warning",
    ) -> None:
        self.project = project
        self.variables = variables
        self.templates = Templates(project.templates)
        self.reports = list(reports)
        self.matched: set[PatchTarget] = set()
        self.missed: dict[PatchTarget, list[Report]] = {}
        self.merged: set[tuple[str, str]] = set()
        self.least = least
        self.validators: dict[str, Validator] = {}
        self.suppressions = find_suppressions(project)
        self.documents: list[MapNode] = []
        self.stages: list[Stage] | None = None

    def report(self, plan: Plan, findings: Iterable[Finding]) -> None:
        self.reports += [Report(finding, plan.environment, plan.task) for finding in findings]

    def gather_findings(self) -> tuple[Finding, ...]:
        """Gather what was reported, without the secrets that are there."""
        if not self.reports:
            return ()
        from generator.documents.hiding import hide_secrets  # only when there is something to report

        return hide_secrets(self.project, self.documents, gather(self.reports))

    def build_task(self, plan: Plan) -> Artifact | None:
        """Render, parse, merge, coerce, order, validate and serialise one task; None when something about it is wrong."""
        before = len(self.reports)
        document = self.merge_task(plan)
        if document is None or self.has_error(before):
            return None
        variables = fold_variables(plan.variables)

        def follow(finding: Finding, node: Node) -> Finding:
            from generator.documents.places import follow_variable  # only when there is something to report

            return follow_variable(finding, node, variables)

        document, findings = coerce_document(document, follow)
        self.report(plan, findings)
        document = order_document(document)
        self.validate(document, plan, variables, told=bool(findings))
        if self.has_error(before):
            return None
        path = make_path(self.project, plan)
        return Artifact(plan.environment, plan.task, path, serialize_document(document), document, variables)

    def validate(self, document: MapNode, plan: Plan, variables: MapNode, *, told: bool) -> None:
        """Report what ECS would refuse or not start; `told` says that something is wrong by shape, and reported."""
        environment, settings = plan.environment, self.project.settings
        if environment not in self.validators:
            levels = settings.find_levels(environment)
            least = self.least if self.suppressions is None else "note"  # a comment may be about a note
            self.validators[environment] = Validator(levels, allow=settings.allow_members, least=least)
        validator = self.validators[environment]
        target = Target(environment, plan.aws.get("account", ""), plan.aws.get("region", ""))
        problems = validator.validate(to_value(document), target, told=told)
        if not problems:
            return
        from generator.documents.places import locate_problem  # only when there is something to report

        for problem in problems:
            finding, places = locate_problem(problem, document, validator.weigh(problem.code), variables)
            covered = self.suppressions is not None and self.suppressions.cover(problem.code, places)
            if not covered and (finding.severity != "note" or self.least == "note"):
                self.report(plan, (finding,))

    def has_error(self, since: int) -> bool:
        """Whether an error was reported since there were so many reports."""
        return any(report.finding.severity == "error" for report in self.reports[since:])

    def merge_task(self, plan: Plan) -> MapNode | None:
        """Render and parse the template, then apply each layer to what the ones before it made; None when there is no document."""
        allow = self.project.settings.allow_members
        folded = to_value(fold_variables(plan.variables))
        values = {**folded, **self.variables, "env": plan.environment, "task": plan.task, "aws": dict(plan.aws)}
        pieces, findings = self.templates.render(plan.task + TASK_SUFFIX, values)
        self.report(plan, findings)
        if pieces is None:
            return None
        parsed, findings = parse_document(pieces, self.project.templates[plan.task + TASK_SUFFIX])
        self.report(plan, findings)
        if parsed is None:
            return None
        document, findings = view_document(parsed, allow=allow)
        self.report(plan, findings)
        if document is None:
            return None
        self.keep(None, document)
        for layer in plan.layers:
            document = self.apply_layer(document, layer, plan)
            self.keep(layer, document)
        self.documents.append(document)
        self.merged.add((plan.environment, plan.task))
        return document

    def keep(self, layer: Layer | None, document: MapNode) -> None:
        """Keep a document as it stands after a layer, where somebody asked for that."""
        if self.stages is not None:
            self.stages.append(Stage(layer, document))

    def apply_layer(self, document: MapNode, layer: Layer, plan: Plan) -> MapNode:
        """Apply one patch, and remember what of it matched."""
        patch, findings = view_patch(layer.patch, allow=self.project.settings.allow_members)
        self.report(plan, findings)
        merged, merger = merge_layer(document, patch)
        self.report(plan, merger.findings)
        self.matched |= {PatchTarget(place.source.path, place.start, path) for place, path in merger.matched}
        for place, finding in merger.unmatched:
            target = PatchTarget(place.source.path, place.start, finding.path)
            self.missed.setdefault(target, []).append(Report(finding, plan.environment, plan.task))
        return merged

    def is_wrong(self, environment: str, task: str) -> bool:
        """Whether there is an error in what an artifact comes from, or one that may concern any artifact."""
        return any(
            report.finding.severity == "error"
            and report.environment in (None, environment)
            and report.task in (None, task)
            for report in self.reports
        )

    # What one artifact alone cannot decide.

    def report_suppressions(self, *, whole: bool) -> None:
        """Report suppressions that are wrong, and where all was built and nothing failed, those that are of no use."""
        if self.suppressions is None:
            return
        failed = self.has_error(0)
        self.reports += [Report(finding, None, None) for finding in self.suppressions.faults]
        if whole and not failed:
            self.reports += [Report(finding, None, None) for finding in self.suppressions.find_unused()]

    def settle_misses(self) -> None:
        """Report what of a patch matched in no task of no environment that the patch reaches."""
        open_targets = [target for target in self.missed if target not in self.matched]
        if not open_targets:
            return
        planner = Planner(self.project)
        plans = planner.plan_all(self.project.environments, self.project.tasks)
        others = Run(self.project, self.variables)
        for target in open_targets:
            reached = [
                plan for plan in plans if any(layer.patch.place.source.path == target.file for layer in plan.layers)
            ]
            for plan in reached:
                if (plan.environment, plan.task) not in self.merged | others.merged:
                    others.merge_task(plan)
            unknown = {(plan.environment, plan.task) for plan in reached} - self.merged - others.merged
            hidden = planner.broken and "/_" in target.file
            # What could not be merged may be what the patch is meant for, and what is wrong with it is told already.
            if target not in others.matched and not unknown and not hidden:
                self.reports += unite(self.missed[target])
