"""Whether a role's trust policy lets ECS start tasks with it. Says no only if that is sure: a condition it cannot judge is met.

Sources, read 2026-11-26: the pages on the task role and the task execution role in the ECS developer guide, for the principal and for
`aws:SourceAccount` and `aws:SourceArn`, the keys that ECS sends; the reference of policy elements of IAM for what policies are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.aws.verify.questions import Home
from generator.model.nodes import Value
from generator.model.records import Record

PRINCIPAL = "ecs-tasks.amazonaws.com"
ACTION = "sts:assumerole"
SOURCE_ACCOUNT, SOURCE_ARN = "aws:sourceaccount", "aws:sourcearn"
SAME = frozenset(("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"))
"""Operators of conditions that compare with patterns or texts, in lower case."""


class Trust(Record):
    """Whether ECS may assume a role, and in words what keeps it from that."""

    given: bool
    reason: str = ""


def judge_trust(policy: Value, home: Home) -> Trust:
    """Judge a trust policy for tasks of an account and region."""
    statements = [each for each in as_list(read_member(policy, "Statement")) if isinstance(each, dict)]
    speaking = [each for each in statements if names_action(each) and names_principal(each)]
    if any(each.get("Effect") == "Deny" and not each.get("Condition") for each in speaking):
        return Trust(False, "its trust policy denies that")
    allowing = [each for each in speaking if each.get("Effect") == "Allow"]
    refusals = [next(find_refusals(each, home), "") for each in allowing]
    if allowing and not all(refusals):
        return Trust(True)
    return Trust(False, refusals[0] if refusals else describe_trusted(statements))


def describe_trusted(statements: list[Value]) -> str:
    """State who may assume the role instead."""
    allowed = [each for each in statements if each.get("Effect") == "Allow" and names_action(each)]
    names = [str(name) for each in allowed for kind in list_principals(each).values() for name in as_list(kind)]
    listed = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
    return f"its trust policy lets {listed} assume it" if listed else "its trust policy lets nobody assume it"


def names_action(statement: Value) -> bool:
    """Whether a statement is about assuming the role."""
    if "NotAction" in statement:
        return not any(is_like(ACTION, str(each).lower()) for each in as_list(statement["NotAction"]))
    return any(is_like(ACTION, str(each).lower()) for each in as_list(statement.get("Action")))


def names_principal(statement: Value) -> bool:
    """Whether a statement is about ECS."""
    if "NotPrincipal" in statement:
        excepted = statement["NotPrincipal"]
        return not isinstance(excepted, dict) or PRINCIPAL not in as_list(excepted.get("Service"))
    principals = list_principals(statement)
    return any(each in (PRINCIPAL, f"{PRINCIPAL}.cn", "*") for each in as_list(principals.get("Service"))) or (
        "*" in as_list(principals.get("AWS"))
    )


def list_principals(statement: Value) -> dict[str, Value]:
    """List whom a statement is about, by kind; a bare `*` is everybody."""
    principal = statement.get("Principal")
    return principal if isinstance(principal, dict) else {"AWS": principal} if principal else {}


def find_refusals(statement: Value, home: Home) -> Iterator[str]:
    """Find the conditions of a statement that no task of an account and region can meet."""
    conditions = statement.get("Condition")
    for operator, keys in conditions.items() if isinstance(conditions, dict) else ():
        plain = str(operator).lower().rpartition(":")[2].removesuffix("ifexists")
        if plain not in SAME or not isinstance(keys, dict):
            continue
        for key, values in keys.items():
            texts = [str(each) for each in as_list(values)]
            listed = ", ".join(f"`{text}`" for text in texts)
            if str(key).lower() == SOURCE_ACCOUNT and not any(is_like(home.account, text) for text in texts):
                yield f"its trust policy has a condition: `{key}` has to be {listed}, and this is account {home.account}"
            if str(key).lower() == SOURCE_ARN and not any(is_home(text, home) for text in texts):
                yield f"its trust policy has a condition: `{key}` has to be like {listed}"


def is_home(pattern: str, home: Home) -> bool:
    """Whether a pattern of ARNs has those of ECS in an account and region among them."""
    parts = pattern.split(":")
    if len(parts) < 6:
        return "*" in pattern or "?" in pattern  # a star may stand for several parts
    wanted = ("ecs", home.region, home.account)
    return all(is_like(text, part) for text, part in zip(wanted, parts[2:5], strict=True) if text)


def is_like(text: str, pattern: str) -> bool:
    """Match a text as IAM does: `*` and `?` stand for anything."""
    expression = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def as_list(value: Value) -> list[Value]:
    """Read what may be one or several, as most of a policy may."""
    return value if isinstance(value, list) else [] if value is None else [value]


def read_member(policy: Value, name: str) -> Value:
    return policy.get(name) if isinstance(policy, dict) else None
