"""The platform version of Fargate that a task needs: W622."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf"
FILES = [{"type": "s3", "value": "arn:aws:s3:::config/app.env"}]
EFS = [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]
MESSAGE = "this task definition needs version 1.4.0 of the Fargate platform"
HELP = "leave `platformVersion` of the service at `LATEST`, or make it `1.4.0`"


def secret(reference: str) -> Value:
    return {"secrets": [{"name": "A", "valueFrom": "/app/a"}, {"name": "B", "valueFrom": reference}]}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(cpu="4096", memory="8192"),
        fargate(cpu="lots"),  # E412
        fargate(cpu=None),  # E411
        fargate(runtimePlatform={"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"}),
        fargate(secret(SECRET)),
        fargate(secret(f"{SECRET}:::")),
        fargate(secret(f"{SECRET}:KEY")),  # E508
        fargate(secret(f"{SECRET}:KEY:")),  # E508
        fargate(secret(f"{SECRET}:KEY:::")),  # E508
        fargate(secret("arn:aws:ssm:eu-west-1:123456789012:parameter/app/b")),
        fargate({"secrets": [{}], "environmentFiles": [], "systemControls": []}, volumes=[]),
        fargate({"linuxParameters": {"capabilities": {"drop": ["ALL"]}}}),
        fargate(volumes=[{"name": "data"}, {"name": "scratch", "host": {}}]),
        fargate(pidMode="host"),  # E421
        fargate(
            {"systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}]},
            cpu="1024",
            memory="2048",
            runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
        ),  # E423
        ec2({"environmentFiles": FILES, **secret(f"{SECRET}:KEY::")}, cpu="8192", pidMode="task", volumes=EFS),
        ec2({"environmentFiles": FILES}, requiresCompatibilities=None),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W622") == []


@pytest.mark.parametrize(
    ("value", "path", "note"),
    [
        (fargate(cpu="8 vCPU", memory="16 GB"), "cpu", "`cpu` is 8 vCPU"),
        (fargate(cpu="32768", memory="61440"), "cpu", "`cpu` is 32768"),
        (
            fargate(runtimePlatform={"cpuArchitecture": "ARM64"}),
            "runtimePlatform.cpuArchitecture",
            "`runtimePlatform.cpuArchitecture` is `ARM64`",
        ),
        (fargate(pidMode="task"), "pidMode", "`pidMode` is `task`"),
        (fargate(ephemeralStorage={"sizeInGiB": 40}), "ephemeralStorage", "`ephemeralStorage` needs it"),
        (
            fargate({"environmentFiles": FILES}),
            "containerDefinitions[app].environmentFiles",
            "`containerDefinitions[app].environmentFiles` needs it",
        ),
        (
            fargate({"systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}]}),
            "containerDefinitions[app].systemControls",
            "`containerDefinitions[app].systemControls` needs it",
        ),
        (
            fargate({"linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}}),
            "containerDefinitions[app].linuxParameters.capabilities.add[0]",
            "`containerDefinitions[app].linuxParameters.capabilities.add[0]` is `SYS_PTRACE`",
        ),
        (
            fargate(volumes=EFS),
            "volumes[data].efsVolumeConfiguration",
            "`volumes[data].efsVolumeConfiguration` needs it",
        ),
        *(
            (
                fargate(secret(f"{SECRET}:{part}")),
                "containerDefinitions[app].secrets[B].valueFrom",
                "`containerDefinitions[app].secrets[B].valueFrom` names a part or a version of a secret",
            )
            for part in ("KEY::", ":AWSPREVIOUS:", "::9d4cb84b-ad69-40c0-a0ab-cead36b967e8", "KEY:AWSCURRENT:")
        ),
        (
            fargate(
                {
                    "logConfiguration": {
                        "logDriver": "splunk",
                        "secretOptions": [{"name": "splunk-token", "valueFrom": f"{SECRET}:TOKEN::"}],
                    }
                }
            ),
            "containerDefinitions[app].logConfiguration.secretOptions[splunk-token].valueFrom",
            "`containerDefinitions[app].logConfiguration.secretOptions[splunk-token].valueFrom` names a part or a version of a secret",
        ),
    ],
)
def test_notes(value: Value, path: str, note: str) -> None:
    assert say(value, "W622") == [Said("W622", path, MESSAGE, (note,), HELP)]


def test_each_reason_is_told_once() -> None:
    value = fargate(
        {"environmentFiles": FILES}, ephemeralStorage={"sizeInGiB": 40}, volumes=[*EFS, {**EFS[0], "name": "b"}]
    )
    [said] = say(value, "W622")
    assert said.notes == (
        "`ephemeralStorage` needs it",
        "`containerDefinitions[app].environmentFiles` needs it",
        "`volumes[data].efsVolumeConfiguration` needs it",
    )
