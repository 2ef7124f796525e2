"""What became of releases that were to be registered, in lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.model.releases import Filled, Halt, Registration
from generator.model.result import Result, state_counts, state_number
from generator.reports.differences.json import describe_changes
from generator.reports.differences.text import format_comparison
from generator.reports.json import VERSION, describe_error, describe_findings, write_json
from generator.reports.text import escape


def make_result(
    done: tuple[Registration, ...],
    findings: tuple[Finding, ...],
    halt: Halt | None,
    *,
    summary: str,
    dry_run: bool,
    json: bool,
) -> Result:
    """Make the result of what was registered, or would be. In JSON it is the product; else it was said when it was done."""
    status = halt.status if halt else 0
    if json:
        product = format_json(done, findings, status, halt, dry_run=dry_run)
        return Result("register", (), status, product=product)
    result = Result("register", findings, status, summary=summary)
    return result._replace(refused=(halt.message,), help=halt.help) if halt else result


def list_lines(done: Registration, *, why: bool, color: bool) -> Iterator[str]:
    """Say in a line what became of a release, and with `why` what differs and what ECS fills in; a terminal obeys only our colours."""
    yield escape(state_action(done))
    if why:
        yield from explain(done, color=color)


def state_action(done: Registration) -> str:
    """Say what became of a release. What ECS gave or has is named by its ARN."""
    release, revision = done.release, done.revision
    if done.action == "planned":
        tags = ", ".join(f"{key}={value}" for key, value in done.tags)
        return f"would call ecs:RegisterTaskDefinition for `{release.family}` with {release.path} and the tags {tags}"
    assert revision is not None
    return f"{done.action} {release.name} as {revision.arn}"


def explain(done: Registration, *, color: bool) -> Iterator[str]:
    """Say what differs from the newest revision, and what of it ECS filled in."""
    if done.comparison is None:
        yield escape(f"  `{done.release.family}` has no active revision")
        return
    for line in format_comparison(done.comparison, color=color):
        yield f"  {line}"
    if done.filled:
        yield escape(f"  ECS fills in, and so does this comparison: {', '.join(map(state_filled, done.filled))}")


def state_filled(filled: Filled) -> str:
    return f"{filled.path} = {filled.value}"


def summarize(done: Iterable[Registration], findings: tuple[Finding, ...], *, dry_run: bool) -> str:
    """Say how many were registered, and how many were not since nothing differs."""
    counts = {action: sum(each.action == action for each in done) for action in ("registered", "planned", "unchanged")}
    said = [f"{counts[action]} {action}" for action in ("registered", "unchanged") if counts[action]]
    if dry_run:
        said = [f"{state_number(counts['planned'], 'revision')} would be registered", *said]
    return "; ".join(filter(None, (", ".join(said), state_counts(findings))))


def format_json(
    done: Iterable[Registration], findings: Iterable[Finding], status: int, halt: Halt | None, *, dry_run: bool
) -> str:
    """Write one JSON object."""
    report = {
        "version": VERSION,
        "command": "register",
        "dry_run": dry_run,
        "releases": [describe_registration(each) for each in done],
        "findings": describe_findings(findings),
        "summary": {"status": status},
        **describe_halt(halt),
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
    }
