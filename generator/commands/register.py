"""`taskdef register`: registers committed artifacts, unless the newest revision has the same content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator.aws.calls.clients import Clients
from generator.commands.account.orders import Confirm, Order, ask_once, check_caller, list_warnings, load_order
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.registrations import carry_out_all, find_uncommitted, list_changes, plan
from generator.model.account import Access
from generator.model.account_answers import Registrations
from generator.model.account_events import AccountEvent, OnAccountEvent, RegistrationDone, ignore_account_event
from generator.model.releases import Registration, Release
from generator.model.result import Result
from generator.project.history import read_checkout


@refuses("register")
def register(
    root: str,
    *,
    words: Sequence[str],
    access: Access,
    confirm: Confirm,
    dry_run: bool = False,
    force: bool = False,
    allow_stale: bool = False,
    strict: bool = False,
    why: bool = False,
    on_event: OnAccountEvent = ignore_account_event,
) -> Result:
    """Register the committed artifacts of some environments or tasks, each only if it differs from the newest revision, or with `force`.

    If any of them has an error, nothing is registered. `on_event` is called for each as soon as it is done; with
    `why`, the event has the comparison to print.
    """
    order = accept_order(load_order(root, words, allow_stale=allow_stale, strict=strict))
    clients = Clients(access, on_event=on_event)
    order = accept_order(order, check_caller(order.releases, clients))
    checkout = read_checkout(root)
    planned = tuple(plan(clients, checkout, order.planned, release, force=force) for release in order.releases)
    order = accept_order(order, find_uncommitted(checkout, planned))
    if dry_run:
        for each in planned:
            on_event(RegistrationDone(each, why))
        return Result("register", order.findings, 0, answer=Registrations(planned, dry_run=True))
    changing = tuple(each.release for each in planned if each.action == "planned")
    if changing:
        asked = order._replace(releases=changing)
        ask_once(asked, "register", confirm, partial(list_known, order, planned))
    done, halt = carry_out_all(clients, planned, lambda each: on_event(RegistrationDone(each, why)))
    return Result("register", order.findings, halt.status if halt else 0, answer=Registrations(done, halt))


def list_known(order: Order, planned: Sequence[Registration], release: Release) -> Iterator[AccountEvent]:
    """List the warnings and the changes of a release, before a person agrees to it."""
    yield from list_warnings(each for each in order.findings if release.environment in each.environments)
    yield from list_changes(planned, release)
