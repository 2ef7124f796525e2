"""One task that is run once, as values: where and how it is started, how it goes, and how it ended. `reports.runs` has the words.

A field `said` quotes ECS, and a field `message` is that of an error, made where it was raised.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from generator.model.account import StoppedTask
from generator.model.nodes import Value
from generator.model.records import Record

# Where and how it is started.


class Network(Record):
    """The network of a task. `public_ip` is ENABLED, DISABLED, or empty if nobody says it."""

    subnets: tuple[str, ...] = ()
    security_groups: tuple[str, ...] = ()
    public_ip: str = ""


class Provider(Record):
    """One capacity provider of a strategy."""

    name: str
    weight: int = 0
    base: int = 0


class Launch(Record):
    """What a task runs on: a launch type, or else capacity providers. Rules of placement are as ECS has them."""

    type: str = ""
    providers: tuple[Provider, ...] = ()
    platform_version: str = ""
    constraints: tuple[Value, ...] = ()
    strategy: tuple[Value, ...] = ()


class RunSettings(Record):
    """All that a task definition does not say of a run. `volumes` are those configured at launch, by name, as ECS has them."""

    network: Network = Network()
    launch: Launch = Launch()
    volumes: tuple[tuple[str, Value], ...] = ()


class Override(Record):
    """What one container gets in place of what the task definition says: a command, and variables."""

    container: str = ""
    command: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


class TaskCall(Record):
    """What ECS is asked to run. `revision` is an ARN; `token` makes one task of a request that is sent twice."""

    cluster: str
    revision: str
    settings: RunSettings
    override: Override
    token: str


class Unplaced(Record):
    """Why ECS did not start a task, as RunTask says."""

    reason: str
    detail: str = ""


class TaskLook(Record):
    """A look at a task: as it is with its status, or what kept it from being seen."""

    task: StoppedTask | None = None
    status: str = ""
    trouble: str = ""


# How it ended.


class ContainerEnd(Record):
    """How one container ended. `exit_code` is None if it never ran."""

    name: str
    essential: bool
    exit_code: int | None
    reason: str = ""


class NotPlaced(Record):
    """ECS did not start it."""

    failures: tuple[Unplaced, ...]


class EndedBadly(Record):
    """Essential containers did not end with 0. `follows` is that one did, and the others may only have been stopped for that."""

    containers: tuple[ContainerEnd, ...]
    follows: str = ""


class NeverStarted(Record):
    """No essential container ran."""

    said: str


class Stopped(Record):
    """It was stopped from outside before it was done."""

    code: str
    said: str


class WatchEnded(Record):
    """Nobody watched it to its end: somebody interrupted, or so many seconds were over. `stopped` is that ECS was asked to stop it."""

    seconds: float | None = None
    stopped: bool = False
    message: str = ""


class ErrorMet(Record):
    """An error kept it from being started or watched."""

    message: str


class Vanished(Record):
    """ECS no longer knows the task."""


RunReason: TypeAlias = NotPlaced | EndedBadly | NeverStarted | Stopped | WatchEnded | ErrorMet | Vanished

RunAction: TypeAlias = Literal["planned", "started", "succeeded", "failed", "refused", "unwatched"]


class Run(Record):
    """What became of running a task. `revision` and `task` are ARNs, empty what there is not yet.

    `planned`, `started` where nobody was to wait, `succeeded` and `failed` by its essential containers, `refused` where ECS did not start
    it, `unwatched` where nobody saw the end. `override` has nothing secret in it. `interrupted` is that somebody did not wait.
    """

    name: str
    cluster: str
    revision: str
    action: RunAction
    settings: RunSettings
    override: Override
    task: str = ""
    reason: RunReason | None = None
    ends: tuple[ContainerEnd, ...] = ()
    help: str = ""
    interrupted: bool = False
