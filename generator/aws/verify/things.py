"""What was looked at, for all releases together: each thing once, with all that refer to it, and what is wrong with each of these."""

from __future__ import annotations

from collections.abc import Iterable

from generator.aws.verify.questions import Kind, Reference, State, Verdict
from generator.model.findings import HERE, Fact, Problem, Severity
from generator.model.records import Record

WORST: tuple[State, ...] = ("skipped", "ok", "unknown", "wrong")
"""States, the one that a thing has if it has several last."""

MOST_FACTS = 3
"""Places that need the same thing and are reported one by one."""


class Judged(Record):
    """A reference of a release, and its verdict."""

    environment: str
    task: str
    reference: Reference
    verdict: Verdict


class Use(Record):
    """Where a thing is referred to."""

    environment: str
    task: str


class Thing(Record):
    """One thing in an account, its worst state, and why it is that."""

    kind: Kind
    label: str
    state: State
    remark: str
    uses: tuple[Use, ...]


def gather_things(judged: Iterable[Judged]) -> tuple[Thing, ...]:
    """Gather what was looked at, in the order in which it is first referred to."""
    things: dict[str, Thing] = {}
    for environment, task, reference, verdict in judged:
        use = Use(environment, task)
        thing = Thing(reference.question.kind, reference.label, verdict.state, verdict.remark, (use,))
        known = things.get(reference.label)
        if known is not None:
            worse = thing if WORST.index(thing.state) > WORST.index(known.state) else known
            thing = worse._replace(uses=tuple(dict.fromkeys((*known.uses, use))))
        things[reference.label] = thing
    return tuple(things.values())


class Told(Record):
    """A problem of one release, how much it weighs, and the setting it is about, if it is not about the document."""

    problem: Problem
    severity: Severity
    setting: str


def share_problems(judged: Iterable[Judged]) -> tuple[Told, ...]:
    """Tell once what is wrong with a thing that one release refers to in several places."""
    groups: dict[tuple[str, str, int], list[Told]] = {}
    for each in judged:
        severity: Severity = "note" if each.verdict.state == "unknown" else "error"
        for number, problem in enumerate(each.verdict.problems):
            told = Told(problem, severity, each.reference.setting)
            groups.setdefault((problem.code, each.reference.label, number), []).append(told)
    return tuple(add_facts(group) for group in groups.values())


def add_facts(group: list[Told]) -> Told:
    """Add to the first of some problems where the others are."""
    first, *others = group
    facts = [Fact(f"`{HERE}` needs it too", other.problem.path) for other in others[:MOST_FACTS]]
    if others[MOST_FACTS:]:
        facts.append(Fact(f"so do {len(others) - MOST_FACTS} more"))
    return first._replace(problem=first.problem._replace(facts=(*first.problem.facts, *facts)))


class Counts(Record):
    """How many things were looked at, and what came of it; `keys` are those of secrets that were not to be looked at."""

    right: int
    wrong: int
    unknown: int
    keys: int


def count_things(things: Iterable[Thing], *, keys: bool) -> Counts:
    """Count things by their state; with `keys` those of secrets were looked at, if there was anything to look into."""
    states = [thing.state for thing in things]
    left = 0 if keys else sum(thing.kind == "keys" for thing in things)
    return Counts(states.count("ok"), states.count("wrong"), states.count("unknown"), left)


class Verification(Record):
    """All things that were looked at, and how many are right, wrong or unknown."""

    things: tuple[Thing, ...]
    counts: Counts
