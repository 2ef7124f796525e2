"""What AWS answers, and what botocore refuses to send, is told in a line: without values, with help only where that can help."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConfigParseError,
    ConnectTimeoutError,
    DataNotFoundError,
    HTTPClientError,
    LoginInsufficientPermissions,
    LoginRefreshRequired,
    LoginTokenLoadError,
    MissingDependencyException,
    NoCredentialsError,
    ParamValidationError,
    ProxyConnectionError,
    SSOTokenLoadError,
    UnauthorizedSSOTokenError,
)

from generator.aws.calls.errors import SIGN_IN, tell_answer, tell_failure

OPERATION = "ecs:RegisterTaskDefinition"
NEWER = "a newer member needs a newer boto3"


@pytest.mark.parametrize(
    ("report", "said", "help"),
    [
        (
            'Unknown parameter in input: "brandNew", must be one of: family, tags',
            'Unknown parameter in input: "brandNew", must be one of: family, tags',
            NEWER,
        ),
        (
            "Invalid type for parameter cpu, value: 256, type: <class 'int'>, valid types: <class 'str'>",
            "Invalid type for parameter cpu, type: <class 'int'>, valid types: <class 'str'>",
            None,
        ),
        (
            'Missing required parameter in input: "family"',
            'Missing required parameter in input: "family"',
            None,
        ),
    ],
    ids=["unknown", "wrong type", "missing"],
)
def test_only_a_member_that_is_not_known_may_be_newer(report: str, said: str, help: str | None) -> None:
    error = tell_failure(ParamValidationError(report=report), OPERATION)
    refused = f"the installed botocore refuses the parameters of `{OPERATION}`: Parameter validation failed: {said}"
    assert (str(error), error.help) == (refused, help)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Rate\n  exceeded.", "Rate exceeded"),
        ("<!doctype html>\n<html lang=en>\n<title>502 Bad Gateway</title>", "502"),
    ],
)
def test_a_page_of_something_between_is_not_what_aws_says(message: str, said: str) -> None:
    answer = ClientError({"Error": {"Code": "502", "Message": message}}, "ListServiceDeployments")
    assert str(tell_answer(answer, OPERATION)) == f"`{OPERATION}` failed: {said}"


def test_no_address_in_memory_is_said() -> None:
    reason = "<botocore.awsrequest.AWSHTTPSConnection object at 0x7f3a5c1d9e10>: Failed to resolve"
    error = ConnectTimeoutError(endpoint_url="https://ecs.example", error=reason)
    assert "0x" not in str(tell_failure(error, "ecs:ListTasks"))
    proxy = ProxyConnectionError(proxy_url="http://proxy", error=reason)
    assert str(tell_failure(proxy, "ecs:ListTasks")).endswith('proxy URL: "http://proxy"')
    unhandled = HTTPClientError(error=reason)
    assert str(tell_failure(unhandled, "ecs:ListTasks")).endswith(": Failed to resolve")


NEEDED = "Using the login credential provider requires an additional dependency. You will need to pip install {} before proceeding."


@pytest.mark.parametrize("name", ['"botocore[crt]"', "botocore[crt]"])
def test_what_is_missing_is_installed_by_the_command_that_botocore_names(name: str) -> None:
    error = tell_failure(MissingDependencyException(msg=NEEDED.format(name)), "sts:GetCallerIdentity")
    assert (str(error), error.help) == (
        f"these credentials need a library that is not installed: {NEEDED.format(name).removesuffix('.')}",
        '`pip install "botocore[crt]"`, or install the extra `aws` of taskdef again',
    )


@pytest.mark.parametrize(
    ("error", "help"),
    [
        (LoginRefreshRequired(), "sign in again with `aws login`, or name another `--profile`"),
        (
            LoginTokenLoadError(error_msg="none. Please reauthenticate with 'aws login'"),
            "sign in again with `aws login`",
        ),
        (UnauthorizedSSOTokenError(), "sign in again with `aws sso login`, or name another `--profile`"),
        (SSOTokenLoadError(error_msg="Token for x does not exist"), SIGN_IN),
        (NoCredentialsError(), SIGN_IN),
        (LoginInsufficientPermissions(), "the role or user needs `signin:CreateOAuth2Token` in its policy"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_the_help_names_the_command_to_sign_in_that_botocore_names(error: BotoCoreError, help: str) -> None:
    told = tell_failure(error, "sts:GetCallerIdentity").help
    assert told is not None and told.startswith(help)


def test_a_configuration_that_cannot_be_read_is_named() -> None:
    error = tell_failure(ConfigParseError(path="/home/ci/config"), "")
    assert (str(error), error.help) == (
        "the AWS configuration cannot be read: unable to parse config file: /home/ci/config",
        "correct that file, or set `AWS_CONFIG_FILE` to another",
    )
    assert str(tell_failure(DataNotFoundError(data_path="x"), "")).startswith("no AWS session can be opened: ")
