"""What is missing in a document, and whether a mistake elsewhere in it may be why. Reports nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.ecs.members import may_mean
from generator.model.findings import Path, Problem
from generator.model.records import Record

DECIDING = ("requiresCompatibilities", "networkMode", "runtimePlatform", "containerDefinitions", "volumes")
"""Members of a task definition that decide what others it needs: while one of them is wrong, nothing is known to be missing."""

CROSSING = ("firelensConfiguration", "logConfiguration", "mountPoints")
"""Members of a container that something outside of it may need, whichever container it is."""

TYPES = ("E302", "E303", "E306")
"""Codes of values that rules do not see, since they have the wrong type."""


MERGED = ("E206", "E207", "E208", "E209", "E211")
"""Codes of lists that could not be read or merged item by item."""


MOST_MISTAKES = 500
"""Mistakes of one document among which each is compared with what may be missing. Where there are more, nothing is known to be."""


class Mistake(Record):
    """What is wrong somewhere, and reported."""

    code: str
    path: Path

    @property
    def name(self) -> str:
        """The member that is wrong."""
        return str(self.path[-1]) if self.path else ""


def list_mistakes(problems: Iterable[Problem]) -> tuple[Mistake, ...]:
    """List what is wrong by shape."""
    return tuple(Mistake(problem.code, problem.path) for problem in problems if problem.missing is None)


def leave_explained(problems: Iterable[Problem], mistakes: tuple[Mistake, ...]) -> list[Problem]:
    """Omit what is wrong only because of a mistake: what is misspelt, or there and wrong, is not missing."""
    reasons = Reasons(mistakes)
    return [problem for problem in problems if not reasons.explain(problem)]


class Reasons:
    """Mistakes by where they are, so that each problem is compared with few of them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.deciding = len(mistakes) > MOST_MISTAKES or any(map(is_deciding, mistakes))
        self.merged = {mistake.path for mistake in mistakes if mistake.code in MERGED}
        self.mistyped = {mistake.path for mistake in mistakes if mistake.code in TYPES}
        self.in_containers = {(each.code, each.name) for each in mistakes if len(each.path) == 3}
        self.by_structure: dict[Path, set[tuple[str, str]]] = {}
        for mistake in mistakes:
            self.by_structure.setdefault(mistake.path[:-1], set()).add((mistake.code, mistake.name))

    def explain(self, problem: Problem) -> bool:
        """Whether a mistake may be the reason of a problem."""
        above = [problem.path[:length] for length in range(len(problem.path) + 1)]
        if not self.merged.isdisjoint(above):
            return True
        missing = problem.missing
        if missing is None:
            return False
        if self.deciding or not self.mistyped.isdisjoint(above):
            return True
        near = [self.by_structure.get(structure, ()) for structure in list_structures(problem)]
        if missing in CROSSING:
            near.append(self.in_containers)
        return any(
            name == missing or (code == "E301" and may_mean(name, missing)) for each in near for code, name in each
        )


def is_deciding(mistake: Mistake) -> bool:
    """Whether a mistake is in a member that decides what others there have to be, or may be meant for one."""
    if mistake.code == "E301" and len(mistake.path) == 1:
        return any(may_mean(mistake.name, name) for name in DECIDING)
    unseen = mistake.code in (*TYPES, "E401") and len(mistake.path) <= 2
    return unseen and mistake.path[:1] in [(name,) for name in DECIDING]


def list_structures(problem: Problem) -> Iterator[Path]:
    """List the structures that a problem lies in, and those that it names as its reasons."""
    for path in (problem.path, *(fact.path for fact in problem.facts if fact.path is not None)):
        for length in range(len(path) + 1):
            yield path[:length]
