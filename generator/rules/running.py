"""Running the rules that concern a document: those whose members are present, each module imported when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from generator.ecs.limits import BYTES
from generator.model.findings import Problem
from generator.model.records import Record
from generator.rules.index import RULES, TRIGGERS
from generator.rules.task import Task

Check: TypeAlias = Callable[[Task], Iterable[Problem]]
"""What each module of rules offers as `check`."""


class State(Record):
    """What rules are chosen by beside names. The fields are words in `TRIGGERS`."""

    windows: bool
    environment_is_known: bool
    other_network: bool
    credential_hint: bool
    odd_name: bool
    odd_reference: bool
    many_bytes: bool
    no_container: bool
    several_items: bool


SHORT_TEXT = 300
"""Characters of a text that quotes nothing long."""


def run_rules(task: Task, off: frozenset[str]) -> list[Problem]:
    """Run every rule that is not off on a document whose values have the right types."""
    problems: list[Problem] = []
    for check in select_checks(list_names(task), read_state(task), off):
        problems += check(task)
    return [shorten_problem(problem) for problem in problems if problem.code not in off] if problems else problems


def list_names(task: Task) -> frozenset[str]:
    """List the names in a task by which rules are chosen: of its members, those of containers, launch types, log drivers, their options."""
    names = {*task.document, *task.document.get("requiresCompatibilities", ())}
    for _, container in task.containers:
        names.update(container)
        if "logConfiguration" in container:
            logging = container["logConfiguration"]
            names.add(logging.get("logDriver", ""))
            names.update(logging.get("options", ()))
    return frozenset(names)


def read_state(task: Task) -> State:
    """Read what no name in a task says."""
    listed, containers = "containerDefinitions" in task.document, task.containers
    ports = max([len(container.get("portMappings", ())) for _, container in containers], default=0)
    return State(
        task.windows,
        listed and task.target is not None,
        task.network != "awsvpc",
        task.look.credentials or task.look.hints,
        task.look.names,
        task.look.references,
        listed and (task.most_bytes is None or task.most_bytes > BYTES),
        listed and not containers,
        listed and (len(containers) > 1 or len(task.volumes) > 1 or ports > 1),
    )


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
def select_checks(names: frozenset[str], state: State, off: frozenset[str]) -> tuple[Check, ...]:
    """Import the modules that have something to say of documents with these names, in this state."""
    from importlib import import_module

    wanted = {rule.module for code, rule in RULES.items() if rule.module and code not in off}
    traits = names.union(word for word, there in state._asdict().items() if there)
    chosen = (name for name, triggers in TRIGGERS.items() if name in wanted and not traits.isdisjoint(triggers))
    return tuple(import_module(f"generator.rules.{name}").check for name in chosen)
