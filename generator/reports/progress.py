"""What commands that ask AWS tell and ask while they run, in lines for people. Masks what is secret in comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.account import ServiceEvent, name_revision
from generator.model.account_events import (
    AccountEvent,
    CauseSkipped,
    CauseUnknown,
    ChangePlanned,
    Choice,
    DeploymentBegun,
    DeploymentFound,
    DestinationChosen,
    FamilyBusy,
    LineWritten,
    LogUntold,
    LookFailed,
    ProgressMade,
    PruningPlanned,
    Question,
    RegistrationDone,
    RequestThrottled,
    RevisionGone,
    RunPlanned,
    ServiceNews,
    TaskSeen,
    TaskStarted,
    TimePassed,
    WarningFound,
)
from generator.model.result import state_number
from generator.model.rollouts import News
from generator.reports.deployments import describe_stop, state_progress
from generator.reports.differences.text import format_comparison
from generator.reports.prunings import list_plan
from generator.reports.registrations import state_registration
from generator.reports.runs import escape_line, name_task, plan_run
from generator.reports.text import escape, format_finding

CHOICES: dict[Choice, str] = {
    "steady": "which was steady at {}",
    "before": "which the service had before",
    "named": "as requested",
    "registered": "registered from {}",
}
"""Why a service goes back to a revision; the braces are for the mark."""


def list_lines(event: AccountEvent, *, color: bool = False) -> Iterator[str]:
    """Write an event in lines that are ready for a terminal, which obeys only our colours."""
    match event:
        case WarningFound(finding):
            yield from format_finding(finding).splitlines()
        case ChangePlanned(comparison):
            yield from format_comparison(comparison, color=False)
        case RegistrationDone(registration, explained):
            yield from state_registration(registration, explained=explained, color=color)
        case PruningPlanned(pruned):
            yield from map(escape, list_plan(pruned, dry_run=False))
        case RequestThrottled(operation, attempts, most):
            yield escape(f"AWS throttles `{operation}`: trying again ({attempts} of {most} attempts made)")
        case FamilyBusy(attempts, most):
            yield f"another caller is registering this family: trying again ({attempts} of {most} attempts made)"
        case RevisionGone(revision):
            yield escape(f"deregistered {revision}")
        case RunPlanned(run):
            yield escape(plan_run(run))
        case LineWritten(_, container, line):
            yield escape_line(f"{container} | {line}" if container else line)
        case TimePassed():
            return
        case _:
            yield escape(f"{event.name}: {state_event(event)}")


def state_event(
    event: DestinationChosen
    | DeploymentFound
    | DeploymentBegun
    | ServiceNews
    | ProgressMade
    | LookFailed
    | CauseUnknown
    | CauseSkipped
    | TaskStarted
    | TaskSeen
    | LogUntold,
) -> str:
    """State what happened to a target."""
    match event:
        case DestinationChosen(_, revision, choice, mark):
            return f"back to `{revision}`, {CHOICES[choice].format(mark)}"
        case DeploymentFound(_, service, revision):
            return f"`{service}` is already moving to `{revision}`"
        case DeploymentBegun(_, service, cluster, revision, anew):
            return f"ECS deploys `{revision}`{' anew' if anew else ''} to `{service}` in `{cluster}`"
        case ServiceNews(_, news):
            return state_news(news)
        case ProgressMade(_, progress):
            return state_progress(progress)
        case LookFailed(_, message):
            return f"{message}; still looking"
        case CauseUnknown(_, message):
            return f"why it failed is not known: {message}"
        case TaskStarted(_, task, cluster, revision):
            return f"ECS runs `{name_revision(revision)}` in `{cluster}` as task {name_task(task)}"
        case TaskSeen(_, task, status):
            return f"task {name_task(task)} is {status}"
        case LogUntold(_, container, message):
            return f"the log of `{container}` cannot be shown: {message}"
        case CauseSkipped(name):
            return f"interrupted: `taskdef diagnose {name}` finds why it failed"


def state_news(news: News) -> str:
    """State what ECS said, or which task stopped, after the time of day if it is known."""
    if isinstance(news, ServiceEvent):
        at, words = news.at, news.message
    else:
        at, words = news.stopped_at, describe_stop(news)
    return f"{at[11:]} {words}" if at else words


def state_question(question: Question) -> str:
    """Write what a person is asked."""
    deed: str = question.change
    if question.change == "bring back":
        deed = f"bring back `{question.revision}` for"
    elif question.change == "deregister":
        deed = f"deregister {state_number(question.revisions, 'revision')} of"
    names = ", ".join(f"`{name}`" for name in question.names)
    where = f" in account {', '.join(question.accounts)}" if question.accounts else ""
    return f"{deed} {names}{where}?"
