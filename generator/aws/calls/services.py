"""Services of an account, what ECS runs for them, and what it ran: described, updated, looked at again and again. Decides nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import islice
from threading import Event as Signal
from time import monotonic
from typing import TYPE_CHECKING

from generator.aws.calls.courses import count_bakes, find_course, tells_more
from generator.aws.calls.errors import AwsError
from generator.aws.calls.needs import read_needs
from generator.aws.calls.revisions import format_time
from generator.model.account import (
    Course,
    Deployment,
    Service,
    ServiceEvent,
    StoppedContainer,
    StoppedTask,
)
from generator.model.records import Record
from generator.model.secrets.scanning import hide_credentials

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value

ECS = "ecs"

MOST_TASKS, MOST_REVISIONS = 100, 20
"""How many DescribeTasks and DescribeServiceRevisions describe at once. Source: their docstrings in botocore 1.44.5."""


class Steady(Record):
    """A revision that a service once ran steadily, by its ARN, and since when."""

    revision: str
    at: str


class Sighting(Record):
    """What a look at a service showed, and what kept it from showing more.

    Without a service and without trouble there is none any more. `course` is how far its deployment is, where that was worth asking.
    """

    service: Service | None
    stopped: tuple[StoppedTask, ...] = ()
    trouble: AwsError | None = None
    course: Course | None = None


class Sight:
    """What may be looked at beside the service: what is denied once is not asked for again."""

    def __init__(self, clients: Clients) -> None:
        self.clients = clients
        self.known: set[str] = set()
        self.denied: set[str] = set()
        self.course = ""

    def look(self, cluster: str, name: str) -> Sighting:
        """Look at a service, its deployment and its tasks; what passes is the trouble of the sighting."""
        sighting = Sighting(None)
        try:
            service = find_service(self.clients, cluster, name)
            sighting = sighting._replace(service=service)
            if service is not None:
                sighting = self.try_course(sighting, service)
                sighting = self.try_tasks(sighting, service)
        except AwsError as error:
            if not error.passing:
                raise
            sighting = sighting._replace(trouble=error)
        return sighting

    def try_course(self, sighting: Sighting, service: Service) -> Sighting:
        """Add how far the deployment is. When it is over, the service may not name it any more."""
        self.course = service.course or self.course
        if not self.course or "course" in self.denied:
            return sighting
        try:
            return sighting._replace(course=find_course(self.clients, self.course))
        except AwsError as error:
            return self.deny("course", sighting, error)

    def try_tasks(self, sighting: Sighting, service: Service) -> Sighting:
        """Add the tasks that stopped since the last look."""
        if "tasks" in self.denied:
            return sighting
        try:
            stopped = list_stopped(self.clients, service, self.known)
        except AwsError as error:
            return self.deny("tasks", sighting, error)
        self.known |= {each.arn for each in stopped}
        return sighting._replace(stopped=stopped)

    def deny(self, what: str, sighting: Sighting, error: AwsError) -> Sighting:
        """Take a denial for the last one, and raise what is none."""
        if not error.denied:
            raise error
        self.denied.add(what)
        return sighting._replace(trouble=error)


def find_service(clients: Clients, cluster: str, name: str) -> Service | None:
    """Find a service; None if the cluster has none of the name."""
    answer = clients.call(ECS, "DescribeServices", cluster=cluster, services=[name])
    return next((read_service(each, cluster, name) for each in answer.get("services", ())), None)


def update_service(clients: Clients, service: Service, revision: str, *, force: bool = False) -> Service:
    """Bring a service to a revision, and give it as it is then; with `force` ECS deploys it again though it is there already.

    Where ECS does not tell what it made of the service, it is given as it was.
    """
    anew: dict[str, Value] = {"forceNewDeployment": True} if force else {}
    answer = clients.call(
        ECS, "UpdateService", cluster=service.cluster, service=service.name, taskDefinition=revision, **anew
    )
    return read_service(answer["service"], service.cluster, service.name) if "service" in answer else service


def list_stopped(clients: Clients, service: Service, known: Container[str] = ()) -> tuple[StoppedTask, ...]:
    """List the tasks of a service that stopped, but for those known by their ARN; ECS remembers them for an hour."""
    arns = clients.list(
        ECS, "ListTasks", "taskArns", cluster=service.cluster, serviceName=service.name, desiredStatus="STOPPED"
    )
    new = iter([arn for arn in arns if arn not in known])
    found: list[StoppedTask] = []
    while some := list(islice(new, MOST_TASKS)):
        answer = clients.call(ECS, "DescribeTasks", cluster=service.cluster, tasks=some)
        found += [read_task(each) for each in answer.get("tasks", ()) if each.get("lastStatus") == "STOPPED"]
    return tuple(found)


def list_steady(clients: Clients, service: Service) -> tuple[Steady, ...]:
    """List the revisions of a service's deployments that were successful, newest first; ECS remembers them for 90 days."""
    times: dict[str, str] = {}
    for each in iterate_successful(clients, service):
        if "targetServiceRevisionArn" in each:
            times.setdefault(each["targetServiceRevisionArn"], format_time(each.get("finishedAt")))
    revisions: dict[str, str] = {}
    arns = iter(times)
    while some := list(islice(arns, MOST_REVISIONS)):
        answer = clients.call(ECS, "DescribeServiceRevisions", serviceRevisionArns=some)
        for each in answer.get("serviceRevisions", ()):
            revisions[each.get("serviceRevisionArn", "")] = each.get("taskDefinition", "")
    steady = [Steady(revisions[arn], at) for arn, at in times.items() if revisions.get(arn)]
    return tuple(sorted(steady, key=lambda each: each.at, reverse=True))


def iterate_successful(clients: Clients, service: Service) -> Iterator[Value]:
    """List a service's successful deployments."""
    for page in clients.turn_pages(
        ECS, "ListServiceDeployments", cluster=service.cluster, service=service.name, status=["SUCCESSFUL"]
    ):
        yield from page.get("serviceDeployments", ())


def look_again(
    clients: Clients, service: Service, *, interval: float, timeout: float, halt: Signal
) -> Iterator[Sighting]:
    """Look at a service every so many seconds, until the time is over or `halt` is set.

    What passes is reported, and so is, once, that its tasks may not be looked at; anything else is raised.
    """
    begin = monotonic()
    sight = Sight(clients)
    while not halt.is_set():
        waited = monotonic() - begin
        yield sight.look(service.cluster, service.name)
        if waited >= timeout:
            return
        halt.wait(max(0.0, min(interval, timeout - (monotonic() - begin))))


# Answers. What ECS tells in words may quote anything: what looks like a credential in it goes no further.


def read_service(described: Value, cluster: str = "", name: str = "") -> Service:
    """Read a service as ECS describes it; it is the one that was asked for where ECS does not say which it is."""
    deployments = [read_deployment(each) for each in described.get("deployments") or ()]
    events = [read_event(each) for each in described.get("events") or ()]
    config = described.get("deploymentConfiguration") or {}
    return Service(
        arn=described.get("serviceArn", ""),
        name=described.get("serviceName", name),
        cluster=described.get("clusterArn", cluster).rpartition("/")[2],
        status=described.get("status", ""),
        revision=described.get("taskDefinition", ""),
        desired=described.get("desiredCount", 0),
        running=described.get("runningCount", 0),
        pending=described.get("pendingCount", 0),
        controller=(described.get("deploymentController") or {}).get("type", "ECS"),
        deployments=tuple(sorted(deployments, key=lambda each: each.created_at, reverse=True)),
        events=tuple(sorted(events, key=lambda each: each.at, reverse=True)),
        grace_period=described.get("healthCheckGracePeriodSeconds"),
        course=described.get("currentServiceDeployment", "") if tells_more(config) else "",
        bakes=count_bakes(config),
        needs=read_needs(described, name),
    )


def read_deployment(described: Value) -> Deployment:
    """Read one deployment of a service; one without an id is known by what it brings, and since when."""
    revision, created_at = described.get("taskDefinition", ""), format_time(described.get("createdAt"))
    return Deployment(
        id=described.get("id") or f"{revision} {created_at}",
        status=described.get("status", ""),
        revision=revision,
        desired=described.get("desiredCount", 0),
        pending=described.get("pendingCount", 0),
        running=described.get("runningCount", 0),
        failed=described.get("failedTasks", 0),
        rollout=described.get("rolloutState", ""),
        reason=hide_credentials(described.get("rolloutStateReason", "")),
        created_at=created_at,
    )


def read_event(described: Value) -> ServiceEvent:
    message = hide_credentials(described.get("message", ""))
    return ServiceEvent(described.get("id", ""), format_time(described.get("createdAt")), message)


def read_task(described: Value) -> StoppedTask:
    """Read one task that has stopped."""
    return StoppedTask(
        arn=described.get("taskArn", ""),
        revision=described.get("taskDefinitionArn", ""),
        group=described.get("group", ""),
        stopped_at=format_time(described.get("stoppedAt")),
        reason=hide_credentials(described.get("stoppedReason", "")),
        code=described.get("stopCode", ""),
        health=described.get("healthStatus", ""),
        containers=tuple(
            StoppedContainer(
                name=each.get("name", ""),
                image=each.get("image", ""),
                exit_code=each.get("exitCode"),
                reason=hide_credentials(each.get("reason", "")),
                health=each.get("healthStatus", ""),
                status=each.get("lastStatus", ""),
            )
            for each in described.get("containers") or ()
        ),
        platform=described.get("platformFamily", ""),
        started_by=described.get("startedBy", ""),
    )
