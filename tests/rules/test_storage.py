"""Ephemeral storage: E417 and W621."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

STORAGE = {"sizeInGiB": 40}
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


@pytest.mark.parametrize(
    "value",
    [
        fargate(ephemeralStorage=STORAGE),
        fargate(ephemeralStorage=STORAGE, runtimePlatform={"operatingSystemFamily": "LINUX"}),
        fargate(ephemeralStorage=STORAGE, requiresCompatibilities=["EC2", "FARGATE"]),
        fargate(ephemeralStorage=STORAGE, requiresCompatibilities=None),
        fargate(ephemeralStorage=STORAGE, requiresCompatibilities=[]),
        fargate(ephemeralStorage=STORAGE, requiresCompatibilities=["MANAGED_INSTANCES"]),
        fargate(runtimePlatform=WINDOWS),
        ec2(ephemeralStorage={}),  # E304
        ec2(),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E417", "W621") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            ec2(ephemeralStorage=STORAGE),
            Said(
                "E417",
                "ephemeralStorage",
                "`ephemeralStorage` is set, which only Fargate has",
                ("`requiresCompatibilities` has no `FARGATE`",),
                "remove it",
            ),
        ),
        (
            ec2(ephemeralStorage=STORAGE, requiresCompatibilities=["EXTERNAL"]),
            Said(
                "E417",
                "ephemeralStorage",
                "`ephemeralStorage` is set, which only Fargate has",
                ("`requiresCompatibilities` has no `FARGATE`",),
                "remove it",
            ),
        ),
        (
            ec2(ephemeralStorage=STORAGE, runtimePlatform=WINDOWS),
            Said(
                "E417",
                "ephemeralStorage",
                "`ephemeralStorage` is set, which only Fargate has",
                ("`requiresCompatibilities` has no `FARGATE`",),
                "remove it",
            ),
        ),
        (
            fargate(ephemeralStorage=STORAGE, runtimePlatform=WINDOWS),
            Said(
                "W621",
                "ephemeralStorage",
                "`ephemeralStorage` is set, which Fargate is only known to have for Linux",
                ("`runtimePlatform.operatingSystemFamily` is `WINDOWS_SERVER_2022_CORE`",),
                "remove it",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E417", "W621") == [said]
