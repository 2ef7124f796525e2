"""Placement constraints: how many, each with an expression, and none that is certainly no cluster query."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.limits import CONSTRAINTS
from generator.ecs.queries import ATTRIBUTE, PATTERNS, SIGNS, SUBJECTS, WORDS
from generator.model.findings import HERE, Problem
from generator.model.misspelling import find_misspelt
from generator.model.records import Record
from generator.rules.task import Task

CLOSING = {")": "(", "]": "["}
QUOTES = ("'", '"')
EXAMPLE = "write a subject, an operator and a value, as in `attribute:ecs.os-type == linux`"

read_clause = re.compile(
    r"(?:\s|\(|!|not(?=[\s(]))*(?P<subject>[^\s=!<>~()\[\],'\"]*)\s*(?P<rest>.*)", re.DOTALL
).fullmatch
read_word = re.compile(r"\w*").match


class Fault(Record):
    """What is wrong with an expression, as the end of a sentence, and what to do about it."""

    what: str
    help: str | None = None


def check(task: Task) -> Iterator[Problem]:
    constraints = task.document.get("placementConstraints")
    if not constraints or task.fargate:  # Fargate takes none: E421
        return
    if len(constraints) > CONSTRAINTS:
        message = f"`placementConstraints` has {len(constraints)} constraints, but ECS accepts {CONSTRAINTS}"
        help = "join expressions with `and`"
        yield Problem("E410", ("placementConstraints",), message, help=help, key=True)
    for index, constraint in enumerate(constraints):
        path = ("placementConstraints", index)
        if "expression" in constraint:
            fault = find_fault(constraint["expression"])
            if fault:
                yield Problem("E410", (*path, "expression"), f"`{HERE}` {fault.what}", help=fault.help)
        elif "type" in constraint:
            message = f"`{HERE}` has the type `{constraint['type']}` and no `expression`"
            yield Problem("E410", path, message, help="add `expression`", missing="expression")


def find_fault(expression: str) -> Fault | None:
    """Find what makes an expression certainly no cluster query; None if there is any doubt."""
    if not expression.strip():
        return Fault("is empty", EXAMPLE)
    patterned = any(operator in expression for operator in PATTERNS)
    if not patterned and (sign := find_unbalanced(expression)):
        return Fault(f"has a `{sign}` without its other half")
    clause = read_clause(expression)
    if clause is None:
        return None
    subject, rest = clause["subject"], clause["rest"]
    if not subject:
        return None if rest[:1] in QUOTES else Fault("does not begin with a subject", EXAMPLE)
    if subject.lower() not in SUBJECTS and not subject.startswith(ATTRIBUTE):
        near = None if "." in subject or "-" in subject else find_misspelt(subject, list(SUBJECTS.values()))
        what = f"is about `{subject}`, which is not a field of a container instance"
        return Fault(what, f"write `{near or ATTRIBUTE + subject}`")
    word = read_word(rest)
    if not rest.startswith(SIGNS) and (word is None or word[0].lower() not in WORDS):
        return Fault(f"has no operator that ECS knows after `{subject}`", EXAMPLE)
    return None


def find_unbalanced(expression: str) -> str | None:
    """Find a quote or bracket that is never closed, or one that closes nothing; a quote inside of a word is part of it."""
    opened: list[str] = []
    before = " "
    for sign in expression:
        if opened and opened[-1] in QUOTES:
            if sign == opened[-1]:
                opened.pop()
        elif sign in "([" or (sign in QUOTES and not before.isalnum()):
            opened.append(sign)
        elif sign in CLOSING and (not opened or opened.pop() != CLOSING[sign]):
            return sign
        before = sign
    return opened[-1] if opened else None
