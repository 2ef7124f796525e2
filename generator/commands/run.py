"""`taskdef run`: what is committed is run once as a task of its own, and watched to its end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.aws.calls.clients import Clients
from generator.aws.calls.runs import make_token
from generator.aws.run import choose_status
from generator.commands.account.orders import Confirm, Order, ask_once, check_caller, list_warnings, load_order
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.registrations import carry_out_all, find_uncommitted, list_changes, plan
from generator.commands.account.run_orders import (
    Wish,
    check_wish,
    choose_release,
    gather_settings,
    make_override,
    mask_override,
    view_override,
)
from generator.commands.account.run_watches import Vigil, examine_run, start, watch
from generator.commands.account.services import find_elsewhere, find_unplaced, place_release
from generator.documents.hiding import make_secrets
from generator.documents.parsing.scalars import to_value
from generator.model.account import Access
from generator.model.account_answers import Runs
from generator.model.account_events import (
    AccountEvent,
    OnAccountEvent,
    RegistrationDone,
    RunPlanned,
    ignore_account_event,
)
from generator.model.records import Record
from generator.model.releases import Registration, Release
from generator.model.result import Result
from generator.model.runs import Override, Run, TaskCall
from generator.project.history import read_checkout


class RunRequest(Record):
    """How a task is to be run: where, with whose consent, how long it is watched, and who hears of it.

    `cluster` and `service` go before what the overlays say. With `stops` a task that somebody does not wait for is stopped.
    """

    root: str
    access: Access
    confirm: Confirm
    wish: Wish = Wish()
    on_event: OnAccountEvent = ignore_account_event
    cluster: str | None = None
    service: str | None = None
    interval: float | None = None
    timeout: float | None = None
    waits: bool = True
    stops: bool = False
    dry_run: bool = False


@refuses("run")
def run(request: RunRequest, *, word: str, allow_stale: bool = False, strict: bool = False) -> Result:
    """Register what is committed of one task where it differs from the newest revision, and run just that revision once.

    Nothing is started where something is wrong with it.
    """
    check_wish(request.wish)
    order = accept_order(load_order(request.root, [word], allow_stale=allow_stale, strict=strict))
    release = place_release(choose_release(order, word), request.cluster, request.service)
    override = make_override(request.wish, to_value(release.side.document))
    order = accept_order(
        order._replace(releases=(release,)),
        (
            *(each for each in find_unplaced(release) if each.code == "unknown-cluster"),
            *find_elsewhere(release),
        ),
    )
    clients = Clients(request.access, on_event=request.on_event)
    order = accept_order(order, check_caller(order.releases, clients))
    settings, found = gather_settings(clients, order, release, request.wish)
    order = accept_order(order, found)
    checkout = read_checkout(request.root)
    planned = plan(clients, checkout, order.planned, release, force=False)
    order = accept_order(order, find_uncommitted(checkout, [planned]))
    vigil = make_vigil(request, clients, order, planned, override)
    revision = "" if planned.revision is None or planned.action == "planned" else planned.revision.arn
    shown = mask_override(override, vigil.secrets)
    wanted = Run(release.name, release.cluster, revision, "planned", settings, shown)
    if request.dry_run:
        return Result("run", order.findings, 0, answer=Runs(wanted, (planned,), dry_run=True))
    return carry_out(request, order, vigil, planned, wanted, override)


def make_vigil(request: RunRequest, clients: Clients, order: Order, planned: Registration, override: Override) -> Vigil:
    """Make what watching takes, with an account of all that is secret: in the revision, in the sources, on the command line."""
    release = planned.release
    secrets = make_secrets([*planned.documents, *view_override(override)]).join(order.secrets)
    document = to_value(release.side.document)
    within = clients.within(release.region)
    times = (request.interval, request.timeout)
    return Vigil(within, request.access, request.on_event, secrets, document, *times, request.stops)


def carry_out(
    request: RunRequest, order: Order, vigil: Vigil, planned: Registration, wanted: Run, override: Override
) -> Result:
    """Ask, register, start and watch."""
    warned = list_warnings(order.findings)
    for warning in warned:  # early, for the question or the progress
        request.on_event(warning)
    ask_once(order, "run", request.confirm, partial(list_known, planned, wanted))
    done, halt = carry_out_all(vigil.clients, [planned], partial(tell_registered, request.on_event))
    answer = Runs(None, done, warned=tuple(each.finding for each in warned), halt=halt)
    if halt is not None:
        return Result("run", (), halt.status, answer=answer)
    revision = done[0].revision
    assert revision is not None
    wanted = wanted._replace(revision=revision.arn)
    ran = start(vigil, TaskCall(wanted.cluster, revision.arn, wanted.settings, override, make_token()), wanted)
    if ran.action == "started" and request.waits:
        ran = watch(vigil, ran)
    examined, left = examine_run(vigil, order, planned.release, ran)
    left_out = tuple(each for each in order.findings if each not in answer.warned)
    status = judge(ran._replace(interrupted=ran.interrupted or left), request.wish.exit_code)
    return Result("run", left_out, status, answer=answer._replace(run=ran, examined=examined))


def list_known(planned: Registration, wanted: Run, release: Release) -> Iterator[AccountEvent]:
    """List what a person has to know: what a new revision would change, and what would be run."""
    yield from list_changes([planned], release)
    yield RunPlanned(wanted)


def tell_registered(on_event: OnAccountEvent, done: Registration) -> None:
    """Report a new revision at once."""
    if done.action == "registered":
        on_event(RegistrationDone(done))


def judge(ran: Run, name: str) -> int:
    """Give the status: 0 or 1 by the essential containers, or the exit code of one; 2 without an end, 130 where nobody waited for it."""
    if ran.interrupted:
        return 130
    if ran.action in ("succeeded", "failed") and name:
        return choose_status(ran.ends, name)
    return {"succeeded": 0, "started": 0, "failed": 1}.get(ran.action, 2)
