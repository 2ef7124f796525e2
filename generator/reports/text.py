"""Findings and results for a person at a terminal, in the form compilers use."""

from __future__ import annotations

from generator.model.findings import Excerpt, Finding, Note
from generator.model.result import Result, list_left_out
from generator.reports.forms import Report, View, Written

COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m"}
RESET = "\x1b[0m"
WIDEST = 160
"""Characters of an excerpt; of a longer line the part around what is underlined is shown."""


def write_findings(result: Result, written: Written, view: View) -> Report:
    """Write lines for stdout; findings and summary for stderr, unless they are what the command was run for."""
    color = view.color if result.judging else view.color_stderr
    lines = "".join(f"{escape(line)}\n" for line in written.lines)
    talk = "".join(format_finding(finding, color=color) for finding in result.findings)
    talk += "".join(f"{escape(line)}\n" for line in list_left_out(result))
    talk += f"{escape(written.summary)}\n" if written.summary else ""
    return Report(lines + talk, "") if result.judging else Report(lines, talk)


def format_finding(finding: Finding, *, color: bool = False) -> str:
    """Write one finding: where and what, the line it is about, its notes and its help."""
    head = f"{finding.severity}[{finding.code}]"
    if color:
        head = COLORS[finding.severity] + head + RESET
    where = f"{escape(str(finding.location))}: " if finding.location else ""
    lines = [f"{where}{head}: {escape(finding.message)}"]
    if finding.excerpt and finding.location:
        lines += format_excerpt(finding.excerpt, finding.location.line)
    lines += [f"  note: {escape(state_note(note))}" for note in list_notes(finding)]
    if finding.help:
        lines.append(f"  help: {escape(finding.help)}")
    return "".join(f"{line}\n" for line in lines)


def list_notes(finding: Finding) -> tuple[Note, ...]:
    """List a finding's notes, with one on its environments where neither place nor message tells them, and those on its other places."""
    from generator.reports.others import join_words, list_others  # only if there is a finding

    notes = (*finding.notes, *list_others(finding)) if finding.others else finding.notes
    names = tuple(dict.fromkeys(name for place in (finding, *finding.others) for name in place.environments))
    told = finding.location.file if finding.location else finding.message
    if not names or (len(names) == 1 and (f"/{names[0]}/" in told or f"/{names[0]}.yaml" in told)):
        return notes
    return (*notes, Note(f"in {join_words(names)}"))


def state_note(note: Note) -> str:
    """Say a note, with its place unless it says that itself."""
    if note.location is None or str(note.location) in note.text:
        return note.text
    return f"{note.text}: {note.location}"


def format_excerpt(excerpt: Excerpt, number: int) -> list[str]:
    """Write a source line with its number, and underline the span it is about."""
    text, column, length = excerpt
    start = 0
    if len(text) > WIDEST:
        start = max(0, min(column - 1 - WIDEST // 3, len(text) - WIDEST))
        text = text[start : start + WIDEST]
    before, span = text[: column - 1 - start], text[column - 1 - start :][:length]
    shown = ("…" if start else "") + escape(text) + ("…" if start + len(text) < len(excerpt.text) else "")
    left = measure(escape(before)) + (1 if start else 0)
    gutter = " " * len(str(number))
    return [
        f"  {number} | {shown}".rstrip(),
        f"  {gutter} | {' ' * left}{'^' * max(1, measure(escape(span)))}",
    ]


def measure(text: str) -> int:
    """Count the columns a terminal needs for a text."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def escape(text: str) -> str:
    """Spell out what a terminal would not show, or would obey: control characters, direction marks, lone surrogates."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
