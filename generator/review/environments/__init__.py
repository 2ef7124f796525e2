"""Whether the environments of a project agree where they should: W701 to W711. Looks at what was built without an error; fixes nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.build.layering import Plan
from generator.build.pipeline import Pair, Stage, StagedBuild, number_plans
from generator.build.planning import PlannedProject
from generator.build.rendering.uses import find_uses
from generator.model.findings import Finding, Place, Severity, did_you_mean, finding_at
from generator.model.gathering import Report, gather
from generator.model.project import TASK_SUFFIX, Artifact, DeclaredException, Project
from generator.model.records import Record
from generator.model.secrecy import Secrets
from generator.review.environments.evidence import Case, Claim, Units, find_task_uses, type_stages
from generator.review.environments.mentions import find_mentions
from generator.review.environments.overrides import Overrides
from generator.review.environments.parity import find_lacking
from generator.review.environments.sharing import Families, find_shared_services
from generator.review.environments.unused import VariableUses, find_unused_partials
from generator.rules import RULES

if TYPE_CHECKING:
    from generator.build.suppressing import Suppression

__all__ = ["Agreement", "BetweenEnvironments", "agree", "find_rivals"]


class Agreement(Record):
    """What was found between environments, and the values of overlays that change nothing, as far as that was found."""

    findings: tuple[Finding, ...]
    idle: tuple[Place, ...]


def agree(planned: PlannedProject, staged: StagedBuild, *, least: Severity = "warning") -> Agreement:
    """Compare the environments of a project that was built as a whole, and without an error.

    `least` is the least severity to look for.
    """
    look = BetweenEnvironments(planned)
    for task in planned.project.tasks:
        look.see(planned.list_plans(planned.project.environments, [task]), staged.stages, staged.artifacts)
    return look.conclude(staged.build.secrets, least=least)


class BetweenEnvironments:
    """A look at the tasks of a project, one after the other in all environments. What only the whole can tell is told at the end."""

    def __init__(self, planned: PlannedProject) -> None:
        self.planned = planned
        project = planned.project
        self.plans = planned.list_plans(project.environments, project.tasks)
        self.turns = number_plans(self.plans)
        self.ancestors = {
            name: tuple(overlay.name for overlay in planned.find_chain(name).overlays[:-1])
            for name in project.environments
        }
        self.reached: set[str] = set()
        self.seen: set[str] = set()
        self.variables = VariableUses()
        self.families = Families()
        self.overrides = Overrides()
        self.lacking: list[Claim] = []
        self.mentions: list[Claim] = []

    def see(
        self, plans: Sequence[Plan], stages: Mapping[Pair, tuple[Stage, ...]], artifacts: Mapping[Pair, Artifact]
    ) -> None:
        """Look at one task that was built in all environments that have it: these are its plans."""
        if not plans:
            return
        typed, uses, units = type_stages(stages, plans), find_task_uses(self.planned, plans), Units()
        group = [
            Case(plan, typed[pair], artifacts[pair], self.turns[pair], units)
            for plan in plans
            for pair in [(plan.environment, plan.task)]
        ]
        self.seen.add(plans[0].task)
        self.reached |= uses.templates
        for case in group:
            self.variables.see(case, uses)
            self.families.see(case)
        if len(group) > 1:
            self.lacking += find_lacking(self.planned.project.settings.environments, group)
            self.mentions += find_mentions(group, self.ancestors)
        self.overrides.see(group)

    def make_claims(self) -> Iterator[Claim]:
        """Make claims of all that was seen, variables that nobody uses first: nothing else is told of these."""
        unused = tuple(self.variables.find_unused())
        yield from unused
        yield from find_unused_partials(self.planned, self.find_reached())
        yield from find_shared_services(self.planned, self.plans)
        yield from self.families.find_shared()
        yield from self.lacking
        yield from self.mentions
        told = frozenset(claim.places[0] for claim in self.mentions)
        yield from self.overrides.find(frozenset(claim.name for claim in unused), told)

    def find_reached(self) -> set[str]:
        """Find the templates that tasks reach, those too that no environment has."""
        others = (task for task in self.planned.project.tasks if task not in self.seen)
        return self.reached.union(
            *(find_uses(self.planned.templates.sources, f"{task}{TASK_SUFFIX}").templates for task in others)
        )

    def conclude(self, secrets: Secrets, *, least: Severity = "warning") -> Agreement:
        """Weigh the claims, now that all tasks were seen; `least` is the least severity to look for."""
        project, suppressions = self.planned.project, self.planned.suppressions
        used: set[Suppression] = set()
        reports: list[Report] = []
        idle: list[Place] = []
        matched: set[DeclaredException] = set()
        for claim in self.make_claims():
            weighed = list(weigh_claim(claim, project))
            if not weighed:
                continue
            admitted = [each for each in project.settings.exceptions if is_admitted(claim, each)]
            matched.update(admitted)
            covering = suppressions.find(claim.finding.code, claim.places) if suppressions else frozenset()
            used |= covering
            if admitted or covering:
                continue
            reports += [report for report in weighed if report.finding.severity != "note" or least == "note"]
            idle += claim.idle
        for each in project.settings.exceptions:
            if each not in matched:
                reports += weigh_claim(report_exception(each, project), project)
        if suppressions is not None:
            reports += [Report(finding, None, None) for finding in suppressions.find_unused(used, between=True)]
        return Agreement(secrets.hide_all(gather(reports)), tuple(idle))


def find_rivals(planned: PlannedProject, environments: Container[str]) -> tuple[Finding, ...]:
    """Find that others have the service of one of these environments too (E709), for a command that is about to change it."""
    project, suppressions = planned.project, planned.suppressions
    plans = planned.list_plans(project.environments, project.tasks)
    reports: list[Report] = []
    for claim in find_shared_services(planned, plans):
        admitted = any(is_admitted(claim, each) for each in project.settings.exceptions)
        covered = suppressions is not None and suppressions.find(claim.finding.code, claim.places)
        if not admitted and not covered and any(each in environments for each in claim.environments):
            reports += weigh_claim(claim, project)
    return planned.secrets.hide_all(gather(reports))


def weigh_claim(claim: Claim, project: Project) -> Iterator[Report]:
    """Give a finding the level it has in each environment that it is about."""
    code = claim.finding.code
    for environment in claim.environments or (None,):
        level = project.settings.find_levels(environment or "").get(code, RULES[code].level)
        if level != "off":
            yield Report(claim.finding._replace(severity=level), environment, claim.task)


def is_admitted(claim: Claim, exception: DeclaredException) -> bool:
    """Whether a declared exception is about a finding: for all the environments that it names, or all that differ from them."""
    path = claim.finding.path or ""
    if claim.finding.code != exception.code:
        return False
    if exception.name and exception.name != claim.name:
        return False
    if exception.path and not (path == exception.path or path.startswith((f"{exception.path}.", f"{exception.path}["))):
        return False
    named = frozenset(exception.environments)
    return not named or named >= {*claim.environments} or (bool(claim.others) and named >= {*claim.others})


def report_exception(exception: DeclaredException, project: Project) -> Claim:
    """Report an exception that nothing was found for (W708)."""
    unknown = [name for name in exception.environments if name not in project.environments]
    message = f"nothing is found that this exception from {exception.code} is about"
    help = "delete it"
    if unknown:
        message = f"this exception is for `{unknown[0]}`, and there is no such environment"
        near = did_you_mean(unknown[0], project.environments)
        help = f"write `{near}`" if near else help
    cause = f"{unknown[0]}" if unknown else None
    return Claim(finding_at(exception.place, "W708", message, help=help, cause=cause))
