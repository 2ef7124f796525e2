"""What containers require of GPUs and Neuron devices: E469."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, fargate, say

SHARE = {"nvidiaMps": {"memory": 1024}}
ITEM = "containerDefinitions[app].resourceRequirements"
NEURON = {"type": "NeuronDevice", "value": "ALL"}


def asking(*items: Value) -> Value:
    return {"resourceRequirements": list(items)}


def managed(*items: Value) -> Value:
    return ec2(asking(*items), requiresCompatibilities=["MANAGED_INSTANCES"], networkMode="awsvpc")


def gpu(**members: Value) -> Value:
    return {"type": "GPU", **members}


def two(first: Value, second: Value, launch: str = "EC2") -> Value:
    base = {"family": "app", "requiresCompatibilities": [launch], "memory": "512"}
    return document(
        base,
        {"name": "app", "image": "app:v1", **asking(first)},
        {"name": "model", "image": "model:v1", **asking(second)},
    )


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        fargate(),
        ec2(asking()),
        ec2(asking({})),
        ec2(asking(gpu(value="1"))),
        ec2(asking(gpu(value="8"))),
        ec2(asking(gpu(value="ALL"))),
        ec2(asking(gpu(sharingStrategy=SHARE))),
        managed(gpu(sharingStrategy=SHARE)),
        managed(gpu(value="2")),
        managed(NEURON),
        managed(NEURON, gpu(value="1")),
        ec2(asking(NEURON), requiresCompatibilities=None),
        ec2(asking({"type": "InferenceAccelerator", "value": "device_1"})),  # W613
        ec2(asking({"type": "gpu"})),  # E401
        two(gpu(value="1"), gpu(value="ALL")),
        two(gpu(sharingStrategy=SHARE), gpu(sharingStrategy={"nvidiaMps": {"memory": 1, "maxComputePercent": 5}})),
        two(gpu(value="1"), NEURON, "MANAGED_INSTANCES"),
        ec2(asking({"type": "GPU", "valeu": "1"})),  # E301
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E469") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            ec2(asking(gpu(value="1", sharingStrategy=SHARE))),
            Said(
                "E469",
                f"{ITEM}[GPU].sharingStrategy",
                f"`{ITEM}[GPU]` has both `value` and `sharingStrategy`, and a GPU is either assigned or shared",
                ("the value",),
                "keep one of them",
            ),
        ),
        (
            ec2(asking(gpu())),
            Said(
                "E469",
                f"{ITEM}[GPU]",
                f"`{ITEM}[GPU]` asks for a GPU with neither `value` nor `sharingStrategy`",
                (),
                "add `value`, the number of GPUs",
            ),
        ),
        *(
            (
                ec2(asking(gpu(value=value))),
                Said(
                    "E469",
                    f"{ITEM}[GPU].value",
                    f"`{ITEM}[GPU].value` {state}, but ECS accepts a number of GPUs or `ALL`",
                ),
            )
            for value, state in (("all", "is `all`"), ("-1", "is `-1`"), ("0.5", "is `0.5`"), ("", "is empty"))
        ),
        (
            managed({"type": "NeuronDevice", "value": "1"}),
            Said(
                "E469",
                f"{ITEM}[NeuronDevice].value",
                f"`{ITEM}[NeuronDevice].value` is `1`, and a container takes `ALL` Neuron devices of an instance",
                (),
                "write `ALL`",
            ),
        ),
        (
            managed({"type": "NeuronDevice"}),
            Said(
                "E469",
                f"{ITEM}[NeuronDevice]",
                f"`{ITEM}[NeuronDevice]` asks for Neuron devices without a `value`",
                (),
                "add `value`, which is `ALL`",
            ),
        ),
        (
            managed({**NEURON, "sharingStrategy": SHARE}),
            Said(
                "E469",
                f"{ITEM}[NeuronDevice].sharingStrategy",
                f"`{ITEM}[NeuronDevice].sharingStrategy` is for the type `GPU` only",
                (f"`{ITEM}[NeuronDevice].type` is `NeuronDevice`",),
                "remove it",
            ),
        ),
        *(
            (
                value,
                Said(
                    "E469",
                    f"{ITEM}[NeuronDevice].type",
                    f"`{ITEM}[NeuronDevice].type` is `NeuronDevice`, which only Managed Instances support",
                    (f"`requiresCompatibilities` has `{launch}`",),
                    "remove the item",
                ),
            )
            for value, launch in ((ec2(asking(NEURON)), "EC2"), (fargate(asking(NEURON)), "FARGATE"))
        ),
        (
            two(gpu(sharingStrategy=SHARE), gpu(value="1")),
            Said(
                "E469",
                "containerDefinitions[model].resourceRequirements[GPU].value",
                "`containerDefinitions[model].resourceRequirements[GPU].value` is set, and another container of the task "
                "asks for GPUs with `sharingStrategy`",
                (f"the other is `{ITEM}[GPU].sharingStrategy`",),
                "use `sharingStrategy` in all of them",
            ),
        ),
        (
            two(NEURON, NEURON, "MANAGED_INSTANCES"),
            Said(
                "E469",
                "containerDefinitions[model].resourceRequirements[NeuronDevice].type",
                "container `model` asks for Neuron devices, and one container of a task can",
                ("the first one",),
                "keep one of them",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E469") == [said]
