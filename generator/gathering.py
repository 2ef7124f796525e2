"""The findings of many artifacts, each made one and stamped with what it holds for. Finds nothing itself."""

from __future__ import annotations

from typing import NamedTuple

from generator.diagnostics import Finding, Location


class Report(NamedTuple):
    """A finding and the artifact it came up for, where it did for one."""

    finding: Finding
    environment: str | None
    task: str | None


def unite(missed: list[Report]) -> list[Report]:
    """Make what a patch misses in several documents one finding: that of a document with a near name, if one has it."""
    findings = [report.finding for report in missed]
    chosen = next((report for report in missed if (report.finding.help or "").startswith("write ")), missed[0])
    finding = chosen.finding
    if any(other != finding for other in findings):
        notes = (note._replace(text=f"in `{chosen.task}` {note.text}") for note in finding.notes)
        finding = finding._replace(notes=tuple(notes))
    return [report._replace(finding=finding) for report in missed]


def gather(reports: list[Report]) -> tuple[Finding, ...]:
    """Make each finding one, however many artifacts it came up for, in order of place."""
    environments: dict[Finding, dict[str, None]] = {}
    tasks: dict[Finding, dict[str, None]] = {}
    for finding, environment, task in reports:
        environments.setdefault(finding, {}).update({environment: None} if environment else {})
        tasks.setdefault(finding, {}).update({task: None} if task else {})
    stamped = [
        finding._replace(
            environments=tuple(environments[finding]),
            task=next(iter(tasks[finding])) if len(tasks[finding]) == 1 else None,
        )
        for finding in environments
    ]
    return tuple(
        sorted(stamped, key=lambda finding: (finding.location or Location("", 0, 0), finding.code, finding.message))
    )
