"""`taskdef rollback`: a service is brought back to a revision that there is already, and waited for."""

from __future__ import annotations

import re

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import find_revision, iterate_revisions, list_arns, name_family
from generator.aws.calls.services import list_steady
from generator.aws.rollout import find_previous, is_taken_back
from generator.build.pipeline import trace
from generator.build.planning import PlannedProject
from generator.commands.account.deliveries import Move
from generator.commands.account.orders import Order, ask_once, make_release
from generator.commands.account.refusals import refuses
from generator.commands.account.rollouts import Request, carry_out_rollouts, plan_rollouts, survey
from generator.commands.account.targets import find_ambiguous, load_targets
from generator.model.account import Revision, Service, name_revision
from generator.model.account_answers import Rollouts
from generator.model.account_events import ChangePlanned, Choice, DestinationChosen
from generator.model.comparison import Comparison
from generator.model.findings import InputError, WrongUsage
from generator.model.records import Record
from generator.model.releases import Release
from generator.model.result import Result
from generator.model.tags import COMMIT_TAG, DIRTY, VERSION_TAG
from generator.project.loading import load_project
from generator.review.compare import Tracer, compare_pair, view_revision

WHOLE = 40
"""Digits of a commit that is spelt out."""


class Destination(Record):
    """The revision that a service goes back to, and why that one, as in `DestinationChosen`."""

    revision: Revision
    choice: Choice
    mark: str = ""


@refuses("rollback")
def rollback(request: Request, *, word: str, to: str | None = None, strict: bool = False) -> Result:
    """Bring a service back to the last other revision that was steady, or to the one that `to` names, once the difference has been shown.

    The sources need not be right for that, or else an artifact be committed: only the account, the region, the cluster and the service
    are taken from the overlays.
    """
    check_words(word, to)
    order = load_target(request.root, word, named=request.service is not None)._replace(strict=strict)
    field = survey(order, request)
    (release,) = field.order.releases
    clients, now = field.clients.within(release.region), field.services[release.name]
    if not now.revision:
        message = f"the service `{now.name}` in the cluster `{now.cluster}` runs no revision"
        raise InputError(message, f"`taskdef deploy {release.name}` brings it to what is committed")
    target = choose_named(clients, release, now, to) if to is not None else choose_steady(clients, release, now)
    again = request.spell("rollback", release.name, f"--to {target.revision.number}")
    move = Move(release.name, release.region, now, target.revision.arn, expected=now.revision, again=again)
    comparison = compare(clients, release, now, target.revision)
    request.on_event(DestinationChosen(release.name, target.revision.name, target.choice, target.mark))
    change = ChangePlanned(comparison)
    request.on_event(change)
    answer = Rollouts(comparison=comparison)
    if request.dry_run:
        return plan_rollouts("rollback", field.order, [move], answer)
    if move.deed in ("update", "force"):
        ask_once(field.order, "bring back", request.confirm, lambda _: [change], revision=target.revision.name)
    return carry_out_rollouts("rollback", request, field, [move], comparison.documents, answer)


def check_words(word: str, to: str | None) -> None:
    """Refuse words that do not say which revision of which task."""
    if to is not None and not to.strip():
        raise WrongUsage("`--to` names no revision: it is empty")
    where, colon, revision = word.partition(":")
    if colon:
        raise WrongUsage(f"the revision that `{where}` is brought back to is named by `--to {revision}`")


def load_target(root: str, word: str, *, named: bool) -> Order:
    """Read where one task runs, and what the sources give of it: a deployment that fails is told with their line, if they are in order.

    The service has to be that of one task, unless it is `named`.
    """
    order = load_targets(load_project(root), [word])
    if len(order.releases) > 1:
        example = order.releases[0].name
        raise WrongUsage(f"`{word}` has {len(order.releases)} tasks: name one, like `{example}`")
    pairs = [] if named else [(each.environment, each.task) for each in order.releases]
    found = (*order.findings, *find_ambiguous(order.planned, pairs))
    traced = tuple(trace_release(order.planned, each) for each in order.releases)
    return order._replace(releases=traced, findings=found)


def trace_release(planned: PlannedProject, release: Release) -> Release:
    """Give a release what the sources give of it, where they are in order."""
    pair = (release.environment, release.task)
    traced = trace(planned, *pair)
    artifact = traced.artifact if traced else None
    return make_release(planned, pair, artifact) or release._replace(artifact=artifact)


def compare(clients: Clients, release: Release, service: Service, target: Revision) -> Comparison:
    """Compare the revision that a service runs, or is going to, with the one that it goes back to."""
    arn = service.revision
    current = find_revision(clients, arn)
    if current is None:
        raise InputError(f"ECS does not describe `{name_revision(arn)}`, which `{service.name}` runs")
    left, right = (view_revision(each, release.side.document) for each in (current, target))
    return compare_pair(left, right, Tracer())


# Which revision.


def choose_steady(clients: Clients, release: Release, service: Service) -> Destination:
    """Choose the last revision that was steady, other than the one that the service has now."""
    current = service.revision
    if is_taken_back(service):
        raise InputError(
            f"ECS has taken the last deployment back itself: `{service.name}` is on `{name_revision(current)}`",
            "name a revision with `--to` to go back further",
        )
    try:
        steady = [each for each in list_steady(clients, service) if each.revision != current]
    except AwsError as error:
        if not error.denied:
            raise
        steady = []
    for each in steady:
        revision = find_revision(clients, each.revision)
        if revision is not None and revision.status == "ACTIVE":
            return Destination(revision, "steady", each.at)
    previous = find_previous(service, current)
    revision = find_revision(clients, previous) if previous else None
    if revision is None or revision.status != "ACTIVE":
        raise InputError(
            f"ECS does not tell which revision of `{service.name}` was steady before `{name_revision(current)}`",
            f"`taskdef revisions {release.name}` lists them: name one with `--to`",
        )
    return Destination(revision, "before")


def choose_named(clients: Clients, release: Release, service: Service, to: str) -> Destination:
    """Choose the revision that a number, an ARN, a commit or a version names, among those of the service's family."""
    family = name_family(service.revision) or release.family
    is_number = to.isascii() and to.isdecimal()
    if is_number or ":" in to:
        name = f"{family}:{to}" if is_number else to
        if ":" in to and name_family(to) != family:
            raise WrongUsage(f"`{to}` is not of the family `{family}`, which `{service.name}` runs")
        revision = find_revision(clients, name)
        if revision is not None:
            check_active(revision)
            return Destination(revision, "named")
        if not could_be_commit(to):
            raise WrongUsage(f"there is no revision `{name}`")
    return choose_tagged(clients, family, to)


def check_active(revision: Revision) -> None:
    """Refuse a revision from which ECS starts nothing any more."""
    if revision.status != "ACTIVE":
        raise WrongUsage(f"`{revision.name}` is {revision.status}: ECS starts no task of it")


def could_be_commit(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{7,40}", text) is not None


def choose_tagged(clients: Clients, family: str, to: str) -> Destination:
    """Choose the newest revision that was registered from a commit or version. ECS is asked for no more of them than it takes.

    All are asked for where `to` only begins a commit: it may begin another too.
    """
    found: list[Revision] = []
    for revision in iterate_revisions(clients, list_arns(clients, family)):
        if revision.find_tag(VERSION_TAG) == to:
            return Destination(revision, "registered", to)
        if could_be_commit(to) and revision.find_tag(COMMIT_TAG).startswith(to):
            found.append(revision)
        if revision.find_tag(COMMIT_TAG) == to and len(to) == WHOLE:
            break
    clean = [each for each in found if not each.find_tag(COMMIT_TAG).endswith(DIRTY)]
    commits = sorted({each.find_tag(COMMIT_TAG) for each in clean})
    if len(commits) > 1:
        raise WrongUsage(f"`{to}` begins {len(commits)} commits: {', '.join(f'`{each}`' for each in commits)}")
    if clean:
        return Destination(clean[0], "registered", commits[0][:12])
    if found:
        names = ", ".join(f"`{each.name}`" for each in found)
        raise WrongUsage(f"what was registered from `{to}` was not what is committed there ({names}): name its number")
    raise WrongUsage(f"no active revision of `{family}` was registered from a commit or version `{to}`")
