"""Results as JSON for other programs. The form has a version: members may be added to it, and change or go only with a new one."""

from __future__ import annotations

from json import dumps

from generator.diagnostics import Finding, Location, Note
from generator.model import Value
from generator.reporting.result import Outcome, Result, count_findings

VERSION = 1


def format_result(result: Result, *, color: bool, root: str) -> tuple[str, str]:
    """Write one JSON object."""
    counts = count_findings(result.findings)
    report = {
        "version": VERSION,
        "command": result.command,
        "findings": [describe_finding(finding) for finding in result.findings],
        "artifacts": [describe_outcome(outcome) for outcome in result.outcomes],
        "summary": {
            "errors": counts["error"],
            "warnings": counts["warning"],
            "notes": counts["note"],
            "artifacts": len(result.outcomes),
            "text": result.summary,
            "status": result.status,
        },
    }
    if result.refused:
        report["refused"] = list(result.refused)
    return dumps(report, indent=2) + "\n", ""


def format_error(message: str, status: int, help: str | None = None) -> str:
    """Write what kept a command from having a result at all, and the one thing to do about it, if any."""
    return dumps({"version": VERSION, **describe_error(message, status, help)}, indent=2) + "\n"


def describe_error(message: str, status: int, help: str | None = None) -> dict[str, Value]:
    """Describe what kept a command from its result, or from the rest of it."""
    return {"error": {"message": message, "status": status} | ({"help": help} if help else {})}


def describe_finding(finding: Finding) -> Value:
    excerpt = finding.excerpt
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "location": describe_location(finding.location),
        "excerpt": excerpt and {"text": excerpt.text, "column": excerpt.column, "length": excerpt.length},
        "path": finding.path,
        "notes": [describe_note(note) for note in finding.notes],
        "help": finding.help,
        "environments": list(finding.environments),
        "task": finding.task,
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
