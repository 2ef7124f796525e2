"""What rules say of artifacts while they are built: how much they weigh there, and which comments admit it. Runs no merge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.build.layering import Plan
from generator.build.planning import PlannedProject
from generator.documents.parsing.scalars import to_value
from generator.model.findings import Finding, Level, Severity
from generator.model.nodes import MapNode
from generator.rules import RULES, Target
from generator.rules.validating import Validator

if TYPE_CHECKING:
    from generator.build.suppressing import Suppression


class Judge:
    """The rules of a project's settings. Unless it is `active`, no rule is asked, only what ECS refuses by shape."""

    def __init__(self, planned: PlannedProject, *, least: Severity = "warning", active: bool = True) -> None:
        self.settings = planned.project.settings
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

    def judge(self, document: MapNode, plan: Plan, variables: MapNode, *, told: bool) -> Iterator[Finding]:
        """Find what ECS would refuse or not start; `told` says that something is wrong by shape, and reported."""
        validator = self.find_validator(plan.environment)
        target = Target(plan.environment, plan.aws.get("account", ""), plan.aws.get("region", ""))
        problems = validator.validate(to_value(document), target, told=told)
        if not problems:
            return
        from generator.documents.places import locate_problem  # only when there is something to report

        for problem in problems:
            finding, places = locate_problem(problem, document, validator.weigh(problem.code), variables)
            covering = self.suppressions.find(problem.code, places) if self.suppressions else frozenset()
            self.used |= covering
            if not covering and (finding.severity != "note" or self.least == "note"):
                yield finding

    def check_suppressions(self, *, settled: bool) -> Iterator[Finding]:
        """Find suppressions that are wrong, and where it is `settled` that nothing failed and all was built, those of no use."""
        if self.suppressions is not None:
            yield from self.suppressions.faults
            if settled:
                yield from self.suppressions.find_unused(self.used)
