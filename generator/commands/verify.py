"""`taskdef verify`: whether what is to be registered finds in its account what it takes for granted. Changes nothing anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.aws.calls.clients import Clients
from generator.aws.calls.lookups import ask_all
from generator.aws.verify import Home, judge, list_references
from generator.aws.verify.questions import Answer, Question, Reference
from generator.aws.verify.referring import refer_to_service
from generator.aws.verify.things import Judged, Told, Verification, count_things, gather_things, share_problems
from generator.commands.account.orders import check_caller, find_caller, load_order
from generator.commands.account.refusals import accept_order, refuses
from generator.documents.parsing.scalars import to_value
from generator.documents.places import locate_problem
from generator.model.account import Access
from generator.model.account_events import OnAccountEvent, ignore_account_event
from generator.model.findings import Finding, WrongUsage, finding_at
from generator.model.gathering import Report, gather
from generator.model.nodes import Value
from generator.model.project import Artifact
from generator.model.records import Record
from generator.model.releases import Release
from generator.model.result import Result

STALE = frozenset(("E801", "E802"))
"""Codes of an artifact that is out of date. The sources are verified in its place, and these findings are reported too."""


@refuses("verify")
def verify(
    root: str,
    *,
    words: Sequence[str],
    access: Access,
    secret_keys: bool = False,
    cluster: str | None = None,
    service: str | None = None,
    strict: bool = False,
    on_event: OnAccountEvent = ignore_account_event,
) -> Result:
    """Look in the account for everything that some environments or tasks refer to, and tell all that is not as they need it.

    What AWS does not tell is unknown, which fails only if `strict`. The values of secrets are read with `secret_keys` alone, for the
    names in them. `cluster` and `service` go before what the overlays say.
    """
    order = load_order(root, words)
    order = accept_order(order._replace(findings=tuple(soften(finding) for finding in order.findings)))
    if service is not None and len(order.releases) > 1:
        raise WrongUsage("`--service` is one service, and this is about several tasks: name one as ENV/TASK")
    clients = Clients(access, on_event=on_event)
    order = accept_order(order, check_caller(order.releases, clients))
    releases = [move(release, cluster, service) for release in order.releases]
    # What has no region of its own, like a role, is asked for in the partition of the environments.
    judged = judge_all(clients.within(releases[0].region), read_all(clients, releases, keys=secret_keys))
    things = gather_things(judged)
    findings = (*order.findings, *order.secrets.hide_all(locate_all(releases, judged)))
    counts = count_things(things, keys=secret_keys)
    doubtful = counts.unknown or any(finding.severity == "warning" for finding in findings)
    status = 1 if counts.wrong or (strict and doubtful) else 0
    return Result("verify", findings, status, answer=Verification(things, counts))


def soften(finding: Finding) -> Finding:
    """Let an artifact that is not fresh be a warning."""
    return finding._replace(severity="warning") if finding.code in STALE else finding


class Read(Record):
    """A release with all that it refers to."""

    release: Release
    document: Value
    home: Home
    references: tuple[Reference, ...]


def move(release: Release, cluster: str | None, service: str | None) -> Release:
    """Let options go before what the overlays say of cluster and service; what an option says is in no file."""
    given = {"cluster": cluster, "service": service}
    places = tuple(each for each in release.places if not given.get(each[0]))
    return release._replace(cluster=cluster or release.cluster, service=service or release.service, places=places)


def read_all(clients: Clients, releases: Sequence[Release], *, keys: bool) -> list[Read]:
    """Read what releases refer to. Where an overlay names no account or region, those of the caller are meant."""
    caller = "" if all(each.account for each in releases) else find_caller(clients, releases[0].region).account
    homes = (Home(each.account or caller, clients.chosen_region or each.region) for each in releases)
    return [read_release(release, home, keys=keys) for release, home in zip(releases, homes, strict=True)]


def read_release(release: Release, home: Home, *, keys: bool) -> Read:
    """Read what a release refers to."""
    document = to_value(find_artifact(release).document)
    placed = refer_to_service(release.cluster, release.service, home)
    return Read(release, document, home, (*list_references(document, home, keys=keys), *placed))


def judge_all(clients: Clients, read: Sequence[Read]) -> tuple[Judged, ...]:
    """Ask about all that releases refer to, each thing once, and judge every reference by what was answered.

    The keys of a secret are asked for in a second round, where there is a value to have them.
    """
    asked = [each.question for one in read for each in one.references if each.settled is None]
    answers = ask_all(clients, [each for each in asked if each.kind != "keys"])
    hollow = {
        each.reference.question._replace(kind="keys", stage=each.reference.stage)
        for each in judge_by(answers, read)
        if each.reference.question.kind == "secret" and each.verdict.state == "wrong"
    }
    inside = [each for each in asked if each.kind == "keys" and each not in hollow]
    return judge_by({**answers, **ask_all(clients, inside)}, read)


def judge_by(answers: Mapping[Question, Answer], read: Sequence[Read]) -> tuple[Judged, ...]:
    """Judge every reference by some answers."""
    return tuple(
        Judged(
            one.release.environment,
            one.release.task,
            each,
            judge(each, answers.get(each.question), one.document, one.home),
        )
        for one in read
        for each in one.references
    )


def find_artifact(release: Release) -> Artifact:
    """Find the artifact as rendered now. There is one if the sources have no error."""
    assert release.artifact is not None
    return release.artifact


def locate_all(releases: Sequence[Release], judged: Sequence[Judged]) -> tuple[Finding, ...]:
    """Make findings of what is wrong, each at the line of the template or overlay that says so."""
    reports: list[Report] = []
    for release in releases:
        own = [each for each in judged if (each.environment, each.task) == (release.environment, release.task)]
        reports += [Report(locate(release, told), release.environment, release.task) for told in share_problems(own)]
    return gather(reports)


def locate(release: Release, told: Told) -> Finding:
    """Make a finding of one problem."""
    problem, severity, setting = told
    if setting and not problem.path:
        place = release.find_place(setting)
        return finding_at(place, problem.code, problem.message, help=problem.help, severity=severity)
    artifact = find_artifact(release)
    finding, _ = locate_problem(problem, artifact.document, severity, artifact.variables)
    return finding
