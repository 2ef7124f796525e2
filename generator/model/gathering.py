"""The findings of many artifacts, each made one and stamped with what it holds for. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.findings import Finding, Location
from generator.model.records import Record


class Report(Record):
    """A finding and the artifact it came up for, where it did for one."""

    finding: Finding
    environment: str | None
    task: str | None


MOST_FOUND = 1000
"""Findings after which the reading of one text ends: what is wrong with more is rather the file."""

MOST_SHOWN = 100
"""Findings of one file that are shown: nobody reads more, and a file that somebody else wrote may have any number."""


class TooManyFindings(Exception):
    """So much is wrong with a text that the rest of it is not read."""


class FoundList(list[Finding]):
    """The findings of one text that is being read. The one after the last that it takes is TooManyFindings."""

    def append(self, finding: Finding) -> None:
        if len(self) >= MOST_FOUND:
            message = f"this file has too many errors: reading stops here, after {MOST_FOUND} findings"
            super().append(Finding("E109", "error", message, finding.location))
            raise TooManyFindings
        super().append(finding)

    def __iadd__(self, findings: Iterable[Finding]) -> FoundList:  # type: ignore[misc, override]  # it takes findings only
        for finding in findings:
            self.append(finding)
        return self


def leave_out(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Mark what is more than so many findings of one file, and take from it what nobody is to see.

    What is marked already is omitted first, then what has a cause that is reported, then what has the least severity, then what stands
    furthest down; E109 is last, as it says that something was not read.
    """
    listed = tuple(findings)
    ranks = ("error", "warning", "note")
    first = {find_cause(finding) or number: number for number, finding in reversed([*enumerate(listed)])}

    def weigh(number: int) -> tuple[bool, bool, bool, int]:
        finding = listed[number]
        told = first[find_cause(finding) or number] != number
        return finding.left_out, told, finding.code != "E109", ranks.index(finding.severity)

    counts: dict[str, int] = {}
    out: set[int] = set()
    for number in sorted(range(len(listed)), key=weigh):
        finding = listed[number]
        file = finding.location.file if finding.location else ""
        counts[file] = counts.get(file, 0) + 1
        if finding.left_out or (file and counts[file] > MOST_SHOWN):
            out.add(number)
    if not out:
        return listed
    return tuple(empty(finding) if number in out else finding for number, finding in enumerate(listed))


def empty(finding: Finding) -> Finding:
    """Leave of a finding what is counted."""
    return Finding(
        finding.code, finding.severity, "", finding.location, environments=finding.environments, left_out=True
    )


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


def join_causes(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Make findings of one code, severity and cause the first of them, with the others at their own places.

    Only who reads findings wants that: commands judge by each of them.
    """
    groups: dict[tuple[str, ...] | int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(find_cause(finding) or number, []).append(finding)
    return tuple(first._replace(others=tuple(others)) if others else first for first, *others in groups.values())


def find_cause(finding: Finding) -> tuple[str, ...] | None:
    """Find by what a finding is one with others, if it has a cause."""
    return None if finding.cause is None else (finding.code, finding.severity, finding.cause)


def find_key(finding: Finding) -> Finding:
    """Leave of a finding what makes it another one to who reads it. One without a place is about its artifact alone."""
    return finding._replace(path=None, notes=(), excerpt=None, edits=()) if finding.location else finding


def stamp(group: list[Report]) -> Finding:
    """Make one finding of some that are the same, with the notes of all, and all that they hold for."""
    findings = [report.finding for report in group]
    tasks = {report.task for report in group if report.task}
    return findings[0]._replace(
        notes=tuple(dict.fromkeys(note for finding in findings for note in finding.notes)),
        environments=tuple(dict.fromkeys(report.environment for report in group if report.environment)),
        task=tasks.pop() if len(tasks) == 1 else None,
    )
