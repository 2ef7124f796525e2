"""What is missing in a document, and whether a mistake elsewhere in it may be why. Reports nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.ecs.members import may_mean
from generator.model.findings import Path, Problem

DECIDING = ("requiresCompatibilities", "networkMode", "runtimePlatform", "containerDefinitions", "volumes")
"""Members of a task definition that decide what others it needs: while one of them is wrong, nothing is known to be missing."""

CROSSING = ("firelensConfiguration", "logConfiguration", "mountPoints")
"""Members of a container that something outside of it may need, whichever container it is."""

TYPES = ("E302", "E303", "E306")
"""Codes of values that rules do not see, since they have the wrong type."""


MERGED = ("E206", "E207", "E208", "E209", "E211")
"""Codes of lists that could not be read or merged item by item."""


class Mistake(NamedTuple):
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
    """Leave out what is wrong only because of a mistake: what is misspelt, or there and wrong, is not missing."""
    deciding = any(map(is_deciding, mistakes))
    lists = [mistake.path for mistake in mistakes if mistake.code in MERGED]
    return [
        problem
        for problem in problems
        if not (problem.missing is not None and (deciding or is_explained(problem, mistakes)))
        and not any(problem.path[: len(path)] == path for path in lists)
    ]


def is_deciding(mistake: Mistake) -> bool:
    """Whether a mistake is in a member that decides what others there have to be, or may be meant for one."""
    if mistake.code == "E301" and len(mistake.path) == 1:
        return any(may_mean(mistake.name, name) for name in DECIDING)
    unseen = mistake.code in (*TYPES, "E401") and len(mistake.path) <= 2
    return unseen and mistake.path[:1] in [(name,) for name in DECIDING]


def is_explained(problem: Problem, mistakes: tuple[Mistake, ...]) -> bool:
    """Whether a mistake may be why a member is missing."""
    missing = problem.missing or ""
    structures = set(list_structures(problem))
    for mistake in mistakes:
        if mistake.code in TYPES and problem.path[: len(mistake.path)] == mistake.path:
            return True
        crossing = missing in CROSSING and len(mistake.path) == 3
        if mistake.path[:-1] not in structures and not crossing:
            continue
        if mistake.name == missing or (mistake.code == "E301" and may_mean(mistake.name, missing)):
            return True
    return False


def list_structures(problem: Problem) -> Iterator[Path]:
    """List the structures that a problem lies in, and those that it names as its reasons."""
    for path in (problem.path, *(fact.path for fact in problem.facts if fact.path is not None)):
        for length in range(len(path) + 1):
            yield path[:length]
