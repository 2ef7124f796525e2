"""What Fargate does not support: E421."""

from __future__ import annotations

import pytest

from generator.ecs.shapes import Model, bundled
from generator.ecs.support import FARGATE, LATER, WINDOWS, Features
from generator.model.nodes import Value
from generator.rules.index import TRIGGERS
from tests.rules.running import Said, ec2, fargate, say

NOTE = ("`requiresCompatibilities` has `FARGATE`",)
WINDOWS_ONE: Value = {
    "cpu": "1024",
    "memory": "2048",
    "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
}


def linux(**parameters: Value) -> Value:
    return {"linuxParameters": parameters}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(pidMode="task"),
        fargate(placementConstraints=[], volumes=[]),
        fargate({"privileged": False, "dockerSecurityOptions": [], "resourceRequirements": []}),
        fargate({"resourceRequirements": [{"type": "InferenceAccelerator", "value": "a"}, {}]}),  # E409
        fargate(linux()),
        fargate(linux(initProcessEnabled=True, devices=[])),
        fargate(linux(tmpfs=[{"containerPath": "/run", "size": 64}])),
        fargate(linux(capabilities={})),
        fargate(linux(capabilities={"add": [], "drop": ["ALL", "NET_ADMIN"]})),
        fargate(linux(capabilities={"add": ["SYS_PTRACE"]})),
        fargate(linux(capabilities={"add": ["CAP_SYS_PTRACE"]})),
        fargate({"firelensConfiguration": {"type": "fluentbit"}}),
        fargate({"firelensConfiguration": {"type": "fluentbit", "options": {"config-file-type": "file"}}}),
        fargate(volumes=[{"name": "data"}, {"name": "b", "host": {}}, {"name": "c", "configuredAtLaunch": True}, {}]),
        fargate(volumes=[{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]),
        fargate(networkMode="bridge"),  # E432
        fargate({"links": ["log"]}),  # E422
        fargate({"privileged": True}, pidMode="host", ipcMode="none", **WINDOWS_ONE),  # E423
        fargate(linux(maxSwap=0), **WINDOWS_ONE),  # E423
        ec2({"privileged": True, **linux(maxSwap=0, sharedMemorySize=64)}, pidMode="host", ipcMode="task"),
        ec2({"resourceRequirements": [{"type": "GPU", "value": "1"}]}, requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2({"privileged": True}, requiresCompatibilities=None),
        ec2(volumes=[{"name": "data", "host": {"sourcePath": "/data"}}]),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E421") == []


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (fargate(ipcMode="none"), "ipcMode"),
        (
            fargate(placementConstraints=[{"type": "memberOf", "expression": "attribute:a == b"}]),
            "placementConstraints",
        ),
        (
            fargate({"dockerSecurityOptions": ["no-new-privileges"]}),
            "containerDefinitions[app].dockerSecurityOptions",
        ),
        (
            fargate(linux(devices=[{"hostPath": "/dev/fuse"}])),
            "containerDefinitions[app].linuxParameters.devices",
        ),
        (fargate(linux(sharedMemorySize=64)), "containerDefinitions[app].linuxParameters.sharedMemorySize"),
        (fargate(linux(maxSwap=0)), "containerDefinitions[app].linuxParameters.maxSwap"),
        (fargate(linux(swappiness=60)), "containerDefinitions[app].linuxParameters.swappiness"),
        (
            fargate(volumes=[{"name": "data", "dockerVolumeConfiguration": {"scope": "task"}}]),
            "volumes[data].dockerVolumeConfiguration",
        ),
        (
            fargate(volumes=[{"name": "data", "fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-1"}}]),
            "volumes[data].fsxWindowsFileServerVolumeConfiguration",
        ),
        (fargate(ipcMode="task", requiresCompatibilities=["EC2", "FARGATE"]), "ipcMode"),
        (
            fargate({"dockerSecurityOptions": ["credentialspec:file://a"]}, **WINDOWS_ONE),
            "containerDefinitions[app].dockerSecurityOptions",
        ),
    ],
)
def test_members_that_fail(value: Value, path: str) -> None:
    message = f"`{path}` is set, which Fargate does not support"
    assert say(value, "E421") == [Said("E421", path, message, NOTE, "remove it")]


@pytest.mark.parametrize(
    ("value", "path", "word", "help"),
    [
        (fargate(pidMode="host"), "pidMode", "host", "write `task`"),
        (fargate({"privileged": True}), "containerDefinitions[app].privileged", "true", "remove it"),
        (
            fargate({"resourceRequirements": [{}, {"type": "GPU", "value": "1"}]}),
            "containerDefinitions[app].resourceRequirements[GPU].type",
            "GPU",
            "delete this item of `resourceRequirements`",
        ),
        (
            fargate({"firelensConfiguration": {"type": "fluentbit", "options": {"config-file-type": "s3"}}}),
            "containerDefinitions[app].firelensConfiguration.options.config-file-type",
            "s3",
            "write `file`, and put the configuration into the image",
        ),
        (
            fargate(linux(capabilities={"add": ["SYS_PTRACE", "NET_ADMIN"]})),
            "containerDefinitions[app].linuxParameters.capabilities.add[1]",
            "NET_ADMIN",
            "remove it: `SYS_PTRACE` is the one capability that can be added",
        ),
    ],
)
def test_values_that_fail(value: Value, path: str, word: str, help: str) -> None:
    message = f"`{path}` is `{word}`, which Fargate does not support"
    assert say(value, "E421") == [Said("E421", path, message, NOTE, help)]


def test_a_path_of_the_host_fails() -> None:
    path = "volumes[data].host.sourcePath"
    message = f"`{path}` is set, which Fargate does not support"
    help = "remove it: the volume is then a folder of the task's own"
    value = fargate(volumes=[{"name": "data", "host": {"sourcePath": "/data"}}])
    assert say(value, "E421") == [Said("E421", path, message, NOTE, help)]


def test_each_capability_is_named() -> None:
    found = say(fargate(linux(capabilities={"add": ["NET_ADMIN", "SYS_ADMIN"]})), "E421")
    assert [said.path[-6:] for said in found] == ["add[0]", "add[1]"]


def test_the_module_is_loaded_where_a_feature_may_be() -> None:
    members = {feature.members[0] for feature in FARGATE.task + FARGATE.containers}
    assert set(TRIGGERS["fargate"]) == members | {"volumes"}


@pytest.mark.parametrize("features", [FARGATE, LATER, WINDOWS])
def test_every_feature_is_in_the_model(features: Features) -> None:
    model = bundled()
    starts = (model.task_definition.name, "ContainerDefinition", "Volume")
    ways = [(start, each.members) for start, group in zip(starts, features, strict=True) for each in group]
    assert [way for way in ways if not is_there(model, *way)] == []


def is_there(model: Model, name: str, members: tuple[str, ...]) -> bool:
    """Follow members through shapes; a map has any key."""
    shape = model.shape(name)
    if shape.type == "list" and members:
        return is_there(model, shape.member, members)
    if not members or shape.type == "map":
        return True
    return members[0] in shape.members and is_there(model, shape.members[members[0]], members[1:])
