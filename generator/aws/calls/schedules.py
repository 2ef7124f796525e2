"""What starts tasks of a revision besides services: rules of EventBridge, and schedules of EventBridge Scheduler. Decides nothing.

A target that names a family without a number holds no revision: it starts the newest. Workflows of Step Functions are not asked.
Sources: `EcsParameters` in the service models of EventBridge and of EventBridge Scheduler in botocore 1.44.5, read 2026-11-29.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from generator.aws.calls.errors import refuse_answer
from generator.model.account import Use

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value

EVENTS, SCHEDULER = "events", "scheduler"


def list_rule_uses(clients: Clients, clusters: Sequence[str]) -> Iterator[Use]:
    """List the revisions that targets of rules name. A target of ECS is a cluster, by which AWS finds its rules.

    Every account has the bus `default`, so an answer without any bus is refused.
    """
    buses = tuple(list_buses(clients))
    if not buses:
        raise refuse_answer(f"{EVENTS}:ListEventBuses")
    for bus in buses:
        for cluster in clusters:
            names = clients.list(EVENTS, "ListRuleNamesByTarget", "RuleNames", TargetArn=cluster, EventBusName=bus)
            for name in names:
                targets = clients.list(EVENTS, "ListTargetsByRule", "Targets", Rule=name, EventBusName=bus)
                yield from read_targets(targets, name, "rule")


def list_buses(clients: Clients) -> Iterator[str]:
    """List the names of event buses."""
    for page in clients.turn_pages(EVENTS, "ListEventBuses", member="NextToken"):
        yield from (each["Name"] for each in page.get("EventBuses", ()) if "Name" in each)


def list_schedule_uses(clients: Clients, clusters: Sequence[str]) -> Iterator[Use]:
    """List the revisions that schedules name. What a schedule starts stands only if it is described."""
    for each in list_schedules(clients):
        if (each.get("Target") or {}).get("Arn") in clusters:
            group, name = each.get("GroupName", "default"), each.get("Name", "")
            schedule = clients.call(SCHEDULER, "GetSchedule", GroupName=group, Name=name)
            yield from read_targets([schedule.get("Target") or {}], f"{group}/{name}", "schedule")


def list_schedules(clients: Clients) -> Iterator[Value]:
    """List schedules. An answer without the list is refused: botocore reads any page as an answer without members."""
    for page in clients.turn_pages(SCHEDULER, "ListSchedules", member="NextToken"):
        if "Schedules" not in page:
            raise refuse_answer(f"{SCHEDULER}:ListSchedules")
        yield from page["Schedules"]


def read_targets(targets: Sequence[Value], name: str, kind: Literal["rule", "schedule"]) -> Iterator[Use]:
    """Read which revisions targets of ECS name."""
    for target in targets:
        revision = (target.get("EcsParameters") or {}).get("TaskDefinitionArn", "")
        if revision:
            cluster = target.get("Arn", "").rpartition("/")[2]
            yield Use(revision, kind, cluster, name)
