"""What external instances do not support: E471."""

from __future__ import annotations

import pytest

from generator.ecs.support import EXTERNAL
from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, fargate, say

NOTE = ("`requiresCompatibilities` has `EXTERNAL`",)
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
SHARE = {"nvidiaMps": {"memory": 1024}}
PROXY = {"type": "APPMESH", "containerName": "app"}
EFS = {"efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}
S3_FILES = {"s3filesVolumeConfiguration": {"fileSystemArn": "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1"}}
FSX = {
    "fsxWindowsFileServerVolumeConfiguration": {
        "fileSystemId": "fs-12345678",
        "rootDirectory": "\\data",
        "authorizationConfig": {"credentialsParameter": "fsx", "domain": "example.com"},
    }
}


def external(container: Value | None = None, **members: Value) -> Value:
    return ec2(container, **{"requiresCompatibilities": ["EXTERNAL"], **members})


def gpu(**members: Value) -> Value:
    return {"resourceRequirements": [{"type": "GPU", **members}]}


@pytest.mark.parametrize(
    "value",
    [
        external(),
        external(networkMode="bridge"),
        external(networkMode="host"),
        external(networkMode="none"),
        external(networkMode="awsVpc"),  # E401
        external(gpu(value="1")),
        external(gpu()),  # E469
        external({"privileged": True, "dockerSecurityOptions": ["no-new-privileges"]}, pidMode="host", ipcMode="host"),
        external({"linuxParameters": {"devices": [{"hostPath": "/dev/fuse"}]}}),
        external(proxyConfiguration={}),  # E304
        external(volumes=[]),
        external(volumes=[{"name": "a"}, {"name": "b", "host": {"sourcePath": "/srv"}}, {"name": "c", "host": {}}]),
        external(volumes=[{"name": "a", "dockerVolumeConfiguration": {"scope": "shared", "autoprovision": True}}]),
        external(volumes=[{"name": "a", "configuredAtLaunch": False}]),
        external(runtimePlatform=WINDOWS),
        external(volumes=[{"name": "a", **S3_FILES}]),
        external(volumes=[{"name": "a", **FSX}], runtimePlatform=WINDOWS),
        external(ephemeralStorage={"sizeInGiB": 40}),  # E417
        external(placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == a"}]),
        ec2({**gpu(sharingStrategy=SHARE)}, volumes=[{"name": "a", **EFS}], networkMode="awsvpc"),
        ec2(volumes=[{"name": "a", "configuredAtLaunch": True}], requiresCompatibilities=None),
        fargate(volumes=[{"name": "a", **EFS}], proxyConfiguration=PROXY),
        document({"family": "app", "requiresCompatibilities": ["EXTERNAL"]}, {}),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E471") == []


@pytest.mark.parametrize(
    ("value", "path", "state", "help"),
    [
        (external(networkMode="awsvpc"), "networkMode", "`awsvpc`", "write `bridge`, `host` or `none`"),
        (
            fargate(requiresCompatibilities=["FARGATE", "EXTERNAL"]),
            "networkMode",
            "`awsvpc`",
            "write `bridge`, `host` or `none`",
        ),
        (external(proxyConfiguration=PROXY), "proxyConfiguration", "set", "remove it"),
        (
            external(gpu(sharingStrategy=SHARE)),
            "containerDefinitions[app].resourceRequirements[GPU].sharingStrategy",
            "set",
            "write `value`, the number of GPUs",
        ),
        (external(volumes=[{"name": "a", **EFS}]), "volumes[a].efsVolumeConfiguration", "set", "remove it"),
        (
            external(volumes=[{"name": "a", "configuredAtLaunch": True}]),
            "volumes[a].configuredAtLaunch",
            "`true`",
            "remove it",
        ),
        (
            external(volumes=[{"name": "a", **EFS}], requiresCompatibilities=["EC2", "EXTERNAL"]),
            "volumes[a].efsVolumeConfiguration",
            "set",
            "remove it",
        ),
    ],
)
def test_fails(value: Value, path: str, state: str, help: str) -> None:
    message = f"`{path}` is {state}, which the launch type `EXTERNAL` does not support"
    assert say(value, "E471") == [Said("E471", path, message, NOTE, help)]


def test_nobody_is_sent_to_a_mode_that_there_is_not() -> None:
    value = external(proxyConfiguration=PROXY, networkMode="bridge")
    assert "set `networkMode` to `awsvpc`" not in [said.help for said in say(value, "E439", "E471")]


def test_every_feature_of_the_table_has_a_row_above() -> None:
    features = [*EXTERNAL.task, *EXTERNAL.containers, *EXTERNAL.volumes]
    assert [".".join(feature.members) for feature in features] == [
        "networkMode",
        "proxyConfiguration",
        "resourceRequirements.sharingStrategy",
        "efsVolumeConfiguration",
        "configuredAtLaunch",
    ]
