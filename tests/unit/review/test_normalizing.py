"""What ECS makes of a task definition when it registers it, as far as comparing is concerned."""

from __future__ import annotations

import json

import pytest

from generator.build.merging import view_document
from generator.model.nodes import MapNode, Value
from generator.review.normalizing import normalize_document
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


MODES: dict[str, tuple[Value, str | None]] = {
    "nothing said": ({}, "bridge"),
    "an instance": ({"requiresCompatibilities": ["EC2"]}, "bridge"),
    "Fargate": ({"requiresCompatibilities": ["EC2", "FARGATE"]}, None),
    "managed instances": ({"requiresCompatibilities": ["MANAGED_INSTANCES"]}, None),
    "Windows": ({"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}, None),
    "placed on Windows": ({"placementConstraints": [{"expression": "attribute:ecs.os-type == windows"}]}, None),
    "placed on some Windows": (
        {"placementConstraints": [{"expression": "attribute:ecs.os-family in [WINDOWS_SERVER_2022_CORE]"}]},
        None,
    ),
    "placed on Linux": ({"placementConstraints": [{"expression": "attribute:ecs.os-type == linux"}]}, "bridge"),
    "placed not on Windows": ({"placementConstraints": [{"expression": "attribute:ecs.os-type != windows"}]}, "bridge"),
    "a volume that only Windows has": (
        {"volumes": [{"name": "v", "fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-1"}}]},
        None,
    ),
    "said": ({"networkMode": "none"}, "none"),
}


@pytest.mark.parametrize("name", MODES)
def test_the_network_mode_is_filled_in_on_instances_with_linux(name: str) -> None:
    task, expected = MODES[name]
    assert normalize(with_container(task)).get("networkMode") == expected


def test_waits_and_volumes_of_others_name_containers_by_identity() -> None:
    waiting = {"name": "b", "dependsOn": [{"containerName": "app-dev", "condition": "START"}]}
    document = view({"family": "f", "containerDefinitions": [{"$id": "app", "name": "app-dev"}, waiting]})
    (_, item) = normalize_document(document).items["containerDefinitions"].items  # type: ignore[union-attr]
    assert [each.identity for each in item.node.items["dependsOn"].items] == ["app"]  # type: ignore[union-attr]


def test_tags_of_ours_are_left_out() -> None:
    tags = [{"key": key, "value": "x"} for key in ("taskdef:hash", "team", "taskdef:commit", "taskdef:version")]
    assert normalize(with_container({"tags": tags}))["tags"] == [{"key": "team", "value": "x"}]
    assert "tags" not in normalize(with_container({"tags": tags[:1]}))
