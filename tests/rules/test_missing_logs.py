"""Containers on Fargate without logs: W606."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import CONTAINER, FARGATE, Said, document, ec2, fargate, say


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"logConfiguration": {"logDriver": "splunk"}}),
        fargate({"logConfiguration": {}}),  # E304
        fargate({"logConfiguration": None, "firelensConfiguration": {"type": "fluentbit"}}),
        fargate(containerDefinitions=[]),
        ec2(),
        fargate({"logConfiguration": None}, requiresCompatibilities=["EC2"]),
        fargate({"logConfiguration": None}, requiresCompatibilities=None),
        fargate({"logConfiguration": None, "logConfigration": {}}),  # E301
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W606") == []


def test_each_container_without_logs_fails() -> None:
    job = {"name": "job", "image": "job:v1", "essential": False}
    keeps = "has no `logConfiguration`, so Fargate discards its output"
    help = "add `logConfiguration`, with log driver `awslogs` for instance"
    assert say(document(FARGATE, CONTAINER, job, {"image": "nameless:v1"}), "W606") == [
        Said("W606", "containerDefinitions[job].name", f"container `job` {keeps}", (), help),
        Said("W606", "containerDefinitions[2]", f"a container without a name {keeps}", (), help),
    ]
