"""The containers that a task is there for: E441."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, say


@pytest.mark.parametrize(
    "value",
    [
        document({}, {"name": "web"}),
        document({}, {"name": "web", "essential": True}),
        document({}, {"name": "web", "essential": False}, {"name": "app"}),
        document({}, {"name": "web", "essential": False}, {"name": "app", "essential": True}),
        document({}, {"name": "web", "essential": False}, {"name": "app", "essential": "no"}),
        {"containerDefinitions": [{}]},
        {"containerDefinitions": []},
        {},
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E441") == []


@pytest.mark.parametrize(
    "value",
    [
        document({}, {"name": "web", "essential": False}),
        document({}, {"name": "web", "essential": False}, {"name": "app", "essential": False}),
    ],
)
def test_fails(value: Value) -> None:
    assert say(value, "E441") == [
        Said(
            "E441",
            "containerDefinitions[web].essential",
            "no container is essential, so nothing decides when the task ends",
            (),
            "set `essential` to true for the container that the task is there for",
        )
    ]
