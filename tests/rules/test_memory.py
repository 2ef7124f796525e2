"""The memory of containers: E413, E414, E415, E501 and W614."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import CONTAINER, FARGATE, Said, document, ec2, fargate, say

CODES = ("E413", "E414", "E415", "E501", "W614")
EC2: Value = {"family": "app", "requiresCompatibilities": ["EC2"]}


def container(name: str, **members: Value) -> Value:
    return {"name": name, "image": "app:v1", **members}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"memory": 1024}),
        fargate({"memory": 1024, "memoryReservation": 1024}),
        fargate({"memory": 512, "memoryReservation": 256}),
        fargate({"memory": 0}),
        fargate({"memory": 6}),
        fargate({"memoryReservation": 6}),
        fargate({"memory": 1024}, memory="1 GB"),
        fargate({"memory": 4096}, memory="much"),  # E412
        fargate({"memory": 0, "memoryReservation": 128}),
        fargate({"memory": 128, "memoryReservation": 0}),
        fargate(memory=None),  # E411
        fargate(requiresCompatibilities=["EC2", "FARGATE"], memory=None),  # E411
        document(FARGATE, {**CONTAINER, "memory": 512}, {**CONTAINER, "name": "log", "memory": 512}),
        document(FARGATE, {**CONTAINER, "memoryReservation": 1000}, {**CONTAINER, "name": "log", "memory": 24}),
        document(FARGATE, {**CONTAINER, "memory": 1000}, {**CONTAINER, "name": "log"}),
        ec2(),
        ec2({"memory": None, "memoryReservation": 128}),
        ec2({"memory": None}, memory="512"),
        ec2({"memory": 256, "memoryReservation": 256}),
        ec2({"memory": 100_000}),
        ec2(requiresCompatibilities=None),
        document(EC2),
        document(EC2, {}),
        document({**EC2, "memory": "512"}, {}, container("app")),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            ec2({"memory": None}),
            Said(
                "E413",
                "containerDefinitions[app]",
                "container `app` has neither `memory` nor `memoryReservation`, and neither has the task `memory`",
                (),
                "add `memory` to it, in MiB",
            ),
        ),
        (
            document({"family": "app"}, container("app", memory=256), container("log", memory=0)),
            Said(
                "E413",
                "containerDefinitions[log]",
                "container `log` has neither `memory` nor `memoryReservation`, and neither has the task `memory`",
                (),
                "add `memory` to it, in MiB",
            ),
        ),
        (
            ec2({"memory": 128, "memoryReservation": 256}),
            Said(
                "E414",
                "containerDefinitions[app].memoryReservation",
                "`containerDefinitions[app].memoryReservation` is 256 MiB, more than the container may use",
                ("`containerDefinitions[app].memory` is 128",),
                "use 128 or less",
            ),
        ),
        (
            fargate({"memory": 2048}, memory="1 GB"),
            Said(
                "E415",
                "containerDefinitions[app].memory",
                "`containerDefinitions[app].memory` is 2048 MiB, more than the whole task has",
                ("`memory` is 1 GB",),
                "use 1024 or less",
            ),
        ),
        (
            ec2({"memory": 4}),
            Said(
                "E501",
                "containerDefinitions[app].memory",
                "`containerDefinitions[app].memory` is 4 MiB, and Docker starts no container with less than 6",
                (),
                "for 4 GB write 4096",
            ),
        ),
        (
            ec2({"memoryReservation": 1}),
            Said(
                "E501",
                "containerDefinitions[app].memoryReservation",
                "`containerDefinitions[app].memoryReservation` is 1 MiB, and Docker starts no container with less than 6",
                (),
                "for 1 GB write 1024",
            ),
        ),
        (
            document(
                {**EC2, "memory": "512"},
                container("app", memory=512, memoryReservation=400),
                container("log", memory=113),
                container("idle"),
            ),
            Said(
                "W614",
                "memory",
                "the containers reserve 513 MiB together, and the task has 512",
                ("`containerDefinitions[app].memoryReservation` is 400", "`containerDefinitions[log].memory` is 113"),
                "let them add up to 512 or less",
            ),
        ),
        (
            document(
                {**EC2, "memory": "512"},
                container("app", memory=512, memoryReservation=128),
                container("log", memory=256, memoryReservation=128),
                container("idle", memoryReservation=64),
            ),
            Said(
                "W614",
                "memory",
                "the containers may use 768 MiB together, and the task has 512",
                ("`containerDefinitions[app].memory` is 512", "`containerDefinitions[log].memory` is 256"),
                "let them add up to 512 or less",
            ),
        ),
        (
            fargate({"memoryReservation": 2048}),
            Said(
                "W614",
                "memory",
                "the containers reserve 2048 MiB together, and the task has 1024",
                ("`containerDefinitions[app].memoryReservation` is 2048",),
                "let them add up to 1024 or less",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, *CODES) == [said]


def test_one_container_above_the_task_is_not_said_again_of_all() -> None:
    value = document(FARGATE, {**CONTAINER, "memory": 2048}, {**CONTAINER, "name": "log", "memory": 512})
    assert [each.code for each in say(value, *CODES)] == ["E415"]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say({**ec2({"memory": None}), "memroy": "512"}, "E413") == []
