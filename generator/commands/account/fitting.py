"""Checks whether the services of an order can run their new revisions. Asks only which revision a service runs, if that decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.aws.calls.clients import Clients
from generator.aws.calls.needs import find_protocols
from generator.aws.demands import find_unmet
from generator.commands.account.deliveries import Move
from generator.commands.account.families import spell_update
from generator.commands.account.services import say_at
from generator.documents.parsing.scalars import to_value
from generator.documents.places import find_spot, locate_problem, spell
from generator.ecs.demands import DEMANDS
from generator.model.account import Revision, Service
from generator.model.findings import Finding, Note, Problem, Severity
from generator.model.records import Record
from generator.model.releases import Release


def find_unfitting(clients: Clients, releases: Sequence[Release], moves: Mapping[str, Move]) -> Iterator[Finding]:
    """Find why services cannot run the committed revision, unless they run it already."""
    for release in releases:
        move = moves[release.name]
        if move.deed == "update":
            yield from find_demands(clients, release, move.service)


def find_demands(clients: Clients, release: Release, service: Service) -> Iterator[Finding]:
    """Find the demands of a service that a release does not meet: an error if ECS would refuse the update."""
    within = clients.within(release.region)
    needs = find_protocols(within, service.revision, service.needs)
    for problem in find_unmet(needs, to_value(release.side.document)):
        yield locate(release, problem)


class Misfit(Record):
    """An unmet demand of a service on a registered revision. The message names the revision."""

    code: str
    severity: Severity
    message: str
    notes: tuple[Note, ...] = ()


def find_unfitting_revision(clients: Clients, release: Release, move: Move, revision: Revision) -> Iterator[Finding]:
    """Find the demands of a service that a registered revision does not meet, unless the service runs it already.

    No line of the project wrote the revision, so each finding names it, at the line that names the service.
    """
    if move.deed != "update":
        return
    command = spell_update(release, move.service, revision.name)
    for each in find_misfits(clients, move.service, revision):
        finding = say_at(release, "service", each.code, each.message)
        help = f"name another revision with `--to`; `{command}` can change the service in the same update"
        yield finding._replace(severity=each.severity, notes=(*finding.notes, *each.notes), help=help)


def find_misfits(clients: Clients, service: Service, revision: Revision) -> Iterator[Misfit]:
    """Find the demands of a service that a registered revision does not meet."""
    needs = find_protocols(clients, service.revision, service.needs)
    for problem in find_unmet(needs, to_value(revision.document)):
        severity = choose_severity(problem)
        spot = find_spot(revision.document, problem.path, key=problem.key)
        fate = "ECS would refuse" if severity == "error" else "no task would start from"
        message = f"{fate} `{revision.name}`: {spell(problem.message, spot)}"
        yield Misfit(problem.code, severity, message, tuple(Note(spell(fact.text, spot)) for fact in problem.facts))


def choose_severity(problem: Problem) -> Severity:
    """Choose an error if ECS refuses the update, and a warning if ECS accepts it and no task starts."""
    return "error" if DEMANDS[problem.code].refused else "warning"


def locate(release: Release, problem: Problem) -> Finding:
    """Make a finding of a problem, at the line that decides it, or at the one that names the service."""
    severity = choose_severity(problem)
    if not problem.path:
        finding = say_at(release, "service", problem.code, problem.message)
        return finding._replace(severity=severity, help=problem.help)
    artifact = release.side.artifact
    variables = artifact.variables if artifact is not None else None
    finding, _ = locate_problem(problem, release.side.document, severity, variables)
    return finding._replace(environments=(release.environment,), task=release.task)
