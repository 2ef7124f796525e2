"""What became of releases that were to be registered, in lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.account_answers import Registrations
from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.model.releases import Filled, Halt, Registration
from generator.model.result import Result, state_counts, state_number
from generator.reports.differences.json import describe_changes
from generator.reports.differences.text import format_comparison, state_assumed
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_error, describe_findings, write_json
from generator.reports.text import escape


def write_answer(answer: Registrations, result: Result, view: View) -> Written:
    """Write what was registered, or would be. It was reported when it was done."""
    if view.form == "json":
        return Written(format_json(answer, result), whole=True)
    halt = answer.halt
    summary = summarize(answer, result.findings)
    return Written(summary=summary, refused=(halt.message,), help=halt.help) if halt else Written(summary=summary)


def state_registration(done: Registration, *, explained: bool, color: bool) -> Iterator[str]:
    """Say in a line what became of a release, and if it is to be `explained` what differs and what ECS fills in."""
    yield escape(state_action(done))
    if explained:
        yield from explain(done, color=color)


def state_action(done: Registration) -> str:
    """State what became of a release. What ECS gave or has is named by its ARN."""
    release, revision = done.release, done.revision
    if done.action == "planned":
        tags = ", ".join(f"{key}={value}" for key, value in done.tags)
        return f"would call ecs:RegisterTaskDefinition for `{release.family}` with {release.path} and the tags {tags}"
    assert revision is not None
    return f"{done.action} {release.name} as {revision.arn}"


def explain(done: Registration, *, color: bool) -> Iterator[str]:
    """State what differs from the newest revision, and what of it ECS filled in."""
    if done.comparison is None:
        yield escape(f"  `{done.release.family}` has no active revision")
        return
    for line in format_comparison(done.comparison, color=color):
        yield f"  {line}"
    if done.filled:
        yield escape(f"  filled in by ECS, and in this comparison: {', '.join(map(state_filled, done.filled))}")
    yield from (f"  {line}" for line in state_assumed(done.assumed))


def state_filled(filled: Filled) -> str:
    return f"{filled.path} = {filled.value}"


def summarize(answer: Registrations, findings: tuple[Finding, ...]) -> str:
    """State how many were registered, and how many were not since nothing differs."""
    actions = [each.action for each in answer.done]
    counts = {action: actions.count(action) for action in ("registered", "planned", "unchanged")}
    said = [f"{counts[action]} {action}" for action in ("registered", "unchanged") if counts[action]]
    if answer.dry_run:
        said = [f"{state_number(counts['planned'], 'revision')} would be registered", *said]
    return "; ".join(filter(None, (", ".join(said), state_counts(findings))))


def format_json(answer: Registrations, result: Result) -> str:
    """Write one JSON object."""
    report = {
        "version": VERSION,
        "command": "register",
        "dry_run": answer.dry_run,
        "releases": [describe_registration(each) for each in answer.done],
        **describe_findings(result.findings),
        "summary": {"status": result.status},
        **describe_halt(answer.halt),
    }
    return write_json(report)


def describe_halt(halt: Halt | None) -> dict[str, Value]:
    """Describe what ended a command early, if anything did."""
    return {} if halt is None else describe_error(halt.message, halt.status, halt.help)


def describe_registration(done: Registration) -> Value:
    """Describe one release: what was done, the revision it is now, or was last, and why."""
    release, revision = done.release, done.revision
    return {
        "environment": release.environment,
        "task": release.task,
        "family": release.family,
        "action": done.action,
        "arn": revision and revision.arn,
        "revision": revision and revision.number,
        "tags": dict(done.tags),
        "differences": done.comparison and describe_changes(done.comparison),
        "filled": [each._asdict() for each in done.filled],
        "assumed": [each._asdict() for each in done.assumed],
    }
