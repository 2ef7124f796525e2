"""W705, W706: variables that no task uses, and partials that nothing includes."""

from __future__ import annotations

from collections.abc import Container, Iterator

from generator.build.planning import PlannedProject
from generator.build.rendering.comments import find_comments
from generator.build.rendering.reading import TemplateReader
from generator.build.rendering.uses import Uses
from generator.model.findings import Place, Source
from generator.model.project import is_task
from generator.review.environments.evidence import Case, Claim, make_finding, note_place


class VariableUses:
    """The variables that overlays set, and which of them a template names, seen task by task."""

    def __init__(self) -> None:
        self.used: set[tuple[str, Place]] = set()
        self.unused: dict[tuple[str, Place], tuple[int, int]] = {}
        self.environments: dict[str, dict[str, int]] = {}

    def see(self, case: Case, uses: Uses) -> None:
        """Look at the variables of one artifact."""
        given = ((name, place) for layer in case.plan.variables for name, place in layer.keys.items())
        for number, each in enumerate(given):
            name = each[0]
            if name in uses.variables:
                self.used.add(each)
                continue
            first = (case.turn, number)
            self.unused[each] = min(self.unused.get(each, first), first)
            turns = self.environments.setdefault(name, {})
            turns[case.environment] = min(turns.get(case.environment, case.turn), case.turn)

    def find_unused(self) -> Iterator[Claim]:
        """Find variables that are set, and that no template names of a task that they are set for; one claim a name."""
        unused: dict[str, list[Place]] = {}
        for name, place in sorted(self.unused.keys() - self.used, key=self.unused.__getitem__):
            unused.setdefault(name, []).append(place)
        for name, places in unused.items():
            finding = make_finding(
                places[0],
                "W705",
                f"no task uses the variable `{name}`",
                notes=tuple(note_place("it is set too in", place) for place in places[1:]),
                help="delete it" if len(places) == 1 else "delete it everywhere",
            )
            turns = self.environments[name]
            yield Claim(finding, name, tuple(places), tuple(sorted(turns, key=turns.__getitem__)))


def find_unused_partials(planned: PlannedProject, reached: Container[str]) -> Iterator[Claim]:
    """Find templates that are no task and that no task reaches."""
    for name, source in planned.project.templates.items():
        if not is_task(name) and name not in reached:
            whole = Place(source, 0, 0)
            finding = make_finding(whole, "W706", f"no template includes `{name}`", help="delete the file")
            beginning = find_beginning(source, planned.texts.templates)
            yield Claim(finding, name, (whole, beginning))


def find_beginning(source: Source, reader: TemplateReader) -> Place:
    """Find what stands behind the comments that a file begins with, and that may be about the whole of it."""
    text, start = source.text, 0
    for comment in find_comments(source, reader):
        if not text[start : comment.start].strip():
            start = comment.end
    start = len(text) - len(text[start:].lstrip())
    return Place(source, start, start)
