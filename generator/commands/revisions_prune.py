"""`taskdef revisions --prune`: deregisters old revisions that nothing uses. A revision that may be in use stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import THROTTLED, AwsError
from generator.aws.calls.revisions import deregister_revisions, list_arns
from generator.aws.calls.schedules import list_rule_uses, list_schedule_uses
from generator.aws.calls.usage import list_clusters, list_uses
from generator.aws.retirement import find_uses, plan_retirement
from generator.commands.account.orders import Confirm, Order, check_caller, insist, list_accounts, load_order
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.targets import refuse_family
from generator.model.account import Access, Use
from generator.model.account_answers import Prunings
from generator.model.account_events import (
    OnAccountEvent,
    PruningPlanned,
    Question,
    RevisionGone,
    WarningFound,
    ignore_account_event,
)
from generator.model.findings import Finding, InputError
from generator.model.records import Record
from generator.model.releases import Halt, Pruned, Release
from generator.model.result import Result


@refuses("revisions")
def prune(
    root: str,
    *,
    words: Sequence[str],
    keep: int,
    access: Access,
    confirm: Confirm,
    dry_run: bool = False,
    allow_stale: bool = False,
    strict: bool = False,
    on_event: OnAccountEvent = ignore_account_event,
) -> Result:
    """Deregister the ACTIVE revisions of some families beyond the newest `keep`, but for those in use anywhere in the account.

    `on_event` gets the plan before the question, and each revision as soon as it is deregistered.
    """
    order = accept_order(load_order(root, words, allow_stale=allow_stale, strict=strict))
    clients = Clients(access, on_event=on_event)
    order = accept_order(order, check_caller(order.releases, clients))
    uses = find_uses_by_region(clients, order.releases)
    order = accept_order(order, uses.untold)
    planned = plan(clients, order, uses, keep)
    if dry_run:
        return Result("revisions", order.findings, 0, answer=Prunings(planned, keep, dry_run=True))
    for untold in uses.untold:  # before the question
        on_event(WarningFound(untold))
    for each in planned:
        on_event(PruningPlanned(each))
    done, halt = carry_out(clients, ask(clients, planned, len(uses.untold), confirm, on_event), on_event)
    found = tuple(each for each in order.findings if each not in uses.untold)
    return Result("revisions", found, halt.status if halt else 0, answer=Prunings(done, keep, halt))


class Uses(Record):
    """The uses of some families' revisions, by region, and warnings about schedules that could not be read."""

    by_region: dict[str, tuple[Use, ...]]
    untold: tuple[Finding, ...]


def plan(clients: Clients, order: Order, uses: Uses, keep: int) -> tuple[Pruned, ...]:
    """Report for each family the revisions to deregister and those in use. A family of two environments is checked once."""
    releases = {(clients.within(each.region).region, each.family): each for each in reversed(order.releases)}
    planned = []
    for (region, family), release in sorted(releases.items(), key=lambda each: each[1].name):
        within = clients.within(release.region)
        active = list_arns(within, family)
        if not active:
            refuse_family(within, release)
        retired = plan_retirement(active, uses.by_region[region], keep=keep)
        planned.append(Pruned(release, region, retired.going, retired.kept))
    return tuple(planned)


def find_uses_by_region(clients: Clients, releases: Iterable[Release]) -> Uses:
    """Find the uses of some families in all clusters of their regions. Nothing is pruned if anything cannot be looked up.

    Rules and schedules are looked up too. If AWS does not answer for them, that is reported, and the other uses decide.
    """
    found: dict[str, tuple[Use, ...]] = {}
    untold: dict[Finding, None] = {}
    releases = tuple(releases)
    try:
        for release in releases:
            within = clients.within(release.region)
            if within.region not in found:
                families = [each.family for each in releases if clients.within(each.region).region == within.region]
                clusters = list_clusters(within)
                started, unknown = find_started(within, clusters)
                found[within.region] = (*list_uses(within, clusters, families), *started)
                untold |= dict.fromkeys(unknown)
    except AwsError as error:
        message = f"nothing is pruned, since not everything that may use a revision could be checked: {error}"
        raise InputError(message, error.help) from None
    return Uses(found, tuple(untold))


def find_started(clients: Clients, clusters: tuple[str, ...]) -> tuple[tuple[Use, ...], tuple[Finding, ...]]:
    """Find the revisions that rules and schedules name by their number, and report which of these could not be looked at.

    An account, an endpoint or an emulator may have neither service. Throttling is temporary, and without credentials nothing else works:
    these errors are raised.
    """
    found: list[Use] = []
    unknown: list[Finding] = []
    for kind, ask_for in (
        ("rules of EventBridge", list_rule_uses),
        ("schedules of EventBridge Scheduler", list_schedule_uses),
    ):
        try:
            found += ask_for(clients, clusters)
        except AwsError as error:
            if error.absent or error.code in THROTTLED:
                raise
            message = f"{kind} that name a revision by its number are not checked: {error}"
            unknown.append(Finding("schedules-unknown", "warning", message, help=error.help))
    return tuple(found), tuple(unknown)


def ask(
    clients: Clients, planned: tuple[Pruned, ...], untold: int, confirm: Confirm, on_event: OnAccountEvent
) -> tuple[Pruned, ...]:
    """Ask a person, and check again: after the answer, another revision may be in use.

    `untold` is the number of kinds that could not be checked before the question. If there are more now, nothing is pruned.
    """
    going = [each for each in planned if each.going]
    if not going:
        return planned
    releases = [each.release for each in going]
    families, count = tuple(each.family for each in releases), sum(len(each.going) for each in going)
    insist(confirm, Question("deregister", families, list_accounts(releases), revisions=count))
    uses = find_uses_by_region(clients, releases)
    if len(uses.untold) > untold:
        newest = uses.untold[-1]
        raise InputError(
            f"nothing is pruned, because this has changed since the question: {newest.message}", newest.help
        )
    looked = []
    for each in planned:
        used = {arn: find_uses(uses.by_region[each.region], arn) for arn in each.going}
        now = tuple((arn, found) for arn, found in used.items() if found)
        on_event(PruningPlanned(each._replace(going=(), kept=now)))
        rest = tuple(arn for arn, found in used.items() if not found)
        looked.append(each._replace(going=rest, kept=(*now, *each.kept)))
    return tuple(looked)


def carry_out(
    clients: Clients, planned: Iterable[Pruned], on_event: OnAccountEvent
) -> tuple[tuple[Pruned, ...], Halt | None]:
    """Deregister revisions, oldest first, and report the deregistered ones, and the error that ended it early, if any."""
    done: list[Pruned] = []
    halt: Halt | None = None
    for each in planned:
        gone: list[str] = []
        going = () if halt else each.going[::-1]
        try:
            for arn in deregister_revisions(clients.within(each.release.region), going):
                gone.append(arn)
                on_event(RevisionGone(arn))
        except AwsError as error:
            halt = Halt(str(error), error.help or "", 2)
        except KeyboardInterrupt:
            help = f"`taskdef revisions {each.release.name} --status all` shows which are gone"
            halt = Halt("interrupted, perhaps after ECS received one more request", help, 130)
        done.append(each._replace(gone=tuple(gone)))
    return tuple(done), halt
