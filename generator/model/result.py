"""What a command gives back: findings, what became of each artifact, and how the process is to end."""

from __future__ import annotations

from typing import NamedTuple

from generator.model.findings import Finding


class Outcome(NamedTuple):
    """What became of one artifact: `wrote`, `unchanged`, `deleted`, `same`, `differs`, `missing`, `extra`, `planned`.

    Of a file that was linted: `clean`, `faulty`, `skipped`, `refused`, `fixed`.
    """

    path: str
    action: str
    environment: str | None = None
    task: str | None = None


class Result(NamedTuple):
    """The result of one command.

    `lines` say in words what `outcomes` say in values; `product` is what was asked for on stdout, if anything was. `judging`
    is true of a command whose findings are what it was run for. `refused` says of files that could not be opened, decoded or written why,
    or what ended the command early, and `help` what there is to do about that. `strict` is that warnings failed like errors.
    """

    command: str
    findings: tuple[Finding, ...]
    status: int
    outcomes: tuple[Outcome, ...] = ()
    lines: tuple[str, ...] = ()
    summary: str = ""
    product: str | None = None
    judging: bool = False
    refused: tuple[str, ...] = ()
    help: str = ""
    strict: bool = False


def select_shown(result: Result, *, verbose: bool, quiet: bool) -> Result:
    """Leave out what is not to be shown: notes unless asked for; all but errors and the product if quiet."""
    if quiet:
        errors = tuple(finding for finding in result.findings if finding.severity == "error")
        return result._replace(findings=errors, lines=(), summary="")
    if verbose:
        return result
    return result._replace(findings=tuple(finding for finding in result.findings if finding.severity != "note"))


def count_findings(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Count findings by severity."""
    counts = {"error": 0, "warning": 0, "note": 0}
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def state_counts(findings: tuple[Finding, ...]) -> str:
    """Say how many errors and warnings there are, if any: `2 errors and 1 warning`."""
    counts = count_findings(findings)
    said = [state_number(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    return " and ".join(said)


def state_number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
