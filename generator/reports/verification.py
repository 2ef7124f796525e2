"""What was found of the things that releases take for granted, in lines for people and as JSON for programs."""

from __future__ import annotations

from typing import NamedTuple

from generator.aws.verify.things import Counts, Thing
from generator.model.findings import Finding, Severity
from generator.model.nodes import Value
from generator.model.result import state_counts
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.text import escape, format_finding

WIDTH = len("unknown")

SHOWN: dict[Severity, tuple[Severity, ...]] = {
    "note": ("note", "warning", "error"),
    "warning": ("warning", "error"),
    "error": ("error",),
}
"""The severities that are shown, by the least of them."""


class Verification(NamedTuple):
    """All things that were looked at, what is wrong, and how the process is to end."""

    things: tuple[Thing, ...]
    findings: tuple[Finding, ...]
    counts: Counts
    status: int


def format_text(done: Verification, *, least: Severity, color: bool) -> str:
    """Write findings, then a line for each thing, then how many are right; where only errors are wanted, these alone."""
    shown = [finding for finding in done.findings if finding.severity in SHOWN[least]]
    text = "".join(format_finding(finding, color=color) for finding in shown)
    if least == "error":
        return text
    lines = [*(state_thing(thing) for thing in done.things), summarize(done)]
    return text + "".join(f"{escape(line)}\n" for line in lines)


def state_thing(thing: Thing) -> str:
    """Say what became of one thing, and why where there is more to say than that it is right."""
    remark = f" ({thing.remark})" if thing.remark else ""
    return f"{thing.state:<{WIDTH}}  {thing.label}{remark}"


def summarize(done: Verification) -> str:
    """Say how many things were looked at, and how many are right."""
    counts = done.counts
    said = [f"{number} {word}" for number, word in zip(counts, ("right", "wrong", "unknown"), strict=False) if number]
    parts = [f"{counts.right + counts.wrong + counts.unknown} looked at: {', '.join(said)}"]
    if not said:
        parts = ["there is nothing to look at"]
    if counts.keys:
        keys = "1 key of a secret was" if counts.keys == 1 else f"{counts.keys} keys of secrets were"
        parts.append(f"{keys} not looked at, `--secret-keys` would")
    warnings = tuple(finding for finding in done.findings if finding.severity == "warning")
    return "; ".join(filter(None, (*parts, state_counts(warnings))))


def format_json(done: Verification) -> str:
    """Write one JSON object."""
    counts = done.counts
    report = {
        "version": VERSION,
        "command": "verify",
        "things": [describe_thing(thing) for thing in done.things],
        "findings": describe_findings(done.findings),
        "summary": {
            "right": counts.right,
            "wrong": counts.wrong,
            "unknown": counts.unknown,
            "text": summarize(done),
            "status": done.status,
        },
    }
    return write_json(report)


def describe_thing(thing: Thing) -> Value:
    """Describe one thing, and which releases refer to it."""
    return {
        "kind": thing.kind,
        "name": thing.label,
        "state": thing.state,
        "remark": thing.remark,
        "uses": [use._asdict() for use in thing.uses],
    }
