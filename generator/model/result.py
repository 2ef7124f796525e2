"""The result of a command: findings, the outcome of each artifact, and the exit status."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.findings import Finding
from generator.model.gathering import leave_out
from generator.model.records import Record


class Outcome(Record):
    """The outcome of one artifact: `wrote`, `unchanged`, `deleted`, `left`, `same`, `differs`, `missing`, `extra`, `planned`.

    Of a file that was linted: `clean`, `faulty`, `skipped`, `refused`, `fixed`.
    """

    path: str
    action: str
    environment: str | None = None
    task: str | None = None


class Result(Record):
    """The result of one command.

    `answer` is the requested value, or None if findings prevented it: `reports` has a writer for the answer
    of each command. `product` is an answer that is already a text, like an artifact for stdout. `judging` is true for
    a command whose purpose is its findings. `refused` says of files that could not be opened, decoded or written why, or what ended the
    command early, and `help` what there is to do about that. `strict` is that warnings failed like errors. `left_out` are
    findings that are counted and not shown.
    """

    command: str
    findings: tuple[Finding, ...]
    status: int
    outcomes: tuple[Outcome, ...] = ()
    product: str | None = None
    judging: bool = False
    refused: tuple[str, ...] = ()
    help: str = ""
    strict: bool = False
    answer: object | None = None
    left_out: tuple[Finding, ...] = ()


def limit_findings(result: Result) -> Result:
    """Separate the findings of a file beyond the maximum."""
    marked = leave_out(result.findings)
    if not any(finding.left_out for finding in marked):
        return result
    shown, left_out = (tuple(each for each in marked if each.left_out is out) for out in (False, True))
    return result._replace(findings=shown, left_out=left_out)


def count_left_out(findings: Iterable[Finding]) -> dict[str, int]:
    """Count, by file, the findings that are not shown."""
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.left_out and finding.location:
            counts[finding.location.file] = counts.get(finding.location.file, 0) + 1
    return counts


def list_left_out(result: Result) -> tuple[str, ...]:
    """Report for each file how many of its findings are not shown."""
    return tuple(f"and {count} more in {file}" for file, count in count_left_out(result.left_out).items())


def are_failing(findings: Iterable[Finding], *, strict: bool) -> bool:
    """Whether a run with these findings failed: because of an error or, if `strict`, of a warning."""
    failing = ("error", "warning") if strict else ("error",)
    return any(finding.severity in failing for finding in findings)


def count_findings(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Count findings by severity."""
    counts = {"error": 0, "warning": 0, "note": 0}
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def state_counts(findings: tuple[Finding, ...]) -> str:
    """State how many errors and warnings there are, if any: `2 errors and 1 warning`."""
    counts = count_findings(findings)
    said = [state_number(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    return " and ".join(said)


def state_number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
