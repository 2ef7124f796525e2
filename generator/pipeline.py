"""The story of the program: from a project in memory to its artifacts. Reads no disk, writes none, prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping as Dict, Sequence as Items
from typing import NamedTuple

from generator.coercing import coerce_document
from generator.diagnostics import Finding, Location, Place, did_you_mean, finding_at
from generator.layering import Layer, Plan, check_task_names, plan_task, resolve_chain
from generator.merging import PatchMapping, check_unique, merge_layer, view_document, view_patch
from generator.model import (
    OVERLAY_SUFFIX,
    TASK_SUFFIX,
    Artifact,
    Build,
    Mapping,
    Overlay,
    Project,
    TaskOverlay,
    Value,
)
from generator.ordering import order_document
from generator.parsing.document import parse_document
from generator.parsing.overlay import fold_variables, parse_overlay, parse_task_overlay
from generator.parsing.scalars import to_value
from generator.rendering import RESERVED, Templates
from generator.serializing import serialize_document


def build(
    project: Project,
    *,
    environments: Items[str] = (),
    task: str | None = None,
    variables: Dict[str, Value] | None = None,
    advance: Callable[[str], None] | None = None,
) -> Build:
    """Compute the artifacts of a project, or of some environments and one task of it.

    `variables` stand above those of every layer. `advance` hears the path of each artifact once it is through.
    An environment or task that the project does not have is a KeyError.
    """
    names = tuple(environments) or project.environments
    tasks = (task,) if task is not None else project.tasks
    unknown = [name for name in names if name not in project.environments]
    unknown += [name for name in tasks if name not in project.tasks]
    if unknown:
        raise KeyError(unknown[0])
    run = Run(project, variables or {})
    plans = run.plan_all(names, tasks)
    if not environments and task is None:
        run.check_files()
        run.check_settings()
    artifacts = []
    for plan in plans:
        artifact = run.build_task(plan)
        if artifact is not None:
            artifacts.append(artifact)
        if advance is not None:
            advance(make_path(project, plan))
    run.settle_misses()
    right = tuple(artifact for artifact in artifacts if not run.is_wrong(artifact.environment, artifact.task))
    return Build(right, gather(run.reports), tuple(make_path(project, plan) for plan in plans))


class Report(NamedTuple):
    """A finding and the artifact it came up for, where it did for one."""

    finding: Finding
    environment: str | None
    task: str | None


class Target(NamedTuple):
    """An item or deletion of a patch: the same however many tasks and environments the patch reaches."""

    file: str
    start: int
    path: str | None


class Run:
    """One run over one project: what is parsed or compiled once and used for many artifacts, and what was reported."""

    def __init__(self, project: Project, variables: Dict[str, Value]) -> None:
        self.project = project
        self.variables = variables
        self.templates = Templates(project.templates)
        self.reports = [Report(finding, None, None) for finding in project.findings]
        self.overlays: dict[str, Overlay] = {}
        self.files: dict[str, TaskOverlay] = {}
        self.broken: set[str] = set()
        self.views: dict[int, PatchMapping] = {}
        self.matched: set[Target] = set()
        self.missed: dict[Target, list[Report]] = {}
        self.merged: set[tuple[str, str]] = set()

    def report(self, findings: Iterable[Finding], environment: str | None = None, task: str | None = None) -> None:
        self.reports += [Report(finding, environment, task) for finding in findings]

    # What to build.

    def plan_all(self, environments: Items[str], tasks: Items[str]) -> list[Plan]:
        """Plan every task of every environment; what cannot be planned is reported and left out."""
        plans = []
        for environment in environments:
            chain = self.load_chain(environment)
            for task in tasks if chain else ():
                plan, findings = plan_task(chain, self.files, environment, task)
                self.report(findings, environment, task)
                if plan is not None:
                    plans.append(plan)
        return plans

    def load_chain(self, environment: str) -> tuple[Overlay, ...]:
        """Parse an environment's overlay and those it extends, with their files for single tasks; empty if one is broken."""
        name: str | None = environment
        seen = []
        while name is not None and name + OVERLAY_SUFFIX in self.project.overlays and name not in seen:
            self.parse_overlay(name)
            seen.append(name)
            overlay = self.overlays.get(name)
            name = overlay.extends.text if overlay is not None and overlay.extends is not None else None
        if environment not in self.overlays or any(name in self.broken for name in seen):
            return ()
        known = {name.removesuffix(OVERLAY_SUFFIX) for name in self.project.overlays if "/" not in name}
        chain, findings = resolve_chain(self.overlays, environment, tuple(sorted(known)))
        self.report(findings)
        return () if findings else chain

    def parse_overlay(self, name: str) -> None:
        """Parse one overlay and the files of its folder, once."""
        if name in self.overlays or name in self.broken:
            return
        environment = None if name.startswith("_") else name
        overlay, findings = parse_overlay(self.project.overlays[name + OVERLAY_SUFFIX], name, reserved=RESERVED)
        found = list(findings)
        if overlay is not None:
            self.overlays[name] = overlay
            found += check_task_names(overlay, self.project.tasks)
        for task in self.project.tasks:
            path = f"{name}/{task}{OVERLAY_SUFFIX}"
            if path in self.project.overlays:
                file, findings = parse_task_overlay(self.project.overlays[path], reserved=RESERVED)
                found += findings
                if file is not None:
                    self.files[path] = file
        self.report(found, environment)
        if any(finding.severity == "error" for finding in found):  # what it leaves out would be missed in later stages
            self.broken.add(name)

    def check_settings(self) -> None:
        """Report admitted members that no template and no overlay has (E131)."""
        project = self.project
        source = project.settings.source
        texts = [text.text for text in (*project.templates.values(), *project.overlays.values())]
        for name in project.settings.allow_members:
            if source is not None and not any(name in text for text in texts):
                start = max(source.text.find(f'"{name}"'), source.text.find(f"'{name}'"), 0)
                message = f"`allow_members` admits `{name}`, and no template or overlay has it"
                place = Place(source, start, start + len(name) + 2)
                self.report([finding_at(place, "E131", message, help="delete it")])

    def check_files(self) -> None:
        """Report overlays that no environment reaches (E126, E128): what nobody reads is a mistake."""
        project = self.project
        settled = bool(project.environments) and not any(report.finding.severity == "error" for report in self.reports)
        names = tuple(name.removesuffix(OVERLAY_SUFFIX) for name in project.overlays if "/" not in name)
        for path, source in project.overlays.items():
            place = Place(source, 0, 0)
            folder, _, file = path.rpartition("/")
            task = file.removesuffix(OVERLAY_SUFFIX)
            if folder and folder not in names:
                near = did_you_mean(folder, names)
                help = f"rename the folder to `{near}`" if near else f"add `{folder}{OVERLAY_SUFFIX}` beside the folder"
                self.report([finding_at(place, "E126", f"there is no environment `{folder}` for this file", help=help)])
            elif folder and task not in project.tasks:
                near = did_you_mean(task, project.tasks)
                help = f"rename it to `{near}{OVERLAY_SUFFIX}`" if near else f"add the template `{task}{TASK_SUFFIX}`"
                self.report([finding_at(place, "E126", f"there is no task `{task}` for this file", help=help)])
            elif not folder and task.startswith("_") and task not in self.overlays:
                self.parse_overlay(task)
                if settled:  # else what is wrong elsewhere may be the reason
                    help = "name it in an `extends`, or delete the file"
                    self.report([finding_at(place, "E128", f"no environment extends `{task}`", help=help)])

    # One artifact.

    def build_task(self, plan: Plan) -> Artifact | None:
        """Render, parse, merge, coerce, order and serialise one task; None when something about it is wrong."""
        before = len(self.reports)
        document = self.merge_task(plan)
        if document is None:
            return None
        self.report(check_unique(document), plan.environment, plan.task)
        document, findings = coerce_document(document)
        self.report(findings, plan.environment, plan.task)
        if any(report.finding.severity == "error" for report in self.reports[before:]):
            return None
        document = order_document(document)
        text = serialize_document(document)
        path = make_path(self.project, plan)
        return Artifact(plan.environment, plan.task, path, text, document, fold_variables(plan.variables))

    def merge_task(self, plan: Plan) -> Mapping | None:
        """Render and parse the template, then apply each layer to what the ones before it made; None when there is no document."""
        allow = self.project.settings.allow_members
        folded = to_value(fold_variables(plan.variables))
        values = {**folded, **self.variables, "env": plan.environment, "task": plan.task, "aws": dict(plan.aws)}
        pieces, findings = self.templates.render(plan.task + TASK_SUFFIX, values)
        self.report(findings, plan.environment, plan.task)
        if pieces is None:
            return None
        parsed, findings = parse_document(pieces, self.project.templates[plan.task + TASK_SUFFIX])
        self.report(findings, plan.environment, plan.task)
        if parsed is None:
            return None
        document, findings = view_document(parsed, allow=allow)
        self.report(findings, plan.environment, plan.task)
        if document is None:
            return None
        for layer in plan.layers:
            document = self.apply_layer(document, layer, plan)
        self.merged.add((plan.environment, plan.task))
        return document

    def apply_layer(self, document: Mapping, layer: Layer, plan: Plan) -> Mapping:
        """Apply one patch, and remember what of it matched."""
        patch, findings = view_patch(layer.patch, allow=self.project.settings.allow_members)
        self.report(findings, plan.environment, plan.task)
        merged, merger = merge_layer(document, patch)
        self.report(merger.findings, plan.environment, plan.task)
        self.matched |= {Target(place.source.path, place.start, path) for place, path in merger.matched}
        for place, finding in merger.unmatched:
            target = Target(place.source.path, place.start, finding.path)
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

    def settle_misses(self) -> None:
        """Report what of a patch matched in no task of no environment that the patch reaches."""
        open_targets = {target for target in self.missed if target not in self.matched}
        if not open_targets:
            return
        chosen = list(self.reports)
        files = {target.file for target in open_targets}
        others = Run(self.project, self.variables)
        for plan in others.plan_all(self.project.environments, self.project.tasks):
            reaches = any(layer.patch.place.source.path in files for layer in plan.layers)
            if reaches and (plan.environment, plan.task) not in self.merged:
                others.merge_task(plan)
        for target in open_targets - others.matched:
            chosen += unite(self.missed[target])
        self.reports = chosen


def unite(missed: list[Report]) -> list[Report]:
    """Make what a patch misses in several documents one finding: that of a document with a near name, if one has it."""
    findings = [report.finding for report in missed]
    chosen = next((report for report in missed if (report.finding.help or "").startswith("write ")), missed[0])
    finding = chosen.finding
    if any(other != finding for other in findings):
        notes = (note._replace(text=f"in `{chosen.task}` {note.text}") for note in finding.notes)
        finding = finding._replace(notes=tuple(notes))
    return [report._replace(finding=finding) for report in missed]


def make_path(project: Project, plan: Plan) -> str:
    """Where an artifact lies, relative to the project."""
    return f"{project.settings.rendered}/{plan.environment}/{plan.task}.json"


def gather(reports: list[Report]) -> tuple[Finding, ...]:
    """Make each finding one, however many artifacts it came up for, in order of place."""
    environments: dict[Finding, dict[str, None]] = {}
    tasks: dict[Finding, dict[str, None]] = {}
    for finding, environment, task in reports:
        environments.setdefault(finding, {}).update({environment: None} if environment else {})
        tasks.setdefault(finding, {}).update({task: None} if task else {})
    stamped = [
        finding._replace(
            environments=tuple(environments[finding]),
            task=next(iter(tasks[finding])) if len(tasks[finding]) == 1 else None,
        )
        for finding in environments
    ]
    return tuple(
        sorted(stamped, key=lambda finding: (finding.location or Location("", 0, 0), finding.code, finding.message))
    )
