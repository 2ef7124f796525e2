"""Placement constraints: E410."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

LINUX = "attribute:ecs.os-type == linux"
EXAMPLE = "write a subject, an operator and a value, as in `attribute:ecs.os-type == linux`"
EXPRESSION = "placementConstraints[0].expression"


def where(*expressions: str) -> Value:
    return ec2(placementConstraints=[{"type": "memberOf", "expression": expression} for expression in expressions])


@pytest.mark.parametrize(
    "expression",
    [
        LINUX,
        "attribute:ecs.instance-type == t2.small",
        "attribute:ecs.instance-type=~t2.*",
        "attribute:ecs.instance-type =~ (t2|t3)\\.(small|medium",  # a regular expression, if a bad one
        "attribute:ecs.instance-type matches g2.*",
        "attribute:ecs.availability-zone in [us-east-1a, us-east-1b]",
        "attribute:ecs.availability-zone not_in ['us-east-1a', 'us-east-1b']",
        "attribute:ecs.availability-zone !in [us-east-1d]",
        "attribute:stack exists",
        "attribute:stack !exists",
        "attribute:stack not_exists",
        "attribute:team/stack_1 EQUALS production",
        "attribute:owner == o'brien",
        "(attribute:ecs.instance-type == t2.small or attribute:ecs.instance-type == t2.medium) and attribute:stack == prod",
        "not(attribute:stack == prod)",
        "not (attribute:stack == prod)",
        "!(attribute:stack == prod) && attribute:stack exists",
        "not attribute:stack == prod",
        "task:group == service:production",
        "task:group == 'database; a (b'",
        "agentConnected == true",
        "agentVersion >= 1.26.0",
        "ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']",
        "registeredAt < 2018-06-18T22:28:28+00:00",
        "runningTasksCount > 0",
        "runningtaskscount <= 5",
        "'attribute:stack' == prod",  # nobody knows
        "  attribute:stack == prod\n",
    ],
)
def test_queries_pass(expression: str) -> None:
    assert say(where(expression), "E410") == []


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        ec2(placementConstraints=[]),
        where(*[LINUX] * 10),
        ec2(placementConstraints=[{"expression": LINUX}, {}]),
        ec2(placementConstraints=[{"type": "distinctInstance"}]),  # E401
        fargate(placementConstraints=[]),
        fargate(placementConstraints=[{"type": "memberOf"}]),  # E421
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E410") == []


@pytest.mark.parametrize(
    ("expression", "fault", "help"),
    [
        ("", "is empty", EXAMPLE),
        (" \n", "is empty", EXAMPLE),
        ("(attribute:stack == prod", "has a `(` without its other half", None),
        ("attribute:stack == prod)", "has a `)` without its other half", None),
        ("attribute:zone in [us-east-1a, us-east-1b", "has a `[` without its other half", None),
        ("attribute:zone in [us-east-1a)", "has a `)` without its other half", None),
        ("task:group == 'service:x", "has a `'` without its other half", None),
        ("== linux", "does not begin with a subject", EXAMPLE),
        (
            "ecs.instance-type =~ t3.*",
            "is about `ecs.instance-type`, which is not a field of a container instance",
            "write `attribute:ecs.instance-type`",
        ),
        (
            "stack == prod",
            "is about `stack`, which is not a field of a container instance",
            "write `attribute:stack`",
        ),
        (
            "runningTaskCount == 0",
            "is about `runningTaskCount`, which is not a field of a container instance",
            "write `runningTasksCount`",
        ),
        ("attribute:stack = prod", "has no operator that ECS knows after `attribute:stack`", EXAMPLE),
        ("attribute:stack", "has no operator that ECS knows after `attribute:stack`", EXAMPLE),
        ("attribute:stack is prod", "has no operator that ECS knows after `attribute:stack`", EXAMPLE),
        ("attribute: stack == prod", "has no operator that ECS knows after `attribute:`", EXAMPLE),
    ],
)
def test_what_is_certainly_no_query_fails(expression: str, fault: str, help: str | None) -> None:
    assert say(where(expression), "E410") == [Said("E410", EXPRESSION, f"`{EXPRESSION}` {fault}", (), help)]


def test_a_constraint_has_an_expression() -> None:
    assert say(ec2(placementConstraints=[{"type": "memberOf"}]), "E410") == [
        Said(
            "E410",
            "placementConstraints[0]",
            "`placementConstraints[0]` has the type `memberOf` and no `expression`",
            (),
            "add `expression`",
        )
    ]


def test_an_expression_that_may_be_misspelt_is_not_missed() -> None:
    assert say(ec2(placementConstraints=[{"type": "memberOf", "expresion": LINUX}]), "E410") == []


def test_there_are_ten_constraints_at_most() -> None:
    assert say(where(*[LINUX] * 11), "E410") == [
        Said(
            "E410",
            "placementConstraints",
            "`placementConstraints` has 11 constraints, but ECS accepts 10",
            (),
            "join expressions with `and`",
        )
    ]
