"""What becomes of bringing a service to a revision, as values: how far it is, how it ended and why. `reports.deployments` has the words.

A field `said` quotes ECS, and a field `message` is that of an error, made where it was raised.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from generator.model.account import Course, ServiceEvent, StoppedTask
from generator.model.records import Record

News: TypeAlias = ServiceEvent | StoppedTask
"""One thing that happened to a service: ECS said something, or a task stopped."""


# How far a deployment is.


class TaskCounts(Record):
    """How many tasks of one deployment there are; `revision` is an ARN, `desired` None if nobody needs it.

    `rollout` is what ECS calls the rollout, where that is a word that we do not know.
    """

    revision: str
    running: int
    pending: int
    desired: int | None = None
    failed: int = 0
    rollout: str = ""


class Progress(Record):
    """How far a deployment is: its own tasks, once ECS shows it, and those of the others. Equal values are written alike.

    `course` is how far ECS is with traffic, hooks and alarms, where the service has such.
    """

    watched: TaskCounts | None = None
    others: tuple[TaskCounts, ...] = ()
    course: Course | None = None


# Why it ended as it did.


class NothingWanted(Record):
    """The desired count of the service is 0, so it runs nothing."""


class ServiceGone(Record):
    """There is no such service any more."""

    service: str


class ServiceEnding(Record):
    """The service is not ACTIVE any more."""

    status: str


class DeploymentFailed(Record):
    """ECS calls the deployment failed; `back_to` is the revision that it goes back to, an ARN, if to any."""

    said: str
    back_to: str = ""


class EcsTakesBack(Record):
    """ECS takes the deployment back."""

    said: str


class AlarmsFired(Record):
    """Alarms fired, and so ECS stopped the deployment; `back_to` is the revision that it goes back to, an ARN, if that is known."""

    names: tuple[str, ...]
    said: str
    back_to: str = ""


class Held(Record):
    """A PAUSE hook holds the deployment until somebody continues it."""

    course: Course


class Replaced(Record):
    """A deployment of another revision, which is an ARN, took the place of ours."""

    revision: str


class FailedInRow(Record):
    """So many tasks failed one after the other, and none is running."""

    tasks: int


class StoppedAlike(Record):
    """So many tasks stopped in the same way, and none is running; `last` is the last of them."""

    tasks: int
    last: StoppedTask


class TimeOver(Record):
    """The deployment was not steady after so many seconds."""

    seconds: float
    progress: Progress


class ErrorRaised(Record):
    """An error ended it."""

    message: str


class Interrupted(Record):
    """Somebody did not wait; `begun` is that ECS had taken the deployment on."""

    begun: bool


Failure: TypeAlias = (
    ServiceEnding
    | DeploymentFailed
    | EcsTakesBack
    | AlarmsFired
    | Replaced
    | FailedInRow
    | StoppedAlike
    | ServiceGone
    | TimeOver
)
"""What is wrong with a deployment that is watched."""

Reason: TypeAlias = Failure | NothingWanted | Held | ErrorRaised | Interrupted


class NothingBefore(Record):
    """There is no revision that the service had before."""


class OthersDeploy(Record):
    """Somebody else deploys to the service."""


class ReturnEnded(Record):
    """A service did not get back to a revision, which is an ARN."""

    revision: str
    reason: Reason | None


Hindrance: TypeAlias = NothingBefore | OthersDeploy | ReturnEnded | ErrorRaised | Interrupted
"""Why a failed deployment was not taken back."""


# The whole.


Deed: TypeAlias = Literal["update", "force", "wait", "nothing"]
"""What there is to do with a service."""

Action: TypeAlias = Literal["steady", "unchanged", "started", "failed", "held", "unwatched", "planned"]


class Rollout(Record):
    """What became of bringing a service to a revision, which is an ARN.

    `steady`, `unchanged` where there was nothing to do, `started` where nobody was to wait, `failed`, `held` where a PAUSE hook holds it
    still, `unwatched` where nobody saw the end, or `planned`, with the `deed` that is. `course` is how far ECS was when it was last
    seen. `stopped` are tasks that stopped meanwhile, and `begun` is that ECS took the deployment on.
    Where a failed one was to be taken back, `back_on` is the revision that runs again, or `taken_back` says why none does.
    """

    name: str
    cluster: str
    service: str
    revision: str
    action: Action
    reason: Reason | None = None
    help: str = ""
    stopped: tuple[StoppedTask, ...] = ()
    begun: bool = True
    back_on: str = ""
    taken_back: Hindrance | None = None
    deed: Deed | None = None
    course: Course | None = None
