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


def run_rules(
    document: Value, target: Target | None, off: frozenset[str], most_bytes: int | None = None
) -> list[Problem]:
    """Run every rule that is not off on a document whose values have the right types."""
    task = read_task(document, target, most_bytes)
    members = frozenset().union(document, *[container for _, container in task.containers])
    problems: list[Problem] = []
    for check in select_checks(members, off):
        problems += check(task)
    return [problem for problem in problems if problem.code not in off] if problems else problems


@lru_cache(maxsize=1024)  # documents of a project are much alike
def select_checks(members: frozenset[str], off: frozenset[str]) -> tuple[Check, ...]:
    """Import the modules that have something to say of documents with these members."""
    from importlib import import_module

    wanted = {rule.module for code, rule in RULES.items() if rule.module and code not in off}
    chosen = (name for name, triggers in TRIGGERS.items() if name in wanted and not members.isdisjoint(triggers))
    return tuple(import_module(f"generator.rules.{name}").check for name in chosen)
