"""The server that plays AWS from a script says what botocore reads, and nothing that AWS could not say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from time import sleep
from urllib.parse import quote

import botocore.session
import pytest
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Recorded, Refusal, Step
from tests.acceptance.wire import Request, encode_answer, encode_error

SERVICE = {"serviceName": "bot", "status": "ACTIVE", "desiredCount": 1, "runningCount": 0, "pendingCount": 1}
THROTTLED = Refusal("ThrottlingException", "Rate exceeded")


def connect(recorded: Recorded, service: str) -> BaseClient:
    """Make a client that tries each request once."""
    return botocore.session.get_session().create_client(
        service,
        "us-east-1",
        endpoint_url=recorded.url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(retries={"total_max_attempts": 1}),
    )


def call(client: BaseClient, operation: str, parameters: Value) -> Value:
    """Call an operation by the name that scenarios have for it."""
    return getattr(client, xform_name(operation.partition(":")[2]))(**parameters)


def describe(client: BaseClient) -> str:
    """Describe a service, and give its status or the code of the error."""
    try:
        return str(client.describe_services(services=["bot"])["services"][0]["status"])
    except ClientError as error:
        return str(error.response["Error"]["Code"])


ANSWERS: dict[str, tuple[str, Value, Value]] = {
    "JSON, with a time": (
        "ecs:DescribeServices",
        {"services": ["bot"]},
        {"services": [SERVICE | {"createdAt": "2026-11-24T08:15:00.250+00:00"}], "failures": []},
    ),
    "JSON, with bytes": (
        "secretsmanager:GetSecretValue",
        {"SecretId": "bot"},
        {"Name": "bot", "SecretBinary": b"\x00\xff", "CreatedDate": "2026-11-24T08:15:00Z"},
    ),
    "JSON, of logs": (
        "logs:GetLogEvents",
        {"logGroupName": "/ecs/bot", "logStreamName": "ecs/bot/1"},
        {"events": [{"timestamp": 1, "message": "<&> 日"}], "nextForwardToken": "f/1"},
    ),
    "JSON, of an image": ("ecr:DescribeImages", {"repositoryName": "bot"}, {"imageDetails": [{"imageTags": ["v1"]}]}),
    "JSON, of parameters": ("ssm:GetParameters", {"Names": ["/bot"]}, {"InvalidParameters": ["/bot"]}),
    "the query protocol": (
        "sts:GetCallerIdentity",
        {},
        {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/ci", "UserId": "AIDA"},
    ),
    "the query protocol, with a list": (
        "iam:ListRoleTags",
        {"RoleName": "bot"},
        {"Tags": [{"Key": "a", "Value": "<1>"}, {"Key": "b", "Value": ""}], "IsTruncated": False},
    ),
    "S3, by headers alone": (
        "s3:HeadObject",
        {"Bucket": "bot", "Key": "a/prod.env"},
        {"ContentLength": 12, "LastModified": "2026-11-24T08:15:00Z", "ETag": '"1"'},
    ),
    "S3, by XML": (
        "s3:ListObjectsV2",
        {"Bucket": "bot"},
        {
            "Name": "bot",
            "IsTruncated": False,
            "Contents": [{"Key": "a b.env", "Size": 12}, {"Key": "c.env", "Size": 0}],
        },
    ),
}


def type_times(value: Value) -> Value:
    """Give an answer as botocore reads it: its times are no texts."""
    if isinstance(value, dict):
        return {key: type_times(each) for key, each in value.items()}
    if isinstance(value, list):
        return [type_times(each) for each in value]
    is_time = isinstance(value, str) and value.startswith("2026-11-24T")
    return datetime.fromisoformat(value) if is_time else value


@pytest.mark.parametrize(("operation", "parameters", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_reads_as_it_was_written(
    recorded: Recorded, operation: str, parameters: Value, answer: Value
) -> None:
    recorded.play({operation: [answer]})
    service, _, _ = operation.partition(":")
    said = call(connect(recorded, service), operation, parameters)
    assert said | type_times(answer) == said
    asked = recorded.requests[0]
    assert (asked.operation, asked.region, asked.access_key) == (operation, "us-east-1", "testing")
    assert asked.parameters.items() >= parameters.items()


def test_the_policy_of_a_role_reads_as_a_document(recorded: Recorded) -> None:
    policy = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}
    role = {
        "Path": "/",
        "RoleName": "bot-execution",
        "RoleId": "AROAEXAMPLEEXAMPLE",
        "Arn": "arn:aws:iam::123456789012:role/bot-execution",
        "CreateDate": "2026-11-24T08:15:00Z",
        "AssumeRolePolicyDocument": quote(json.dumps(policy)),
    }
    recorded.play({"iam:GetRole": [{"Role": role}]})
    said = connect(recorded, "iam").get_role(RoleName="bot-execution")["Role"]
    assert (said["AssumeRolePolicyDocument"], said["CreateDate"]) == (policy, datetime(2026, 11, 24, 8, 15, tzinfo=UTC))


ERRORS: dict[str, tuple[Value, str, str]] = {
    "ecs:DescribeServices": ({"services": ["bot"]}, "ClusterNotFoundException", "Cluster not found."),
    "ecr:DescribeImages": ({"repositoryName": "bot"}, "AccessDeniedException", "User is not authorized"),
    "sts:GetCallerIdentity": ({}, "ExpiredToken", "The security token included in the request is expired"),
    "iam:GetRole": ({"RoleName": "bot"}, "NoSuchEntity", "The role with name bot cannot be found."),
    "s3:GetObject": ({"Bucket": "bot", "Key": "prod.env"}, "NoSuchKey", "The specified key does not exist."),
}


@pytest.mark.parametrize("operation", ERRORS)
def test_an_error_reads_as_it_was_written(recorded: Recorded, operation: str) -> None:
    parameters, code, message = ERRORS[operation]
    recorded.play({operation: [Refusal(code, message, 403)]})
    service, _, _ = operation.partition(":")
    with pytest.raises(ClientError) as caught:
        call(connect(recorded, service), operation, parameters)
    error = caught.value.response
    assert (error["Error"]["Code"], error["Error"]["Message"]) == (code, message)
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_steps_are_played_in_order_and_the_last_stays(recorded: Recorded) -> None:
    active, draining = {"services": [SERVICE]}, {"services": [SERVICE | {"status": "DRAINING"}]}
    recorded.play({"ecs:DescribeServices": [active, Step(THROTTLED, times=2), draining]})
    client = connect(recorded, "ecs")
    throttled = "ThrottlingException"
    assert [describe(client) for _ in range(5)] == ["ACTIVE", throttled, throttled, "DRAINING", "DRAINING"]


def test_a_step_can_last_for_seconds_which_pass_faster(recorded: Recorded) -> None:
    recorded.play({"ecs:DescribeServices": [Step(THROTTLED, seconds=30), {"services": [SERVICE]}]}, speed=200)
    client = connect(recorded, "ecs")
    first = describe(client)
    sleep(0.2)
    assert (first, describe(client)) == ("ThrottlingException", "ACTIVE")


def test_a_step_can_last_until_an_operation_is_called(recorded: Recorded) -> None:
    until = "ecs:UpdateService"
    recorded.play(
        {
            "ecs:UpdateService": [{"service": SERVICE}],
            "ecs:DescribeServices": [
                Step({"services": [SERVICE]}, until=until),
                Step({"services": [SERVICE | {"status": "DRAINING"}]}, until=until),
                {"services": [SERVICE | {"status": "INACTIVE"}]},
            ],
        }
    )
    client = connect(recorded, "ecs")
    said = [describe(client), describe(client)]
    for _ in range(2):
        client.update_service(service="bot")
        said += [describe(client), describe(client)]
    assert said == ["ACTIVE"] * 2 + ["DRAINING"] * 2 + ["INACTIVE"] * 2


def test_an_answer_can_be_a_function_of_the_parameters(recorded: Recorded) -> None:
    def describe_revision(parameters: Value) -> Answer:
        if parameters["taskDefinition"] == "bot:9":
            return Refusal("ClientException", "Unable to describe task definition.")
        return {"taskDefinition": {"family": parameters["taskDefinition"]}}

    recorded.play({"ecs:DescribeTaskDefinition": describe_revision})
    client = connect(recorded, "ecs")
    assert client.describe_task_definition(taskDefinition="bot:3")["taskDefinition"] == {"family": "bot:3"}
    with pytest.raises(ClientError, match="Unable to describe"):
        client.describe_task_definition(taskDefinition="bot:9")
    assert recorded.list_calls("ecs:DescribeTaskDefinition") == [
        {"taskDefinition": "bot:3"},
        {"taskDefinition": "bot:9"},
    ]


def test_what_a_scenario_does_not_have_is_a_surprise_and_not_tried_again(recorded: Recorded) -> None:
    recorded.play({})
    client = botocore.session.get_session().create_client(
        "ecs", "us-east-1", endpoint_url=recorded.url, aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    with pytest.raises(ClientError):
        client.stop_task(task="1")
    assert recorded.surprises == ["AssertionError: the scenario has no ecs:StopTask, with {'task': '1'}"]
    assert recorded.requests == [Request("ecs:StopTask", {"task": "1"}, "us-east-1", "testing")]
    recorded.surprises.clear()


IMPOSSIBLE = {
    "a member that is not there": ("ecs:DescribeServices", {"service": []}, "Unknown parameter"),
    "a member below that is not there": ("ecs:DescribeServices", {"services": [{"name": "bot"}]}, "Unknown parameter"),
    "another type": ("ecs:DescribeServices", {"services": [{"runningCount": "1"}]}, "Invalid type"),
    "a word that is none of those": ("ecs:DescribeServices", {"services": [{"launchType": "ECS"}]}, "is none of EC2"),
    "a time of nowhere": ("ecs:DescribeServices", {"services": [{"createdAt": "2026-11-24T08:15:00"}]}, "no offset"),
    "an answer without what is always there": ("iam:GetRole", {}, "Missing required parameter"),
}


@pytest.mark.parametrize(("operation", "answer", "reason"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_answer_that_aws_cannot_give_is_refused(operation: str, answer: Value, reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        encode_answer(operation, answer)


def test_an_error_that_aws_cannot_give_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not give NoSuchService"):
        encode_error("ecs:DescribeServices", 400, "NoSuchService", "")
