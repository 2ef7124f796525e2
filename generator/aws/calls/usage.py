"""What uses revisions in an account: services with their deployments and task sets, and tasks that are to run. Decides nothing.

What starts tasks of a revision stands in `schedules`; Step Functions and the like are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from generator.aws.calls.errors import AwsError
from generator.model.account import Use

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value

ECS = "ecs"

MOST_SERVICES, MOST_TASKS = 10, 100
"""How many DescribeServices and DescribeTasks describe at once. Source: their docstrings in botocore 1.44.5."""

PAGE = 100
"""Services that ListServices gives at once, which are 10 unless it is asked for more. Source: as above."""


def list_clusters(clients: Clients) -> tuple[str, ...]:
    """List the ARNs of all clusters."""
    return tuple(clients.list(ECS, "ListClusters", "clusterArns"))


def list_uses(clients: Clients, clusters: Iterable[str], families: Iterable[str]) -> tuple[Use, ...]:
    """List what uses revisions in some clusters: all services, and of tasks those of some families. One failure fails it all."""
    names = tuple(dict.fromkeys(families))
    return tuple(
        use
        for cluster in clusters
        for use in (
            *list_service_uses(clients, cluster),
            *(each for family in names for each in list_task_uses(clients, cluster, family)),
        )
    )


def list_service_uses(clients: Clients, cluster: str) -> Iterator[Use]:
    """List the revisions that services of a cluster hold, by themselves, their deployments and task sets."""
    arns = clients.list(ECS, "ListServices", "serviceArns", cluster=cluster, maxResults=PAGE)
    for service in describe(clients, "DescribeServices", "services", cluster, arns, MOST_SERVICES):
        yield from read_service(service, cluster)


def list_task_uses(clients: Clients, cluster: str, family: str) -> Iterator[Use]:
    """List the tasks of a family that run, or are about to, in a cluster."""
    arns = clients.list(ECS, "ListTasks", "taskArns", cluster=cluster, family=family, desiredStatus="RUNNING")
    for task in describe(clients, "DescribeTasks", "tasks", cluster, arns, MOST_TASKS):
        if task.get("lastStatus") != "STOPPED":
            yield read_task(task, cluster)


def describe(
    clients: Clients, operation: str, member: str, cluster: str, arns: Sequence[str], most: int
) -> Iterator[Value]:
    """Describe services or tasks, so many at once. One that is gone by now is omitted; one that is kept from us is an AwsError."""
    for start in range(0, len(arns), most):
        some = list(arns[start : start + most])
        asked: dict[str, Value] = {"cluster": cluster, member: some}
        answer = clients.call(ECS, operation, **asked)
        failures, found = answer.get("failures", ()), answer.get(member, ())
        for failure in failures:
            if failure.get("reason") != "MISSING":
                reason = failure.get("reason", "no reason is given")
                raise make_error(operation, f"does not report on {failure.get('arn', 'one')}: {reason}")
        if len(found) + len(failures) < len(some):
            raise make_error(
                operation, f"does not report on {some[0]}{f', or of others of {len(some)}' if len(some) > 1 else ''}"
            )
        yield from found


def make_error(operation: str, message: str) -> AwsError:
    """Make an error of what ECS does not tell, since what it does not tell of may use any revision."""
    return AwsError(f"`ecs:{operation}` {message}", operation=f"ecs:{operation}")


def find_running(clients: Clients, cluster: str, service: str) -> str | None:
    """Find the ARN of the revision that a service is to run; empty if it has none, and None if there is no such service."""
    answer = clients.call(ECS, "DescribeServices", cluster=cluster, services=[service])
    found = next((each for each in answer.get("services", ()) if each.get("status") != "INACTIVE"), None)
    if found is None:
        return None
    sets = (each.get("taskDefinition", "") for each in found.get("taskSets", ()) if each.get("status") == "PRIMARY")
    return cast(str, found.get("taskDefinition") or next(sets, ""))


def list_services(clients: Clients, cluster: str) -> tuple[str, ...]:
    """List the names of a cluster's services."""
    arns = clients.list(ECS, "ListServices", "serviceArns", cluster=cluster, maxResults=PAGE)
    return tuple(sorted(arn.rpartition("/")[2] for arn in arns))


# Answers.


def read_service(described: Value, cluster: str) -> Iterator[Use]:
    """Read which revisions a service of a cluster holds."""
    cluster = described.get("clusterArn", cluster).rpartition("/")[2]
    name = described.get("serviceName") or described.get("serviceArn", "").rpartition("/")[2]
    if described.get("taskDefinition"):
        yield Use(described["taskDefinition"], "service", cluster, name, described.get("status", ""))
    for each in described.get("deployments") or ():
        if each.get("taskDefinition"):
            yield Use(each["taskDefinition"], "deployment", cluster, name, each.get("status", ""))
    for each in described.get("taskSets") or ():
        if each.get("taskDefinition"):
            yield Use(each["taskDefinition"], "task set", cluster, name, each.get("status", ""))


def read_task(described: Value, cluster: str) -> Use:
    """Read which revision a task of a cluster runs; its group says whether it belongs to a service."""
    if "taskDefinitionArn" not in described:
        raise make_error("DescribeTasks", f"does not report what {described.get('taskArn', 'a task')} runs")
    kind, _, name = described.get("group", "").partition(":")
    service = name if kind == "service" else ""
    cluster = described.get("clusterArn", cluster).rpartition("/")[2]
    return Use(described["taskDefinitionArn"], "task", cluster, service, described.get("lastStatus", ""))
