"""The limits of a container: E446."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

ULIMITS = "containerDefinitions[app].ulimits"
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


def limit(name: str, soft: int, hard: int) -> Value:
    return {"name": name, "softLimit": soft, "hardLimit": hard}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"ulimits": []}),
        fargate({"ulimits": [{}, {"name": "core"}]}),
        fargate({"ulimits": [limit("nofile", 65535, 65535), limit("nproc", 0, 4096)]}),
        fargate({"ulimits": [limit("nofile", 1048576, 1048576)]}),
        fargate({"ulimits": [limit("memlock", -1, -1), limit("stack", 8192, -1), limit("fsize", 0, 0)]}),
        ec2({"ulimits": [limit("nofile", 65536, 2097152)]}),
        ec2({"ulimits": [limit("memlock", -1, -1)]}),
        fargate({"ulimits": [limit("nofile", 2, 1), limit("nofile", 2, 1)]}, runtimePlatform=WINDOWS),  # E423
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E446") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            ec2({"ulimits": [limit("nofile", 65535, 4096)]}),
            Said(
                "E446",
                f"{ULIMITS}[nofile].softLimit",
                f"`{ULIMITS}[nofile].softLimit` is 65535, more than the hard limit",
                ("`hardLimit` is 4096",),
                "use 4096 at most",
            ),
        ),
        (
            ec2({"ulimits": [limit("memlock", -1, 65536)]}),
            Said(
                "E446",
                f"{ULIMITS}[memlock].softLimit",
                f"`{ULIMITS}[memlock].softLimit` is -1, unlimited, more than the hard limit",
                ("`hardLimit` is 65536",),
                "use 65536 at most",
            ),
        ),
        (
            fargate({"ulimits": [limit("nofile", 65535, 1048577)]}),
            Said(
                "E446",
                f"{ULIMITS}[nofile].hardLimit",
                f"`{ULIMITS}[nofile].hardLimit` is 1048577, and a container on Fargate can have 1048576 open files",
                ("`requiresCompatibilities` has `FARGATE`",),
                "use 1048576 at most",
            ),
        ),
        (
            fargate({"ulimits": [limit("nofile", -1, -1)]}),
            Said(
                "E446",
                f"{ULIMITS}[nofile].hardLimit",
                f"`{ULIMITS}[nofile].hardLimit` is -1, unlimited, and a container on Fargate can have 1048576 open files",
                ("`requiresCompatibilities` has `FARGATE`",),
                "use 1048576 at most",
            ),
        ),
        (
            ec2({"ulimits": [limit("nofile", -1, -1)]}),
            Said(
                "E446",
                f"{ULIMITS}[nofile].hardLimit",
                f"`{ULIMITS}[nofile].hardLimit` is -1, unlimited, and Linux takes a number for open files only",
                (),
                "write a number, such as 1048576",
            ),
        ),
        (
            ec2({"ulimits": [limit("core", 0, 0), limit("core", -1, -1)]}),
            Said(
                "E446",
                f"{ULIMITS}[core].name",
                "the limit `core` of container `app` is set twice",
                ("the first one",),
                "keep one of them",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E446") == [said]
