"""The other places of a finding, in words: how many there are and where, and what is said there if it is something else."""

from __future__ import annotations

import re

from generator.model.comparison import name_container
from generator.model.findings import Finding, Note
from generator.model.result import state_number

FEW = 5
"""So many places are named, and so many other messages are said."""

QUOTED = re.compile(r"`[^`]+`")


def list_others(finding: Finding) -> tuple[Note, ...]:
    """List what there is to say of the other places of a finding: what is said there, if it is something else, and where they are."""
    said = {spell_bare(finding): finding}
    for other in finding.others:
        if other.location != finding.location:
            said.setdefault(spell_bare(other), other)
    different = [Note(other.message, other.location) for other in list(said.values())[1:]]
    return (*different[:FEW], Note(state_others(finding)))


def spell_bare(finding: Finding) -> str:
    """Spell what a finding says, whatever has it: a member, a container or a file."""
    path = finding.path or ""
    names = (path, name_container(path), finding.location.file if finding.location else "")
    message = finding.message
    for name in filter(None, names):
        message = message.replace(f"`{name}`", "")
    return message


def state_others(finding: Finding) -> str:
    """State how many more places a finding has, and the first of them by their lines, files or members."""
    count = len(finding.others)
    apart = [other.location for other in finding.others if other.location and other.location != finding.location]
    if not apart:
        names = dict.fromkeys(filter(None, (name_value(other, finding) for other in finding.others)))
        same = all(other.path == finding.path for other in finding.others)
        noun = "artifact" if same else "value"
        counted = f"for {state_number(count, f'more {noun}')}" if finding.path else f"{count} more"
        return f"and {counted}{list_first(tuple(names), ': ')}"
    more = f"and in {state_number(count, 'more place')}"
    here = finding.location.file if finding.location else ""
    if all(place.file == here for place in apart):
        lines = tuple(dict.fromkeys(str(place.line) for place in apart))
        return more + list_first(lines, f", on line{'s' if len(lines) > 1 else ''} ", ", the first on lines ")
    return more + list_first(tuple(dict.fromkeys(map(str, apart))), ": ")


def name_value(other: Finding, finding: Finding) -> str:
    """Name what another finding at the same place is about: another member, or the artifact."""
    if other.path and other.path != finding.path:
        return f"`{other.path}`"
    if other.location is None:
        quoted = QUOTED.search(other.message)
        return quoted[0] if quoted else ""
    return f"`{other.task}` in {join_words(other.environments)}" if other.task and other.environments else ""


def list_first(names: tuple[str, ...], before: str, before_first: str = ", the first: ") -> str:
    """List names, or of many the first."""
    if not names:
        return ""
    return (before if len(names) <= FEW else before_first) + join_words(names[:FEW])


def join_words(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
