"""Whether a service gets where a deployment brings it: steady, going on or failing, and what is new to tell. Asks AWS for nothing.

ECS calls a service steady that it has brought back to an earlier revision too, so what is watched is one deployment, by its id.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple, TypeAlias

from generator.model.account import Deployment, Service, ServiceEvent, StoppedContainer, StoppedTask

State: TypeAlias = Literal["steady", "going on", "failing"]

IN_A_ROW, ALIKE = 3, 2
"""How many tasks fail in a row, or stop alike, before a deployment of which none is running is given up."""

ROLLOUTS = ("IN_PROGRESS", "COMPLETED", "FAILED", "")
"""What ECS calls the rollout of a deployment, if it does. Of any other it is not known whether it is an end: that is waited out, and told.

Source: `DeploymentRolloutState` in the model of botocore 1.44.5."""

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
"""What ECS says of a deployment, and in a service's events, when it takes one back: because of its circuit breaker, or of an alarm.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html (2026-11-24)
"""


class Verdict(NamedTuple):
    """How it stands with a deployment; a failing one has a reason."""

    state: State
    reason: str = ""


class Watch(NamedTuple):
    """One deployment that is watched, and what of it has been told.

    `revision` is an ARN; `deployment` is its id and `since` when it began, empty until ECS tells. `before` are the ids of those that it
    cannot be, and `seen` is that ECS has shown it: at first it may still show what was. `progress` is how far it is, `stopped` are
    tasks of it that stopped, and `taken_back` is what ECS said where it takes the deployment back. `astray` counts the looks on end
    at which what was there before was PRIMARY again.
    """

    revision: str
    deployment: str
    since: str
    before: frozenset[str] = frozenset()
    seen: bool = False
    progress: str = ""
    told: frozenset[str] = frozenset()
    stopped: tuple[StoppedTask, ...] = ()
    taken_back: str = ""
    astray: int = 0


class News(NamedTuple):
    """One thing that happened, and when."""

    at: str
    text: str


def begin_watch(before: Service, after: Service, revision: str) -> Watch:
    """Watch the deployment of a revision that ECS has just begun; `before` is the service as it was, or the same if it had begun already.

    ECS may answer with what was, even with a PRIMARY of the same revision. One that was not PRIMARY may become so again.
    """
    known = {each.id for each in (*before.deployments, *after.deployments) if each.revision != revision}
    if before is not after and before.primary is not None:
        known.add(before.primary.id)
    told = frozenset(event.id for event in before.events)
    return adopt(Watch(revision, "", "", frozenset(known), told=told), after)


def adopt(watch: Watch, service: Service) -> Watch:
    """Watch the deployment that ECS was asked for, once it shows it."""
    primary = service.primary
    if watch.deployment or primary is None or primary.revision != watch.revision or primary.id in watch.before:
        return watch
    return watch._replace(deployment=primary.id, since=primary.created_at)


def observe(watch: Watch, service: Service, stopped: tuple[StoppedTask, ...]) -> tuple[Watch, tuple[News, ...]]:
    """Take in what ECS shows now, and say what of it is new: events, and tasks that stopped, in their order."""
    watch = adopt(watch, service)
    events = [event for event in reversed(service.events) if event.id not in watch.told]
    tasks = [task for task in stopped if task.arn not in watch.told and is_ours(watch, task)]
    news = [
        *(News(event.at, event.message) for event in events),
        *(News(task.stopped_at, describe_stop(task)) for task in tasks),
    ]
    taken_back = next((each.message for each in events if is_taking_back(watch, each)), watch.taken_back)
    primary = service.primary
    watched = watch._replace(
        astray=watch.astray + 1 if primary is not None and primary.id in watch.before else 0,
        seen=watch.seen or find_deployment(watch, service) is not None,
        progress=state_progress(watch, service),
        told=watch.told | {event.id for event in events} | {task.arn for task in tasks},
        stopped=(*watch.stopped, *tasks),
        taken_back=taken_back,
    )
    return watched, tuple(sorted(news, key=lambda each: each.at))


def is_ours(watch: Watch, task: StoppedTask) -> bool:
    """Tell whether a task is of the deployment; where ECS does not tell, whether it is of its revision, and stopped since it began."""
    if task.started_by and watch.deployment:
        return task.started_by == watch.deployment
    return task.revision == watch.revision and task.stopped_at >= watch.since


def is_taking_back(watch: Watch, event: ServiceEvent) -> bool:
    """Tell whether ECS says that it goes back, and not to the very deployment that is watched."""
    return ROLLING_BACK in event.message and watch.deployment not in event.message and event.at >= watch.since


def is_taken_back(service: Service) -> bool:
    """Tell whether a service is where ECS itself brought it back to."""
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
    """Tell whether the deployment is the one that ECS is bringing the service to."""
    return service.primary is not None and service.primary.id == watch.deployment


# The verdict.


def judge(watch: Watch, service: Service) -> Verdict:
    """Say how it stands with the deployment, given all that was observed."""
    if service.status != "ACTIVE":
        return Verdict("failing", f"the service is {service.status}")
    primary, ours = service.primary, find_deployment(watch, service)
    if ours is not None and ours.rollout == "FAILED":
        return Verdict("failing", f"{ours.reason or 'the deployment failed'}{say_where(watch, service)}")
    if watch.taken_back:
        return Verdict("failing", f"ECS takes it back: {watch.taken_back}")
    if primary is None or (primary.id in watch.before and not (watch.seen and watch.astray >= SURE)):
        return Verdict("going on")
    if is_taken_back(service) and not is_current(watch, service):
        return Verdict("failing", f"ECS takes it back: {primary.reason}")
    if primary.revision != watch.revision:
        return Verdict("failing", f"another deployment took its place, of `{name_revision(primary.revision)}`")
    if is_steady(service):
        return Verdict("steady")
    hopeless = find_hopeless(watch, primary)
    return Verdict("failing", hopeless) if hopeless else Verdict("going on")


def say_where(watch: Watch, service: Service) -> str:
    """Say what the service goes back to, if to anything."""
    primary = service.primary
    if primary is None or primary.revision == watch.revision:
        return ""
    return f" ECS goes back to `{name_revision(primary.revision)}`"


def is_steady(service: Service) -> bool:
    """Tell whether the newest deployment of a service is through, and all of its tasks are running."""
    primary = service.primary
    if primary is None or primary.running < primary.desired:
        return False
    if primary.rollout:
        return primary.rollout == "COMPLETED"
    return len(service.deployments) == 1 and primary.running == primary.desired and not primary.pending


def find_hopeless(watch: Watch, primary: Deployment) -> str:
    """Find why to wait no longer, though ECS goes on: tasks fail one after the other, and none is running."""
    if primary.running:
        return ""
    kinds = Counter(kind for task in watch.stopped if (kind := find_kind(task)))
    for kind, count in kinds.most_common(1):
        if count >= ALIKE:
            last = next(task for task in reversed(watch.stopped) if find_kind(task) == kind)
            return f"{count} tasks stopped alike, and none is running: {describe_failure(last)}"
    if primary.failed >= IN_A_ROW:
        return f"{primary.failed} tasks failed in a row, and none is running"
    return ""


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


# Words.


def name_revision(arn: str) -> str:
    """Name a revision as ECS does for short: `family:3`."""
    return arn.rpartition("/")[2]


def state_progress(watch: Watch, service: Service) -> str:
    """Say how many tasks of the deployment there are, and how many of the others."""
    ours = find_deployment(watch, service)
    said = []
    if ours is not None:
        counts = [f"{ours.running} of {ours.desired} running", f"{ours.pending} pending"]
        counts += [f"{ours.failed} failed"] if ours.failed else []
        unknown = f", and ECS calls it {ours.rollout}" if ours.rollout not in ROLLOUTS else ""
        said = [f"{name_revision(ours.revision)}: {', '.join(counts)}{unknown}"]
    others = [each for each in service.deployments if each.id != watch.deployment and (each.running or each.pending)]
    for each in others:
        pending = f", {each.pending} pending" if each.pending else ""
        said.append(f"{name_revision(each.revision)}: {each.running} running{pending}")
    return "; ".join(said)


def describe_stop(task: StoppedTask) -> str:
    """Say that a task stopped, and why."""
    return f"task {task.id} stopped: {describe_failure(task)}"


def describe_failure(task: StoppedTask) -> str:
    """Say why a task stopped: its reason, and what there is to say of its containers."""
    reason = task.reason or task.code or "for a reason that ECS does not tell"
    said = [f"`{each.name}` {words}" for each in task.containers if (words := describe_end(each, reason))]
    return f"{reason} ({'; '.join(said)})" if said else reason


def describe_end(container: StoppedContainer, known: str) -> str:
    """Say how a container ended, but for what is known from its task."""
    words = [f"exited with {container.exit_code}"] if container.exit_code is not None else []
    words += [container.reason] if container.reason and container.reason not in known else []
    return ", ".join(words)
