"""What commands that ask AWS tell while they run, in lines for people. Masks what is secret in comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.account_events import (
    AccountEvent,
    CauseSkipped,
    CauseUnknown,
    ChangePlanned,
    DeploymentBegun,
    DeploymentFound,
    DestinationChosen,
    FamilyBusy,
    LookFailed,
    ProgressMade,
    PruningPlanned,
    RegistrationDone,
    RequestThrottled,
    RevisionGone,
    ServiceNews,
    TimePassed,
    WarningFound,
)
from generator.reports.differences.text import format_comparison
from generator.reports.prunings import list_plan
from generator.reports.registrations import state_registration
from generator.reports.text import escape, format_finding


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
    | CauseSkipped,
) -> str:
    """Say what happened to a target."""
    match event:
        case DestinationChosen(_, revision, reason):
            return f"back to `{revision}`, {reason}"
        case DeploymentFound(_, service, revision):
            return f"`{service}` goes to `{revision}` already"
        case DeploymentBegun(_, service, cluster, revision, anew):
            return f"ECS deploys `{revision}`{' anew' if anew else ''} to `{service}` in `{cluster}`"
        case ServiceNews(_, at, text):
            return f"{at[11:]} {text}" if at else text
        case ProgressMade(_, progress):
            return progress
        case LookFailed(_, reason):
            return f"{reason}; still looking"
        case CauseUnknown(_, reason):
            return f"why it failed is not known: {reason}"
        case CauseSkipped(name):
            return f"interrupted: `taskdef diagnose {name}` finds why it failed"
