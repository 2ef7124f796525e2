"""Conflicts that git left in a file: two versions of some lines between markers, one of which somebody has to choose."""

from __future__ import annotations

from generator.model.findings import Finding, Place, Source, finding_at

CONFLICT = "git left a conflict here that nobody resolved"
HELP = "choose one of the two versions, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`"


def find_conflict(text: str) -> int | None:
    """Find where the first conflict begins: all of its three markers begin lines, in their order."""
    if "<<<<<<< " not in text:
        return None
    begin = middle = None
    at = 0
    for line in text.splitlines(keepends=True):
        if line.startswith("<<<<<<< ") and begin is None:
            begin = at
        elif line.rstrip("\r\n") == "=======" and begin is not None:
            middle = at
        elif line.startswith(">>>>>>> ") and middle is not None:
            return begin
        at += len(line)
    return None


def report_conflict(source: Source) -> Finding | None:
    """Report the first conflict of a file (E135). While there is one, nothing else is read."""
    at = find_conflict(source.text)
    if at is None:
        return None
    return finding_at(Place(source, at, at + 7), "E135", CONFLICT, help=HELP)
