"""The size of a task on Fargate: E402 and E411."""

from __future__ import annotations

import pytest

from generator.ecs.fargate import SIZES
from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


@pytest.mark.parametrize(("cpu", "memory"), [(cpu, memory) for cpu, sizes in SIZES.items() for memory in sizes])
def test_every_size_of_the_table_passes(cpu: int, memory: int) -> None:
    assert say(fargate(cpu=str(cpu), memory=str(memory)), "E402", "E411", "E412") == []


@pytest.mark.parametrize(
    "value",
    [
        fargate(cpu="0.5 vCPU", memory="1 GB"),
        fargate(cpu=".25 vcpu", memory="0.5GB"),
        fargate(cpu="32 vCPU", memory="244 GB"),
        fargate(cpu="1024", memory="2048", runtimePlatform=WINDOWS),
        fargate(cpu="4096", memory="30720", runtimePlatform=WINDOWS),
        ec2(cpu="300", memory="700"),
        ec2(),
        ec2(requiresCompatibilities=None, cpu="300", memory="700"),
        fargate(cpu="half", memory="1024"),  # E412
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E402", "E411") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            fargate(cpu="1024", memory="1024"),
            Said(
                "E402",
                "memory",
                "no Fargate size has 1024 CPU units with 1 GB of memory",
                ("`cpu` is 1024",),
                "use 2 GB to 8 GB in steps of 1 GB",
            ),
        ),
        (
            fargate(cpu="0.25 vCPU", memory="4 GB"),
            Said(
                "E402",
                "memory",
                "no Fargate size has 256 CPU units with 4 GB of memory",
                ("`cpu` is 256",),
                "use 512 MiB or 1 GB or 2 GB",
            ),
        ),
        (
            fargate(cpu="32768", memory="65536"),
            Said(
                "E402",
                "memory",
                "no Fargate size has 32768 CPU units with 64 GB of memory",
                ("`cpu` is 32768",),
                "use 60 GB or 120 GB or 244 GB",
            ),
        ),
        (
            fargate(cpu="1", memory="2"),
            Said("E402", "cpu", "no Fargate size has 1 CPU units", (), "for 1 vCPU write `1 vCPU`"),
        ),
        (
            fargate(cpu="1024", memory="2"),
            Said(
                "E402",
                "memory",
                "no Fargate size has 1024 CPU units with 2 MiB of memory",
                ("`cpu` is 1024",),
                "for 2 GB write `2 GB`",
            ),
        ),
        (
            fargate(cpu="300", memory="512"),
            Said(
                "E402",
                "cpu",
                "no Fargate size has 300 CPU units",
                (),
                "use one of 256, 512, 1024, 2048, 4096, 8192, 16384, 32768",
            ),
        ),
        (
            fargate(cpu="512", memory="1024", runtimePlatform=WINDOWS),
            Said(
                "E402",
                "cpu",
                "no Fargate size for Windows has 512 CPU units",
                (),
                "use one of 1024, 2048, 4096",
            ),
        ),
        (
            fargate(memory=None),
            Said(
                "E411",
                "requiresCompatibilities",
                "Fargate needs `memory` for the whole task, and it is not set",
                (),
                "add `memory`",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E402", "E411") == [said]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say({**fargate(memory=None), "memroy": "1024"}, "E411") == []
