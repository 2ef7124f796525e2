"""The size of a task as ECS reads it: E412 and E416."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.nodes import Value
from generator.model.shortening import shorten_text
from generator.rules.absences import Mistake
from generator.rules.validating import Validator
from tests.rules.running import CONTAINER, FARGATE, Said, document, ec2, fargate, say


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(cpu="1 vCPU", memory="2 GB"),
        fargate(cpu="1vcpu", memory="2GB"),
        fargate(cpu=".25 vCPU", memory="0.5 GB"),
        fargate(cpu="0.25 VCPU", memory="512"),
        fargate(cpu=None, memory=None),  # E411
        fargate(cpu="300"),  # E402
        fargate(cpu="1"),  # E402
        fargate(cpu="1", requiresCompatibilities=["EC2", "FARGATE"]),  # E402
        fargate({"cpu": 0}),
        fargate({"cpu": 512}),
        document(FARGATE, {**CONTAINER, "cpu": 256}, {**CONTAINER, "name": "log", "cpu": 256}),
        document(FARGATE, {**CONTAINER, "cpu": 512}, {**CONTAINER, "name": "log"}, {}),
        ec2(cpu="128"),
        ec2(cpu="196608"),
        ec2(cpu="192 vCPU"),
        ec2(cpu="0.125 vCPU"),
        ec2(cpu="100", requiresCompatibilities=None),
        ec2(cpu="100", requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2({"cpu": 4096}),
        ec2({"cpu": 1024}, cpu="1024", requiresCompatibilities=["EXTERNAL"]),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E412", "E416") == []


@pytest.mark.parametrize(
    ("member", "text", "help"),
    [
        ("cpu", "0.5", "write `0.5 vCPU`"),
        ("cpu", "2 cores", "write `2 vCPU`"),
        ("cpu", " 512 ", "write `512`"),
        ("cpu", "1024.0", "write it as `512` or `0.5 vCPU`"),
        ("cpu", "half", "write it as `512` or `0.5 vCPU`"),
        ("cpu", "0.3 vCPU", "write it as `512` or `0.5 vCPU`"),
        ("cpu", "-256", "write it as `512` or `0.5 vCPU`"),
        ("cpu", "١٢٨", "write it as `512` or `0.5 vCPU`"),
        ("cpu", "9" * 5000, "write it as `512` or `0.5 vCPU`"),
        ("memory", "512 MiB", "write `512`"),
        ("memory", "512MB", "write `512`"),
        ("memory", "1Gi", "write `1 GB`"),
        ("memory", "0.5g", "write `0.5 GB`"),
        ("memory", "0.3 GB", "write it as `1024` or `1 GB`"),
        ("memory", "1.5", "write it as `1024` or `1 GB`"),
    ],
)
@pytest.mark.parametrize("kind", [fargate, ec2])
def test_what_is_no_size_fails(kind: Callable[..., Value], member: str, text: str, help: str) -> None:
    noun = {"cpu": "amount of CPU", "memory": "amount of memory"}[member]
    said = Said("E412", member, f"`{member}` is `{shorten_text(text)}`, which is not an {noun}", (), help)
    assert say(kind(**{member: text}), "E412", "E416") == [said]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            fargate(memory=""),
            Said(
                "E412",
                "memory",
                "`memory` is empty, which is not an amount of memory",
                (),
                "write it as `1024` or `1 GB`",
            ),
        ),
        (
            ec2(cpu="2"),
            Said("E412", "cpu", "`cpu` is 2 CPU units, but ECS accepts 128 to 196608", (), "for 2 vCPU write `2 vCPU`"),
        ),
        (
            ec2(cpu="193 vCPU", requiresCompatibilities=["EXTERNAL"]),
            Said("E412", "cpu", "`cpu` is 197632 CPU units, but ECS accepts 128 to 196608"),
        ),
        (
            ec2(cpu="0"),
            Said("E412", "cpu", "`cpu` is 0 CPU units, but ECS accepts 128 to 196608"),
        ),
        (
            document(FARGATE, {**CONTAINER, "cpu": 512}, {**CONTAINER, "name": "log", "cpu": 1}, {"name": "idle"}),
            Said(
                "E416",
                "cpu",
                "the containers ask for 513 CPU units, and the task has 512",
                ("`containerDefinitions[app].cpu` is 512", "`containerDefinitions[log].cpu` is 1"),
                "let the containers ask for 512 or less together",
            ),
        ),
        (
            ec2({"cpu": 1024}, cpu="0.5 vCPU"),
            Said(
                "E416",
                "cpu",
                "the containers ask for 1024 CPU units, and the task has 512",
                ("`containerDefinitions[app].cpu` is 1024",),
                "let the containers ask for 512 or less together",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E412", "E416") == [said]


def test_a_fraction_of_a_unit_is_not_said_again_where_it_was_converted() -> None:
    assert [
        problem.code for problem in Validator({}).validate(fargate(cpu="0.3 vCPU"), told=(Mistake("E303", ("cpu",)),))
    ] == []
