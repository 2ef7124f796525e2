"""The validation stage: shape first, then rules, on plain values. Returns problems with their levels; knows no places."""

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
"""Codes of findings that a build reports before validation, at their places."""

PLACEHOLDERS = frozenset(("E517", "W635"))
"""Codes of placeholders, which are checked last: they replace other findings."""

OF_TEXTS = PLACEHOLDERS | {"W602"}
"""Codes of findings that any text may have."""

MOST_PROBLEMS = 1000
"""The maximum for one document; only a hostile file, or one that is not a task definition, has more."""


class Validator:
    """Validates many documents with the same settings: levels of rules, admitted members, the model.

    With `linting`, it also uses the levels of codes that are not rules.
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
        """Validate one document; `text` is its JSON, if it has any.

        `told` has the problems that an earlier check of types reported; None without one. Rules see values of the
        right shape. A member that may be misspelt, or is there and wrong, is not missing.
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
        """Find features of the texts of a document, for rules that need them."""
        if self.off.issuperset(OF_TEXTS):
            return Look()
        if self.looks is None:
            from generator.rules.looks import Looks  # only if it is asked for

            self.looks = Looks()
        return self.looks.look(document)

    def name_placeholders(self, document: Value, task: Task, problems: list[Problem]) -> list[Problem]:
        """Report placeholders instead of the errors that they cause."""
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
        """Find the level of a problem; without a rule, its code's letter decides."""
        level = self.levels.get(code, SEVERITIES[code[0]])
        assert level != "off", "rules that are off find nothing"
        return level


def limit(problems: list[Problem]) -> list[Problem]:
    """Keep a readable number of problems, and report the number of the others (E109)."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    message = f"this task definition has too many errors: {len(problems) - MOST_PROBLEMS} more findings are not shown"
    return [*problems[:MOST_PROBLEMS], Problem("E109", (), message, help="fix these first")]
