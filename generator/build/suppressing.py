"""Comments that admit on a line what a rule would report: `# taskdef: ignore[W601] reason`, in templates `{# … #}`. Runs no rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet

from generator.build.rendering.comments import find_comments as find_template_comments
from generator.build.rendering.reading import TemplateReader
from generator.documents.parsing.comments import find_comments as find_yaml_comments
from generator.documents.parsing.settings import FIXED, find_near_rule
from generator.model.findings import Finding, Level, Place, Source, find_lines, finding_at
from generator.model.project import Project
from generator.model.records import Record
from generator.rules import RULES

COMMENT = re.compile(
    r"(?:#++|\{#[-+]?)\s*+taskdef:\s*+((?:(?:(?![-+]?#\}\Z)\S)++|\s++(?!(?:[-+]?#\})?\Z))*+)\s*+(?:[-+]?#\})?",
    re.DOTALL,
)
"""Possessive, so that no number of blanks makes it slow."""
IGNORE = re.compile(r"ignore[ \t]*+\[[ \t]*+(\w+(?:[ \t]*+,[ \t]*+\w+)*+)[ \t]*+\]\s*+(.*)", re.DOTALL)
CODE = re.compile(r"\w+")


class Suppression(Record):
    """One code of one comment, where it is written, and the line that the comment covers; 0 where none follows."""

    code: str
    place: Place
    line: int


class Suppressions(Record):
    """The suppressions of a project, by file, line and code, and what is wrong with some."""

    known: dict[tuple[str, int, str], Suppression]
    faults: tuple[Finding, ...]
    levels: dict[str, Level]

    def find(self, code: str, places: Iterable[Place]) -> frozenset[Suppression]:
        """Find those that ignore a code on the line that one of these places begins on."""
        lines = ((place.source.path, place.location.line, code) for place in places)
        return frozenset(self.known[line] for line in lines if line in self.known)

    def find_unused(self, used: AbstractSet[Suppression], *, between: bool = False) -> Iterator[Finding]:
        """Find those that nothing was found for (W692): of rules for single artifacts, or of those between environments."""
        for suppression in self.known.values():
            code, place, line = suppression
            if suppression not in used and (code[1] == "7") == between:
                where = f"on line {line}, and nothing is found there" if line else "and no line follows"
                yield from report(self.levels, "W692", place, f"`{code}` is ignored {where}", help="delete it")


def read_suppressions(project: Project, reader: TemplateReader) -> Suppressions:
    """Read the suppressions of a project."""
    levels = project.settings.find_levels()
    known: dict[tuple[str, int, str], Suppression] = {}
    faults: list[Finding] = []
    templates, overlays = project.templates.values(), project.overlays.values()
    files = ((source, find_template_comments(source, reader)) for source in templates if "taskdef:" in source.text)
    more = ((source, find_yaml_comments(source)) for source in overlays if "taskdef:" in source.text)
    for source, comments in (*files, *more):
        for found in read_comments(source, comments, levels):
            if isinstance(found, Suppression):
                known[source.path, found.line, found.code] = found
            else:
                faults.append(found)
    return Suppressions(known, tuple(faults), levels)


def read_comments(
    source: Source, comments: tuple[Place, ...], levels: Mapping[str, Level]
) -> Iterator[Suppression | Finding]:
    """Read the suppressions among the comments of a file; one that is wrong holds for nothing (W691)."""
    without = hide(source.text, comments)
    for place in comments:
        said = COMMENT.fullmatch(source.text, place.start, place.end)
        if said is None:
            continue
        whole = Place(source, *said.span(1))
        ignore = IGNORE.fullmatch(source.text, *said.span(1))
        if ignore is None:
            message = "this is no suppression, though it begins with `taskdef:`"
            yield from report(levels, "W691", whole, message, help="write `taskdef: ignore[CODE] reason`")
        elif not ignore[2]:
            message = "this has no reason, so nothing is ignored"
            yield from report(levels, "W691", whole, message, help="write the reason after `]`")
        else:
            line = find_covered_line(place, without)
            for code in CODE.finditer(source.text, *ignore.span(1)):
                yield from check_code(Suppression(code[0], Place(source, *code.span()), line), levels)


def check_code(suppression: Suppression, levels: Mapping[str, Level]) -> Iterator[Suppression | Finding]:
    """Give a suppression if its code is that of a rule, else what is wrong with it."""
    code = suppression.code
    if code in RULES:
        yield suppression
        return
    near = None if FIXED.fullmatch(code) else find_near_rule(code, tuple(RULES))
    message = f"`{code}` is not a rule, and only rules can be ignored"
    yield from report(levels, "W691", suppression.place, message, help=f"write `{near}`" if near else "delete it")


def report(levels: Mapping[str, Level], code: str, place: Place, message: str, *, help: str) -> Iterator[Finding]:
    """Make a finding about a comment, if the settings ask for any."""
    level = levels.get(code, RULES[code].level)
    if level != "off":
        yield finding_at(place, code, message, help=help, severity=level)


def hide(text: str, comments: tuple[Place, ...]) -> str:
    """Put blanks in place of comments, so that all else keeps its offset."""
    parts, at = [], 0
    for place in comments:
        parts += [text[at : place.start], re.sub(r"[^\n]", " ", text[place.start : place.end])]
        at = place.end
    return "".join((*parts, text[at:]))


def find_covered_line(comment: Place, without: str) -> int:
    """Find the line that a comment covers: its own if something stands before it there, else the next that has something; or 0.

    `without` is the text without its comments.
    """
    line = comment.location.line
    if without[find_lines(comment.source.text)[line - 1] : comment.start].strip():
        return line
    rest = without[comment.end :].lstrip()
    return Place(comment.source, len(without) - len(rest), 0).location.line if rest else 0
