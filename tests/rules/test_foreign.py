"""What belongs to another account or region: W611 and W612."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from generator.rules import Target
from tests.rules.running import LOGS, Said, ec2, fargate, say

HOME = Target("prod", "123456789012", "eu-west-1")
ACCOUNT, REGION, BOTH = (
    f"`prod` is {where}, by `aws` in its overlay"
    for where in ("in account 123456789012", "in eu-west-1", "in account 123456789012 and in eu-west-1")
)


def secret(reference: str) -> Value:
    return {"secrets": [{"name": "A", "valueFrom": reference}]}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(taskRoleArn="App"),
        fargate(taskRoleArn="arn:aws:iam::123456789012:role/App"),
        fargate(secret("arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf:KEY::")),
        fargate(secret("/app/a")),
        fargate(secret("arn:aws:s3:::bucket/key")),
        fargate({"environment": [{"name": "TOPIC", "value": "arn:aws:sns:us-east-1:999999999999:alarms"}]}),
        fargate({"image": "999999999999.dkr.ecr.eu-west-1.amazonaws.com/app:v1"}),
        fargate({"image": "public.ecr.aws/nginx/nginx:1"}),
        fargate({"logConfiguration": {"logDriver": "awsfirelens", "options": {"region": "us-east-1"}}}),
        fargate({"logConfiguration": {"logDriver": "awslogs"}}),
        ec2({"secrets": [{}], "logConfiguration": {}, "image": None}, volumes=[{}]),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "W611", "W612", target=HOME) == []


STRANGE = fargate(
    {
        **secret("arn:aws:ssm:us-east-1:999999999999:parameter/a"),
        "image": "1" * 12 + ".dkr.ecr.us-east-1.amazonaws.com/a:1",
    },
    taskRoleArn="arn:aws:iam::999999999999:role/App",
)


@pytest.mark.parametrize("target", [None, Target("prod", "", "")])
def test_nothing_is_foreign_to_an_environment_that_is_nowhere(target: Target | None) -> None:
    assert say(STRANGE, "W611", "W612", target=target) == []


def test_what_an_environment_does_not_say_is_not_compared() -> None:
    found = say(STRANGE, "W611", "W612", target=Target("prod", "", "us-east-1"))
    assert [(each.code, each.path) for each in found] == [
        ("W612", "containerDefinitions[app].logConfiguration.options.awslogs-region")
    ]
    found = say(STRANGE, "W611", "W612", target=Target("prod", "111111111111", ""))
    assert [(each.code, each.path) for each in found] == [
        ("W611", "taskRoleArn"),
        ("W611", "executionRoleArn"),
        ("W611", "containerDefinitions[app].secrets[A].valueFrom"),
    ]


def foreign(code: str, path: str, where: str, note: str) -> Said:
    return Said(code, path, f"`{path}` {where}", (note,))


IN_SECRET = "containerDefinitions[app].secrets[A].valueFrom"
OPTIONS = "containerDefinitions[app].logConfiguration"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            fargate(taskRoleArn="arn:aws:iam::999999999999:role/App"),
            foreign("W611", "taskRoleArn", "is in account 999999999999", ACCOUNT),
        ),
        (
            fargate(secret("arn:aws:ssm:us-east-1:123456789012:parameter/a")),
            foreign("W611", IN_SECRET, "is in us-east-1", REGION),
        ),
        (
            fargate(secret("arn:aws:secretsmanager:us-east-1:999999999999:secret:a")),
            foreign("W611", IN_SECRET, "is in account 999999999999 and in us-east-1", BOTH),
        ),
        (
            fargate(
                {
                    "repositoryCredentials": {
                        "credentialsParameter": "arn:aws:secretsmanager:eu-west-1:999999999999:secret:a"
                    }
                }
            ),
            foreign(
                "W611",
                "containerDefinitions[app].repositoryCredentials.credentialsParameter",
                "is in account 999999999999",
                ACCOUNT,
            ),
        ),
        (
            ec2(
                volumes=[
                    {
                        "name": "a",
                        "fsxWindowsFileServerVolumeConfiguration": {
                            "authorizationConfig": {
                                "credentialsParameter": "arn:aws:ssm:us-east-1:123456789012:parameter/a"
                            }
                        },
                    }
                ]
            ),
            foreign(
                "W611",
                "volumes[a].fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter",
                "is in us-east-1",
                REGION,
            ),
        ),
        (
            ec2({"credentialSpecs": ["credentialspec:arn:aws:ssm:us-east-1:123456789012:parameter/a"]}),
            foreign("W611", "containerDefinitions[app].credentialSpecs[0]", "is in us-east-1", REGION),
        ),
        (
            fargate(
                {
                    "logConfiguration": {
                        "logDriver": "splunk",
                        "secretOptions": [
                            {"name": "splunk-token", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/a"}
                        ],
                    }
                }
            ),
            foreign("W611", f"{OPTIONS}.secretOptions[splunk-token].valueFrom", "is in us-east-1", REGION),
        ),
        (
            fargate(
                volumes=[
                    {
                        "name": "a",
                        "s3filesVolumeConfiguration": {
                            "fileSystemArn": "arn:aws:s3files:eu-west-1:999999999999:file-system/fs-1"
                        },
                    }
                ]
            ),
            foreign(
                "W611", "volumes[a].s3filesVolumeConfiguration.fileSystemArn", "is in account 999999999999", ACCOUNT
            ),
        ),
        (
            fargate({"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1"}),
            foreign("W612", "containerDefinitions[app].image", "is pulled from us-east-1", REGION),
        ),
        (
            fargate({"image": "123456789012.dkr-ecr.us-east-1.on.aws/app:v1"}),
            foreign("W612", "containerDefinitions[app].image", "is pulled from us-east-1", REGION),
        ),
        (
            fargate({"logConfiguration": {**LOGS, "options": {**LOGS["options"], "awslogs-region": "us-east-1"}}}),
            foreign("W612", f"{OPTIONS}.options.awslogs-region", "sends logs to us-east-1", REGION),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "W611", "W612", target=HOME) == [said]
