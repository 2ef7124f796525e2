"""Findings as SARIF 2.1.0, which code scanning and editors read: one log with one run. Shows no more than text does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from generator import __version__
from generator.model.findings import SEVERITIES, Edit, Excerpt, Finding, Location, list_places
from generator.model.nodes import Value
from generator.model.result import Result, list_left_out
from generator.model.secrets.names import MASK
from generator.reports.forms import Report, View, Written
from generator.reports.json import write_json
from generator.reports.pages import PAGES
from generator.reports.text import list_notes, state_note
from generator.rules import RULES

# https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what GitHub asks for beside the standard:
# https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning; read 2026-11.
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""Characters that a URI has as they are, in a path."""

FINGERPRINT = "taskdef/v2"
"""The name of the way fingerprints are made: another way takes another name, so that only like are compared with like."""

QUOTED = re.compile(r"`[^`]+`")


def write_findings(result: Result, _: Written, view: View) -> Report:
    """Write one log. Linted files are named from where the command runs, all others from the project's folder."""
    folder = "." if result.command == "lint" else view.root
    findings = tuple(place for finding in result.findings for place in list_places(finding))
    codes = sorted({finding.code for finding in findings})
    run = {
        "tool": {
            "driver": {"name": "taskdef", "version": __version__, "rules": [describe_rule(code) for code in codes]}
        },
        "invocations": [describe_invocation(result)],
        "columnKind": "unicodeCodePoints",
        "redactionTokens": [MASK],
        "results": [
            describe_finding(finding, codes.index(finding.code), folder) | {"partialFingerprints": {FINGERPRINT: each}}
            for finding, each in zip(findings, make_fingerprints(findings), strict=True)
        ],
    }
    return Report(write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}), "")


def describe_invocation(result: Result) -> Value:
    """State how the run ended, why files could not be opened, decoded or written, and how many findings are omitted."""
    told = [{"level": "error", "message": {"text": message}} for message in result.refused]
    told += [{"level": "note", "message": {"text": message}} for message in list_left_out(result)]
    return {
        "executionSuccessful": not result.refused,
        "exitCode": result.status,
        **({"toolExecutionNotifications": told} if told else {}),
    }


def describe_rule(code: str) -> Value:
    """Describe what a code stands for, from its page."""
    level = RULES[code].level if code in RULES else SEVERITIES[code[0]]
    configuration = {"enabled": False} if level == "off" else {"level": level}
    page = PAGES.get(code)
    if page is None:
        return {"id": code, "defaultConfiguration": configuration}
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.text},
        "help": {"text": page.text, "markdown": f"**{page.title}**\n\n{page.text}"},
        "defaultConfiguration": configuration,
    }


def describe_finding(finding: Finding, index: int, root: str) -> dict[str, Value]:
    """Describe one finding; its notes and help are part of the message, since that is what viewers show."""
    notes = list_notes(finding)
    text = [finding.message, *(f"note: {state_note(note)}" for note in notes)]
    text += [f"help: {finding.help}"] if finding.help else []
    related = [
        {
            "id": number,
            "message": {"text": note.text},
            "physicalLocation": describe_place(note.location, None, root),
        }
        for number, note in enumerate((note for note in notes if note.location), 1)
    ]
    place = describe_place(finding.location, finding.excerpt, root)
    logical = {"logicalLocations": [{"fullyQualifiedName": finding.path}]} if finding.path else {}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": "\n".join(text)},
        "locations": [{"physicalLocation": place, **logical}],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": [describe_fix(finding, root)]} if finding.edits else {}),
        "properties": {"environments": list(finding.environments), "task": finding.task},
    }


def describe_fix(finding: Finding, root: str) -> Value:
    """Describe the edits that fix a finding, all in one file."""
    file = finding.edits[0].place.source.path
    changes = {
        "artifactLocation": {"uri": make_uri(file, root)},
        "replacements": [describe_replacement(edit) for edit in finding.edits],
    }
    described = {"description": {"text": finding.help}} if finding.help else {}
    return {**described, "artifactChanges": [changes]}


def describe_replacement(edit: Edit) -> Value:
    """Describe one edit: the region that goes, and what comes in, if anything."""
    start, end = edit.place.location, edit.place._replace(start=edit.place.end).location
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    return {"deletedRegion": region, **({"insertedContent": {"text": edit.text}} if edit.text else {})}


def describe_place(location: Location | None, excerpt: Excerpt | None, root: str) -> Value:
    """Describe a place, without one the project's folder: GitHub refuses a log with a result that is nowhere."""
    if location is None:
        return {"artifactLocation": {"uri": make_uri(".", root)}}
    region: dict[str, Value] = {"startLine": location.line, "startColumn": location.column}
    place = {"artifactLocation": {"uri": make_uri(location.file, root)}, "region": region}
    if excerpt is None:
        return place
    if MASK not in excerpt.text:  # else lengths are not those of the file
        region["endColumn"] = location.column + excerpt.length
    context = {"startLine": location.line, "snippet": {"text": excerpt.text}}
    return {**place, "contextRegion": context}


def make_uri(file: str, root: str) -> str:
    """Make the URI of a file: relative to the repository where it lies in it."""
    folder = root.replace("\\", "/").removeprefix("./").rstrip("/")
    path = f"{folder}/{file}" if folder not in ("", ".") else file
    path = (path.removesuffix("/.") or "/").replace("\\", "/")
    quoted = "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in path.encode("utf-8", "replace"))
    if path.startswith("/"):
        return f"file://{quoted}"
    return f"file:///{path[:2]}{quoted[4:]}" if path[1:3] == ":/" else quoted


def make_fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Make what each finding is known by from run to run; of those that are alike, all but the first are numbered as they come."""
    met: Counter[str] = Counter()
    fingerprints = []
    for finding in findings:
        fingerprint = make_fingerprint(finding)
        met[fingerprint] += 1
        fingerprints.append(fingerprint if met[fingerprint] == 1 else f"{fingerprint}:{met[fingerprint]}")
    return fingerprints


def make_fingerprint(finding: Finding) -> str:
    """Make what a finding is known by, from its code and its place; never from the words of its message, which may get better.

    The place is the file, and in it the path in the document, which stays when lines move. Where there is no path it is the text of
    the line and the span in it, and where there is no line either, the names that the message quotes. Environments and task tell
    findings apart that one line of a template causes.
    """
    file = finding.location.file if finding.location else ""
    what = (finding.code, file, spell_place(finding), finding.task or "", *finding.environments)
    return sha256("\0".join(what).encode("utf-8", "replace")).hexdigest()


def spell_place(finding: Finding) -> str:
    """Spell where in its file a finding is, whatever its line is numbered."""
    if finding.path:
        return finding.path
    if finding.excerpt is None:
        return "" if finding.location else " ".join(QUOTED.findall(finding.message))
    text, column, length = finding.excerpt
    return f"{text.strip()}\n{text[column - 1 :][:length]}"
