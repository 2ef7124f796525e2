"""Updates services to revisions, several at once, and waits. Does not choose revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event as Signal
from typing import TYPE_CHECKING

from generator.aws.calls.errors import AwsError
from generator.aws.calls.services import find_service, look_again, update_service
from generator.aws.diagnose.clearing import clear_course, clear_service, clear_task
from generator.aws.rollout import (
    Verdict,
    Watch,
    begin_watch,
    find_previous,
    is_current,
    is_steady,
    is_taken_back,
    judge,
    observe,
)
from generator.commands.account.orders import Order
from generator.documents.hiding import make_secrets
from generator.model.account import Service, name_revision
from generator.model.account_events import (
    CauseSkipped,
    CauseUnknown,
    DeploymentBegun,
    DeploymentFound,
    LookFailed,
    OnAccountEvent,
    ProgressMade,
    ServiceNews,
    TimePassed,
)
from generator.model.findings import InputError
from generator.model.nodes import MapNode
from generator.model.records import Record
from generator.model.rollouts import (
    Action,
    Deed,
    ErrorRaised,
    Held,
    Interrupted,
    NothingBefore,
    NothingWanted,
    OthersDeploy,
    Reason,
    ReturnEnded,
    Rollout,
    ServiceGone,
    TimeOver,
)
from generator.model.secrecy import Secrets

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.diagnosis import Examination

INTERVAL, TIMEOUT = 5.0, 600.0
"""Seconds between two looks at a service, and the seconds to wait: as in the waiter of the AWS command line."""

SECOND = 1.0
"""Seconds after which the passing of time is reported."""


class Patience(Record):
    """How long to wait, and what to do after a failure. With `extends`, the bake times of ECS are added."""

    timeout: float = TIMEOUT
    interval: float = INTERVAL
    waits: bool = True
    takes_back: bool = False
    extends: bool = False

    def find_timeout(self, service: Service) -> float:
        """Find how long to wait for one service."""
        return self.timeout + (service.bakes * 60 if self.extends else 0)


class Move(Record):
    """A service as it was seen last, and its new revision. It may be there already, or on its way.

    An empty revision is one that is still to be registered. With `force`, ECS deploys again even if the revision runs
    already. `expected` is the revision that the service has to have still, if one: somebody has said yes to it. `again`
    is the command that waits once more, and `back` the one that takes the service back, if one does.
    """

    name: str
    region: str
    service: Service
    revision: str
    force: bool = False
    expected: str = ""
    again: str = ""
    back: str = ""

    @property
    def deed(self) -> Deed:
        """The action on the service."""
        service, primary = self.service, self.service.primary
        if not self.revision or primary is None or not service.revision == primary.revision == self.revision:
            return "update"
        if self.force or primary.rollout == "FAILED":  # ECS ignores a revision that it has tried already
            return "force"
        return "nothing" if is_steady(service) else "wait"


class Delivery(Record):
    """The state that the threads of a run share. `halt` stops them, and `begun` is what ECS was asked for last, by the target's name.

    `failed` is what failed, where that is taken back, and `secrets` are what ECS may not be quoted with.
    """

    clients: Clients
    patience: Patience
    on_event: OnAccountEvent
    halt: Signal
    begun: dict[str, Move]
    failed: dict[str, Rollout]
    secrets: Secrets


def plan_rollout(move: Move) -> Rollout:
    """Describe the planned change of a service."""
    if move.deed == "nothing":
        return make_rollout(move, "unchanged")
    return make_rollout(move, "planned")._replace(deed=move.deed)


def deliver_all(
    clients: Clients,
    moves: Sequence[Move],
    patience: Patience,
    on_event: OnAccountEvent,
    documents: Iterable[MapNode],
) -> tuple[tuple[Rollout, ...], bool]:
    """Bring each service to its revision, all at once, and tell what became of each, and whether nobody waited for the end.

    Secrets in these documents are never shown.
    """
    delivery = Delivery(clients, patience, on_event, Signal(), {}, {}, make_secrets(documents))
    executor = ThreadPoolExecutor(max_workers=max(1, len(moves)))
    futures = [executor.submit(deliver, delivery, move) for move in moves]
    interrupted = False
    try:
        wait_for(futures, on_event)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        settled = [future.done() for future in futures]  # what ends from here on was told to
        delivery.halt.set()
        executor.shutdown(wait=False, cancel_futures=True)
    triples = zip(moves, futures, settled, strict=True)
    rollouts = tuple(future.result() if is_settled else abandon(delivery, move) for move, future, is_settled in triples)
    return rollouts, interrupted


def wait_for(futures: Sequence[Future[Rollout]], on_event: OnAccountEvent) -> None:
    """Wait until all are done, or one fails because of a bug."""
    left = set(futures)
    while left:
        done, left = wait(left, timeout=SECOND, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()
        on_event(TimePassed())


def judge_all(rollouts: Sequence[Rollout], *, interrupted: bool = False) -> int:
    """Find the status of a run: 1 if a deployment failed, 2 if one did not start or its end was not seen, 130 if interrupted."""
    if interrupted:
        return 130
    if any(each.action == "failed" and each.begun for each in rollouts):
        return 1
    return 2 if any(each.action in ("failed", "held", "unwatched") for each in rollouts) else 0


def abandon(delivery: Delivery, move: Move) -> Rollout:
    """Report a service whose wait ended early."""
    begun, failed = delivery.begun.get(move.name), delivery.failed.get(move.name)
    if begun is None:
        return make_rollout(move, "unwatched", Interrupted(begun=False))._replace(help=advise(move))
    if failed is None:
        return make_rollout(move, "unwatched", Interrupted(begun=True))._replace(help=advise(move))
    if begun.revision == move.revision:
        return failed._replace(taken_back=Interrupted(begun=False))
    return failed._replace(help=advise(begun), taken_back=ReturnEnded(begun.revision, Interrupted(begun=True)))


def advise(move: Move, first: str | None = None) -> str:
    """Suggest what to do about a deployment that continues, perhaps after another step."""
    waits = advise_waiting(move)
    if first:
        return f"{first}; then {waits}"
    return f"{waits}, `{move.back}` rolls it back" if move.back else waits


def advise_waiting(move: Move) -> str:
    return f"`{move.again}` waits for it again"


def make_rollout(move: Move, action: Action, reason: Reason | None = None) -> Rollout:
    return Rollout(move.name, move.service.cluster, move.service.name, move.revision, action, reason)


def deliver(delivery: Delivery, move: Move) -> Rollout:
    """Update one service to its revision, wait for it, and roll it back after a failure, if requested."""
    try:
        move = look_before(delivery, move)
        now = move.service if move.deed in ("wait", "nothing") else begin(delivery, move)
        if move.deed == "wait":
            delivery.on_event(DeploymentFound(move.name, now.name, name_revision(move.revision)))
    except InputError as error:
        raised = ErrorRaised(delivery.secrets.scrub(str(error)))
        return make_rollout(move, "failed", raised)._replace(help=error.help or "", begun=False)
    delivery.begun[move.name] = move
    if move.deed == "nothing":
        return make_rollout(move, "unchanged", find_idle(move.service))
    if not delivery.patience.waits:
        return make_rollout(move, "started")
    rollout, now = wait_until_settled(delivery, move, now, begin_watch(move.service, now, move.revision))
    if rollout.action != "failed" or not delivery.patience.takes_back or delivery.halt.is_set():
        return rollout
    delivery.failed[move.name] = rollout
    return take_back(delivery, move, now, rollout)


def look_before(delivery: Delivery, move: Move) -> Move:
    """Look at the service again: it may have changed during the question."""
    cluster, name = move.service.cluster, move.service.name
    service = find_service(delivery.clients.within(move.region), cluster, name)
    if service is None:
        raise InputError(f"the service `{name}` no longer exists")
    if service.status != "ACTIVE":
        raise InputError(f"the service `{name}` is {service.status} now")
    if move.expected and service.revision not in (move.expected, move.revision):
        now, expected = name_revision(service.revision), name_revision(move.expected)
        message = f"somebody has brought `{name}` from `{expected}` to `{now}` in the meantime, so nothing was done"
        raise InputError(message, f"`{move.again}` compares it again")
    return move._replace(service=service)


def begin(delivery: Delivery, move: Move) -> Service:
    """Ask ECS to start the deployment. If the response is lost, the service shows whether it did."""
    clients = delivery.clients.within(move.region)
    try:
        now = update_service(clients, move.service, move.revision, force=move.deed == "force")
    except AwsError as error:
        now = look_whether_begun(clients, move, error)
    revision, anew = name_revision(move.revision), move.deed == "force"
    delivery.on_event(DeploymentBegun(move.name, now.name, now.cluster, revision, anew))
    return now


def look_whether_begun(clients: Clients, move: Move, error: AwsError) -> Service:
    """Check whether a deployment started although the response was lost; otherwise raise the error."""
    if not error.unsure:
        raise error
    try:
        now = find_service(clients, move.service.cluster, move.service.name)
    except AwsError:
        now = None
    before = move.service.primary
    primary = now.primary if now is not None else None
    if now is None or primary is None or primary.revision != move.revision or (before and primary.id == before.id):
        raise error
    return now


def wait_until_settled(delivery: Delivery, move: Move, now: Service, watch: Watch) -> tuple[Rollout, Service]:
    """Watch a deployment until it is steady, fails, or the time is over; return the service as it was seen last."""
    clients, on_event = delivery.clients.within(move.region), delivery.on_event
    timeout, interval = delivery.patience.find_timeout(now), delivery.patience.interval
    troubled = False
    try:
        for sighting in look_again(clients, now, interval=interval, timeout=timeout, halt=delivery.halt):
            if sighting.trouble is not None and not troubled:
                on_event(LookFailed(move.name, str(sighting.trouble)))
            troubled = sighting.trouble is not None
            if sighting.service is None and troubled:
                continue
            if sighting.service is None:
                return make_rollout(move, "failed", ServiceGone(now.name)), now
            now = clear_service(sighting.service, delivery.secrets)
            tasks = tuple(clear_task(each, delivery.secrets) for each in sighting.stopped)
            course = sighting.course and clear_course(sighting.course, delivery.secrets)
            watch, news = observe(watch, now, tasks, course)
            for each in news:
                on_event(ServiceNews(move.name, each))
            on_event(ProgressMade(move.name, watch.progress))
            verdict = judge(watch, now)
            if verdict.state != "going on":
                return conclude(move, verdict, watch, now), now
    except AwsError as error:
        return make_rollout(move, "unwatched", ErrorRaised(str(error)))._replace(help=advise(move, error.help)), now
    return give_up(move, watch, timeout), now


def give_up(move: Move, watch: Watch, timeout: float) -> Rollout:
    """Stop waiting. A deployment that somebody has to continue did not fail."""
    course = watch.progress.course
    if course is None or course.hold is None:
        over = make_rollout(move, "failed", TimeOver(timeout, watch.progress))
        return over._replace(help=advise(move), stopped=watch.stopped, course=course)
    held = make_rollout(move, "held", Held(course))._replace(stopped=watch.stopped, course=course)
    return held._replace(help=f"{advise_waiting(move)} once it has been continued")


def conclude(move: Move, verdict: Verdict, watch: Watch, service: Service) -> Rollout:
    """Make the outcome of a deployment from its verdict. ECS may continue a failing one."""
    if verdict.state == "steady":
        return make_rollout(move, "steady", find_idle(service))._replace(course=watch.progress.course)
    goes_on = service.status == "ACTIVE" and is_current(watch, service) and move.back
    help = f"`{move.back}` rolls it back" if goes_on else ""
    failed = make_rollout(move, "failed", verdict.reason)
    return failed._replace(help=help, stopped=watch.stopped, course=watch.progress.course)


def find_idle(service: Service) -> NothingWanted | None:
    """Find whether a service is to run nothing."""
    return None if service.desired else NothingWanted()


def examine_failed(
    clients: Clients, order: Order, rollouts: Iterable[Rollout], on_event: OnAccountEvent
) -> tuple[tuple[Examination, ...], bool]:
    """Find why deployments failed, the lines to change, and whether this was interrupted.

    Failures of other revisions are not reported.
    """
    by_name = {release.name: release for release in order.releases}
    examined: list[Examination] = []
    for rollout in rollouts:
        if rollout.action != "failed" or not rollout.begun:
            continue
        from generator.commands.account.examinations import Subject, examine  # only if something failed

        release = by_name[rollout.name]
        where = (rollout.cluster, rollout.service)
        subject = Subject(rollout.name, release.claim, *where, release.artifact, order.project)
        try:
            found = examine(clients, subject, "")
        except InputError as error:
            on_event(CauseUnknown(rollout.name, str(error)))
            continue
        except KeyboardInterrupt:
            on_event(CauseSkipped(rollout.name))
            return tuple(examined), True
        if found.diagnosis is not None and found.revision in ("", rollout.revision):
            examined.append(found)
    return tuple(examined), False


def take_back(delivery: Delivery, move: Move, now: Service, failed: Rollout) -> Rollout:
    """Return a service to its previous revision, unless ECS does so itself, and wait for that."""
    previous = find_previous(move.service, move.revision)
    primary = now.primary
    goes_elsewhere = primary is not None and primary.revision != move.revision
    if primary is not None and goes_elsewhere and is_taken_back(now):
        previous = primary.revision
    if not previous:
        return failed._replace(help="", taken_back=NothingBefore())
    if primary is not None and goes_elsewhere and primary.revision != previous:
        return failed._replace(taken_back=OthersDeploy())
    number = previous.rpartition(":")[2]
    back = Move(move.name, move.region, now, previous, again=f"{move.back} --to {number}")
    going_back = failed.course is not None and failed.course.status.startswith("ROLLBACK")
    try:
        after = now if goes_elsewhere or going_back else begin(delivery, back)
    except AwsError as error:
        return failed._replace(taken_back=ErrorRaised(delivery.secrets.scrub(str(error))))
    delivery.begun[move.name] = back
    over = failed.course.arn if failed.course else ""
    settled, _ = wait_until_settled(delivery, back, after, begin_watch(now, after, previous, over))
    if settled.action == "steady":
        return failed._replace(help="", back_on=previous)
    return failed._replace(help=settled.help, taken_back=ReturnEnded(previous, settled.reason))
