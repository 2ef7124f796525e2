"""Keyed lists that a template writes as a mapping from identity to item."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.support import merge_texts


def container(**members: Value) -> Value:
    return {"family": "app", "containerDefinitions": {"app": {"image": "a", **members}}}


READ = {
    "a bare value": ({"environment": {"A": "b"}}, {"environment": [{"name": "A", "value": "b"}]}),
    "an item": ({"environment": {"A": {"value": "b"}}}, {"environment": [{"name": "A", "value": "b"}]}),
    "an item that names itself": ({"ulimits": {"nofile": {"name": "nofile"}}}, {"ulimits": [{"name": "nofile"}]}),
    "a key that begins with a dollar": (
        {"environment": {"$$replace": "b"}},
        {"environment": [{"name": "$replace", "value": "b"}]},
    ),
    "a port": ({"portMappings": {"80": {}}}, {"portMappings": [{"containerPort": 80}]}),
    "a port with its protocol": (
        {"portMappings": {"80/udp": {"hostPort": 1}}},
        {"portMappings": [{"containerPort": 80, "hostPort": 1, "protocol": "udp"}]},
    ),
    "a range of ports": ({"portMappings": {"80-90": {}}}, {"portMappings": [{"containerPortRange": "80-90"}]}),
    "a port that says its protocol": (
        {"portMappings": {"80": {"protocol": "tcp"}}},
        {"portMappings": [{"containerPort": 80, "protocol": "tcp"}]},
    ),
    "nothing": ({"environment": {}}, {"environment": []}),
}


@pytest.mark.parametrize(("members", "expected"), READ.values(), ids=READ.keys())
def test_a_mapping_is_read_as_the_list(members: Value, expected: Value) -> None:
    merged, findings = merge_texts(container(**members))
    assert findings == ()
    assert merged == {"family": "app", "containerDefinitions": [{"name": "app", "image": "a", **expected}]}


def test_the_key_of_a_container_is_what_overlays_call_it() -> None:
    template = container(name="app-prod")
    merged, findings = merge_texts(template, "containerDefinitions: {app: {image: b}}")
    assert (merged, findings) == ({"family": "app", "containerDefinitions": [{"name": "app-prod", "image": "b"}]}, ())


REFUSED = {
    "a directive": (
        {"environment": {"$replace": []}},
        "E205 `$replace` is for overlays: a template has nothing to change",
    ),
    "a key that is no port": (
        {"portMappings": {"http": {}}},
        "E206 `http` is not an identity of `containerDefinitions[app].portMappings`",
    ),
    "an empty key": (
        {"environment": {"": "x"}},
        "E206 `` is not an identity of `containerDefinitions[app].environment`",
    ),
    "text for an item": (
        {"ulimits": {"nofile": "1024"}},
        "E302 `containerDefinitions[app].ulimits[nofile]` takes a mapping, not text",
    ),
    "a list for an item": (
        {"environment": {"A": ["x"]}},
        "E302 `containerDefinitions[app].environment[A]` takes a mapping, not a list",
    ),
    "a name that is not the key": (
        {"environment": {"A": {"name": "B", "value": "x"}}},
        "E209 `name` of `containerDefinitions[app].environment[A]` is `B`, but its key is `A`",
    ),
    "a protocol that is not the key's": (
        {"portMappings": {"80": {"protocol": "udp"}}},
        "E209 `protocol` of `containerDefinitions[app].portMappings[80/tcp]` is `udp`, but its key is `80`",
    ),
    "both kinds of ports": (
        {"portMappings": {"80": {"containerPortRange": "1-2"}}},
        "E211 a port mapping has either `containerPort` or `containerPortRange`, this one has both",
    ),
    "a port by two keys": (
        {"portMappings": {"80": {"hostPort": 1}, "80/tcp": {"hostPort": 2}}},
        "E207 `80/tcp` is in `containerDefinitions[app].portMappings` twice",
    ),
    "a name by two keys": (
        {"environment": {"$A": "x", "$$A": "y"}},
        "E207 `$A` is in `containerDefinitions[app].environment` twice",
    ),
    "null": ({"environment": {"A": None}}, "E306 a template cannot set null:"),
    "a mapping for a plain list": (
        {"command": {"a": "b"}},
        "E302 `containerDefinitions[app].command` takes a list, not a mapping",
    ),
}


@pytest.mark.parametrize(("members", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_item_is_reported(members: Value, message: str) -> None:
    _, findings = merge_texts(container(**members))
    assert [f"{finding.code} {finding.message}"[: len(message)] for finding in findings] == [message]


PORT_TWICE = "containerDefinitions: {app: {portMappings: {80: {hostPort: 1}, 80/tcp: {hostPort: 2}}}}"


@pytest.mark.parametrize("members", [{}, {"portMappings": [{"containerPort": 80}]}])
def test_an_overlay_names_one_port_by_one_key(members: Value) -> None:
    _, findings = merge_texts(container(**members), PORT_TWICE)
    assert [f"{finding.code} {finding.message}" for finding in findings] == [
        "E207 `80/tcp` is in `containerDefinitions[app].portMappings` twice"
    ]


WRONG = {
    "a mapping for a plain list": ({"command": {"a": "b"}}, "command: [a]"),
    "a list for a mapping": ({"logConfiguration": {"options": ["a"]}}, "logConfiguration: {options: {a: b}}"),
    "text in a list of items": ({"environment": ["a"]}, "environment: {A: b}"),
    "text for a list of items": ({"environment": "a"}, "environment: [{name: A, value: b}]"),
    "a list for text": ({"user": ["a"]}, "user: b"),
}


@pytest.mark.parametrize(("members", "patch"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_in_the_template_is_not_laid_to_the_overlay(members: Value, patch: str) -> None:
    template = {"family": "app", "containerDefinitions": [{"name": "app", "image": "a", **members}]}
    alone, both = merge_texts(template), merge_texts(template, f"containerDefinitions: {{app: {{{patch}}}}}")
    assert [finding.code for finding in alone[1]] == ["E302"]
    assert both == alone
