"""A planned project: its texts, each parsed once, and a plan for every task in every environment. Builds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from generator.build.layering import (
    MOST_EXTENDED,
    Plan,
    check_task_names,
    plan_task,
    resolve_chain,
)
from generator.build.merging.directives import may_render
from generator.build.rendering import RESERVED, TemplateReader, Templates
from generator.build.services import Places
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.overlay import parse_overlay, parse_task_overlay
from generator.model.findings import Finding, Source
from generator.model.gathering import Report
from generator.model.nodes import MapNode, Node, Scalar
from generator.model.project import OVERLAY_SUFFIX, Overlay, Project, TaskOverlay
from generator.model.records import Record
from generator.model.secrecy import Known, Secrets

if TYPE_CHECKING:
    from generator.build.suppressing import Suppressions
    from generator.documents.looks import Looks

Planned = tuple[Plan | None, tuple[Finding, ...]]
"""The plan of a task, or None if its environment does not have it, and its findings."""


class Texts:
    """Parsed texts, each parsed once, on first use. Compared states of a project share them."""

    __slots__ = ("parse_json", "parse_overlay", "parse_task_overlay", "templates")

    def __init__(self) -> None:
        self.templates = TemplateReader()

        @cache
        def parse(source: Source, name: str) -> tuple[Overlay | None, tuple[Finding, ...]]:
            return parse_overlay(source, name, reserved=RESERVED)

        @cache
        def parse_task(source: Source) -> tuple[TaskOverlay | None, tuple[Finding, ...]]:
            return parse_task_overlay(source, reserved=RESERVED)

        @cache
        def parse_artifact(source: Source) -> tuple[Node | None, tuple[Finding, ...]]:
            return parse_json(source)

        self.parse_overlay, self.parse_task_overlay, self.parse_json = parse, parse_task, parse_artifact


class ReadOverlay(Record):
    """An overlay, or None if it is invalid, the files of its folder by name, and their findings."""

    overlay: Overlay | None
    files: dict[str, TaskOverlay]
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> bool:
        """Whether there is an error: parts that it omits would be missing in later stages."""
        return any(finding.severity == "error" for finding in self.findings)

    def list_variables(self) -> Iterator[MapNode]:
        """List the variables of every layer in these files."""
        return (layer.variables for layer in self.list_layers() if layer.variables)

    def list_patches(self) -> Iterator[MapNode]:
        """List the patches of every layer in these files."""
        return (layer.patch for layer in self.list_layers() if layer.patch)

    def list_layers(self) -> Iterator[Overlay | TaskOverlay]:
        """List the sections of these files: for all tasks, or for one."""
        tasks = self.overlay.tasks.values() if self.overlay else ()
        return (layer for layer in (self.overlay, *tasks, *self.files.values()) if layer)


class Chain(Record):
    """An environment's overlay and those it extends, parent first; none where one of them is broken.

    `names` are all that were looked at, the environment first, and `files` are theirs for single tasks.
    """

    names: tuple[str, ...]
    overlays: tuple[Overlay, ...] = ()
    files: dict[str, TaskOverlay] = {}  # noqa: RUF012 - nothing changes it
    findings: tuple[Finding, ...] = ()


class PlannedProject:
    """A project during a run, with its parsed chains, plans and templates."""

    def __init__(self, project: Project, texts: Texts) -> None:
        self.project = project
        self.texts = texts
        self.templates = Templates(project.templates, texts.templates)
        self.overlays: dict[str, ReadOverlay] = {}
        self.chains: dict[str, Chain] = {}
        self.plans: dict[tuple[str, str], Planned] = {}
        self.places: dict[str, Places] = {}

    @cached_property
    def suppressions(self) -> Suppressions | None:
        """The comments that ignore findings of rules, or None if no text can have any."""
        sources = (*self.project.templates.values(), *self.project.overlays.values())
        if not any("taskdef:" in source.text for source in sources):
            return None
        from generator.build.suppressing import read_suppressions  # only if there may be some

        return read_suppressions(self.project, self.texts.templates)

    @cached_property
    def secrets(self) -> Secrets:
        """The secrets in the texts of the project, even if the build fails."""
        return Secrets(lambda: find_secrets(self))

    def read_overlay(self, name: str) -> ReadOverlay:
        """Read one overlay and the files of its folder."""
        if name not in self.overlays:
            self.overlays[name] = self.parse_folder(name)
        return self.overlays[name]

    def parse_folder(self, name: str) -> ReadOverlay:
        sources, tasks = self.project.overlays, self.project.tasks
        overlay, found = self.texts.parse_overlay(sources[name + OVERLAY_SUFFIX], name)
        if overlay is not None:
            found += check_task_names(overlay, tasks)
        files = {}
        for path in (f"{name}/{task}{OVERLAY_SUFFIX}" for task in tasks):
            if path in sources:
                file, findings = self.texts.parse_task_overlay(sources[path])
                found += findings
                if file is not None:
                    files[path] = file
        return ReadOverlay(overlay, files, found)

    def find_chain(self, environment: str) -> Chain:
        """Find an environment's overlay and those it extends."""
        if environment not in self.chains:
            self.chains[environment] = self.read_chain(environment)
        return self.chains[environment]

    def read_chain(self, environment: str) -> Chain:
        known = {name.removesuffix(OVERLAY_SUFFIX) for name in self.project.overlays if "/" not in name}
        name: str | None = environment
        read: dict[str, ReadOverlay] = {}
        # One more than there may be is read, and reported.
        while name in known and name not in read and len(read) <= MOST_EXTENDED:
            overlay = (read.setdefault(name, self.read_overlay(name))).overlay
            name = overlay.extends.text if overlay is not None and overlay.extends is not None else None
        names = tuple(read)
        overlays = {name: each.overlay for name, each in read.items() if each.overlay is not None}
        if environment not in overlays or any(each.broken for each in read.values()):
            return Chain(names)
        chain, findings = resolve_chain(overlays, environment, tuple(sorted(known)))
        files = {path: file for each in read.values() for path, file in each.files.items()}
        return Chain(names, () if findings else chain, files, findings)

    def plan_task(self, environment: str, task: str) -> Planned:
        """Plan one task of an environment."""
        pair = (environment, task)
        if pair not in self.plans:
            chain = self.find_chain(environment)
            planned: Planned = None, ()
            self.plans[pair] = plan_task(chain.overlays, chain.files, *pair) if chain.overlays else planned
        return self.plans[pair]

    def list_plans(self, environments: Sequence[str], tasks: Sequence[str]) -> list[Plan]:
        """List the plans of some tasks of some environments; what cannot be planned is omitted."""
        pairs = ((environment, task) for environment in environments for task in tasks)
        return [plan for pair in pairs if (plan := self.plan_task(*pair)[0]) is not None]

    def list_reports(self, environments: Sequence[str], tasks: Sequence[str], *, placed: bool = True) -> list[Report]:
        """List the errors in the project's files, and in the settings for some tasks of some environments.

        Without `placed`, services are not checked.
        """
        reports = [Report(finding, None, None) for finding in self.project.findings]
        told: set[str] = set()
        for environment in environments:
            chain = self.find_chain(environment)
            for name in (name for name in chain.names if name not in told):
                owner = None if name.startswith("_") else name
                reports += [Report(finding, owner, None) for finding in self.read_overlay(name).findings]
            told.update(chain.names)
            reports += [Report(finding, None, None) for finding in chain.findings]
            for task in tasks:
                reports += [Report(finding, environment, task) for finding in self.plan_task(environment, task)[1]]
            misplaced = self.find_places(environment).find_misplaced() if placed else None
            if misplaced is not None:
                reports.append(Report(misplaced, environment, None))
        return reports

    def find_places(self, environment: str) -> Places:
        """Find where the tasks of an environment run."""
        if environment not in self.places:
            tasks = [plan.task for plan in self.list_plans([environment], self.project.tasks)]
            self.places[environment] = Places(self.find_chain(environment).overlays, tasks)
        return self.places[environment]

    def find_aws(self, environment: str) -> dict[str, Sequence[Scalar]]:
        """Find where the account and the region are set, lowest layer first, by the names that templates have for them."""
        found: dict[str, list[Scalar]] = {}
        for overlay in self.find_chain(environment).overlays:
            for name, scalar in overlay.aws.items():
                found.setdefault(f"aws.{name}", []).append(scalar)
        return {**found}

    def list_texts(self, plan: Plan) -> tuple[str, ...]:
        """List the texts that were rendered for the patches of a plan, by the names that they have among its templates."""
        if not any(may_render(layer.patch) for layer in plan.layers):
            return ()
        from generator.build.rendered_patches import list_rendered  # only if a patch may have one

        return list_rendered(plan, self.templates)

    def has_broken(self) -> bool:
        """Whether an overlay that some environment reaches has an error."""
        return any(self.read_overlay(name).broken for name in self.list_names())

    def list_names(self) -> Iterator[str]:
        """List the overlays that environments reach."""
        return (name for environment in self.project.environments for name in self.find_chain(environment).names)


def plan_project(project: Project, texts: Texts | None = None) -> PlannedProject:
    """Plan a project. Its parsed texts are shared through `texts`."""
    return PlannedProject(project, texts or Texts())


def find_secrets(planned: PlannedProject, documents: Iterable[MapNode] = (), looks: Looks | None = None) -> Known:
    """Find the secrets in the texts of a project, its parsed overlays, and documents made from them."""
    from generator.build.secrets import find_build_secrets  # only when there is something to report

    variables = (layer for read in planned.overlays.values() for layer in read.list_variables())
    patches = (layer for read in planned.overlays.values() for layer in read.list_patches())
    return find_build_secrets(planned.project, variables, patches, documents, looks)


def make_path(project: Project, plan: Plan) -> str:
    """Where an artifact lies, relative to the project."""
    return f"{project.settings.rendered}/{plan.environment}/{plan.task}.json"
