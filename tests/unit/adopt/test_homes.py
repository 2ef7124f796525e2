"""Accounts and regions of files, and the helpers that write a text exactly."""

from __future__ import annotations

import pytest

from generator.adopt.homes import Call, Where, find_call, find_home

HOME = Where("111122223333", "eu-west-1")
DIGEST = "sha256:" + "ab" * 32


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("arn:aws:iam::111122223333:role/a", Call("role", "a")),
        ("arn:aws:iam::111122223333:role/team/a", Call("role", "team/a")),
        ("arn:aws:iam::999922223333:role/a", None),
        ("arn:aws-cn:iam::111122223333:role/a", None),
        ("arn:aws:iam::111122223333:role/${NAME}", None),
        ("arn:aws:ssm:eu-west-1:111122223333:parameter/a/b", Call("ssm", "/a/b")),
        ("arn:aws:ssm:us-east-1:111122223333:parameter/a/b", None),
        ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf", Call("secret", "a-AbCdEf")),
        ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a:k::", Call("secret", "a", (("key", "k"),))),
        ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a:k", None),
        (
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a:k:AWSCURRENT:",
            Call("secret", "a", (("key", "k"), ("stage", "AWSCURRENT"))),
        ),
        ("111122223333.dkr.ecr.eu-west-1.amazonaws.com/a/b:1", Call("ecr", "a/b", (("tag", "1"),))),
        (f"111122223333.dkr.ecr.eu-west-1.amazonaws.com/a@{DIGEST}", Call("ecr", "a", (("digest", DIGEST),))),
        ("111122223333.dkr.ecr.eu-west-1.amazonaws.com/a", None),
        ("nginx:1.27", None),
    ],
)  # fmt: skip
def test_a_helper_is_found_where_it_gives_the_same_text(text: str, call: Call | None) -> None:
    assert find_call(text, HOME) == call


def test_no_helper_is_used_where_account_or_region_is_unknown() -> None:
    assert find_call("arn:aws:iam::111122223333:role/a", Where("111122223333")) is None


@pytest.mark.parametrize(
    ("document", "home"),
    [
        ({"taskRoleArn": "arn:aws:iam::111122223333:role/a"}, Where("111122223333")),
        ({"image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1"}, Where("111122223333", "eu-west-1", True)),
        (
            {"image": "999922223333.dkr.ecr.eu-west-1.amazonaws.com/a:1", "r": "arn:aws:iam::111122223333:role/a"},
            Where("111122223333", "eu-west-1"),
        ),
        ({"options": {"awslogs-region": "us-east-1"}}, Where("", "us-east-1")),
        ({"r": "arn:aws:iam::${ACCOUNT}:role/a"}, Where()),
        ({"r": "arn:aws:s3:::bucket/x"}, Where()),
    ],
)
def test_account_and_region_are_those_that_a_file_names(document: object, home: Where) -> None:
    assert find_home([document]) == home
