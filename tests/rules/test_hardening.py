"""Containers that make a break-in worth less: W609 and W610, both off unless they are asked for."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, find, say

WINDOWS: Value = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
APP = "containerDefinitions[app]"
READ_ONLY = "set `readonlyRootFilesystem: true`, and mount a volume where it has to write"
USER = "set `user` to one that is not root"


def test_nobody_hears_of_it_unasked() -> None:
    assert [finding for finding in find(ec2({"user": "root"})) if finding.code in ("W609", "W610")] == []


@pytest.mark.parametrize(
    "value",
    [
        fargate({"readonlyRootFilesystem": True, "user": "1000"}),
        ec2({"readonlyRootFilesystem": True, "user": "app:root"}),
        ec2({"readonlyRootFilesystem": True, "user": "1000:0"}),
        ec2({"readonlyRootFilesystem": True, "user": "rooty"}),
        ec2(runtimePlatform=WINDOWS),
        ec2({"user": "root"}, runtimePlatform=WINDOWS),
        fargate({"readonlyRootFilesystem": False, "user": "0"}, runtimePlatform=WINDOWS),
        *(
            ec2({"readonlyRootFilesystem": True, "user": user})
            for user in (
                "1",
                "65534:65534",
                "10001:0",
                "nobody",
                "www-data:www-data",
                "root1",
                "node:root",
                "1000:root",
            )
        ),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W609", "W610") == []


@pytest.mark.parametrize(
    ("container", "said"),
    [
        ({"user": "app"}, Said("W609", APP, "container `app` can write to its root file system", (), READ_ONLY)),
        (
            {"user": "app", "readonlyRootFilesystem": False},
            Said(
                "W609",
                f"{APP}.readonlyRootFilesystem",
                "container `app` can write to its root file system",
                (),
                READ_ONLY,
            ),
        ),
        (
            {"readonlyRootFilesystem": True},
            Said("W610", APP, "container `app` has no `user`: it runs as root unless its image sets a user", (), USER),
        ),
        *(
            (
                {"readonlyRootFilesystem": True, "user": user},
                Said("W610", f"{APP}.user", "container `app` runs as root", (), USER),
            )
            for user in ("root", "0", "root:app", "0:0")
        ),
    ],
)
def test_fails(container: Value, said: Said) -> None:
    assert say(ec2(container), "W609", "W610") == [said]
