"""Findings as annotations on a pull request: GitHub's workflow commands, one line each."""

from __future__ import annotations

from generator.model.findings import Finding, list_places
from generator.model.result import Result, list_left_out
from generator.reports.forms import Report, View, Written
from generator.reports.text import escape, list_notes, state_note

# The form: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. The escapes are those of
# `@actions/core` (its compiled `command.js`, read 2026-11).
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def write_findings(result: Result, written: Written, view: View) -> Report:
    """Write one workflow command a finding, then what is for people, all for stdout: the runner reads commands there."""
    lines = [format_finding(place, root=view.root) for finding in result.findings for place in list_places(finding)]
    said = (*list_left_out(result), *written.lines, *([written.summary] if written.summary else []))
    lines += map(escape, said)
    return Report("".join(f"{line}\n" for line in lines), "")


def format_finding(finding: Finding, *, root: str = ".") -> str:
    """Write one finding, with control characters spelt out.

    `root` is the project's folder in the repository: annotations are found by the file's name there.
    """
    properties = {}
    if finding.location:
        folder = root.replace("\\", "/").removeprefix("./").rstrip("/")
        prefix = f"{folder}/" if folder not in ("", ".") else ""
        properties["file"] = prefix + finding.location.file
        properties["line"] = str(finding.location.line)
        properties["col"] = str(finding.location.column)
    properties["title"] = finding.code
    text = [finding.message]
    text += [f"note: {state_note(note)}" for note in list_notes(finding)]
    text += [f"help: {finding.help}"] if finding.help else []
    listed = ",".join(f"{name}={escape_property(escape(value))}" for name, value in properties.items())
    said = chr(10).join(map(escape, text))
    return f"::{COMMANDS[finding.severity]} {listed}::{escape_message(said)}"


def escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")
