"""The roles of a task: E452 and E453."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import LOGS, ROLE, Said, document, ec2, fargate, say

SECRETS = [{"name": "PASSWORD", "valueFrom": "password"}]
JSON_FILE = {"logDriver": "json-file"}
ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:v1"
HELP = "add `executionRoleArn`, the role with which ECS pulls images, reads secrets and writes logs"


def say_need(what: str) -> str:
    """The message of E452."""
    return f"an execution role is needed for {what}, and there is no `executionRoleArn`"


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"secrets": SECRETS, "image": ECR, "repositoryCredentials": {"credentialsParameter": "registry"}}),
        fargate(executionRoleArn="Ops"),
        fargate({"logConfiguration": None}, executionRoleArn=None),
        fargate({"logConfiguration": None, "image": "public.ecr.aws/shop/app:v1"}, executionRoleArn=None),
        fargate({"logConfiguration": {"logDriver": "awsfirelens"}}, executionRoleArn=None),
        fargate({"logConfiguration": None, "secrets": []}, executionRoleArn=None),
        fargate({"logConfiguration": {"logDriver": "splunk", "secretOptions": []}}, executionRoleArn=None),
        ec2(),
        ec2({"image": ECR, "logConfiguration": LOGS}),
        ec2({"logConfiguration": LOGS}, requiresCompatibilities=None),
        ec2({"secrets": [], "environment": []}),
        ec2({"repositoryCredentials": {}, "logConfiguration": {}}),
    ],
)
def test_no_execution_role_is_wanted_in_vain(value: Value) -> None:
    assert say(value, "E452") == []


@pytest.mark.parametrize(
    ("value", "path", "what"),
    [
        (ec2({"secrets": SECRETS}), "containerDefinitions[app].secrets", "`secrets` of container `app`"),
        (
            ec2({"logConfiguration": {"logDriver": "splunk", "secretOptions": SECRETS}}),
            "containerDefinitions[app].logConfiguration.secretOptions",
            "`secretOptions` of container `app`",
        ),
        (
            ec2({"repositoryCredentials": {"credentialsParameter": "registry"}}, requiresCompatibilities=None),
            "containerDefinitions[app].repositoryCredentials",
            "`repositoryCredentials` of container `app`",
        ),
        (
            fargate(executionRoleArn=None),
            "containerDefinitions[app].logConfiguration.logDriver",
            "log driver `awslogs` of container `app` on Fargate",
        ),
        *(
            (
                fargate({"logConfiguration": None, "image": image}, executionRoleArn=None),
                "containerDefinitions[app].image",
                "the ECR image of container `app` on Fargate",
            )
            for image in (
                ECR,
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:v1",
                "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app:v1",
            )
        ),
    ],
)
def test_what_needs_an_execution_role_fails(value: Value, path: str, what: str) -> None:
    assert say(value, "E452") == [Said("E452", path, say_need(what), (), HELP)]


def test_all_that_needs_it_is_one_finding() -> None:
    web = {"name": "web", "image": ECR, "secrets": SECRETS, "logConfiguration": LOGS}
    value = document({"family": "app", "requiresCompatibilities": ["FARGATE"]}, web, {**web, "name": "log"})
    notes = (
        "it is needed for log driver `awslogs` of container `web` on Fargate too",
        "it is needed for the ECR image of container `web` on Fargate too",
    )
    said = Said("E452", "containerDefinitions[web].secrets", say_need("`secrets` of container `web`"), notes, HELP)
    assert say(value, "E452") == [said]


def test_nothing_is_said_of_a_role_that_may_only_be_misspelt() -> None:
    assert say({**fargate(executionRoleArn=None), "executionRolArn": ROLE}, "E452") == []


@pytest.mark.parametrize(
    "role",
    [
        ROLE,
        "arn:aws:iam::123456789012:role/team/shop/App",
        "arn:aws:iam::123456789012:role/service-role/App_1+=,.@-",
        "arn:aws-us-gov:iam::123456789012:role/App",
        "arn:aws-cn:iam::123456789012:role/App",
        "arn:aws-iso-b:iam::000000000000:role/App",
        "App",
        "ecsTaskExecutionRole",
        "service-role/App",
        "/service-role/App",
    ],
)
def test_roles_pass(role: str) -> None:
    assert say(ec2(taskRoleArn=role, executionRoleArn=role), "E453") == []


@pytest.mark.parametrize("member", ["taskRoleArn", "executionRoleArn"])
@pytest.mark.parametrize(
    "role",
    [
        "arn:aws:iam::12345678901:role/App",
        "arn:aws:iam::123456789012:user/App",
        "arn:aws:iam::123456789012:role:App",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam:eu-west-1:123456789012:role/App",
        "arn:aws:iam::123456789012:policy/App",
        "arn:aws:cloudformation:eu-west-1:123456789012:stack/App/1",
        "an app",
        f"{ROLE}\n",
        "A" * 65,
    ],
)
def test_what_is_no_role_fails(member: str, role: str) -> None:
    said = Said(
        "E453",
        member,
        f"`{member}` is `{role}`, neither the ARN nor the name of a role",
        (),
        "write `arn:aws:iam::ACCOUNT:role/NAME`, with the 12 digits of the account",
    )
    assert say(ec2(**{member: role}), "E453") == [said]


@pytest.mark.parametrize("member", ["taskRoleArn", "executionRoleArn"])
def test_an_empty_role_fails(member: str) -> None:
    said = Said("E453", member, f"`{member}` is empty, which is not a role", (), "remove it")
    assert say(ec2(**{member: ""}), "E452", "E453") == [said]


def test_an_empty_role_that_is_needed_fails_once() -> None:
    note = "an execution role is needed for `secrets` of container `app`"
    message = "`executionRoleArn` is empty, which is not a role"
    said = Said("E453", "executionRoleArn", message, (note,), "write the ARN or the name of a role")
    assert say(ec2({"secrets": SECRETS}, executionRoleArn=""), "E452", "E453") == [said]
