"""Placeholders that nothing filled in, in place of all that is wrong only because of them. What one looks like is in `ecs.placeholders`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set as AbstractSet

from generator.ecs.placeholder_traces import any_has_traces, has_traces
from generator.ecs.placeholders import (
    IDS,
    Member,
    Placeholder,
    find_member,
    find_placeholders,
    help_with_placeholder,
    state_placeholder,
)
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value

ERROR, NOTE = "E517", "W635"
TYPES = ("E302", "E303")
"""Codes of values of the wrong type: with one that is filled in as text they are wrong again."""

DEEPEST = 12
"""Levels of a document that are looked into; ECS has about ten."""

LOOKED_AT = ("error", "note")
"""Levels of placeholders that are reported by themselves. Others are reported only if their text has another problem."""


def report_placeholders(
    document: Value, problems: list[Problem], off: AbstractSet[str], permitted: AbstractSet[Path] = frozenset()
) -> list[Problem]:
    """Report each placeholder of a document, and omit what is wrong with the same text beside that.

    The members that are `permitted` break only rules that the settings turn off: no error is reported there.
    """
    refused: dict[Path, list[Problem]] = {}
    for problem in problems:
        if not problem.key and problem.missing is None:
            refused.setdefault(problem.path, []).append(problem)
    gone: set[int] = set()
    found: list[Problem] = []
    texts = [
        (path, text, member)
        for path, text in list_texts(document)
        if (member := find_member(path)).level in LOOKED_AT or path in refused
    ]
    ids = [text for _, text, member in texts if member.reading in IDS]
    if not any_has_traces({text for _, text, _ in texts}, ids):
        return problems
    for path, text, member in texts:
        there = refused.get(path, ())
        if not has_traces(text, member.reading):
            continue
        code, left = judge(member, text, there)
        if code == ERROR and path in permitted and not there:
            continue
        if code and code not in off and left and not any(problem.code == code for problem in there):
            found += make_problems(code, path, member, left, there)
            gone |= {id(problem) for problem in there if code == ERROR}
    return [*(problem for problem in problems if id(problem) not in gone), *found] if found else problems


def any_may_have(document: Value, problems: Iterable[Problem]) -> bool:
    """Whether there may be a placeholder in a text of a document that has a problem."""
    texts = [(find_value(document, problem.path), problem.path) for problem in problems]
    return any(isinstance(text, str) and has_traces(text, find_member(path).reading) for text, path in texts)


def find_value(value: Value, path: Path) -> Value:
    """Find what stands at a path; None if it does not lead that far."""
    for part in path:
        try:
            value = value[part]
        except (LookupError, TypeError):
            return None
    return value


def judge(member: Member, text: str, there: Iterable[Problem]) -> tuple[str, tuple[Placeholder, ...]]:
    """Judge a text: the code that it deserves, if any, and its placeholders."""
    if member.level == "error":
        return ERROR, find_placeholders(text, member.reading)
    if member.level != "nothing" and any(problem.code[0] == "E" for problem in there):
        return ERROR, find_placeholders(text)
    return (NOTE, find_placeholders(text, member.reading)) if member.level == "note" else ("", ())


def make_problems(
    code: str, path: Path, member: Member, left: Iterable[Placeholder], there: Iterable[Problem]
) -> Iterator[Problem]:
    """Make a problem of each placeholder; all of one are one cause."""
    facts = tuple(Fact(problem.message.replace(f"`{HERE}`", "it")) for problem in there if problem.code in TYPES)
    for each in left:
        help = help_with_placeholder(member, each, refused=code == ERROR)
        yield Problem(code, path, state_placeholder(each.text), facts, help, cause=each.text)


def list_texts(document: Value) -> list[tuple[Path, str]]:
    """List the texts in a document with their paths."""
    found: list[tuple[Path, str]] = []
    collect_texts(document, (), found)
    return found


def collect_texts(value: Value, path: Path, found: list[tuple[Path, str]]) -> None:
    """Collect the texts at a path and below it."""
    if isinstance(value, str):
        found.append((path, value))
    elif len(path) < DEEPEST:
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for part, child in children:
            if isinstance(child, (str, dict, list)):
                collect_texts(child, (*path, part), found)
