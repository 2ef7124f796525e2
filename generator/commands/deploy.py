"""`taskdef deploy`: updates services to the committed revision, and waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from generator.aws.calls.revisions import find_revision
from generator.commands.account.deliveries import Move
from generator.commands.account.fitting import find_unfitting
from generator.commands.account.orders import ask_once, list_warnings, load_order
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.registrations import (
    carry_out_all,
    compare_with,
    find_uncommitted,
    list_changes,
    plan,
)
from generator.commands.account.rollouts import Field, Request, carry_out_rollouts, plan_rollouts, survey
from generator.commands.account.services import find_other_families, say_unserved, set_aside
from generator.model.account import Service
from generator.model.account_answers import Rollouts
from generator.model.account_events import ChangePlanned, OnAccountEvent, RegistrationDone, WarningFound
from generator.model.findings import Finding
from generator.model.releases import Registration, Release
from generator.model.result import Result
from generator.project.history import Checkout, read_checkout


@refuses("deploy")
def deploy(
    request: Request,
    *,
    words: Sequence[str],
    force: bool = False,
    allow_stale: bool = False,
    strict: bool = False,
    previous_families: Sequence[str] = (),
) -> Result:
    """Register committed artifacts that differ from the newest revision, update the services to exactly these revisions, and wait.

    If any of them has an error, nothing is changed. With `force`, ECS deploys again even if the revision runs
    already. `previous_families` are other families that the services may still run.
    """
    order = load_order(request.root, words, allow_stale=allow_stale, strict=strict)
    order, unserved = set_aside(order, words, request.service)
    field = survey(order, request, unserved)
    releases, services = field.order.releases, field.services
    checkout = read_checkout(request.root)
    planned = plan_all(field, checkout, (*releases, *unserved))
    again = partial(request.spell, "deploy", more="--allow-stale" if allow_stale else "")
    set_out = partial(make_moves, services=services, again=again, back=partial(request.spell, "rollback"), force=force)
    moves = set_out(planned)
    found = (*find_wrong(field, moves, previous_families), *find_uncommitted(checkout, planned))
    field = field._replace(order=accept_order(field.order, found))
    if request.dry_run:
        return plan_rollouts("deploy", field.order, moves.values(), Rollouts(registrations=planned))
    warned = (*list_warnings(field.order.findings), *map(WarningFound, map(say_unserved, unserved)))
    for warning in warned:  # early, for the question or the progress
        request.on_event(warning)
    ask(request, field, planned, moves)
    done, halt = carry_out_all(field.clients, planned, partial(tell_registered, request.on_event))
    answer = Rollouts(registrations=done, warned=tuple(each.finding for each in warned), halt=halt)
    if halt is not None:
        return Result("deploy", (), halt.status, answer=answer)
    documents = [document for each in done for document in each.documents]
    return carry_out_rollouts("deploy", request, field, tuple(set_out(done).values()), documents, answer)


def find_wrong(field: Field, moves: Mapping[str, Move], allowed: Sequence[str]) -> Iterator[Finding]:
    """Find services that may be the wrong ones, and those that cannot run their new revision."""
    releases = field.order.releases
    yield from find_other_families(releases, field.services, allowed)
    yield from field.order.secrets.hide_all(find_unfitting(field.clients, releases, moves))


def plan_all(field: Field, checkout: Checkout, releases: Sequence[Release]) -> tuple[Registration, ...]:
    """Report for each release whether it is to be registered."""
    return tuple(plan(field.clients, checkout, field.order.planned, each, force=False) for each in releases)


def ask(request: Request, field: Field, planned: Sequence[Registration], moves: Mapping[str, Move]) -> None:
    """Ask about the services that will change, after showing their changes."""
    deeds = ("update", "force", "wait") if request.patience.takes_back else ("update", "force")
    changing = tuple(
        each.release
        for each in planned
        if (moves[each.release.name].deed in deeds if each.release.name in moves else each.action == "planned")
    )
    order = field.order._replace(releases=changing)
    ask_once(order, "deploy", request.confirm, partial(list_moved, field, planned))


def list_moved(field: Field, planned: Sequence[Registration], release: Release) -> Iterator[ChangePlanned]:
    """List the differences between the running revision and the new one."""
    service = field.services.get(release.name)
    arn = service.revision if service is not None else ""
    newest = next(each for each in planned if each.release is release)
    if service is None or (newest.revision is not None and newest.revision.arn == arn):
        yield from list_changes(planned, release)
    else:
        running = find_revision(field.clients.within(release.region), arn) if arn else None
        if running is not None:
            yield ChangePlanned(compare_with(running, release, field.order.planned))


def tell_registered(on_event: OnAccountEvent, done: Registration) -> None:
    """Report a new revision at once."""
    if done.action == "registered":
        on_event(RegistrationDone(done))


def make_moves(
    done: Sequence[Registration],
    services: Mapping[str, Service],
    again: Callable[[str], str],
    back: Callable[[str], str],
    *,
    force: bool,
) -> dict[str, Move]:
    """Plan the action on the service of each release, by the release's name.

    `again` and `back` write the commands that wait again and that roll back.
    """
    moves: dict[str, Move] = {}
    for each in done:
        release = each.release
        if release.name not in services:  # no service runs it
            continue
        moves[release.name] = Move(
            release.name,
            release.region,
            services[release.name],
            "" if each.revision is None or each.action == "planned" else each.revision.arn,
            force=force,
            again=again(release.name),
            back=back(release.name),
        )
    return moves
