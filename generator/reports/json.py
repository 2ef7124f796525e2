"""Results as JSON for other programs. The form has a version: members may be added to it, and change or go only with a new one."""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from generator.model.findings import Edit, Finding, Location, Note
from generator.model.gathering import leave_out
from generator.model.nodes import Value
from generator.model.result import Outcome, Result, count_findings, count_left_out
from generator.reports.forms import Report, View, Written
from generator.reports.spelling import escape_json

VERSION = 1

MEMBERS = {
    "deploy": ("deployments", "examined", "releases"),
    "diagnose": ("examined",),
    "register": ("releases",),
    "revisions": ("families",),
    "rollback": ("deployments", "examined"),
    "run": ("releases", "runs", "examined"),
    "show": (),
    "verify": ("things",),
}
"""What the reports of commands that ask AWS list in place of artifacts: nothing, where a command was refused before there was any."""


def write_json(report: Value) -> str:
    """Write a report of any kind, with what nobody would see in it spelt out."""
    return escape_json(dumps(report, indent=2, ensure_ascii=False)) + "\n"


def write_findings(result: Result, written: Written, _: View) -> Report:
    """Write one JSON object."""
    counts = count_findings((*result.findings, *result.left_out))
    lists: dict[str, Value] = {name: [] for name in MEMBERS.get(result.command, ())}
    if result.command not in MEMBERS:
        lists = {"artifacts": [describe_outcome(outcome) for outcome in result.outcomes]}
    report = {
        "version": VERSION,
        "command": result.command,
        **describe_findings((*result.findings, *result.left_out)),
        **lists,
        "summary": {
            "errors": counts["error"],
            "warnings": counts["warning"],
            "notes": counts["note"],
            "artifacts": len(result.outcomes),
            "text": written.summary,
            "status": result.status,
        },
    }
    if result.refused:
        report["refused"] = list(result.refused)
    return Report(write_json(report), "")


def format_error(message: str, status: int, help: str | None = None) -> str:
    """Write what kept a command from having a result at all, and the one thing to do about it, if any."""
    return write_json({"version": VERSION, **describe_error(message, status, help)})


def describe_error(message: str, status: int, help: str | None = None) -> dict[str, Value]:
    """Describe what kept a command from its result, or from the rest of it."""
    return {"error": {"message": message, "status": status} | ({"help": help} if help else {})}


def describe_findings(findings: Iterable[Finding]) -> dict[str, Value]:
    """Describe those of some findings that are shown, and of each file how many are not, if any: what every report of findings has."""
    marked = leave_out(findings)
    counts = count_left_out(marked)
    left_out = {"left_out": [{"file": file, "count": count} for file, count in counts.items()]} if counts else {}
    return {"findings": [describe_finding(finding) for finding in marked if not finding.left_out], **left_out}


def describe_finding(finding: Finding) -> Value:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        **describe_place(finding),
        "help": finding.help,
        "environments": list(finding.environments),
        "task": finding.task,
        "edits": [describe_edit(edit) for edit in finding.edits],
        "others": [describe_other(other) for other in finding.others],
    }


def describe_other(finding: Finding) -> Value:
    """Describe what a finding is at another place of the same cause; code and severity are the same."""
    return {
        "message": finding.message,
        **describe_place(finding),
        "help": finding.help,
        "environments": list(finding.environments),
        "task": finding.task,
        "edits": [describe_edit(edit) for edit in finding.edits],
    }


def describe_place(finding: Finding) -> dict[str, Value]:
    """Describe where a finding is, and what is noted of it there."""
    excerpt = finding.excerpt
    return {
        "location": describe_location(finding.location),
        "excerpt": excerpt and {"text": excerpt.text, "column": excerpt.column, "length": excerpt.length},
        "path": finding.path,
        "notes": [describe_note(note) for note in finding.notes],
    }


def describe_edit(edit: Edit) -> Value:
    """Describe one change of a file: what stands from a location to the end goes, and the text comes in."""
    end = edit.place._replace(start=edit.place.end).location
    return {
        "location": describe_location(edit.place.location),
        "end": {"line": end.line, "column": end.column},
        "text": edit.text,
    }


def describe_note(note: Note) -> Value:
    return {"text": note.text, "location": describe_location(note.location)}


def describe_location(location: Location | None) -> Value:
    return location and {"file": location.file, "line": location.line, "column": location.column}


def describe_outcome(outcome: Outcome) -> Value:
    return {
        "path": outcome.path,
        "action": outcome.action,
        "environment": outcome.environment,
        "task": outcome.task,
    }
