"""Whether the environments of a project agree where they should: W701 to W711. Looks at what was built without an error; mends nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from generator.build.pipeline import StagedBuild
from generator.build.planning import PlannedProject
from generator.model.findings import Finding, Place, Severity, did_you_mean, finding_at
from generator.model.gathering import Report, gather
from generator.model.project import DeclaredException, Project
from generator.model.records import Record
from generator.review.environments.evidence import Claim, Evidence, gather_evidence
from generator.review.environments.mentions import find_mentions
from generator.review.environments.overrides import find_overrides
from generator.review.environments.parity import find_lacking
from generator.review.environments.sharing import find_shared_places, find_shared_services
from generator.review.environments.unused import find_unused_partials, find_unused_variables
from generator.rules import RULES

if TYPE_CHECKING:
    from generator.build.suppressing import Suppression

__all__ = ["Agreement", "agree", "find_rivals"]


class Agreement(Record):
    """What was found between environments, and the values of overlays that change nothing, as far as that was found."""

    findings: tuple[Finding, ...]
    idle: tuple[Place, ...]


def agree(planned: PlannedProject, staged: StagedBuild, *, least: Severity = "warning") -> Agreement:
    """Compare the environments of a project that was built as a whole, and without an error.

    `least` is the least severity to look for.
    """
    project, suppressions = planned.project, planned.suppressions
    used: set[Suppression] = set()
    reports: list[Report] = []
    idle: list[Place] = []
    matched: set[DeclaredException] = set()
    for claim in make_claims(gather_evidence(planned, staged)):
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
    return Agreement(staged.build.secrets.hide_all(gather(reports)), tuple(idle))


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


def make_claims(evidence: Evidence) -> Iterator[Claim]:
    """Look at everything, variables that nobody uses first: nothing else is told of these."""
    unused = tuple(find_unused_variables(evidence))
    yield from unused
    yield from find_unused_partials(evidence)
    yield from find_shared_places(evidence)
    yield from find_lacking(evidence)
    mentions = tuple(find_mentions(evidence))
    yield from mentions
    told = frozenset(claim.places[0] for claim in mentions)
    yield from find_overrides(evidence, frozenset(claim.name for claim in unused), told)


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
