"""What was found of the things that releases take for granted, in lines for people and as JSON for programs."""

from __future__ import annotations

from generator.aws.verify.things import Counts, Thing, Verification
from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.model.result import Result, state_counts
from generator.reports.forms import View, Written, is_shown
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.text import escape, format_finding

WIDTH = len("unknown")


def write_answer(done: Verification, result: Result, view: View) -> Written:
    """Write what was looked at, together with what is wrong: both forms have the findings in them."""
    text = format_json(done, result) if view.form == "json" else format_text(done, result, view)
    return Written(text, whole=True)


def format_text(done: Verification, result: Result, view: View) -> str:
    """Write findings, then a line for each thing, then how many are right; where only errors are wanted, these alone."""
    shown = [finding for finding in result.findings if is_shown(finding, view.least)]
    text = "".join(format_finding(finding, color=view.color) for finding in shown)
    if view.least == "error":
        return text
    lines = [*(state_thing(thing) for thing in done.things), summarize(done.counts, result.findings)]
    return text + "".join(f"{escape(line)}\n" for line in lines)


def state_thing(thing: Thing) -> str:
    """State what became of one thing, and why where there is more to say than that it is right."""
    remark = f" ({thing.remark})" if thing.remark else ""
    return f"{thing.state:<{WIDTH}}  {thing.label}{remark}"


def summarize(counts: Counts, findings: tuple[Finding, ...]) -> str:
    """State how many things were looked at, and how many are right."""
    said = [f"{number} {word}" for number, word in zip(counts, ("right", "wrong", "unknown"), strict=False) if number]
    parts = [f"{counts.right + counts.wrong + counts.unknown} checked: {', '.join(said)}"]
    if not said:
        parts = ["there is nothing to look at"]
    if counts.keys:
        keys = "1 key of a secret was" if counts.keys == 1 else f"{counts.keys} keys of secrets were"
        parts.append(f"{keys} not checked: `--secret-keys` does")
    warnings = tuple(finding for finding in findings if finding.severity == "warning")
    return "; ".join(filter(None, (*parts, state_counts(warnings))))


def format_json(done: Verification, result: Result) -> str:
    """Write one JSON object."""
    counts = done.counts
    report = {
        "version": VERSION,
        "command": "verify",
        "things": [describe_thing(thing) for thing in done.things],
        **describe_findings(result.findings),
        "summary": {
            "right": counts.right,
            "wrong": counts.wrong,
            "unknown": counts.unknown,
            "text": summarize(counts, result.findings),
            "status": result.status,
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
