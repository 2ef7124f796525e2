"""Fault injection where ECS injects none: W629."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
FAULTS = {"enableFaultInjection": True}
NETWORK = "`enableFaultInjection` is `true`, and ECS injects faults with the network modes `awsvpc` and `host` only"
HELP = "remove it, or set `networkMode`"


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(**FAULTS),
        fargate(**FAULTS, runtimePlatform={"operatingSystemFamily": "LINUX"}),
        fargate(**{**FAULTS, "networkMode": None}),  # E432
        fargate(**{**FAULTS, "networkMode": "bridge"}),  # E432
        ec2(**FAULTS, networkMode="awsvpc"),
        ec2(**FAULTS, networkMode="host"),
        ec2(**FAULTS, networkMode="awsvpc", requiresCompatibilities=None),
        ec2(**FAULTS, requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2(**FAULTS, networkMode="awsVpc", requiresCompatibilities=["MANAGED_INSTANCES"]),  # E401
        ec2(enableFaultInjection=False),
        ec2(enableFaultInjection=False, networkMode="bridge"),
        ec2(enableFaultInjection=False, networkMode="none"),
        ec2(enableFaultInjection=False, runtimePlatform=WINDOWS),
        ec2(networkMode="bridge"),
        ec2(),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W629") == []


@pytest.mark.parametrize(
    ("value", "message", "note", "help"),
    [
        (ec2(**FAULTS), NETWORK, "without `networkMode` it is `bridge`", HELP),
        (ec2(**FAULTS, networkMode="bridge"), NETWORK, "`networkMode` is `bridge`", HELP),
        (ec2(**FAULTS, networkMode="none"), NETWORK, "`networkMode` is `none`", HELP),
        *(
            (
                value,
                "`enableFaultInjection` is `true`, and ECS injects no faults on Windows",
                "`runtimePlatform.operatingSystemFamily` is `WINDOWS_SERVER_2022_CORE`",
                "remove it",
            )
            for value in (
                ec2(**FAULTS, networkMode="awsvpc", runtimePlatform=WINDOWS),
                fargate(**FAULTS, cpu="1024", memory="2048", runtimePlatform=WINDOWS),
            )
        ),
    ],
)
def test_fails(value: Value, message: str, note: str, help: str) -> None:
    assert say(value, "W629") == [Said("W629", "enableFaultInjection", message, (note,), help)]


def test_nothing_is_said_of_a_mode_that_may_only_be_misspelt() -> None:
    assert say({**ec2(**FAULTS), "networkmode": "awsvpc"}, "W629") == []
