"""References to secrets and parameters: E454, E508, E509 and E510."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import LOGS, Said, ec2, fargate, say

CODES = ("E454", "E508", "E509", "E510")
WHOLE = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-a1B2c3"
HERE = "containerDefinitions[app].secrets[PASSWORD].valueFrom"
SHAPES = "after `secret:` ECS accepts `NAME`, or `NAME:KEY:STAGE:VERSION`, where all but the name may be empty"


def refer(reference: str) -> Value:
    """A task definition with one secret."""
    return ec2({"secrets": [{"name": "PASSWORD", "valueFrom": reference}]}, executionRoleArn="Ops")


@pytest.mark.parametrize(
    "reference",
    [
        WHOLE,
        f"{WHOLE}:KEY::",
        f"{WHOLE}:key.with-dots::",
        f"{WHOLE}:KEY:AWSCURRENT:",
        f"{WHOLE}:KEY::0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0",
        f"{WHOLE}::AWSPREVIOUS:",
        f"{WHOLE}:::0b1c2d3e",
        f"{WHOLE}:::",
        "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:db-a1B2c3:KEY::",
        "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-a1B2c3",
        "arn:aws-iso-b:secretsmanager:us-isob-east-1:123456789012:secret:db-a1B2c3",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-0b1c2d3e-a1B2c3:password::",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:some-secret",  # may be its suffix
        "/shop/db/password",
        "shop.db-password_1",
        "password",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db/password",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/password",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db.password_v3-1",
        "arn:aws-us-gov:ssm:us-gov-east-1:123456789012:parameter/password",
    ],
)
def test_references_that_start_a_task_pass(reference: str) -> None:
    assert say(refer(reference), *CODES) == []


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        ec2({"secrets": []}),
        ec2({"secrets": [{"name": "PASSWORD"}]}),
        ec2({"secrets": [{}]}),
        ec2({"logConfiguration": {**LOGS, "secretOptions": []}}),
        ec2({"logConfiguration": {}}),
        ec2({"repositoryCredentials": {}}),
        ec2({"repositoryCredentials": {"credentialsParameter": "registry"}}),
        ec2({"repositoryCredentials": {"credentialsParameter": WHOLE}}),
        ec2({"repositoryCredentials": {"credentialsParameter": f"{WHOLE}:password::"}}),  # E451
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


@pytest.mark.parametrize(
    ("rest", "message", "help"),
    [
        (
            ":KEY",
            "names key `KEY` of secret `shop/db-a1B2c3` without the two colons at the end, and no task will start",
            ":KEY::",
        ),
        (
            ":KEY:",
            "names key `KEY` of secret `shop/db-a1B2c3` without the last colon, and no task will start",
            ":KEY::",
        ),
        (
            ":KEY:AWSCURRENT",
            "names key `KEY` of secret `shop/db-a1B2c3` without the last colon, and no task will start",
            ":KEY:AWSCURRENT:",
        ),
        (
            "::AWSCURRENT",
            "names stage `AWSCURRENT` of secret `shop/db-a1B2c3` without the last colon, and no task will start",
            "::AWSCURRENT:",
        ),
        (
            ":AWSPREVIOUS",
            "names stage `AWSPREVIOUS` of secret `shop/db-a1B2c3` without the two colons at the end, and no task will start",
            "::AWSPREVIOUS:",
        ),
        (":", "continues after the name of secret `shop/db-a1B2c3`, with nothing but colons", ""),
        ("::", "continues after the name of secret `shop/db-a1B2c3`, with nothing but colons", ""),
        ("::::", "continues after the name of secret `shop/db-a1B2c3`, with nothing but colons", ""),
        (":KEY:::", "has 5 parts after `secret:`, but ECS accepts 1 or 4", ":KEY::"),
        (":KEY::::", "has 6 parts after `secret:`, but ECS accepts 1 or 4", ":KEY::"),
        (":KEY:AWSCURRENT::", "has 5 parts after `secret:`, but ECS accepts 1 or 4", ":KEY:AWSCURRENT:"),
    ],
)
def test_a_wrong_number_of_parts_fails(rest: str, message: str, help: str) -> None:
    said = Said("E508", HERE, f"`{HERE}` {message}", (SHAPES,), f"write `{WHOLE}{help}`")
    assert say(refer(WHOLE + rest), *CODES) == [said]


def test_no_help_is_given_where_it_would_be_a_guess() -> None:
    message = f"`{HERE}` has 5 parts after `secret:`, but ECS accepts 1 or 4"
    assert say(refer(f"{WHOLE}:a:b:c:d"), *CODES) == [Said("E508", HERE, message, (SHAPES,))]


@pytest.mark.parametrize(
    "reference",
    [
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secrets:db-a1B2c3",
        "arn:aws:secretsmanager:eu-west-1:12345678901:secret:db-a1B2c3",
        "arn:aws:secretsmanager::123456789012:secret:db-a1B2c3",
        "arn:aws:secretsmanager",
    ],
)
def test_what_is_no_arn_of_a_secret_fails(reference: str) -> None:
    message = f"`{HERE}` is `{reference}`, which is not the ARN of a secret"
    help = "write `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`"
    assert say(refer(reference), "E454", "E508", "E509", "E510") == [Said("E508", HERE, message, (), help)]


def test_a_stage_and_a_version_fail_together() -> None:
    message = f"`{HERE}` names stage `AWSCURRENT` and version `0b1c` of a secret, but ECS accepts only one of them"
    help = f"write `{WHOLE}:KEY:AWSCURRENT:`, or `{WHOLE}:KEY::0b1c`"
    assert say(refer(f"{WHOLE}:KEY:AWSCURRENT:0b1c"), *CODES) == [Said("E509", HERE, message, (), help)]


NAMES = "and the name of a parameter only letters, digits, `.`, `-`, `_` and `/`"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (
            "shop/db:password",
            Said(
                "E454",
                HERE,
                f"`{HERE}` has `:` in it, {NAMES}",
                ("ECS reads text that is not an ARN as the name of a parameter, never of a secret",),
                "write `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY::` for a key of a secret",
            ),
        ),
        ("shop db", Said("E454", HERE, f"`{HERE}` has ` ` in it, {NAMES}")),
        ("shop/größe", Said("E454", HERE, f"`{HERE}` has `ö` in it, {NAMES}")),
        ("password\n", Said("E454", HERE, f"`{HERE}` has `\n` in it, {NAMES}")),
        (
            "",
            Said(
                "E454", HERE, f"`{HERE}` is empty", (), "write the ARN of a secret, or the ARN or name of a parameter"
            ),
        ),
    ],
)
def test_names_of_no_parameter_fail(reference: str, said: Said) -> None:
    assert say(refer(reference), *CODES) == [said]


@pytest.mark.parametrize(
    ("reference", "message", "help"),
    [
        (
            "arn:aws:ssm:eu-west-1:123456789012:parameter:shop/password",
            "which is not the ARN of a parameter",
            "write `arn:aws:ssm:eu-west-1:123456789012:parameter/shop/password`",
        ),
        (
            "arn:aws:ssm:eu-west-1:123456789012:parameter//shop/password",
            "which is not the ARN of a parameter",
            "write `arn:aws:ssm:eu-west-1:123456789012:parameter/shop/password`",
        ),
        (
            "arn:aws:ssm:eu-west-1:123456789012:/shop/password",
            "which is not the ARN of a parameter",
            "write `arn:aws:ssm:eu-west-1:123456789012:parameter/shop/password`",
        ),
        (
            "arn:aws:ssm:eu-west-1:123456789012:parameter/",
            "which is not the ARN of a parameter",
            "write `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`",
        ),
        ("arn:aws:s3:::shop/password", "the ARN neither of a secret nor of a parameter", None),
        ("arn:aws:ssm", "the ARN neither of a secret nor of a parameter", None),
        ("arn:", "the ARN neither of a secret nor of a parameter", None),
    ],
)
def test_arns_of_no_parameter_fail(reference: str, message: str, help: str | None) -> None:
    said = Said("E510", HERE, f"`{HERE}` is `{reference}`, {message}", (), help)
    assert say(refer(reference), *CODES) == [said]


@pytest.mark.parametrize("version", ["3", "prod"])
def test_a_version_of_a_parameter_fails(version: str) -> None:
    arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/password"
    message = f"`{HERE}` names a version of a parameter, `{version}`, and ECS reads the newest one only"
    assert say(refer(f"{arn}:{version}"), *CODES) == [Said("E510", HERE, message, (), f"write `{arn}`")]


@pytest.mark.parametrize("reference", ["/shop/password:3", "/shop/password:prod", "password:12"])
def test_a_version_after_a_name_is_no_key_of_a_secret(reference: str) -> None:
    message = f"`{HERE}` has `:` in it, and the name of a parameter only letters, digits, `.`, `-`, `_` and `/`"
    note = "ECS reads the newest version of a parameter, even if a version or label is named"
    said = Said("E454", HERE, message, (note,), "remove the colon and the text after it")
    assert say(refer(reference), *CODES) == [said]


def test_secret_options_of_a_log_driver_fail_alike() -> None:
    value = ec2({"logConfiguration": {**LOGS, "secretOptions": [{"name": "token", "valueFrom": f"{WHOLE}:token"}]}})
    path = "containerDefinitions[app].logConfiguration.secretOptions[token].valueFrom"
    message = f"`{path}` names key `token` of secret `shop/db-a1B2c3` without the two colons at the end, and no task will start"
    assert say(value, *CODES) == [Said("E508", path, message, (SHAPES,), f"write `{WHOLE}:token::`")]
