"""What there is to build: overlays parsed, each once, and a plan for every task of every environment. Builds nothing.

Reports overlays and settings that concern nothing, since nothing is silently ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.build.layering import (
    Plan,
    check_task_names,
    merge_services,
    plan_task,
    report_shared_service,
    resolve_chain,
)
from generator.build.rendering import RESERVED
from generator.documents.parsing.overlay import parse_overlay, parse_task_overlay
from generator.model.findings import Finding, Place, Source, did_you_mean, finding_at
from generator.model.gathering import Report
from generator.model.nodes import Scalar
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Overlay, Project, Settings, TaskOverlay


class Planner:
    """Plans for one project: overlays as they are needed, and what was reported about them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.reports = [Report(finding, None, None) for finding in project.findings]
        self.overlays: dict[str, Overlay] = {}
        self.files: dict[str, TaskOverlay] = {}
        self.broken: set[str] = set()

    def report(self, findings: Iterable[Finding], environment: str | None = None, task: str | None = None) -> None:
        self.reports += [Report(finding, environment, task) for finding in findings]

    def plan_all(self, environments: Sequence[str], tasks: Sequence[str], *, placed: bool = True) -> list[Plan]:
        """Plan every task of every environment; what cannot be planned is reported and left out.

        Unless it is to be `placed`, nobody needs to know which service runs as which task.
        """
        plans = []
        for environment in environments:
            chain = self.load_chain(environment)
            for task in tasks if chain else ():
                plan, findings = plan_task(chain, self.files, environment, task)
                self.report(findings, environment, task)
                if plan is not None:
                    plans.append(plan)
            shared = self.find_shared(environment) if placed else None
            if shared is not None:
                self.report([shared], environment)
        return plans

    def find_shared(self, environment: str) -> Finding | None:
        """Find that an environment names one service for several tasks (E133)."""
        service = merge_services(self.load_chain(environment)).get("")
        sharing = self.list_sharing(environment) if service is not None else []
        return (
            report_shared_service(environment, service, sharing) if service is not None and len(sharing) > 1 else None
        )

    def find_service(self, environment: str, task: str) -> Scalar | None:
        """Find the service that runs as a task; None where nothing says so, or it is said of several."""
        services = merge_services(self.load_chain(environment))
        if task in services:
            return services[task]
        return services.get("") if len(self.list_sharing(environment)) < 2 else None

    def list_sharing(self, environment: str) -> list[str]:
        """List the tasks of an environment that have no service of their own."""
        chain = self.load_chain(environment)
        named = merge_services(chain)
        others = [task for task in self.project.tasks if task not in named] if chain else []
        return [task for task in others if plan_task(chain, self.files, environment, task)[0] is not None]

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

    def check_settings(self) -> None:
        """Report admitted members that no template and no overlay has, and levels for no environment (E131)."""
        project = self.project
        source = project.settings.source
        texts = [text.text for text in (*project.templates.values(), *project.overlays.values())]
        for name in project.settings.allow_members:
            if source is not None and not any(name in text for text in texts):
                message = f"`allow_members` admits `{name}`, and no template or overlay has it"
                self.report([finding_at(find_text(source, name), "E131", message, help="delete it")])
        for name, _ in project.settings.environment_levels:
            if source is not None and project.environments and name not in project.environments:
                near = did_you_mean(name, project.environments)
                help = f"write `{near}`" if near else "delete them"
                message = f"`rules` has levels for `{name}`, and there is no such environment"
                self.report([finding_at(find_word(source, name), "E131", message, help=help)])
        for word in project.settings.confirm if project.settings.confirm != Settings().confirm else ():
            only = project.settings._replace(confirm=(word,))
            if source is not None and project.environments and not any(map(only.asks_about, project.environments)):
                near = did_you_mean(word, project.environments)
                message = f"`confirm` has `{word}`, and no environment is called so"
                help = f"write `{near}`" if near else "delete it"
                self.report([finding_at(find_text(source, word), "E131", message, help=help)])


def find_text(source: Source, name: str) -> Place:
    """Find where the settings have a text, with its quotes."""
    start = max(source.text.find(f'"{name}"'), source.text.find(f"'{name}'"), 0)
    return Place(source, start, start + len(name) + 2)


def find_word(source: Source, name: str) -> Place:
    """Find where the settings name an environment: as the last part of a header, or in front of `=` or `.`."""
    import re  # only when there is something to report

    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?=[\"']?[ \t]*[\]=.])")
    match = word.search(source.text, max(source.text.find("rules"), 0))
    return Place(source, *match.span()) if match else Place(source, 0, 1)


def make_path(project: Project, plan: Plan) -> str:
    """Where an artifact lies, relative to the project."""
    return f"{project.settings.rendered}/{plan.environment}/{plan.task}.json"


def find_aws(project: Project, environment: str) -> dict[str, Sequence[Scalar]]:
    """Find where the account and the region are set, lowest layer first, by the names that templates have for them."""
    found: dict[str, list[Scalar]] = {}
    for overlay in Planner(project).load_chain(environment):
        for name, scalar in overlay.aws.items():
            found.setdefault(f"aws.{name}", []).append(scalar)
    return {**found}
