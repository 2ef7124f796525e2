"""All of a value is a reference or a placeholder, or it is none: with more behind it, it may be a secret."""

from __future__ import annotations

import pytest

from generator.model.secrets.references import is_arn, is_placeholder, is_put_in, may_point

ARNS = (
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web/db-a1B2c3:password::",
    "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/web/db",
    "arn:aws:s3:::bucket/web.env",
    "arn:aws:ssm:REGION:ACCOUNT:parameter/NAME",
    "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/x",
    "arn:{{ aws.partition }}:ssm:{{ aws.region }}:<account>:parameter/x",
)
NO_ARNS = ("arn:", "arn:hunter2", "arn:aws:hunter2", "arn:aws:ssm:a:b:c d", "arn:aws:ssm:a:b:c!", "xarn:aws:s3:::b/k")


def test_arns_are_told_from_what_begins_like_one() -> None:
    assert ([text for text in ARNS if not is_arn(text)], [text for text in NO_ARNS if is_arn(text)]) == ([], [])


PLACEHOLDERS = (
    "${DB_PASSWORD}",
    "${A}:${B}",
    "$DB_PASSWORD",
    "<your password>",
    "%TOKEN%",
    "{{ x }}",
    "${{ secrets.X }}",
    "${A:?no}",
)
NO_PLACEHOLDERS = (
    "${X}hunter2",
    "${X:-hunter2}",
    "${X:=a}",
    "${hunter2",
    "<X>a",
    "<hunter2",
    "{{hunter2",
    "$ecret1",
    "$",
    "a${X}",
    "%a%",
)


def test_placeholders_are_told_from_what_begins_like_one() -> None:
    shown = [text for text in NO_PLACEHOLDERS if is_placeholder(text)]
    assert ([text for text in PLACEHOLDERS if not is_placeholder(text)], shown) == ([], [])


def test_a_shell_puts_more_in() -> None:
    texts = ("$pw", "$(cat /run/pw)", "@/run/pw", "$pw;", "${pw}", "%pw%", "$pw!x", "${pw}x")
    assert [is_put_in(text) for text in texts] == [True] * 6 + [False] * 2


@pytest.mark.parametrize(
    "text", ["prod-db", "/prod/db.password", "web/db", "db:password::", "/prod/{{ env }}/db", "${ARN}", "<arn>", *ARNS]
)
def test_what_may_say_where_a_secret_lies(text: str) -> None:
    assert may_point(text)


@pytest.mark.parametrize(
    "text",
    ["hunter2!", "correct horse", "p@ss", "aGk=", "user:pw", "kJ8sd9Fj2k3LmQ0zAb12", "/a b", "${X}a!", *NO_ARNS[:5]],
)
def test_what_is_no_name_and_no_arn_says_nothing(text: str) -> None:
    assert not may_point(text)
