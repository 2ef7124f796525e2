"""The operating system and the CPU architecture of a task: E466 and E467."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.ecs.shapes import bundled
from generator.ecs.support import FAMILIES
from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

EVERY = bundled().shape("OSFamily").enum


@pytest.mark.parametrize("family", FAMILIES)
def test_every_system_of_fargate_passes(family: str) -> None:
    assert say(fargate(runtimePlatform={"operatingSystemFamily": family}), "E466", "E467") == []


@pytest.mark.parametrize("family", EVERY)
def test_every_system_passes_elsewhere(family: str) -> None:
    assert say(ec2(runtimePlatform={"operatingSystemFamily": family}), "E466", "E467") == []


@pytest.mark.parametrize("family", sorted(set(EVERY) - set(FAMILIES)))
def test_every_other_system_fails_on_fargate(family: str) -> None:
    assert say(fargate(runtimePlatform={"operatingSystemFamily": family}), "E466", "E467") == [
        Said(
            "E466",
            "runtimePlatform.operatingSystemFamily",
            f"`runtimePlatform.operatingSystemFamily` is `{family}`, which Fargate does not run",
            ("`requiresCompatibilities` has `FARGATE`",),
            "use one of `WINDOWS_SERVER_2019_CORE`, `WINDOWS_SERVER_2019_FULL`, `WINDOWS_SERVER_2022_CORE`, "
            "`WINDOWS_SERVER_2022_FULL`, `WINDOWS_SERVER_2025_CORE`, `WINDOWS_SERVER_2025_FULL`",
        )
    ]


@pytest.mark.parametrize(
    "platform",
    [
        None,
        {},
        {"cpuArchitecture": "ARM64"},
        {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        {"cpuArchitecture": "X86_64", "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
        {"cpuArchitecture": "arm64", "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},  # E401
    ],
)
@pytest.mark.parametrize("kind", [fargate, ec2])
def test_passes(kind: Callable[..., Value], platform: Value) -> None:
    assert say(kind(runtimePlatform=platform), "E466", "E467") == []


@pytest.mark.parametrize("kind", [fargate, ec2])
def test_windows_on_arm_fails(kind: Callable[..., Value]) -> None:
    platform = {"cpuArchitecture": "ARM64", "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
    assert say(kind(runtimePlatform=platform), "E466", "E467") == [
        Said(
            "E467",
            "runtimePlatform.cpuArchitecture",
            "`runtimePlatform.cpuArchitecture` is `ARM64`, and Windows runs on `X86_64` only",
            ("`runtimePlatform.operatingSystemFamily` is `WINDOWS_SERVER_2022_CORE`",),
            "write `X86_64`",
        )
    ]
