"""What `lint` says beside findings: which files were fixed or omitted, and what came of all."""

from __future__ import annotations

from generator.model.answers import Linted
from generator.model.findings import Finding
from generator.model.result import Outcome, Result, state_counts, state_number
from generator.reports.forms import View, Written


def write_answer(linted: Linted, result: Result, view: View) -> Written:
    """Write what became of files; those that were omitted are named where notes are shown."""
    lines = [f"fixed {path}" for path in linted.rewritten]
    lines += [f"left {path} unsorted: {reason}" for path, reason in linted.unsorted]
    if view.least == "note":
        skipped = (outcome.path for outcome in result.outcomes if outcome.action == "skipped")
        lines += [f"skipped {path}: does not look like a task definition" for path in skipped]
    return Written(lines=tuple(lines), summary=summarize(linted, result.outcomes, result.findings))


def summarize(linted: Linted, outcomes: tuple[Outcome, ...], findings: tuple[Finding, ...]) -> str:
    """State how many files were linted, for which actions if any, and what came of it."""
    became = [outcome.action for outcome in outcomes]
    skipped, refused = became.count("skipped"), became.count("refused")
    through = f" for {' and '.join(linted.actions)}" if linted.actions else ""
    said = [f"{state_number(len(outcomes) - skipped - refused, 'file')} linted{through}"]
    counts = state_counts(findings)
    left = " left, which `--fix` does not mend" if counts and linted.mending and not refused else ""
    said.append(counts + left or (state_number(len(findings), "note") if findings else "nothing found"))
    if skipped:
        said.append(f"{state_number(skipped, 'other file')} skipped")
    if refused:
        said.append(f"{refused} could not be read or written")
    return ", ".join(said)
