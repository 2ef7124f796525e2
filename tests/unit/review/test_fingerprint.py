"""Definitions in which ECS sees the same have one fingerprint, and all others have another."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from generator.model.nodes import MapNode, Value
from generator.review.compare import view_file
from generator.review.fingerprint import SCHEME, has_fingerprint, make_fingerprint
from tests.support import read_json

ROLE = "arn:aws:iam::123456789012:role/ops/Task"
CONTAINER: Value = {"name": "app", "image": "app:v1", "memory": 128}
BASE: Value = {"family": "app", "taskRoleArn": ROLE, "containerDefinitions": [CONTAINER]}


def view(document: Value) -> MapNode:
    """View a task definition as one that was read from a file."""
    return view_file("a.json", read_json(json.dumps(document))).document


def alter(container: Value | None = None, **members: Value) -> Value:
    return {**BASE, "containerDefinitions": [{**CONTAINER, **(container or {})}], **members}


VOLUME = {"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}
SAME: dict[str, tuple[Value, Value]] = {
    "what ECS fills in": (alter(), alter({"cpu": 0, "essential": True})),
    "an empty list": (alter(), alter({"environment": []}, volumes=[])),
    "a null": (alter(), alter({"user": None})),
    "what says nothing": (alter(), alter(enableFaultInjection=False)),
    "a part that says nothing": (
        alter(volumes=[VOLUME]),
        alter(volumes=[{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "rootDirectory": "/"}}]),
    ),
    "the order of variables": (
        alter({"environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}),
        alter({"environment": [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}]}),
    ),
    "tags": (alter(), alter(tags=[{"key": "team", "value": "x"}])),
    "the order of members": (alter(), dict(reversed(alter().items()))),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_no_other_fingerprint_makes(one: Value, other: Value) -> None:
    assert make_fingerprint(view(one)) == make_fingerprint(view(other))
    assert has_fingerprint(view(one), make_fingerprint(view(other)))


OTHER: dict[str, Value] = {
    "another image": alter({"image": "app:v2"}),
    "another family": alter(family="web"),
    "a command": alter({"command": []}),
    "another role": alter(taskRoleArn=ROLE.replace("Task", "Other")),
    "the role of another account": alter(taskRoleArn=ROLE.replace("123456789012", "999999999999")),
    "a member that nobody knows": alter(futureMember={"level": "high"}),
    "a number for a text": alter({"user": "0"}),
    "the order of a command": alter({"command": ["a", "b"]}),
    "the other order of a command": alter({"command": ["b", "a"]}),
}


def test_what_differs_has_another_fingerprint() -> None:
    made = [make_fingerprint(view(each)) for each in (alter(), *OTHER.values())]
    assert len(set(made)) == len(made)
    assert not any(has_fingerprint(view(each), made[0]) for each in OTHER.values())


@pytest.mark.parametrize("spelt", ["ops/Task", "/ops/Task", ROLE])
def test_a_role_has_its_arn_once_it_is_registered(spelt: str) -> None:
    assert has_fingerprint(view(alter()), make_fingerprint(view(alter(taskRoleArn=spelt))))
    assert not has_fingerprint(view(alter()), make_fingerprint(view(alter(taskRoleArn="Task"))))


def test_a_network_mode_that_is_only_answered_makes_no_other() -> None:
    bridge = view(alter(networkMode="bridge"))
    assert has_fingerprint(bridge, make_fingerprint(view(alter())))
    assert has_fingerprint(bridge, make_fingerprint(bridge))
    assert not has_fingerprint(view(alter()), make_fingerprint(bridge))
    assert not has_fingerprint(view(alter(networkMode="host")), make_fingerprint(view(alter())))


def test_a_fingerprint_of_another_scheme_says_nothing() -> None:
    digest = make_fingerprint(view(alter())).partition("-")[2]
    assert [has_fingerprint(view(alter()), each) for each in ("", digest, f"0-{digest}", f"{SCHEME}-x")] == [
        None,
        None,
        None,
        False,
    ]


PINNED = ("2", "21f5a534ab3879fca059ded712388144a4bb2f1a1bcd44c2380b792824fe4e70")
"""The scheme, and what all fingerprints here hash to."""


def test_fingerprints_stay_as_they_are_within_a_scheme() -> None:
    """Where this fails, revisions that are registered would be taken for others: raise `SCHEME`, and write both anew."""
    documents = [*(each for pair in SAME.values() for each in pair), *OTHER.values()]
    made = "\n".join(make_fingerprint(view(each)) for each in documents)
    assert (SCHEME, sha256(made.encode()).hexdigest()) == PINNED
