"""The launch types a task is for: W623."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say


@pytest.mark.parametrize(
    "value",
    [fargate(), ec2(), *(ec2(requiresCompatibilities=[each]) for each in ("EXTERNAL", "MANAGED_INSTANCES"))],
)
def test_passes(value: Value) -> None:
    assert say(value, "W623") == []


@pytest.mark.parametrize("types", [None, []])
def test_notes(types: Value) -> None:
    assert say(ec2(requiresCompatibilities=types), "W623") == [
        Said(
            "W623",
            "",
            "`requiresCompatibilities` names no launch type, so ECS checks for none on registration",
            ("what a launch type does not support is refused when a service is created or a task run",),
            "add `requiresCompatibilities`",
        )
    ]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say({**ec2(requiresCompatibilities=None), "requireCompatibilities": ["FARGATE"]}, "W623") == []
