"""A task that is run once: started, looked at again and again, stopped, and what its containers write meanwhile. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from time import monotonic, sleep
from typing import TYPE_CHECKING
from uuid import uuid4

from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import name_family
from generator.aws.calls.services import ECS, MOST_TASKS, read_task
from generator.aws.calls.tasks import NOT_FOUND, Stream
from generator.model.records import Record
from generator.model.runs import Launch, Network, Override, Provider, RunSettings, TaskCall, TaskLook, Unplaced

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value

STARTED_BY = "taskdef-"
"""What the name begins with by which ECS remembers who started a task; the token of the request follows."""

FIRST, LONGEST, GROWTH = 1.0, 6.0, 1.4
"""Seconds before the second look at a task, the most between two, and what the time grows by."""

MOST_PAGES = 100
"""Pages of a log that are read at one look: a program may write faster than they can be."""

LAST_READS, LAST_PAUSE = 5, 2.0
"""So often a log is read after a task has stopped, and so many seconds lie between: CloudWatch has the last lines a little later."""

STOPPED = "STOPPED"


def make_token() -> str:
    """Make what makes one task of a request that is sent twice."""
    return uuid4().hex


# Settings of a service.


def find_run_settings(clients: Clients, cluster: str, service: str) -> RunSettings | None:
    """Find how a service runs its tasks; None if there is none."""
    answer = clients.call(ECS, "DescribeServices", cluster=cluster, services=[service])
    described = next(iter(answer.get("services", ())), None)
    return None if described is None or described.get("status") == "INACTIVE" else read_run_settings(described)


def read_run_settings(described: Value) -> RunSettings:
    """Read how a service runs its tasks; where another controller deploys it, its task set or deployment says so."""
    newest = (*(described.get("taskSets") or ()), *(described.get("deployments") or ()))
    parts = [described, *(each for each in newest if each.get("status") == "PRIMARY")]

    def find(member: str) -> Value:
        return next((each[member] for each in parts if each.get(member)), None)

    vpc = (find("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    providers = tuple(
        Provider(each.get("capacityProvider", ""), each.get("weight", 0), each.get("base", 0))
        for each in find("capacityProviderStrategy") or ()
    )
    return RunSettings(
        Network(tuple(vpc.get("subnets") or ()), tuple(vpc.get("securityGroups") or ()), vpc.get("assignPublicIp", "")),
        Launch(
            "" if providers else find("launchType") or "",
            providers,
            find("platformVersion") or "",
            tuple(described.get("placementConstraints") or ()),
            tuple(described.get("placementStrategy") or ()),
        ),
        tuple(
            (each.get("name", ""), each.get("managedEBSVolume") or {}) for each in find("volumeConfigurations") or ()
        ),
    )


# The task.


def make_parameters(call: TaskCall) -> dict[str, Value]:
    """Make what RunTask is asked; members that nobody says anything of are omitted."""
    network, launch, override = call.settings.network, call.settings.launch, call.override
    vpc = {
        "subnets": [*network.subnets],
        "securityGroups": [*network.security_groups],
        "assignPublicIp": network.public_ip,
    }
    strategy = [{"capacityProvider": each.name, "weight": each.weight, "base": each.base} for each in launch.providers]
    members: dict[str, Value] = {
        "networkConfiguration": {"awsvpcConfiguration": keep(vpc)} if network.subnets else None,
        "launchType": launch.type,
        "capacityProviderStrategy": strategy,
        "platformVersion": launch.platform_version,
        "placementConstraints": [*launch.constraints],
        "placementStrategy": [*launch.strategy],
        "volumeConfigurations": [{"name": name, "managedEBSVolume": volume} for name, volume in call.settings.volumes],
        "overrides": make_overrides(override),
    }
    return {
        "cluster": call.cluster,
        "taskDefinition": call.revision,
        "count": 1,
        **keep(members),
        "propagateTags": "TASK_DEFINITION",
        "startedBy": f"{STARTED_BY}{call.token}",
        "clientToken": call.token,
    }


def make_overrides(override: Override) -> dict[str, Value]:
    """Make what RunTask is told of the containers."""
    environment = [{"name": name, "value": value} for name, value in override.environment]
    changed = keep({"command": [*override.command], "environment": environment})
    return {"containerOverrides": [{"name": override.container, **changed}]} if changed else {}


def keep(members: dict[str, Value]) -> dict[str, Value]:
    """Omit members that say nothing."""
    return {name: value for name, value in members.items() if value}


def run_task(clients: Clients, call: TaskCall) -> tuple[str, tuple[Unplaced, ...]]:
    """Start a task, and give its ARN; without one, why ECS did not. Where its answer is lost, what ECS remembers tells whether it did."""
    try:
        answer = clients.call(ECS, "RunTask", **make_parameters(call))
    except AwsError as error:
        arn = find_started(clients, call) if error.unsure else ""
        if not arn:
            raise
        return arn, ()
    failures = tuple(Unplaced(each.get("reason", ""), each.get("detail", "")) for each in answer.get("failures") or ())
    return next((each["taskArn"] for each in answer.get("tasks") or () if each.get("taskArn")), ""), failures


def find_started(clients: Clients, call: TaskCall) -> str:
    """Find a task by who started it; empty if there is none, or nobody answers.

    ECS takes that as the only filter, so that one that has stopped already is found among those of its family. Source: `startedBy` of
    ListTasks in botocore 1.44.5.
    """
    started_by = f"{STARTED_BY}{call.token}"
    try:
        running = clients.list(ECS, "ListTasks", "taskArns", cluster=call.cluster, startedBy=started_by)
        if running:
            return str(running[0])
        family = name_family(call.revision)
        stopped = clients.list(ECS, "ListTasks", "taskArns", cluster=call.cluster, family=family, desiredStatus=STOPPED)
        for start in range(0, len(stopped), MOST_TASKS):
            some = stopped[start : start + MOST_TASKS]
            answer = clients.call(ECS, "DescribeTasks", cluster=call.cluster, tasks=some)
            for each in answer.get("tasks") or ():
                if each.get("startedBy") == started_by:
                    return str(each.get("taskArn", ""))
    except AwsError:
        return ""
    return ""


def stop_task(clients: Clients, cluster: str, task: str) -> None:
    """Ask ECS to stop a task."""
    clients.call(ECS, "StopTask", cluster=cluster, task=task, reason="taskdef run was interrupted")


def look_at_task(
    clients: Clients, cluster: str, task: str, *, interval: float | None, timeout: float | None
) -> Iterator[TaskLook]:
    """Look at a task until it is stopped or the time is over, ever less often unless an interval is given.

    What passes is reported, and so is that ECS does not know the task, as right after it was started.
    """
    begin, pause = monotonic(), FIRST if interval is None else interval
    while True:
        waited = monotonic() - begin
        look = try_look(clients, cluster, task)
        yield look
        if look.status == STOPPED or (timeout is not None and waited >= timeout):
            return
        sleep(pause if timeout is None else max(0.0, min(pause, timeout - (monotonic() - begin))))
        pause = min(LONGEST, pause * GROWTH) if interval is None else interval


def try_look(clients: Clients, cluster: str, task: str) -> TaskLook:
    """Look at a task once."""
    try:
        answer = clients.call(ECS, "DescribeTasks", cluster=cluster, tasks=[task])
    except AwsError as error:
        if not error.passing:
            raise
        return TaskLook(trouble=str(error))
    described = next(iter(answer.get("tasks") or ()), None)
    if described is None:
        return TaskLook()
    return TaskLook(read_task({"taskArn": task, **described}), described.get("lastStatus", ""))


def make_pauses(interval: float | None) -> Iterator[int]:
    """Count the last reads of a log, with a pause between two."""
    for number in range(LAST_READS):
        if number:
            sleep(LAST_PAUSE if interval is None else min(interval, LAST_PAUSE))
        yield number


# What it writes.


class LogEvent(Record):
    """What a container wrote at one time, in milliseconds."""

    at: int
    container: str
    message: str


class LogReader:
    """Reads what some streams have that was not read yet. One that cannot be read is not asked for again; `untold` says why."""

    def __init__(self, clients: Clients, streams: Iterable[Stream]) -> None:
        given = tuple(streams)
        self.clients = clients
        self.streams = [each for each in given if not each.missing]
        self.untold = [(each.container, each.missing) for each in given if each.missing]
        self.tokens: dict[str, str] = {}

    @property
    def unseen(self) -> tuple[str, ...]:
        """The containers whose streams were not there so far."""
        return tuple(each.container for each in self.streams if each.container not in self.tokens)

    def take_untold(self) -> list[tuple[str, str]]:
        """Give the containers whose log cannot be read, and why, each once."""
        untold, self.untold = self.untold, []
        return untold

    def read(self, containers: Iterable[str]) -> list[LogEvent]:
        """Read what these containers wrote since, in the order of time."""
        wanted = set(containers)
        found = chain.from_iterable(self.try_stream(each) for each in tuple(self.streams) if each.container in wanted)
        return sorted(found, key=lambda event: event.at)

    def try_stream(self, stream: Stream) -> list[LogEvent]:
        """Read what is new in one stream; one that is not there yet has nothing."""
        found: list[LogEvent] = []
        try:
            for events in self.iterate_pages(stream):
                found += [
                    LogEvent(each.get("timestamp", 0), stream.container, each.get("message", "")) for each in events
                ]
        except AwsError as error:
            if error.expired:
                raise
            if error.code != NOT_FOUND and not error.passing:
                self.streams.remove(stream)
                self.untold.append((stream.container, str(error)))
        return found

    def iterate_pages(self, stream: Stream) -> Iterator[list[Value]]:
        """Give the events of each page; the last one has the token that it was asked for with."""
        for _ in range(MOST_PAGES):
            token = self.tokens.get(stream.container)
            answer = self.clients.call(
                "logs",
                "GetLogEvents",
                region=stream.region,
                logGroupName=stream.group,
                logStreamName=stream.name,
                startFromHead=True,
                **({} if token is None else {"nextToken": token}),
            )
            following = answer.get("nextForwardToken", token or "")
            self.tokens[stream.container] = following
            yield answer.get("events") or []
            if following in ("", token):
                return
