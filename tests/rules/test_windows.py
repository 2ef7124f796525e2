"""What containers with Windows do not support: E423."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, fargate, say

FAMILY = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
NOTE = ("`runtimePlatform.operatingSystemFamily` is `WINDOWS_SERVER_2022_CORE`",)


def on_instance(container: Value | None = None, **members: Value) -> Value:
    return ec2(container, runtimePlatform=FAMILY, **members)


def on_fargate(container: Value | None = None, **members: Value) -> Value:
    return fargate(container, runtimePlatform=FAMILY, cpu="1024", memory="2048", **members)


EMPTY: Value = {
    "linuxParameters": {"initProcessEnabled": False, "devices": [], "capabilities": {"add": []}},
    "privileged": False,
    "user": "",
    "ulimits": [],
    "links": [],
    "dnsServers": [],
    "dnsSearchDomains": [],
    "extraHosts": [],
    "readonlyRootFilesystem": False,
    "disableNetworking": False,
    "systemControls": [],
}
FULL: Value = {
    "linuxParameters": {"initProcessEnabled": True},
    "privileged": True,
    "user": "app",
    "ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}],
    "links": ["log"],
    "dnsServers": ["10.0.0.2"],
    "dnsSearchDomains": ["example.com"],
    "extraHosts": [{"hostname": "db", "ipAddress": "10.0.0.3"}],
    "readonlyRootFilesystem": True,
    "disableNetworking": True,
    "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}],
    "firelensConfiguration": {"type": "fluentbit"},
}


@pytest.mark.parametrize(
    "value",
    [
        on_instance(),
        on_fargate(),
        on_instance(EMPTY, volumes=[], placementConstraints=[]),
        on_fargate(EMPTY, volumes=[{"name": "data", "host": {}}]),
        on_instance({"user": "ContainerAdministrator"}),
        on_instance({"user": "ContainerUser"}),
        on_instance({"hostname": "web", "workingDirectory": "C:\\app", "credentialSpecs": []}),
        on_instance({"healthCheck": {"command": ["CMD-SHELL", "powershell"]}}),
        on_instance(volumes=[{"name": "data", "dockerVolumeConfiguration": {"driver": "local"}}]),
        on_instance(volumes=[{"name": "data", "dockerVolumeConfiguration": {"scope": "task", "driver": ""}}]),
        ec2(volumes=[{"name": "data", "dockerVolumeConfiguration": {"driver": "rexray/ebs"}}]),
        on_instance(proxyConfiguration={}),  # E304
        on_instance({"environment": [{"name": "PATH", "value": "C:\\bin"}], "entryPoint": ["powershell", "-Command"]}),
        on_instance(
            {"mountPoints": [{"sourceVolume": "data", "containerPath": "C:\\data"}]}, volumes=[{"name": "data"}]
        ),
        on_instance({"dockerLabels": {"team": "web"}, "startTimeout": 120, "stopTimeout": 30, "essential": True}),
        on_instance({"portMappings": [{"containerPort": 80, "hostPort": 8080, "protocol": "tcp"}]}),
        on_instance({"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "web"}}}),
        on_instance({"repositoryCredentials": {"credentialsParameter": "registry"}}),
        on_fargate({"secrets": [{"name": "TOKEN", "valueFrom": "token"}]}),
        on_instance(networkMode="awsvpc"),
        on_instance(networkMode="bridge"),  # W628
        on_fargate(networkMode="host"),  # E432
        ec2(networkMode="host"),
        ec2(FULL, pidMode="host", ipcMode="host"),
        ec2(FULL, runtimePlatform={"operatingSystemFamily": "LINUX"}),
        ec2(FULL, runtimePlatform={"cpuArchitecture": "X86_64"}),
        document({"family": "app", "runtimePlatform": FAMILY}, {}),
        on_fargate({"links": ["log"], "dnsServers": ["10.0.0.2"], "extraHosts": FULL["extraHosts"]}),  # E422
        on_fargate({"links": ["log"]}, networkMode=None),  # E422
        on_instance({"disableNetworking": True, "dnsSearchDomains": ["a.example"]}, networkMode="awsvpc"),  # E422
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E423") == []


def said_of(path: str, state: str = "set") -> Said:
    return Said("E423", path, f"`{path}` is {state}, which Windows does not support", NOTE, "remove it")


@pytest.mark.parametrize("member", [member for member in FULL if member != "user"])
def test_members_of_containers_that_fail(member: str) -> None:
    assert say(on_instance({member: FULL[member]}), "E423") == [
        said_of(f"containerDefinitions[app].{member}", "`true`" if FULL[member] is True else "set")
    ]


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"pidMode": "task"}, "pidMode"),
        ({"ipcMode": "none"}, "ipcMode"),
        ({"proxyConfiguration": {"type": "APPMESH", "containerName": "envoy"}}, "proxyConfiguration"),
        (
            {"volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]},
            "volumes[data].efsVolumeConfiguration",
        ),
    ],
)
@pytest.mark.parametrize("kind", [on_instance, on_fargate])
def test_members_of_tasks_that_fail(kind: Callable[..., Value], members: Value, path: str) -> None:
    assert say(kind(**members), "E423") == [said_of(path)]


def test_another_driver_of_volumes_fails() -> None:
    path = "volumes[data].dockerVolumeConfiguration.driver"
    message = f"`{path}` is `rexray/ebs`, which Windows does not support"
    value = on_instance(volumes=[{"name": "data", "dockerVolumeConfiguration": {"driver": "rexray/ebs"}}])
    assert say(value, "E423") == [Said("E423", path, message, NOTE, "write `local`")]


@pytest.mark.parametrize("mode", ["host", "none"])
@pytest.mark.parametrize("launch", [["EC2"], ["EXTERNAL"], None])
def test_modes_of_linux_fail(mode: str, launch: list[str] | None) -> None:
    message = f"`networkMode` is `{mode}`, which Windows does not support"
    said = Said("E423", "networkMode", message, NOTE, "remove it, or write `awsvpc`")
    assert say(on_instance(networkMode=mode, requiresCompatibilities=launch), "E423") == [said]


@pytest.mark.parametrize("user", ["app", "0:1338"])
def test_a_user_of_linux_fails(user: str) -> None:
    assert say(on_instance({"user": user}), "E423") == [said_of("containerDefinitions[app].user", f"`{user}`")]


def test_what_windows_lacks_is_not_said_again_of_fargate() -> None:
    found = say(on_fargate({"privileged": True, "linuxParameters": {"maxSwap": 0}}, pidMode="host"), "E421", "E423")
    assert [(said.code, said.path) for said in found] == [
        ("E423", "pidMode"),
        ("E423", "containerDefinitions[app].linuxParameters"),
        ("E423", "containerDefinitions[app].privileged"),
    ]
