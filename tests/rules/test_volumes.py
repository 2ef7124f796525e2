"""Volumes: E431, E461 to E465, E513 and W632."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import ROLE, Said, ec2, fargate, say

CODES = ("E431", "E461", "E462", "E463", "E464", "E465")
DATA = "volumes[data]"
EFS = f"{DATA}.efsVolumeConfiguration"
S3 = f"{DATA}.s3filesVolumeConfiguration"
ARN = "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-12345678"
FSX = {
    "fileSystemId": "fs-12345678",
    "rootDirectory": "data",
    "authorizationConfig": {"credentialsParameter": "arn:aws:ssm:eu-west-1:123456789012:parameter/x", "domain": "d"},
}
MOUNTED = {"mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}
ENCRYPT = 'write `"transitEncryption": "ENABLED"`'
PLAIN = "`transitEncryption` is `DISABLED` by default"
ROOT = "remove it, or write `/`"


def volume(**members: Value) -> Value:
    """A task definition whose container mounts its only volume, and that has a task role."""
    return ec2(MOUNTED, taskRoleArn=ROLE, volumes=[{"name": "data", **members}])


def efs(**members: Value) -> Value:
    return volume(efsVolumeConfiguration={"fileSystemId": "fs-12345678", **members})


def s3(**members: Value) -> Value:
    return volume(s3filesVolumeConfiguration={"fileSystemArn": ARN, **members})


def docker(**members: Value) -> Value:
    return volume(dockerVolumeConfiguration=members)


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        ec2(volumes=[]),
        ec2(volumes=[{}]),
        volume(),
        volume(host={}),
        volume(host={"sourcePath": "/srv"}),
        volume(host={}, configuredAtLaunch=False),
        volume(configuredAtLaunch=False),
        volume(fsxWindowsFileServerVolumeConfiguration=FSX),
        ec2(volumes=[{"name": "unused", "host": {}}]),
        ec2(volumes=[{"name": "unused", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]),
        docker(),
        docker(scope="task"),
        docker(scope="shared"),
        docker(scope="shared", autoprovision=True),
        docker(scope="shared", autoprovision=False),
        docker(autoprovision=False),
        docker(autoprovision=True, scope="Shared"),  # E401
        efs(),
        efs(rootDirectory="/data"),
        efs(transitEncryption="ENABLED"),
        efs(transitEncryption="DISABLED"),
        efs(transitEncryption="ENABLED", transitEncryptionPort=2049),
        efs(transitEncryption="ENABLED", rootDirectory="/data", authorizationConfig={"iam": "ENABLED"}),
        efs(authorizationConfig={}),
        efs(authorizationConfig={"iam": "DISABLED"}),
        efs(authorizationConfig={"accessPointId": ""}, rootDirectory="/data"),
        efs(transitEncryption="ENABLED", authorizationConfig={"accessPointId": "fsap-1", "iam": "ENABLED"}),
        efs(transitEncryption="ENABLED", authorizationConfig={"accessPointId": "fsap-1"}, rootDirectory="/"),
        efs(transitEncryption="ENABLED", authorizationConfig={"accessPointId": "fsap-1"}, rootDirectory=""),
        efs(transitEncryption="enabled", authorizationConfig={"iam": "ENABLED"}),  # E401
        efs(transitEncription="ENABLED", authorizationConfig={"iam": "ENABLED"}),  # E301
        volume(efsVolumeConfiguration={}),  # E304
        s3(),
        s3(rootDirectory="/data"),
        s3(rootDirectory="/", accessPointArn=f"{ARN}/access-point/fsap-1"),
        s3(accessPointArn=f"{ARN}/access-point/fsap-1", transitEncryptionPort=2049),
        volume(configuredAtLaunch=True),
        fargate(MOUNTED, volumes=[{"name": "data", "configuredAtLaunch": True}, {"name": "other", "host": {}}]),
        ec2(volumes=[{"configuredAtLaunch": True}]),
        ec2({"mountPonts": []}, volumes=[{"name": "data", "configuredAtLaunch": True}]),  # E301
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            volume(host={}, efsVolumeConfiguration={"fileSystemId": "fs-12345678"}),
            Said(
                "E431",
                EFS,
                f"`{DATA}` is of one kind, and has both `host` and `efsVolumeConfiguration`",
                ("the kind `host`",),
                "keep one of them",
            ),
        ),
        (
            volume(host={}, dockerVolumeConfiguration={"scope": "shared"}, configuredAtLaunch=True),
            Said(
                "E431",
                f"{DATA}.dockerVolumeConfiguration",
                f"`{DATA}` is of one kind, and has both `host` and `dockerVolumeConfiguration`",
                ("the kind `host`", "the kind `configuredAtLaunch`"),
                "keep one of them",
            ),
        ),
        (
            ec2(volumes=[{"host": {}, "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]),
            Said(
                "E431",
                "volumes[0].efsVolumeConfiguration",
                "`volumes[0]` is of one kind, and has both `host` and `efsVolumeConfiguration`",
                ("the kind `host`",),
                "keep one of them",
            ),
        ),
        (
            docker(scope="task", autoprovision=True),
            Said(
                "E461",
                f"{DATA}.dockerVolumeConfiguration.autoprovision",
                f"`{DATA}.dockerVolumeConfiguration.autoprovision` is only for volumes of the scope `shared`",
                ("`scope` is `task`",),
                "remove it",
            ),
        ),
        (
            docker(scope="task", autoprovision=False),
            Said(
                "E461",
                f"{DATA}.dockerVolumeConfiguration.autoprovision",
                f"`{DATA}.dockerVolumeConfiguration.autoprovision` is only for volumes of the scope `shared`",
                ("`scope` is `task`",),
                "remove it",
            ),
        ),
        (
            docker(autoprovision=True),
            Said(
                "E461",
                f"{DATA}.dockerVolumeConfiguration.autoprovision",
                f"`{DATA}.dockerVolumeConfiguration.autoprovision` is only for volumes of the scope `shared`",
                ("`scope` is `task` by default",),
                "remove it",
            ),
        ),
        (
            efs(authorizationConfig={"iam": "ENABLED"}),
            Said(
                "E462",
                f"{EFS}.authorizationConfig.iam",
                f"`{EFS}.authorizationConfig.iam` asks for encryption in transit, which is off",
                (PLAIN,),
                ENCRYPT,
            ),
        ),
        (
            efs(authorizationConfig={"accessPointId": "fsap-1"}),
            Said(
                "E462",
                f"{EFS}.authorizationConfig.accessPointId",
                f"`{EFS}.authorizationConfig.accessPointId` asks for encryption in transit, which is off",
                (PLAIN,),
                ENCRYPT,
            ),
        ),
        (
            efs(transitEncryptionPort=2049),
            Said(
                "E462",
                f"{EFS}.transitEncryptionPort",
                f"`{EFS}.transitEncryptionPort` asks for encryption in transit, which is off",
                (PLAIN,),
                ENCRYPT,
            ),
        ),
        (
            efs(
                transitEncryption="DISABLED",
                transitEncryptionPort=2049,
                authorizationConfig={"accessPointId": "fsap-1", "iam": "ENABLED"},
            ),
            Said(
                "E462",
                f"{EFS}.authorizationConfig.iam",
                f"`{EFS}.authorizationConfig.iam` asks for encryption in transit, which is off",
                (
                    "`transitEncryption` is `DISABLED`",
                    f"so does `{EFS}.authorizationConfig.accessPointId`",
                    f"so does `{EFS}.transitEncryptionPort`",
                ),
                ENCRYPT,
            ),
        ),
        (
            efs(transitEncryption="ENABLED", rootDirectory="/x", authorizationConfig={"accessPointId": "fsap-1"}),
            Said(
                "E463",
                f"{EFS}.rootDirectory",
                f"`{EFS}.rootDirectory` is `/x`, and an access point has a root of its own",
                ("`accessPointId` is `fsap-1`",),
                ROOT,
            ),
        ),
        (
            s3(rootDirectory="/x", accessPointArn=f"{ARN}/access-point/fsap-1"),
            Said(
                "E463",
                f"{S3}.rootDirectory",
                f"`{S3}.rootDirectory` is `/x`, and an access point has a root of its own",
                (f"`accessPointArn` is `{ARN}/access-point/fsap-1`",),
                ROOT,
            ),
        ),
        (
            ec2(MOUNTED, volumes=[{"name": "scratch", "configuredAtLaunch": True}, {"name": "data", "host": {}}]),
            Said(
                "E464",
                "volumes[scratch].configuredAtLaunch",
                "no container mounts the volume `scratch`, which is configured at launch",
                (),
                "add a mount point with `scratch` as its `sourceVolume`",
            ),
        ),
        (
            ec2(
                {"mountPoints": [*MOUNTED["mountPoints"], {"sourceVolume": "more", "containerPath": "/more"}]},
                volumes=[{"name": "data", "configuredAtLaunch": True}, {"name": "more", "configuredAtLaunch": True}],
            ),
            Said(
                "E464",
                "volumes[more].configuredAtLaunch",
                "`volumes[more].configuredAtLaunch` makes a second volume that is configured at launch, but ECS accepts one",
                ("the first is `volumes[data].configuredAtLaunch`",),
                "keep one of them",
            ),
        ),
        (
            ec2(MOUNTED, volumes=[{"name": "data", "s3filesVolumeConfiguration": {"fileSystemArn": ARN}}]),
            Said(
                "E465",
                S3,
                "a volume of S3 Files is mounted with the task's role, and there is none",
                (),
                "add `taskRoleArn`",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, *CODES) == [said]


ENCRYPTED = {"fileSystemId": "fs-12345678", "transitEncryption": "ENABLED"}
WITH_IAM = {"name": "data", "efsVolumeConfiguration": {**ENCRYPTED, "authorizationConfig": {"iam": "ENABLED"}}}
WITHOUT = {"name": "data", "efsVolumeConfiguration": {**ENCRYPTED, "authorizationConfig": {"iam": "DISABLED"}}}


@pytest.mark.parametrize(
    "value",
    [
        fargate(volumes=[WITH_IAM], taskRoleArn=ROLE),
        fargate(volumes=[WITH_IAM], taskRoleArn=""),  # E453
        fargate(volumes=[WITHOUT]),
        fargate(volumes=[{"name": "data", "efsVolumeConfiguration": ENCRYPTED}]),
        fargate(volumes=[{"name": "data", "host": {}}]),
        fargate(volumes=[]),
        ec2(volumes=[WITH_IAM], taskRoleArn="App"),
        ec2(volumes=[WITHOUT]),
        ec2(volumes=[WITH_IAM], requiresCompatibilities=["EXTERNAL"]),  # E471
        ec2(volumes=[WITH_IAM], runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}),  # E423
        {**fargate(volumes=[WITH_IAM]), "taskRolArn": ROLE},  # E301
    ],
)
def test_a_file_system_of_efs_passes(value: Value) -> None:
    assert say(value, "E513", "W632") == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (fargate(volumes=[WITH_IAM]), "E513"),
        (fargate(volumes=[WITH_IAM], requiresCompatibilities=["EC2", "FARGATE"]), "E513"),
        (ec2(volumes=[WITH_IAM]), "W632"),
        (ec2(volumes=[WITH_IAM], requiresCompatibilities=None), "W632"),
    ],
)
def test_a_file_system_of_efs_wants_a_task_role(value: Value, code: str) -> None:
    path = f"{EFS}.authorizationConfig.iam"
    message = f"`{path}` is `ENABLED`, which mounts the file system with the task's role, and there is none"
    assert say(value, "E513", "W632") == [Said(code, path, message, (), "add `taskRoleArn`")]


def test_every_cause_is_told_once() -> None:
    value = ec2(
        volumes=[
            {"name": "a", "s3filesVolumeConfiguration": {"fileSystemArn": ARN}},
            {"name": "b", "s3filesVolumeConfiguration": {"fileSystemArn": ARN}},
            {"name": "c", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "transitEncryptionPort": 1}},
            {"name": "d", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "transitEncryptionPort": 1}},
        ]
    )
    assert [(said.code, said.path) for said in say(value, *CODES)] == [
        ("E462", "volumes[c].efsVolumeConfiguration.transitEncryptionPort"),
        ("E462", "volumes[d].efsVolumeConfiguration.transitEncryptionPort"),
        ("E465", "volumes[a].s3filesVolumeConfiguration"),
    ]
