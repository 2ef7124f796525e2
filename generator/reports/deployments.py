"""How a deployment goes, in words for people: how far it is, which tasks stopped, and why it failed or was not taken back."""

from __future__ import annotations

from generator.model.account import Course, StoppedContainer, StoppedTask, name_revision
from generator.model.result import state_number
from generator.model.rollouts import (
    AlarmsFired,
    DeploymentFailed,
    EcsTakesBack,
    ErrorRaised,
    FailedInRow,
    Held,
    Hindrance,
    Interrupted,
    NothingBefore,
    NothingWanted,
    OthersDeploy,
    Progress,
    Reason,
    Replaced,
    ReturnEnded,
    ServiceEnding,
    ServiceGone,
    StoppedAlike,
    TaskCounts,
    TimeOver,
)


def state_progress(progress: Progress) -> str:
    """State how many tasks of the deployment there are, and how many of the others."""
    watched = () if progress.watched is None else (progress.watched,)
    course = () if progress.course is None else (state_course(progress.course),)
    return "; ".join((*map(state_tasks, (*watched, *progress.others)), *filter(None, course)))


def state_course(course: Course) -> str:
    """State how far ECS is with traffic, hooks and alarms."""
    if course.status == "SUCCESSFUL":
        return ""
    shares = (("production", course.production), ("test", course.test))
    said = [f"{course.strategy} at {course.stage}" if course.stage else course.strategy]
    said += [f"{share:g}% of {kind} traffic" for kind, share in shares if share is not None]
    said += [f"bakes {state_number(course.bake, 'minute')}"] if course.bake else []
    said += [f"hook `{hook.target or hook.id}` is {hook.status}" for hook in course.hooks if not hook.holds]
    return ", ".join(said) + (f"; {state_hold(course)}" if course.hold else "")


def state_hold(course: Course) -> str:
    """State which hook holds a deployment, until when, and what continues it."""
    hook = course.hold
    if hook is None:
        return ""
    end = {"CONTINUE": "continues it", "ROLLBACK": "rolls it back"}.get(hook.then, hook.then)
    until = f" until {hook.expires_at}{f', when ECS {end}' if end else ''}" if hook.expires_at else ""
    holds = f"the PAUSE hook `{hook.id}` holds it{f' at {course.stage}' if course.stage else ''}{until}"
    region = "".join(course.arn.split(":")[3:4])
    words = f"--service-deployment-arn {course.arn} --hook-id {hook.id}{f' --region {region}' if region else ''}"
    return f"{holds}; `aws ecs continue-service-deployment {words}` continues it, with `--action ROLLBACK` it rolls it back"


def state_tasks(counts: TaskCounts) -> str:
    """State how many tasks of one deployment there are. Of the one that is watched, it is said too that none is pending."""
    wanted = "" if counts.desired is None else f" of {counts.desired}"
    said = [f"{counts.running}{wanted} running"]
    said += [f"{counts.pending} pending"] if wanted or counts.pending else []
    said += [f"{counts.failed} failed"] if counts.failed else []
    unknown = f", and ECS calls it {counts.rollout}" if counts.rollout else ""
    return f"{name_revision(counts.revision)}: {', '.join(said)}{unknown}"


def describe_stop(task: StoppedTask) -> str:
    """State that a task stopped, and why."""
    return f"task {task.id} stopped: {describe_failure(task)}"


def describe_failure(task: StoppedTask) -> str:
    """State why a task stopped: its reason, and what there is to say of its containers."""
    reason = task.reason or task.code or "for a reason that ECS does not report"
    said = [f"`{each.name}` {words}" for each in task.containers if (words := describe_end(each, reason))]
    return f"{reason} ({'; '.join(said)})" if said else reason


def describe_end(container: StoppedContainer, known: str) -> str:
    """State how a container ended, but for what is known from its task."""
    words = [f"exited with {container.exit_code}"] if container.exit_code is not None else []
    words += [container.reason] if container.reason and container.reason not in known else []
    return ", ".join(words)


def state_reason(reason: Reason | None) -> str:
    """State why a deployment ended as it did; empty if there is nothing to say."""
    match reason:
        case None:
            return ""
        case NothingWanted():
            return "its desired count is 0, so no task runs"
        case ServiceGone(service):
            return f"the service `{service}` no longer exists"
        case ServiceEnding(status):
            return f"the service is {status}"
        case DeploymentFailed(said, back_to):
            back = f" ECS rolls back to `{name_revision(back_to)}`" if back_to else ""
            return f"{said or 'the deployment failed'}{back}"
        case EcsTakesBack(said):
            return f"ECS rolls it back: {said}"
        case AlarmsFired(names, said, back_to):
            fired = f"the alarm{'s' if len(names) > 1 else ''} {' and '.join(f'`{name}`' for name in names)} fired"
            back = f" ECS rolls back to `{name_revision(back_to)}`" if back_to else ""
            return f"{fired}, so ECS stopped it{f': {said}' if said else ''}{back}"
        case Held(course):
            return state_hold(course)
        case Replaced(revision):
            return f"another deployment, of `{name_revision(revision)}`, took its place"
        case FailedInRow(tasks):
            return f"{tasks} tasks failed in a row, and none is running"
        case StoppedAlike(tasks, last):
            return f"{tasks} tasks stopped in the same way, and none is running: {describe_failure(last)}"
        case TimeOver(seconds, progress):
            return f"not steady after {seconds:g} s: {state_progress(progress)}"
        case ErrorRaised(message):
            return message
        case Interrupted(begun):
            return "interrupted" if begun else "interrupted, perhaps before it began"


def state_hindrance(hindrance: Hindrance) -> str:
    """State why a failed deployment was not taken back."""
    match hindrance:
        case NothingBefore():
            return "it had no revision before"
        case OthersDeploy():
            return "somebody else is deploying to it"
        case ReturnEnded(revision, Interrupted()):
            return f"interrupted on the way to `{name_revision(revision)}`"
        case ReturnEnded(revision, reason):
            return f"on the way to `{name_revision(revision)}`: {state_reason(reason)}"
        case ErrorRaised(message):
            return message
        case Interrupted():
            return "interrupted, perhaps before that began"
