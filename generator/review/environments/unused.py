"""W705, W706: variables that no task uses, and partials that nothing includes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build.rendering.comments import find_comments
from generator.build.rendering.reading import TemplateReader
from generator.model.findings import Place, Source
from generator.model.project import is_task
from generator.review.environments.evidence import Claim, Evidence, make_finding, note_place


def find_unused_variables(evidence: Evidence) -> Iterator[Claim]:
    """Find variables that are set, and that no template names of a task that they are set for; one claim a name."""
    used: dict[tuple[str, Place], bool] = {}
    environments: dict[str, dict[str, None]] = {}
    for case in evidence.cases:
        for layer in case.plan.variables:
            for name, place in layer.keys.items():
                there = name in evidence.uses[case.task].variables
                used[name, place] = used.get((name, place), False) or there
                if not there:
                    environments.setdefault(name, {})[case.environment] = None
    unused: dict[str, list[Place]] = {}
    for (name, place), there in used.items():
        if not there:
            unused.setdefault(name, []).append(place)
    for name, places in unused.items():
        finding = make_finding(
            places[0],
            "W705",
            f"no task uses the variable `{name}`",
            notes=tuple(note_place("it is set too in", place) for place in places[1:]),
            help="delete it" if len(places) == 1 else "delete it everywhere",
        )
        yield Claim(finding, name, tuple(places), tuple(environments[name]))


def find_unused_partials(evidence: Evidence) -> Iterator[Claim]:
    """Find templates that are no task and that no task reaches."""
    reached = frozenset[str]().union(*(uses.templates for uses in evidence.uses.values()))
    for name, source in evidence.project.templates.items():
        if not is_task(name) and name not in reached:
            whole = Place(source, 0, 0)
            finding = make_finding(whole, "W706", f"no template includes `{name}`", help="delete the file")
            beginning = find_beginning(source, evidence.planned.texts.templates)
            yield Claim(finding, name, (whole, beginning))


def find_beginning(source: Source, reader: TemplateReader) -> Place:
    """Find what stands behind the comments that a file begins with, and that may be about the whole of it."""
    text, start = source.text, 0
    for comment in find_comments(source, reader):
        if not text[start : comment.start].strip():
            start = comment.end
    start = len(text) - len(text[start:].lstrip())
    return Place(source, start, start)
