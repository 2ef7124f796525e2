"""What counts as a difference between two task definitions, and what it is called."""

from __future__ import annotations

import json

import pytest

from generator.build.merging import view_document
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.model.nodes import MapNode, Node, Value
from generator.review.diff import adopt_identities, diff_documents
from tests.support import read_json, to_python

ROLE = "arn:aws:iam::123456789012:role/team/app"


def view(value: Value) -> MapNode:
    viewed, _ = view_document(read_json(json.dumps(value)))
    assert viewed is not None
    return order_document(coerce_document(viewed)[0])


def container(**members: Value) -> Value:
    return {"family": "f", "containerDefinitions": [{"name": "app", "image": "i", **members}]}


def show(node: Node | None) -> Value:
    return None if node is None else to_python(node)


def diff(left: Value, right: Value) -> list[tuple[str, Value, Value]]:
    return [(row.path, show(row.left), show(row.right)) for row in diff_documents(view(left), view(right))]


APP = "containerDefinitions[app]"
SAME = {
    "members in another order": ({"family": "f", "cpu": "256"}, {"cpu": "256", "family": "f"}),
    "variables in another order": (
        container(environment=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]),
        container(environment=[{"name": "B", "value": "2"}, {"name": "A", "value": "1"}]),
    ),
    "containers in another order": (
        {"containerDefinitions": [{"name": "a"}, {"name": "b"}]},
        {"containerDefinitions": [{"name": "b"}, {"name": "a"}]},
    ),
    "what ECS fills in": (
        container(portMappings=[{"containerPort": 80}]),
        {
            **container(
                cpu=0, essential=True, links=[], portMappings=[{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}]
            )
        },
    ),
    "the port of the host": (
        {"networkMode": "awsvpc", **container(portMappings=[{"containerPort": 80}])},
        {"networkMode": "awsvpc", **container(portMappings=[{"containerPort": 80, "hostPort": 80}])},
    ),
    "sizes in other units": ({"cpu": "1 vCPU", "memory": "2 GB"}, {"cpu": "1024", "memory": "2048"}),
    "what says no more than nothing": (
        {
            **container(mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]),
            "volumes": [{"name": "v"}, {"name": "w", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}],
        },
        {
            **container(mountPoints=[{"sourceVolume": "v", "containerPath": "/v", "readOnly": False}]),
            "volumes": [
                {"name": "v", "host": {}},
                {
                    "name": "w",
                    "efsVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "rootDirectory": "/",
                        "transitEncryption": "DISABLED",
                    },
                },
            ],
            "enableFaultInjection": False,
        },
    ),
    "a scope, a volume, a map and fixed values that say no more than nothing": (
        {**container(), "volumes": [{"name": "v", "dockerVolumeConfiguration": {"driver": "local"}}]},
        {
            **container(dockerLabels={}),
            "pidMode": "",
            "volumes": [
                {
                    "name": "v",
                    "configuredAtLaunch": False,
                    "dockerVolumeConfiguration": {"driver": "local", "scope": "task", "labels": {}, "driverOpts": {}},
                }
            ],
        }
        | container(dockerLabels={}),
    ),
    "a role and its ARN": ({"taskRoleArn": "team/app"}, {"taskRoleArn": ROLE}),
}
DIFFERENT = {
    "what says something, and what says no more than nothing": (
        {"enableFaultInjection": True, "volumes": [{"name": "v", "host": {"sourcePath": "/v"}}]},
        {"enableFaultInjection": False, "volumes": [{"name": "v", "host": {}}]},
        [("volumes[v].host.sourcePath", "/v", None), ("enableFaultInjection", True, False)],
    ),
    "what says something, and nothing": (
        {"enableFaultInjection": True},
        {},
        [("enableFaultInjection", True, None)],
    ),
    "a value": ({"family": "a"}, {"family": "b"}, [("family", "a", "b")]),
    "a value and none": ({"cpu": "256"}, {}, [("cpu", "256", None)]),
    "a default": (container(), container(essential=False), [(f"{APP}.essential", True, False)]),
    "a command is one field": (
        container(command=["a", "b"]),
        container(command=["b"]),
        [(f"{APP}.command", ["a", "b"], ["b"])],
    ),
    "a network mode that nobody wrote is not `bridge`": (
        {"requiresCompatibilities": ["EC2"]},
        {"requiresCompatibilities": ["EC2"], "networkMode": "bridge"},
        [("networkMode", None, "bridge")],
    ),
    "an empty entry point is not none": (
        container(),
        container(entryPoint=[]),
        [(f"{APP}.entryPoint", None, [])],
    ),
    "another scope": (
        {"volumes": [{"name": "v", "dockerVolumeConfiguration": {"driver": "local"}}]},
        {"volumes": [{"name": "v", "dockerVolumeConfiguration": {"driver": "local", "scope": "shared"}}]},
        [("volumes[v].dockerVolumeConfiguration.scope", None, "shared")],
    ),
    "an empty command is not none": (container(command=[]), container(), [(f"{APP}.command", [], None)]),
    "a variable that is only there": (
        container(),
        container(environment=[{"name": "A", "value": "1"}]),
        [(f"{APP}.environment[A].value", None, "1")],
    ),
    "a variable without a value": (
        container(),
        container(environment=[{"name": "A"}]),
        [(f"{APP}.environment[A].name", None, "A")],
    ),
    "a whole port": (
        container(),
        container(portMappings=[{"containerPort": 80, "name": "http"}]),
        [(f"{APP}.portMappings[80/tcp].name", None, "http")],
    ),
    "a container more": (
        {"containerDefinitions": [{"name": "a"}]},
        {
            "containerDefinitions": [
                {"name": "a"},
                {"name": "b", "image": "i", "environment": [{"name": "A", "value": "1"}]},
            ]
        },
        [("containerDefinitions[b].image", None, "i"), ("containerDefinitions[b].environment[A].value", None, "1")],
    ),
    "a container called otherwise": (
        {"containerDefinitions": [{"$id": "app", "name": "app-dev"}]},
        {"containerDefinitions": [{"$id": "app", "name": "app-prod"}]},
        [(f"{APP}.name", "app-dev", "app-prod")],
    ),
    "a host of two addresses": (
        container(extraHosts=[{"hostname": "h", "ipAddress": "1"}, {"hostname": "h", "ipAddress": "2"}]),
        container(extraHosts=[{"hostname": "h", "ipAddress": "1"}, {"hostname": "h", "ipAddress": "3"}]),
        [(f"{APP}.extraHosts[h#2].ipAddress", "2", "3")],
    ),
    "another role": ({"taskRoleArn": "app"}, {"taskRoleArn": ROLE}, [("taskRoleArn", "app", ROLE)]),
    "an empty mapping": (
        {"family": "f", "runtimePlatform": {}},
        {"family": "f"},
        [("runtimePlatform", {}, None)],
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_is_no_difference(name: str) -> None:
    left, right = SAME[name]
    assert diff(left, right) == diff(right, left) == []


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_is_one_field(name: str) -> None:
    left, right, expected = DIFFERENT[name]
    assert diff(left, right) == expected
    assert diff(right, left) == [(path, new, old) for path, old, new in expected]


def test_a_container_is_known_by_the_identity_that_the_other_side_gives_it() -> None:
    built = view({"containerDefinitions": [{"$id": "app", "name": "app-prod", "image": "i:2"}]})
    registered = view({"containerDefinitions": [{"name": "app-prod", "image": "i:1"}]})
    rows = diff_documents(adopt_identities(registered, built), built)
    assert [row.path for row in rows] == [f"{APP}.image"]


def test_a_field_knows_its_container_structure_and_member() -> None:
    (row,) = diff_documents(
        view(container(healthCheck={"command": ["x"]})), view(container(healthCheck={"command": ["y"]}))
    )
    assert (row.container, row.structure, row.member) == ("app", "HealthCheck", "command")
