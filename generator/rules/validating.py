"""The stage that validates: shape first, then rules, on plain values. Gives problems, and says how much each weighs; places none."""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet
from typing import TYPE_CHECKING

from generator.ecs.shapes import Model, bundled
from generator.model.findings import SEVERITIES, Level, Path, Problem, Severity
from generator.model.nodes import Value
from generator.rules import LINT_ONLY, RULES, Target, read_task, run_rules
from generator.rules.conforming import find_checker
from generator.rules.task import Look, Task

if TYPE_CHECKING:
    from generator.rules.absences import Mistake
    from generator.rules.looks import Looks

CHECKED_BEFORE = ("E301", "E302", "E303", "E304", "E305", "E306")
"""Codes of what building an artifact reports before it is validated, at the place of each."""

PLACEHOLDERS = frozenset(("E517", "W635"))
"""Codes of placeholders, which are looked for last: they stand in place of others."""

OF_TEXTS = PLACEHOLDERS | {"W602"}
"""Codes of what may be in any text."""

MOST_PROBLEMS = 1000
"""Of one document; more come only of a file that is hostile, or no task definition at all."""


class Validator:
    """Validates many documents by one set of settings: the levels that rules have, members to admit, the model to go by.

    One that is `linting` goes by the levels of what is no rule too, where it may have one.
    """

    def __init__(
        self,
        levels: Mapping[str, Level],
        *,
        allow: tuple[str, ...] = (),
        model: Model | None = None,
        least: Severity = "note",
        linting: bool = False,
    ) -> None:
        known: dict[str, Level] = {code: rule.level for code, rule in RULES.items()}
        known |= LINT_ONLY if linting else {}
        self.levels = {code: levels.get(code, level) for code, level in known.items()}
        self.checker = find_checker(model or bundled(), allow)
        self.looks: Looks | None = None
        ranks = ("note", "warning", "error")
        light = ranks[: ranks.index(least)]
        self.off = frozenset(code for code, level in self.levels.items() if level in ("off", *light))
        self.permitted = frozenset(code for code, level in self.levels.items() if level == "off" and code[0] == "E")

    def validate(
        self,
        document: Value,
        target: Target | None = None,
        *,
        text: str = "",
        told: tuple[Mistake, ...] | None = None,
    ) -> list[Problem]:
        """Validate one document; `text` is the JSON it stands in, where there is such.

        `told` is what has been reported already, where types were checked before; None if they were not. Rules see what has the
        right shape. What may only be misspelt, or is there and wrong, is not missing.
        """
        conformed = self.checker.check(document)
        most_bytes = (len(text) if text.isascii() else 4 * len(text)) if text else None
        task = read_task(conformed.document, target, most_bytes, self.look(conformed.document))
        problems = run_rules(task, self.off)
        if not conformed.problems and not told:
            return limit(self.name_placeholders(document, task, problems))
        seen = [problem for problem in conformed.problems if problem.code in RULES or problem.code not in self.off]
        own = [problem for problem in conformed.problems if problem.code not in self.off]
        if told is not None:
            own = [problem for problem in own if problem.code not in CHECKED_BEFORE]
        from generator.rules.absences import leave_explained, list_mistakes  # only if something is wrong

        mistakes = (*list_mistakes(seen), *(told or ()))
        return limit(self.name_placeholders(document, task, leave_explained([*own, *problems], mistakes)))

    def look(self, document: Value) -> Look:
        """Look what may be in the texts of a document, where a rule asks for that."""
        if self.off.issuperset(OF_TEXTS):
            return Look()
        if self.looks is None:
            from generator.rules.looks import Looks  # only if it is asked for

            self.looks = Looks()
        return self.looks.look(document)

    def name_placeholders(self, document: Value, task: Task, problems: list[Problem]) -> list[Problem]:
        """Report placeholders in place of what is wrong because of them."""
        if self.off.issuperset(PLACEHOLDERS) or not (problems or task.look.placeholders):
            return problems
        from generator.rules.placeholders import any_may_have, report_placeholders  # only if there may be one

        if not task.look.placeholders and not any_may_have(document, problems):
            return problems
        return report_placeholders(document, problems, self.off, self.find_permitted(task))

    def find_permitted(self, task: Task) -> AbstractSet[Path]:
        """Find the members whose values only rules refuse that the settings turn off: a placeholder is allowed there too."""
        if not self.permitted:
            return frozenset()
        refused = run_rules(task, self.off - self.permitted)
        return frozenset(problem.path for problem in refused if problem.code in self.permitted)

    def weigh(self, code: str) -> Severity:
        """State how much a problem weighs; one that is no rule's weighs what its code's letter says."""
        level = self.levels.get(code, SEVERITIES[code[0]])
        assert level != "off", "rules that are off find nothing"
        return level


def limit(problems: list[Problem]) -> list[Problem]:
    """Keep so many problems of a document as anybody may want to read, and tell of the others by their number (E109)."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    message = f"this task definition has too many errors: {len(problems) - MOST_PROBLEMS} more findings are not shown"
    return [*problems[:MOST_PROBLEMS], Problem("E109", (), message, help="fix these first")]
