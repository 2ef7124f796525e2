"""The task definition as a whole: E403 and E407."""

from __future__ import annotations

import json

import pytest

from generator.ecs.limits import BYTES
from generator.model.nodes import Value
from generator.rules.envelope import SURELY_SMALL, measure
from tests.rules.running import Said, ec2, find, say

HELP = "move values into `environmentFiles`, or into a secret or parameter that the application reads"


def fill(size: int, sign: str = "x") -> Value:
    """A task definition that is so many bytes long as compact JSON, filled up with one character of that many bytes."""
    empty = measure(ec2({"command": [""]}))
    number, rest = divmod(size - empty, len(json.dumps(sign, ensure_ascii=False).encode()) - 2)
    return ec2({"command": [sign * number + "x" * rest]})


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        fill(SURELY_SMALL),
        fill(SURELY_SMALL + 200),
        fill(BYTES),
        fill(BYTES, "é"),
        fill(BYTES, "日"),
        fill(BYTES, "\x01"),
        fill(BYTES, '"'),
        {
            **fill(BYTES),
            "tags": [{"key": "team", "value": "payments"}],
        },  # no part of the task definition that ECS keeps
        {"family": "app"},  # E304
        ec2(containerDefinitions=[{}]),  # E304
        {},
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E403", "E407") == []


@pytest.mark.parametrize("sign", ["x", "é", "日", "\x01", '"'])
def test_one_byte_more_than_ecs_takes_is_too_much(sign: str) -> None:
    assert say(fill(BYTES + 1, sign), "E403") == [
        Said(
            "E403",
            "",
            "the task definition has 65537 bytes as compact JSON, but ECS accepts 65536",
            (f"container `app` alone has {measure(fill(BYTES + 1)['containerDefinitions'][0])}",),
            HELP,
        )
    ]


def test_the_biggest_container_is_named_with_its_place() -> None:
    big = {"name": "big", "image": "app:v1", "command": ["x" * BYTES]}
    small = {"name": "small", "image": "app:v1"}
    (finding,) = find({"family": "app", "containerDefinitions": [small, big, small]}, "E403")
    assert [note.text for note in finding.notes] == ["container `big` alone has 65582, set in app.json:8:5"]


def test_a_document_can_be_too_long_without_a_container() -> None:
    (finding,) = find(ec2(containerDefinitions=[], volumes=[{"name": "x" * BYTES}]), "E403")
    assert (finding.path, finding.notes) == (None, ())


def test_a_list_of_containers_is_not_empty() -> None:
    assert say(ec2(containerDefinitions=[]), "E407") == [
        Said(
            "E407",
            "containerDefinitions",
            "there is no container in `containerDefinitions`",
            (),
            "add a container",
        )
    ]
