"""`taskdef rollback`: returns a service to an existing revision, and waits."""

from __future__ import annotations

from generator.aws.calls.clients import Clients
from generator.aws.calls.revisions import find_revision
from generator.build.pipeline import trace
from generator.build.planning import PlannedProject
from generator.commands.account.deliveries import Move
from generator.commands.account.destinations import Destination, Errand, choose_named, choose_steady
from generator.commands.account.fitting import find_unfitting_revision
from generator.commands.account.orders import Order, ask_once, make_release
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.rollouts import Field, Request, carry_out_rollouts, plan_rollouts, survey
from generator.commands.account.targets import find_ambiguous, load_targets
from generator.documents.hiding import make_secrets
from generator.model.account import Revision, Service, name_revision
from generator.model.account_answers import Rollouts
from generator.model.account_events import ChangePlanned, DestinationChosen, WarningFound
from generator.model.comparison import Comparison
from generator.model.findings import Finding, InputError, WrongUsage
from generator.model.releases import Release
from generator.model.result import Result
from generator.project.loading import load_project
from generator.review.compare import Tracer, compare_pair, view_revision


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
        raise InputError(message, f"`taskdef deploy {release.name}` deploys what is committed")
    errand = Errand(request.root, clients, field.order.planned, release, now)
    target = choose_named(errand, to) if to is not None else choose_steady(errand)
    again = request.spell("rollback", release.name, f"--to {target.revision.number}")
    move = Move(release.name, release.region, now, target.revision.arn, expected=now.revision, again=again)
    noted = note_target(field, move, target)
    field = field._replace(order=accept_order(field.order, noted))
    comparison = compare(clients, release, now, target.revision)
    request.on_event(DestinationChosen(release.name, target.revision.name, target.choice, target.mark))
    for note in noted:
        request.on_event(WarningFound(note))
    change = ChangePlanned(comparison)
    request.on_event(change)
    answer = Rollouts(comparison=comparison, warned=noted)
    if request.dry_run:
        return plan_rollouts("rollback", field.order, [move], answer)
    if move.deed in ("update", "force"):
        ask_once(field.order, "bring back", request.confirm, lambda _: [change], revision=target.revision.name)
    return carry_out_rollouts("rollback", request, field, [move], comparison.documents, answer)


def note_target(field: Field, move: Move, target: Destination) -> tuple[Finding, ...]:
    """Report the revisions that were skipped, and the demands of the service that the chosen revision does not meet."""
    (release,) = field.order.releases
    clients, revision = field.clients.within(release.region), target.revision
    passed = (Finding("passed-over", "note", f"skipped: {text}") for text in target.passed)
    unmet = find_unfitting_revision(clients, release, move, revision)
    return (*passed, *make_secrets([revision.document]).join(field.order.secrets).hide_all(unmet))


def check_words(word: str, to: str | None) -> None:
    """Refuse words that do not say which revision of which task."""
    if to is not None and not to.strip():
        raise WrongUsage("`--to` names no revision: it is empty")
    where, colon, revision = word.partition(":")
    if colon:
        raise WrongUsage(f"name the revision of `{where}` with `--to {revision}`")


def load_target(root: str, word: str, *, named: bool) -> Order:
    """Read where one task runs, and its artifact as rendered now. If it builds, a failed deployment is reported with a line of the sources.

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
    """Add to a release its artifact as rendered now, if the sources have no error."""
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
