"""Settings that do nothing because of another one: W619."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


def log(driver: str = "awslogs", **options: str) -> Value:
    """A container with options of its log driver; `_` stands for `-`."""
    return {
        "logConfiguration": {
            "logDriver": driver,
            "options": {name.replace("_", "-"): text for name, text in options.items()},
        }
    }


@pytest.mark.parametrize(
    "value",
    [
        ec2(log(max_buffer_size="25m")),
        ec2(log(max_buffer_size="25m", mode="non-blocking")),
        ec2(log(mode="blocking")),
        ec2(log("awsfirelens", max_buffer_size="25m", mode="blocking")),
        ec2({"logConfiguration": {"logDriver": "awslogs"}}),
        ec2({"logConfiguration": {}}),
        ec2({"linuxParameters": {"swappiness": 10, "maxSwap": 256}}),
        ec2({"linuxParameters": {"swappiness": 10, "maxSwap": 0}}),
        ec2({"linuxParameters": {"maxSwap": 256}}),
        ec2({"linuxParameters": {}}),
        ec2({"linuxParameters": {"swappiness": 10}}, runtimePlatform=WINDOWS),  # E423
        ec2({"linuxParameters": {"swappiness": 10, "maxSwop": 256}}),  # E301
        fargate({"linuxParameters": {"swappiness": 10}}),  # E421
        fargate(),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W619") == []


BUFFER = "containerDefinitions[app].logConfiguration.options.max-buffer-size"
MODE = "containerDefinitions[app].logConfiguration.options.mode"
SWAP = "containerDefinitions[app].linuxParameters.swappiness"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *(
            (
                ec2(log(driver, mode="blocking", max_buffer_size="25m")),
                Said(
                    "W619",
                    BUFFER,
                    f"`{BUFFER}` does nothing, as logs in mode `blocking` have no buffer",
                    (f"`{MODE}` is `blocking`",),
                    "remove `max-buffer-size`, or write `non-blocking`",
                ),
            )
            for driver in ("awslogs", "json-file")
        ),
        (
            ec2({"linuxParameters": {"swappiness": 0}}),
            Said("W619", SWAP, f"`{SWAP}` does nothing without `maxSwap`", (), "add `maxSwap`, or remove `swappiness`"),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "W619") == [said]
