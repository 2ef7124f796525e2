"""What the schema of task definitions says: as strict as the service model, with words that ECS takes beside."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from generator.model.project import Settings
from tests.schemas import find_faults

WHOLE: Value = {"family": "web", "containerDefinitions": [{"name": "web", "image": "web:1", "cpu": 256}]}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"cpu": "256", "tags": [{"key": "team", "value": ""}]},
        {"containerDefinitions": [{"logConfiguration": {"logDriver": "none", "options": {"a": "b"}}}]},
        {"volumes": [{"name": "data", "host": {}}]},
    ],
)
def test_a_task_definition_is_admitted(more: Value) -> None:
    assert find_faults("task-definition", {**WHOLE, **more}) == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"cpu": 256}, "cpu: 256 is not of type 'string'"),
        ({"cpu": None}, "cpu: None is not of type 'string'"),
        ({"revision": 3}, ": Additional properties are not allowed ('revision' was unexpected)"),
        ({"networkMode": "vpc"}, "networkMode: 'vpc' is not one of ['bridge', 'host', 'awsvpc', 'none']"),
        ({"tags": [{"key": ""}]}, "tags.0.key: '' should be non-empty"),
        ({"volumes": {"data": {}}}, "volumes: {'data': {}} is not of type 'array'"),
        ({"ephemeralStorage": {}}, "ephemeralStorage: 'sizeInGiB' is a required property"),
        (
            {"containerDefinitions": [{"memory": 2**31}]},
            "containerDefinitions.0.memory: 2147483648 is greater than the maximum of 2147483647",
        ),
        (
            {"containerDefinitions": [{"essential": "true"}]},
            "containerDefinitions.0.essential: 'true' is not of type 'boolean'",
        ),
        (
            {"containerDefinitions": [{"resourceRequirements": [{"type": "GPU", "sharingStrategy": {}}]}]},
            "containerDefinitions.0.resourceRequirements.0.sharingStrategy: {} should be non-empty",
        ),
    ],
)
def test_what_is_wrong_in_a_task_definition_is_named(more: Value, fault: str) -> None:
    assert find_faults("task-definition", {**WHOLE, **more}) == [fault]


def test_what_ecs_demands_is_required() -> None:
    assert find_faults("task-definition", {}) == [
        ": 'containerDefinitions' is a required property",
        ": 'family' is a required property",
    ]


def test_members_and_words_that_the_settings_admit_are_admitted() -> None:
    settings = Settings(allow_members=("warmPool",), levels=(("E401", "off"),))
    assert find_faults("task-definition", {**WHOLE, "warmPool": None, "networkMode": "vpc"}, settings) == []
