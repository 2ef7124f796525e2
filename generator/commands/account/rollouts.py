"""Updates services to revisions, from an order to the verdict: shared by `deploy` and `rollback`. Chooses no revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.aws.calls.clients import Clients
from generator.commands.account.deliveries import Move, Patience, deliver_all, examine_failed, judge_all, plan_rollout
from generator.commands.account.orders import Confirm, Order, check_caller
from generator.commands.account.refusals import accept_order
from generator.commands.account.services import find_services, place_order, spell_command
from generator.model.account import Access, Service
from generator.model.account_answers import Rollouts
from generator.model.account_events import OnAccountEvent, ignore_account_event
from generator.model.findings import Finding
from generator.model.nodes import MapNode
from generator.model.records import Record
from generator.model.releases import Release
from generator.model.result import Result
from generator.review.environments import find_rivals


class Request(Record):
    """How to change services: where, with whose consent, how long to wait, and the listener.

    `cluster` and `service` override the overlays. With `dry_run`, nothing is changed.
    """

    root: str
    access: Access
    confirm: Confirm
    patience: Patience = Patience()
    on_event: OnAccountEvent = ignore_account_event
    cluster: str | None = None
    service: str | None = None
    dry_run: bool = False

    def spell(self, command: str, name: str, more: str = "") -> str:
        """Write the command line for one task with the same options."""
        return spell_command(
            command, name, self.root, self.access, cluster=self.cluster, service=self.service, more=more
        )


class Field(Record):
    """An order with nothing against it so far, and the services it is about, by the release's name."""

    order: Order
    clients: Clients
    services: dict[str, Service]


def survey(order: Order, request: Request, unserved: Sequence[Release] = ()) -> Field:
    """Find the service of each release; whatever speaks against changing one is a reason to refuse the order.

    Those that no service runs have to be in this account too.
    """
    order = accept_order(order, find_sharing(order, request))
    order = place_order(order, request.cluster, request.service)
    clients = Clients(request.access, on_event=request.on_event)
    order = accept_order(order)
    order = accept_order(order, check_caller((*order.releases, *unserved), clients))
    services, found = find_services(order, clients)
    return Field(accept_order(order, found), clients, services)


def find_sharing(order: Order, request: Request) -> tuple[Finding, ...]:
    """Find services that other environments also name, unless options name them."""
    if order.failed or (request.cluster, request.service) != (None, None):
        return ()
    return find_rivals(order.planned, {release.environment for release in order.releases})


def plan_rollouts(command: str, order: Order, moves: Iterable[Move], answer: Rollouts) -> Result:
    """Describe the planned changes of services."""
    would = tuple(map(plan_rollout, moves))
    return Result(command, order.findings, 0, answer=answer._replace(rollouts=would, dry_run=True))


def carry_out_rollouts(
    command: str, request: Request, field: Field, moves: Sequence[Move], documents: Iterable[MapNode], answer: Rollouts
) -> Result:
    """Update services to their revisions, wait, and find why some failed. Secrets in `documents` are never shown."""
    clients, on_event = field.clients, request.on_event
    rollouts, interrupted = deliver_all(clients, moves, request.patience, on_event, documents)
    examined, left = ((), True) if interrupted else examine_failed(clients, field.order, rollouts, on_event)
    status = judge_all(rollouts, interrupted=left)
    found = tuple(each for each in field.order.findings if each not in answer.warned)
    return Result(command, found, status, answer=answer._replace(rollouts=rollouts, examined=examined))
