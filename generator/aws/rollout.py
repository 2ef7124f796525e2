"""Whether a service gets where a deployment brings it: steady, going on or failing, and what is new. Asks AWS nothing, and writes no words.

ECS calls a service steady that it has brought back to an earlier revision too, so what is watched is one deployment, by its id.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypeAlias

from generator.model.account import Course, Deployment, Service, ServiceEvent, StoppedTask
from generator.model.records import Record
from generator.model.rollouts import (
    AlarmsFired,
    DeploymentFailed,
    EcsTakesBack,
    FailedInRow,
    Failure,
    News,
    Progress,
    Replaced,
    ServiceEnding,
    StoppedAlike,
    TaskCounts,
)

State: TypeAlias = Literal["steady", "going on", "failing"]

IN_A_ROW, ALIKE = 3, 2
"""How many tasks fail in a row, or stop alike, before a deployment of which none is running is given up."""

ROLLOUTS = ("IN_PROGRESS", "COMPLETED", "FAILED", "")
"""What ECS calls the rollout of a deployment, if it does. Of any other it is not known whether it is an end: that is waited out, and told.

Source: `DeploymentRolloutState` in the model of botocore 1.44.5."""

THROUGH, GOES_ON = "SUCCESSFUL", ("PENDING", "IN_PROGRESS", "")
"""What ECS calls a service deployment that is through, and one that goes on; any other is taken back or stopped.

Source: `ServiceDeploymentStatus` in the model of botocore 1.44.5."""

SURE = 2
"""Looks on end after which what ECS shows is so: one may be of a moment ago."""

LASTING = (
    "CannotCreateContainerError",
    "CannotCreateVolumeError",
    "CannotPullContainerError",
    "CannotPullECRContainerError",
    "CannotPullImageManifestError",
    "CannotStartContainerError",
    "ContainerRuntimeError",
    "ResourceInitializationError",
    "Essential container in task exited",
    "Task failed container health checks",
    "Task failed ELB health checks",
)
"""How reasons begin that the next task will most likely stop for too.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html (2026-11-24)
"""

PASSING = ("toomanyrequests", "Rate exceeded", "ThrottlingException", "InternalError", "ServiceUnavailable")
"""What reasons say where the next task may have better luck."""

BREAKER, ROLLING_BACK = "ECS deployment circuit breaker", "rolling back to deployment"
"""Messages of ECS about a deployment, and in a service's events, when it takes one back: because of its circuit breaker, or of an alarm.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html (2026-11-24)
"""


class Verdict(Record):
    """How it stands with a deployment; a failing one has a reason."""

    state: State
    reason: Failure | None = None


class Watch(Record):
    """One deployment that is watched, and what of it has been reported.

    `revision` is an ARN; `deployment` is its id and `since` when it began, empty until ECS tells. `before` are the ids of those that it
    cannot be, and `seen` is that ECS has shown it: at first it may still show what was. `progress` is how far it is, `stopped` are
    tasks of it that stopped, and `taken_back` is what ECS said where it takes the deployment back. `astray` counts the looks on end
    at which what was there before was PRIMARY again. `over` is the ARN of a service deployment that is none of ours.
    """

    revision: str
    deployment: str
    since: str
    before: frozenset[str] = frozenset()
    seen: bool = False
    progress: Progress = Progress()
    told: frozenset[str] = frozenset()
    stopped: tuple[StoppedTask, ...] = ()
    taken_back: str = ""
    astray: int = 0
    over: str = ""


def begin_watch(before: Service, after: Service, revision: str, over: str = "") -> Watch:
    """Watch the deployment of a revision that ECS has just begun; `before` is the service as it was, or the same if it had begun already.

    ECS may answer with what was, even with a PRIMARY of the same revision. One that was not PRIMARY may become so again.
    """
    over = over or ("" if before is after else before.course)
    known = {each.id for each in (*before.deployments, *after.deployments) if each.revision != revision}
    if before is not after and before.primary is not None:
        known.add(before.primary.id)
    told = frozenset(event.id for event in before.events)
    return adopt(Watch(revision, "", "", frozenset(known), told=told, over=over), after)


def adopt(watch: Watch, service: Service) -> Watch:
    """Watch the deployment that ECS was asked for, once it shows it."""
    primary = service.primary
    if watch.deployment or primary is None or primary.revision != watch.revision or primary.id in watch.before:
        return watch
    return watch._replace(deployment=primary.id, since=primary.created_at)


def observe(
    watch: Watch, service: Service, stopped: tuple[StoppedTask, ...], course: Course | None = None
) -> tuple[Watch, tuple[News, ...]]:
    """Take in what ECS shows now, and say what of it is new: events, and tasks that stopped, in their order."""
    watch = adopt(watch, service)
    events = [event for event in reversed(service.events) if event.id not in watch.told]
    tasks = [task for task in stopped if task.arn not in watch.told and is_ours(watch, task)]
    taken_back = next((each.message for each in events if is_taking_back(watch, each)), watch.taken_back)
    primary = service.primary
    watched = watch._replace(
        astray=watch.astray + 1 if primary is not None and primary.id in watch.before else 0,
        seen=watch.seen or find_deployment(watch, service) is not None,
        progress=count_tasks(watch, service)._replace(
            course=watch.progress.course if course is None or course.arn == watch.over else course
        ),
        told=watch.told | {event.id for event in events} | {task.arn for task in tasks},
        stopped=(*watch.stopped, *tasks),
        taken_back=taken_back,
    )
    return watched, tuple(sorted((*events, *tasks), key=find_time))


def find_time(news: News) -> str:
    """Find when something happened; empty if ECS does not tell."""
    return news.at if isinstance(news, ServiceEvent) else news.stopped_at


def count_tasks(watch: Watch, service: Service) -> Progress:
    """Count the tasks of the deployment, and those of the others that have any."""
    ours = find_deployment(watch, service)
    others = [each for each in service.deployments if each.id != watch.deployment and (each.running or each.pending)]
    watched = None
    if ours is not None:
        unknown = ours.rollout if ours.rollout not in ROLLOUTS else ""
        watched = TaskCounts(ours.revision, ours.running, ours.pending, ours.desired, ours.failed, unknown)
    return Progress(watched, tuple(TaskCounts(each.revision, each.running, each.pending) for each in others))


def is_ours(watch: Watch, task: StoppedTask) -> bool:
    """Report whether a task is of the deployment; where ECS does not tell, whether it is of its revision, and stopped since it began."""
    if task.started_by and watch.deployment:
        return task.started_by == watch.deployment
    return task.revision == watch.revision and task.stopped_at >= watch.since


def is_taking_back(watch: Watch, event: ServiceEvent) -> bool:
    """Report whether ECS says that it goes back, and not to the very deployment that is watched."""
    return ROLLING_BACK in event.message and watch.deployment not in event.message and event.at >= watch.since


def is_taken_back(service: Service) -> bool:
    """Report whether a service is where ECS itself brought it back to."""
    said = service.primary.reason if service.primary is not None else ""
    return BREAKER in said or ROLLING_BACK in said


def find_previous(service: Service, revision: str) -> str:
    """Find which revision a service had, or has, beside another: one that was through rather than one that was not. Empty if none."""
    others = [each for each in service.deployments if each.revision != revision]
    through = [each for each in others if each.rollout in ("COMPLETED", "")]
    return next((each.revision for each in (*through, *others)), "")


def find_deployment(watch: Watch, service: Service) -> Deployment | None:
    """Find the deployment that is watched; ECS forgets those that are over."""
    return next((each for each in service.deployments if each.id == watch.deployment), None)


def is_current(watch: Watch, service: Service) -> bool:
    """Report whether the deployment is the one that ECS is bringing the service to."""
    return service.primary is not None and service.primary.id == watch.deployment


# The verdict.


def judge(watch: Watch, service: Service) -> Verdict:
    """State how it stands with the deployment, given all that was observed."""
    if service.status != "ACTIVE":
        return Verdict("failing", ServiceEnding(service.status))
    primary, ours = service.primary, find_deployment(watch, service)
    course = watch.progress.course
    if ours is not None and ours.rollout == "FAILED":
        return Verdict("failing", find_end(watch, service, ours.reason))
    if course is not None and course.status not in (*GOES_ON, THROUGH):
        return Verdict("failing", find_end(watch, service, course.reason))
    if watch.taken_back:
        return Verdict("failing", EcsTakesBack(watch.taken_back))
    if primary is None or (primary.id in watch.before and not (watch.seen and watch.astray >= SURE)):
        return Verdict("going on")
    if is_taken_back(service) and not is_current(watch, service):
        return Verdict("failing", EcsTakesBack(primary.reason))
    if primary.revision != watch.revision:
        return Verdict("failing", Replaced(primary.revision))
    if is_steady(service) if course is None else is_through(course, primary):
        return Verdict("steady")
    hopeless = find_hopeless(watch, primary)
    return Verdict("failing", hopeless) if hopeless is not None else Verdict("going on")


def is_through(course: Course, primary: Deployment) -> bool:
    """Report whether ECS is through with a deployment that shifts traffic, runs hooks or watches alarms."""
    return course.status == THROUGH and primary.running >= primary.desired


def find_end(watch: Watch, service: Service, said: str) -> DeploymentFailed | EcsTakesBack | AlarmsFired:
    """Find how ECS ended a deployment: because of alarms, if any fired."""
    course, back_to = watch.progress.course, find_way_back(watch, service)
    if course is not None and course.alarms:
        return AlarmsFired(course.alarms, said, back_to)
    if course is not None and course.status.startswith("ROLLBACK"):
        return EcsTakesBack(said or course.status)
    return DeploymentFailed(said, back_to)


def find_way_back(watch: Watch, service: Service) -> str:
    """Find the revision that the service goes back to; empty if to none."""
    primary = service.primary
    return "" if primary is None or primary.revision == watch.revision else primary.revision


def is_steady(service: Service) -> bool:
    """Report whether the newest deployment of a service is through, and all of its tasks are running."""
    primary = service.primary
    if primary is None or primary.running < primary.desired:
        return False
    if primary.rollout:
        return primary.rollout == "COMPLETED"
    return len(service.deployments) == 1 and primary.running == primary.desired and not primary.pending


def find_hopeless(watch: Watch, primary: Deployment) -> FailedInRow | StoppedAlike | None:
    """Find why to wait no longer, though ECS goes on: tasks fail one after the other, and none is running."""
    if primary.running:
        return None
    kinds = Counter(kind for task in watch.stopped if (kind := find_kind(task)))
    for kind, count in kinds.most_common(1):
        if count >= ALIKE:
            last = next(task for task in reversed(watch.stopped) if find_kind(task) == kind)
            return StoppedAlike(count, last)
    if primary.failed >= IN_A_ROW:
        return FailedInRow(primary.failed)
    return None


def find_kind(task: StoppedTask) -> tuple[str, ...]:
    """Find what a task has in common with others that stop alike, if the next one will most likely do so too.

    A reason as a whole names the task or the request, so no two are equal.
    """
    reasons = (task.reason, *(each.reason for each in task.containers))
    if any(word in reason for reason in reasons for word in PASSING):
        return ()
    for start in LASTING:
        if any(reason.startswith(start) for reason in reasons):
            return (start, *(f"{each.name} {each.exit_code}" for each in task.containers))
    return ()
