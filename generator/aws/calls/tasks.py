"""What AWS knows of tasks that stopped: the service, the tasks, the revision they ran, the end of their logs. Judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import find_revision
from generator.aws.calls.services import ECS, MOST_TASKS, find_service, list_stopped, read_task
from generator.aws.diagnose import Evidence, find_failed_revision, find_suspects
from generator.aws.diagnose.case import find_container
from generator.documents.parsing.scalars import to_value
from generator.model.account import LogLines, Revision, Service, StoppedTask
from generator.model.findings import InputError
from generator.model.records import Record

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value

MOST_LOGS, MOST_LINES = 3, 50
"""Of so many containers that failed last the log is read, and so many lines of each."""

NOT_FOUND = "ResourceNotFoundException"


class Scope(Record):
    """What to look at: one task by ARN or id, the tasks of a service, or those of a family where there is no service."""

    cluster: str
    service: str = ""
    family: str = ""
    task: str = ""


class Gathered(Record):
    """All that was learnt. `revision` is what the tasks that failed ran; None if ECS does not tell, and `untold` then says why.

    `status` is that of a task that has not stopped, and so has nothing to tell.
    """

    evidence: Evidence
    revision: Revision | None = None
    untold: str = ""
    status: str = ""


def gather(clients: Clients, scope: Scope, fallback: Value) -> Gathered:
    """Ask for all that a diagnosis takes. `fallback` is the task definition to go by where ECS does not tell the revision's."""
    service, tasks, status = find_task(clients, scope) if scope.task else find_tasks(clients, scope)
    if status:
        return Gathered(Evidence(service, (), (), fallback), status=status)
    tasks = tuple(sorted(tasks, key=lambda each: each.stopped_at, reverse=True))
    arn = find_failed_revision(service, tasks)
    revision, untold = describe_revision(clients, arn) if arn else (None, "")
    document = to_value(revision.document) if revision else fallback
    evidence = Evidence(service, tasks, (), document)
    suspects = find_suspects(evidence)[:MOST_LOGS]
    logs = tuple(read_log(clients, task, container, document) for task, container in suspects)
    return Gathered(evidence._replace(logs=logs), revision, untold)


def find_tasks(clients: Clients, scope: Scope) -> tuple[Service | None, tuple[StoppedTask, ...], str]:
    """Find a service and its stopped tasks, or those of a family."""
    if not scope.service:
        return None, list_of_family(clients, scope), ""
    try:
        service = find_service(clients, scope.cluster, scope.service)
    except AwsError as error:
        raise name_cluster(error, clients, scope) from None
    if service is None or service.status == "INACTIVE":
        message = f"there is no service `{scope.service}` in the cluster `{scope.cluster}`"
        raise InputError(message, "`aws ecs list-services` lists them")
    return service, list_stopped(clients, service), ""


def list_of_family(clients: Clients, scope: Scope) -> tuple[StoppedTask, ...]:
    """List the stopped tasks of a family; ECS remembers them for an hour."""
    try:
        arns = clients.list(
            ECS, "ListTasks", "taskArns", cluster=scope.cluster, family=scope.family, desiredStatus="STOPPED"
        )
    except AwsError as error:
        raise name_cluster(error, clients, scope) from None
    found: list[StoppedTask] = []
    for start in range(0, len(arns), MOST_TASKS):
        some = arns[start : start + MOST_TASKS]
        answer = clients.call(ECS, "DescribeTasks", cluster=scope.cluster, tasks=some)
        found += [read_task(each) for each in answer.get("tasks", ()) if each.get("lastStatus") == "STOPPED"]
    return tuple(found)


def find_task(clients: Clients, scope: Scope) -> tuple[Service | None, tuple[StoppedTask, ...], str]:
    """Find one task, and its service if it belongs to one."""
    cluster = name_own_cluster(scope.task) or scope.cluster
    where = {"cluster": cluster} if cluster else {}
    try:
        answer = clients.call(ECS, "DescribeTasks", tasks=[scope.task], **where)
    except AwsError as error:
        raise name_cluster(error, clients, scope._replace(cluster=cluster)) from None
    described = next(iter(answer.get("tasks", ())), None)
    if described is None:
        message = f"ECS knows no task `{scope.task}` in the cluster `{cluster or 'default'}`"
        raise InputError(message, "ECS forgets a task an hour after it stopped: name one that stopped since")
    task = read_task({"taskArn": scope.task, **described})
    kind, _, name = task.group.partition(":")
    service = find_own_service(clients, described.get("clusterArn", cluster), name) if kind == "service" else None
    status = described.get("lastStatus", "")
    return service, (task,), "" if status == "STOPPED" else status


def find_own_service(clients: Clients, cluster: str, name: str) -> Service | None:
    """Find the service of a task; None if the caller may not know it: the task says most."""
    try:
        return find_service(clients, cluster, name)
    except AwsError as error:
        if not error.denied:
            raise
        return None


def name_own_cluster(task: str) -> str:
    """Find the cluster of a task's ARN; an ARN of the older form has none."""
    parts = task.split("/")
    return parts[1] if task.startswith("arn:") and len(parts) == 3 else ""


def name_cluster(error: AwsError, clients: Clients, scope: Scope) -> InputError:
    """State which cluster it is that ECS does not find."""
    if error.code != "ClusterNotFoundException":
        return error
    message = f"there is no cluster `{scope.cluster or 'default'}` in {clients.region}"
    return InputError(message, "`aws ecs list-clusters` lists them")


def describe_revision(clients: Clients, arn: str) -> tuple[Revision | None, str]:
    """Describe a revision, or say why ECS does not."""
    try:
        revision = find_revision(clients, arn)
    except AwsError as error:
        if not error.denied:
            raise
        return None, str(error)
    return revision, "" if revision else f"ECS no longer knows `{arn.rpartition('/')[2]}`"


class Stream(Record):
    """The stream that a container of a task writes to, or why nobody can tell or read it. An empty region is the task's own."""

    container: str
    group: str = ""
    name: str = ""
    region: str = ""
    missing: str = ""


def find_stream(document: Value, container: str, task: str) -> Stream:
    """Find the stream that a container writes to in a task, which is an id."""
    found = find_container(document, container)
    logging = found[1].get("logConfiguration") if found else None
    if not logging:
        return Stream(container, missing="it has no log driver")
    driver, options = logging.get("logDriver", ""), logging.get("options", {})
    if driver != "awslogs":
        return Stream(container, missing=f"its log driver is `{driver}`")
    group, prefix = options.get("awslogs-group", ""), options.get("awslogs-stream-prefix")
    if not prefix:
        missing = "without `awslogs-stream-prefix` the task's stream is not known"
        return Stream(container, group, missing=missing)
    return Stream(container, group, f"{prefix}/{container}/{task}", options.get("awslogs-region", ""))


def read_log(clients: Clients, task: StoppedTask, container: str, document: Value) -> LogLines:
    """Read the last lines that a container wrote, or say why there are none to be read."""
    stream = find_stream(document, container, task.id)
    log = LogLines(task.id, container, stream.group, stream.name, (), stream.missing)
    if stream.missing:
        return log
    try:
        answer = clients.call(
            "logs",
            "GetLogEvents",
            region=stream.region,
            logGroupName=stream.group,
            logStreamName=stream.name,
            limit=MOST_LINES,
            startFromHead=False,
        )
    except AwsError as error:
        if error.expired:
            raise
        missing = f"there is no {'such stream' if 'stream' in str(error) else 'such log group'}"
        return log._replace(missing=missing if error.code == NOT_FOUND else str(error))
    lines = tuple(line for event in answer.get("events", ()) for line in event.get("message", "").splitlines())
    return log._replace(lines=lines, missing="" if lines else "it wrote nothing")
