"""What ECS makes of a task definition when it registers it, as far as comparing is concerned."""

from __future__ import annotations

import json
import re

import pytest

from generator.build.merging import view_document
from generator.ecs.defaults import ANSWERED, APART, DEFAULTS, MODEL
from generator.ecs.shapes import shape
from generator.model.nodes import MapNode, Value
from generator.review.normalizing import list_assumed, normalize_document
from tests.support import read_json, to_python

FILLED = {"name": "app", "cpu": 0, "essential": True}


def view(value: Value) -> MapNode:
    viewed, _ = view_document(read_json(json.dumps(value)))
    assert viewed is not None
    return viewed


def normalize(value: Value) -> Value:
    return to_python(normalize_document(view(value)))


def with_container(task: Value, **members: Value) -> Value:
    return {"family": "f", **task, "containerDefinitions": [{"name": "app", **members}]}


CONTAINERS: dict[str, tuple[Value, Value, Value]] = {
    "essential and cpu": ({}, {}, FILLED),
    "what is written stays": ({}, {"cpu": 5, "essential": False}, {"name": "app", "cpu": 5, "essential": False}),
    "a health check": (
        {},
        {"healthCheck": {"command": ["CMD", "x"], "retries": 7}},
        {**FILLED, "healthCheck": {"command": ["CMD", "x"], "retries": 7, "interval": 30, "timeout": 5}},
    ),
    "a port on a bridge": (
        {},
        {"portMappings": [{"containerPort": 80}]},
        {**FILLED, "portMappings": [{"containerPort": 80, "protocol": "tcp", "hostPort": 0}]},
    ),
    "a port of the task": (
        {"networkMode": "awsvpc"},
        {"portMappings": [{"containerPort": 80, "protocol": "udp"}, {"containerPort": 81, "hostPort": 0}]},
        {
            **FILLED,
            "portMappings": [
                {"containerPort": 80, "protocol": "udp", "hostPort": 80},
                {"containerPort": 81, "hostPort": 81, "protocol": "tcp"},
            ],
        },
    ),
    "a range has no port of the host": (
        {"networkMode": "awsvpc"},
        {"portMappings": [{"containerPortRange": "80-90"}]},
        {**FILLED, "portMappings": [{"containerPortRange": "80-90", "protocol": "tcp"}]},
    ),
    "empty lists are absent": ({}, {"mountPoints": [], "environment": [], "dnsServers": []}, FILLED),
    "an empty text of fixed values is absent": ({}, {"versionConsistency": "", "user": ""}, {**FILLED, "user": ""}),
    "empty commands are values": ({}, {"command": [], "entryPoint": []}, {**FILLED, "command": [], "entryPoint": []}),
    "an empty value is a value": (
        {},
        {"environment": [{"name": "A", "value": ""}]},
        {**FILLED, "environment": [{"name": "A", "value": ""}]},
    ),
    "null is absent": ({}, {"user": None}, FILLED),
    "an empty map is absent": ({}, {"dockerLabels": {}}, FILLED),
    "links have no order": ({}, {"links": ["b", "a"]}, {**FILLED, "links": ["a", "b"]}),
    "commands have": ({}, {"command": ["b", "a"]}, {**FILLED, "command": ["b", "a"]}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_is_filled_in(name: str) -> None:
    task, members, expected = CONTAINERS[name]
    assert normalize(with_container(task, **members))["containerDefinitions"] == [expected]


def test_empty_texts_for_roles_and_fixed_values_of_the_task_are_absent() -> None:
    empty = {"taskRoleArn": "", "executionRoleArn": "", "pidMode": "", "ipcMode": "", "cpu": ""}
    assert normalize(with_container(empty)) == normalize(with_container({"cpu": ""}))


@pytest.mark.parametrize(
    "launch", [{}, {"requiresCompatibilities": ["EC2"]}, {"requiresCompatibilities": ["EXTERNAL"]}]
)
def test_no_network_mode_is_filled_in(launch: Value) -> None:
    assert "networkMode" not in normalize(with_container(launch))


VOLUME = {"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "authorizationConfig": {}}}
ASSUMED: dict[str, tuple[Value, Value, list[tuple[str, str]]]] = {
    "nothing": (with_container({}), with_container({}), []),
    "what ECS answers": (
        with_container({}),
        with_container({"enableFaultInjection": False, "volumes": []}, cpu=0, essential=True, mountPoints=[]),
        [],
    ),
    "a list, a map and a role with nothing in them": (
        with_container({}),
        with_container({"taskRoleArn": ""}, links=[], dockerLabels={}),
        [
            ("taskRoleArn", '""'),
            ("containerDefinitions[app].links", "[]"),
            ("containerDefinitions[app].dockerLabels", "{}"),
        ],
    ),
    "what is the default by the service model alone": (
        with_container({"volumes": [VOLUME, {"name": "d", "dockerVolumeConfiguration": {"driver": "local"}}]}),
        with_container(
            {
                "volumes": [
                    {
                        "name": "v",
                        "configuredAtLaunch": False,
                        "efsVolumeConfiguration": {
                            "fileSystemId": "fs-1",
                            "rootDirectory": "/",
                            "transitEncryption": "DISABLED",
                            "authorizationConfig": {"iam": "DISABLED"},
                        },
                    },
                    {"name": "d", "dockerVolumeConfiguration": {"driver": "local", "scope": "task"}},
                ]
            }
        ),
        [
            ("volumes[v].configuredAtLaunch", "false"),
            ("volumes[v].efsVolumeConfiguration.transitEncryption", "DISABLED"),
            ("volumes[v].efsVolumeConfiguration.authorizationConfig.iam", "DISABLED"),
            ("volumes[d].dockerVolumeConfiguration.scope", "task"),
        ],
    ),
    "any port of the host": (
        with_container({}, portMappings=[{"containerPort": 80}]),
        with_container({}, portMappings=[{"containerPort": 80, "hostPort": 0}]),
        [("containerDefinitions[app].portMappings[80/tcp].hostPort", "0")],
    ),
    "the port of the task": (
        with_container({"networkMode": "host"}, portMappings=[{"containerPort": 80}]),
        with_container({"networkMode": "host"}, portMappings=[{"containerPort": 80, "hostPort": 0}]),
        [],
    ),
    "a network mode that may only be answered": (
        with_container({}),
        with_container({"networkMode": "bridge"}),
        [("networkMode", "bridge")],
    ),
    "in what is only there once": (
        with_container({}),
        with_container({}, mountPoints=[{"sourceVolume": "v", "containerPath": "/v", "readOnly": False}]),
        [],
    ),
    "another value": (
        with_container({"volumes": [{"name": "v"}]}),
        with_container({"volumes": [{"name": "v", "configuredAtLaunch": True}]}),
        [],
    ),
}


@pytest.mark.parametrize("name", ASSUMED)
def test_what_nobody_shows_that_ecs_stores_is_listed(name: str) -> None:
    left, right, expected = ASSUMED[name]
    assert sorted(list_assumed(view(left), view(right))) == sorted(expected)
    assert sorted(list_assumed(view(right), view(left))) == sorted(expected)


def test_every_row_of_the_table_is_about_a_member_and_names_who_saw_it_and_when() -> None:
    for (structure, member), default in DEFAULTS.items():
        assert member in shape(structure).members
        assert re.search(r"read 2026-\d\d-\d\d", default.source)
        assert default.proven or MODEL in default.source or "2026" in default.source
    for apart in APART:
        assert apart.member in shape(apart.structure).members
        assert re.search(r"read 2026-\d\d-\d\d", apart.reason)
        assert (apart.structure, apart.member) not in DEFAULTS
    for structure, member in ANSWERED:
        assert shape(shape(structure).members[member]).type == "list"
        assert (structure, member) not in {(each.structure, each.member) for each in APART}


def test_waits_and_volumes_of_others_name_containers_by_identity() -> None:
    waiting = {"name": "b", "dependsOn": [{"containerName": "app-dev", "condition": "START"}]}
    document = view({"family": "f", "containerDefinitions": [{"$id": "app", "name": "app-dev"}, waiting]})
    (_, item) = normalize_document(document).items["containerDefinitions"].items  # type: ignore[union-attr]
    assert [each.identity for each in item.node.items["dependsOn"].items] == ["app"]  # type: ignore[union-attr]


def test_tags_of_ours_are_left_out() -> None:
    tags = [{"key": key, "value": "x"} for key in ("taskdef:hash", "team", "taskdef:commit", "taskdef:version")]
    assert normalize(with_container({"tags": tags}))["tags"] == [{"key": "team", "value": "x"}]
    assert "tags" not in normalize(with_container({"tags": tags[:1]}))
