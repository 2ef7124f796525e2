"""What rules say of artifacts while they are built: how much they weigh there, and which comments admit it. Runs no merge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.build.layering import Plan
from generator.build.planning import PlannedProject
from generator.documents.parsing.scalars import to_value
from generator.model.findings import Finding, Level, Path, Place, Severity
from generator.model.nodes import MapNode, Node, Scalar
from generator.model.project import Settings
from generator.rules import RULES, Target
from generator.rules.validating import Validator

if TYPE_CHECKING:
    from generator.build.expressions import Expressions
    from generator.build.suppressing import Suppression
    from generator.rules.absences import Mistake


LONGEST = 10_000
"""Characters of a value that are looked at for what is reported inside of it."""


class Judge:
    """The rules of a project's settings, or of others. Unless it is `active`, no rule is asked, only what ECS refuses by shape."""

    def __init__(
        self,
        planned: PlannedProject,
        *,
        settings: Settings | None = None,
        least: Severity = "warning",
        active: bool = True,
    ) -> None:
        self.settings = settings or planned.project.settings
        self.least = least
        self.active = active
        self.suppressions = planned.suppressions if active else None
        self.used: set[Suppression] = set()
        self.validators: dict[str, Validator] = {}

    def find_validator(self, environment: str) -> Validator:
        """Find the validator with the levels of an environment."""
        if environment not in self.validators:
            off: dict[str, Level] = dict.fromkeys(RULES, "off")
            levels = self.settings.find_levels(environment) if self.active else off
            least = self.least if self.suppressions is None else "note"  # a comment may be about a note
            self.validators[environment] = Validator(levels, allow=self.settings.allow_members, least=least)
        return self.validators[environment]

    def judge(
        self,
        document: MapNode,
        plan: Plan,
        variables: MapNode,
        told: Sequence[Finding],
        expressions: Expressions,
    ) -> Iterator[Finding]:
        """Find what ECS would refuse or not start; `told` are errors that are reported already."""
        validator = self.find_validator(plan.environment)
        target = Target(plan.environment, plan.aws.get("account", ""), plan.aws.get("region", ""))
        mistakes = find_mistakes(document, told) if told else ()
        columns = sort_columns(told)
        value = to_value(document)
        problems = validator.validate(value, target, told=mistakes)
        if self.settings.registered_by and "W636" not in validator.off:
            from generator.rules.registrars import find_changed  # only if another tool registers

            problems += find_changed(value, self.settings.registered_by)
        if not problems:
            return
        from generator.documents.places import locate_problem  # only when there is something to report

        for problem in problems:
            finding, places = locate_problem(problem, document, validator.weigh(problem.code), variables)
            if any(covers(place, columns) for place in places):
                continue
            covering = self.suppressions.find(problem.code, places) if self.suppressions else frozenset()
            self.used |= covering
            if covering or (finding.severity == "note" and self.least != "note"):
                continue
            node = follow_path(document, problem.path) if expressions.known else None
            explained = expressions.explain(finding, node.place) if isinstance(node, Scalar) else finding
            if explained is not None:
                yield explained

    def check_suppressions(self, *, settled: bool) -> Iterator[Finding]:
        """Find suppressions that are wrong, and where it is `settled` that nothing failed and all was built, those of no use."""
        if self.suppressions is not None:
            yield from self.suppressions.faults
            if settled:
                yield from self.suppressions.find_unused(self.used)


def follow_path(document: Node, path: Path) -> Node | None:
    """Follow a path from a document's root; None if nothing is there."""
    from generator.documents.changing import take_child  # only when there is something to report

    node: Node | None = document
    for part in path:
        node = take_child(node, part)
    return node


def sort_columns(told: Sequence[Finding]) -> dict[tuple[str, int], list[int]]:
    """Sort the columns at which findings are, by file and line."""
    columns: dict[tuple[str, int], list[int]] = {}
    for location in sorted(finding.location for finding in told if finding.location is not None):
        columns.setdefault(location[:2], []).append(location.column)
    return columns


def covers(place: Place, columns: Mapping[tuple[str, int], list[int]]) -> bool:
    """Whether a finding lies where a value is written: where it begins, or inside of a text on one line."""
    start = place.location
    found = columns.get(start[:2])
    if found is None:
        return False
    written = place.source.text[place.start : min(place.end, place.start + LONGEST)]
    length = 0 if "\n" in written or written[:1] in "[{" else len(written)
    at = bisect_left(found, start.column)
    return at < len(found) and found[at] <= start.column + length


def find_mistakes(document: MapNode, told: Sequence[Finding]) -> tuple[Mistake, ...]:
    """Find the members that findings are about."""
    from generator.documents.places import PathReader  # only if there is an error
    from generator.rules.absences import Mistake

    reader = PathReader(document)
    return tuple(Mistake(finding.code, reader.read(finding.path)) for finding in told if finding.path)
