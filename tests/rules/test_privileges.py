"""Privileged containers: W608."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

WINDOWS: Value = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        ec2({"privileged": False}),
        ec2({"privileged": False}, requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2({"linuxParameters": {"capabilities": {"add": ["NET_ADMIN", "SYS_ADMIN"]}}}),
        ec2({"dockerSecurityOptions": ["apparmor:unconfined"]}),
        fargate({"privileged": True}),  # E421
        fargate({"privileged": True}, requiresCompatibilities=["EC2", "FARGATE"]),  # E421
        ec2({"privileged": True}, runtimePlatform=WINDOWS),  # E423
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W608") == []


@pytest.mark.parametrize("launch", [["EC2"], ["EXTERNAL"], ["MANAGED_INSTANCES"], [], None])
def test_fails_wherever_there_is_an_instance(launch: list[str] | None) -> None:
    assert say(ec2({"privileged": True}, requiresCompatibilities=launch), "W608") == [
        Said(
            "W608",
            "containerDefinitions[app].privileged",
            "container `app` is privileged: it may do anything that root may do on the instance",
            (),
            "give it what it needs with `linuxParameters`, as `devices` or in `capabilities.add`",
        )
    ]
