"""`taskdef register`: what is committed becomes a revision, unless the newest one says the same already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.aws.calls.clients import Clients, Tell, tell_nobody
from generator.commands.account.orders import Confirm, Order, ask_once, check_caller, load_order
from generator.commands.account.registrations import (
    carry_out_all,
    find_uncommitted,
    list_warnings,
    make_refusal,
    plan,
    state_planned,
)
from generator.model.account import Access
from generator.model.releases import Registration, Release
from generator.model.result import Result
from generator.project.history import read_checkout
from generator.reports.registrations import list_lines, make_result, summarize


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
    json: bool = False,
    color: bool = False,
    tell: Tell = tell_nobody,
    announce: Tell = tell_nobody,
) -> Result:
    """Register what is committed of some environments or tasks, each only if it differs from the newest revision, or with `force`.

    Nothing is registered where something is wrong with one of them. `announce` hears of each as soon as it is done, a line at a time; with
    `why` also what differs, and what ECS fills in.
    """
    order = load_order(root, words, allow_stale=allow_stale, strict=strict)
    if order.failed:
        return make_refusal(order)
    clients = Clients(access, tell=tell)
    order = order._replace(findings=(*order.findings, *check_caller(order.releases, clients)))
    if order.failed:
        return make_refusal(order)
    checkout = read_checkout(root)
    planned = tuple(plan(clients, checkout, order.planned, release, force=force) for release in order.releases)
    changing = tuple(each.release for each in planned if each.action == "planned")
    order = order._replace(findings=(*order.findings, *find_uncommitted(checkout, planned)))
    if order.failed:
        return make_refusal(order)
    if changing and not dry_run:
        ask_once(order._replace(releases=changing), "register", confirm, partial(state_careful, order, planned))

    def hear(each: Registration) -> None:
        for line in list_lines(each, why=why, color=color):
            announce(line)

    if dry_run:
        for each in planned:
            hear(each)
    done, halt = (planned, None) if dry_run else carry_out_all(clients, planned, hear)
    summary = summarize(done, order.findings, dry_run=dry_run)
    return make_result(done, order.findings, halt, summary=summary, dry_run=dry_run, json=json)


def state_careful(order: Order, planned: Iterable[Registration], release: Release) -> Iterator[str]:
    """Say what there is to be careful about, and what a new revision of a release would change."""
    yield from list_warnings(each for each in order.findings if release.environment in each.environments)
    yield from state_planned(planned, release)
