"""Elastic Inference: E409 and W613."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

RETIRED = "AWS has retired Elastic Inference"
DEVICES = [{"deviceName": "device_1", "deviceType": "eia2.medium"}]
ASKS = {"resourceRequirements": [{"type": "GPU", "value": "1"}, {"type": "InferenceAccelerator", "value": "device_1"}]}
TYPE = "containerDefinitions[app].resourceRequirements[InferenceAccelerator].type"
DELETE = "delete this item of `resourceRequirements`"


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        fargate(),
        ec2(inferenceAccelerators=[]),
        fargate({"resourceRequirements": []}, inferenceAccelerators=[]),
        ec2({"resourceRequirements": [{"type": "GPU", "value": "1"}]}),
        ec2({"resourceRequirements": [{"type": "NeuronDevice", "value": "ALL"}]}),
        ec2({"resourceRequirements": [{}]}),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E409", "W613") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            ec2(inferenceAccelerators=DEVICES),
            Said(
                "E409",
                "inferenceAccelerators",
                "ECS no longer accepts `inferenceAccelerators`",
                (RETIRED,),
                "delete it",
            ),
        ),
        (
            ec2(ASKS, inferenceAccelerators=DEVICES),
            Said(
                "E409",
                "inferenceAccelerators",
                "ECS no longer accepts `inferenceAccelerators`",
                (RETIRED, "container `app` asks for one"),
                "delete it, and the `resourceRequirements` that name its devices",
            ),
        ),
        (
            fargate(ASKS),
            Said(
                "E409",
                TYPE,
                "container `app` asks for an inference accelerator, which Fargate refuses",
                (RETIRED,),
                DELETE,
            ),
        ),
        (
            ec2(ASKS),
            Said(
                "W613",
                TYPE,
                "container `app` asks for an inference accelerator, which AWS no longer has",
                (RETIRED,),
                DELETE,
            ),
        ),
        (
            ec2(ASKS, requiresCompatibilities=None, inferenceAccelerators=[]),
            Said(
                "W613",
                TYPE,
                "container `app` asks for an inference accelerator, which AWS no longer has",
                (RETIRED,),
                DELETE,
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E409", "W613") == [said]
