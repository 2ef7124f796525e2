"""Running the rules that concern a document: those whose members are present, each module imported when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from generator.model.findings import Problem
from generator.model.nodes import Value
from generator.rules.index import RULES, TRIGGERS
from generator.rules.task import Target, Task, read_task

Check: TypeAlias = Callable[[Task], Iterable[Problem]]
"""What each module of rules offers as `check`."""


SHORT_TEXT = 300
"""Characters of a text that quotes nothing long."""


def run_rules(
    document: Value, target: Target | None, off: frozenset[str], most_bytes: int | None = None
) -> list[Problem]:
    """Run every rule that is not off on a document whose values have the right types."""
    task = read_task(document, target, most_bytes)
    members = frozenset().union(document, *[container for _, container in task.containers])
    problems: list[Problem] = []
    for check in select_checks(members, off):
        problems += check(task)
    return [shorten_problem(problem) for problem in problems if problem.code not in off]


def shorten_problem(problem: Problem) -> Problem:
    """Quote no long text in a problem: one name may stand in as many as there are items."""
    if max(len(problem.message), len(problem.help or ""), *[len(fact.text) for fact in problem.facts]) <= SHORT_TEXT:
        return problem
    from generator.model.shortening import LONGEST_NAME, shorten_text

    return problem._replace(
        message=shorten_text(problem.message, LONGEST_NAME),
        facts=tuple([fact._replace(text=shorten_text(fact.text, LONGEST_NAME)) for fact in problem.facts]),
        help=problem.help and shorten_text(problem.help, LONGEST_NAME),
    )


@lru_cache(maxsize=1024)  # documents of a project are much alike
def select_checks(members: frozenset[str], off: frozenset[str]) -> tuple[Check, ...]:
    """Import the modules that have something to say of documents with these members."""
    from importlib import import_module

    wanted = {rule.module for code, rule in RULES.items() if rule.module and code not in off}
    chosen = (name for name, triggers in TRIGGERS.items() if name in wanted and not members.isdisjoint(triggers))
    return tuple(import_module(f"generator.rules.{name}").check for name in chosen)
