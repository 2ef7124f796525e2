"""How many items lists have, and the timeouts that Fargate bounds: E426, and E420 on Fargate."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, fargate, say

FILE = {"type": "s3", "value": "arn:aws:s3:::config/app.env"}
NOTE = ("`requiresCompatibilities` has `FARGATE`",)


def containers(number: int) -> Value:
    return document({"family": "app"}, *({"name": f"app-{index}", "image": "app:v1"} for index in range(number)))


def ranges(number: int) -> list[Value]:
    return [{"containerPortRange": f"{port}-{port + 1}"} for port in range(1000, 1000 + 2 * number, 2)]


def codes(number: int) -> Value:
    return {"restartPolicy": {"enabled": True, "ignoredExitCodes": list(range(number))}}


@pytest.mark.parametrize(
    "value",
    [
        {},
        containers(0),
        containers(1),
        containers(10),
        ec2({"environmentFiles": [FILE] * 10}),
        ec2({"environmentFiles": []}),
        ec2({"credentialSpecs": ["credentialspec:arn:aws:s3:::config/app.json"]}),
        ec2({"credentialSpecs": []}),
        ec2({"portMappings": ranges(100)}),
        ec2({"portMappings": [{"containerPort": port} for port in range(1, 201)]}),  # only ranges are counted
        ec2({"portMappings": [*ranges(100), {"containerPort": 80}]}),
        ec2(codes(50)),
        ec2({"restartPolicy": {"enabled": True}}),
        ec2({"restartPolicy": {}}),
        fargate({"startTimeout": 2, "stopTimeout": 2}),
        fargate({"startTimeout": 120, "stopTimeout": 120}),
        fargate({"stopTimeout": 120}),
        fargate(),
        ec2({"startTimeout": 3600, "stopTimeout": 86400}),
        ec2({"stopTimeout": 600}, requiresCompatibilities=None),
        ec2({"stopTimeout": 600}, requiresCompatibilities=["EXTERNAL"]),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E426", "E420") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            containers(11),
            Said("E426", "containerDefinitions", "`containerDefinitions` has 11 containers, but ECS accepts 10"),
        ),
        (
            ec2({"environmentFiles": [FILE] * 11}),
            Said(
                "E426",
                "containerDefinitions[app].environmentFiles",
                "`containerDefinitions[app].environmentFiles` has 11 files, but ECS accepts 10",
            ),
        ),
        (
            ec2({"credentialSpecs": ["credentialspec:arn:aws:s3:::config/app.json"] * 2}),
            Said(
                "E426",
                "containerDefinitions[app].credentialSpecs",
                "`containerDefinitions[app].credentialSpecs` has 2 credential specs, but ECS accepts 1",
            ),
        ),
        (
            ec2({"portMappings": ranges(101)}),
            Said(
                "E426",
                "containerDefinitions[app].portMappings",
                "`containerDefinitions[app].portMappings` has 101 ranges of ports, but ECS accepts 100",
            ),
        ),
        (
            ec2(codes(51)),
            Said(
                "E426",
                "containerDefinitions[app].restartPolicy.ignoredExitCodes",
                "`containerDefinitions[app].restartPolicy.ignoredExitCodes` has 51 exit codes, but ECS accepts 50",
            ),
        ),
        (
            fargate({"stopTimeout": 121}),
            Said(
                "E420",
                "containerDefinitions[app].stopTimeout",
                "`containerDefinitions[app].stopTimeout` is 121, but Fargate accepts 2 to 120 seconds",
                NOTE,
            ),
        ),
        (
            fargate({"startTimeout": 10**9}, requiresCompatibilities=["EC2", "FARGATE"]),
            Said(
                "E420",
                "containerDefinitions[app].startTimeout",
                f"`containerDefinitions[app].startTimeout` is {10**9}, but Fargate accepts 2 to 120 seconds",
                NOTE,
            ),
        ),
        (
            fargate({"stopTimeout": 1}),  # said once, by the walk over shapes
            Said(
                "E420",
                "containerDefinitions[app].stopTimeout",
                "`containerDefinitions[app].stopTimeout` is 1, but ECS accepts 2 seconds or more",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E426", "E420") == [said]
