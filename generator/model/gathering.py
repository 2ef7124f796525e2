"""The findings of many artifacts, each made one and stamped with what it holds for. Finds nothing itself."""

from __future__ import annotations

from typing import NamedTuple

from generator.model.findings import Finding, Location


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
    """Make each finding one, however many artifacts it came up for and values its line writes, in order of place."""
    groups: dict[Finding, list[Report]] = {}
    for report in reports:
        groups.setdefault(find_key(report.finding), []).append(report)
    return tuple(
        sorted(
            (stamp(group) for group in groups.values()),
            key=lambda finding: (finding.location or Location("", 0, 0), finding.code, finding.message),
        )
    )


def find_key(finding: Finding) -> Finding:
    """Leave of a finding what makes it another one to who reads it. One without a place is about its artifact alone."""
    return finding._replace(path=None, notes=(), excerpt=None) if finding.location else finding


def stamp(group: list[Report]) -> Finding:
    """Make one finding of some that are the same, with the notes of all, and all that they hold for."""
    findings = [report.finding for report in group]
    tasks = {report.task for report in group if report.task}
    return findings[0]._replace(
        notes=tuple(dict.fromkeys(note for finding in findings for note in finding.notes)),
        environments=tuple(dict.fromkeys(report.environment for report in group if report.environment)),
        task=tasks.pop() if len(tasks) == 1 else None,
    )
