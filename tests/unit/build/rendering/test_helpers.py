"""The helpers: exact strings for exact arguments, and what cannot be right refused."""

from __future__ import annotations

import pytest

from generator.build.rendering import RESERVED
from generator.build.rendering.helpers import MisuseError, make_helpers
from generator.model.nodes import Value

HELPERS = make_helpers("123456789012", "us-east-1")
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret"
DIGEST = "sha256:" + "0123456789abcdef" * 4

MADE: list[tuple[str, list[Value], dict[str, Value], str]] = [
    ("secret", ["app/db"], {}, f"{SECRET}:app/db"),
    ("secret", ["app"], {"key": "password"}, f"{SECRET}:app:password::"),
    ("secret", ["app", "password"], {}, f"{SECRET}:app:password::"),
    ("secret", ["app"], {"key": "k", "stage": "AWSPREVIOUS"}, f"{SECRET}:app:k:AWSPREVIOUS:"),
    ("secret", ["app"], {"key": "k", "version": "v1"}, f"{SECRET}:app:k::v1"),
    ("secret", ["app"], {"stage": "AWSCURRENT"}, f"{SECRET}:app::AWSCURRENT:"),
    ("secret", ["app"], {"version": 5}, f"{SECRET}:app:::5"),
    ("ssm", ["app/url"], {}, "arn:aws:ssm:us-east-1:123456789012:parameter/app/url"),
    ("ssm", ["/app/url"], {}, "arn:aws:ssm:us-east-1:123456789012:parameter/app/url"),
    ("ssm", ["//app"], {}, "arn:aws:ssm:us-east-1:123456789012:parameter/app"),
    ("role", ["ECSTaskRole"], {}, "arn:aws:iam::123456789012:role/ECSTaskRole"),
    ("role", ["/service/app"], {}, "arn:aws:iam::123456789012:role/service/app"),
    ("ecr", ["app"], {"tag": "v1.0.0"}, "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1.0.0"),
    ("ecr", ["team/app"], {"tag": 20240131}, "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:20240131"),
    ("ecr", ["app"], {"digest": DIGEST}, f"123456789012.dkr.ecr.us-east-1.amazonaws.com/app@{DIGEST}"),
]


@pytest.mark.parametrize(("name", "arguments", "keywords", "text"), MADE)
def test_a_helper_builds_the_whole_string(
    name: str, arguments: list[Value], keywords: dict[str, Value], text: str
) -> None:
    assert HELPERS[name](*arguments, **keywords) == text


MISUSED: list[tuple[str, list[Value], dict[str, Value], str]] = [
    ("secret", ["a"], {"stage": "s", "version": "v"}, "`secret` is given both `stage` and `version`"),
    ("secret", [""], {}, "`name` of `secret` is empty"),
    ("secret", [None], {}, "`name` of `secret` is not text"),
    ("secret", [True], {}, "`name` of `secret` is not text"),
    ("secret", ["a:b"], {}, "`name` of `secret` has a colon or a blank in it: `a:b`"),
    ("secret", ["a"], {"key": ""}, "`key` of `secret` is empty"),
    ("secret", ["arn:aws:secretsmanager:us-east-1:123456789012:secret:a"], {}, "`name` of `secret` is an ARN"),
    ("ssm", ["/"], {}, "`path` of `ssm` is empty"),
    ("ssm", [["a"]], {}, "`path` of `ssm` is not text"),
    ("role", ["a b"], {}, "`name` of `role` has a colon or a blank in it: `a b`"),
    ("ecr", ["app"], {}, "`ecr` is given neither `tag` nor `digest`"),
    ("ecr", ["app"], {"tag": "a", "digest": DIGEST}, "`ecr` is given both `tag` and `digest`"),
    ("ecr", ["app"], {"digest": "latest"}, "`digest` of `ecr` is not a digest: `latest`"),
    ("ecr", ["app"], {"digest": "sha256:abc"}, "`digest` of `ecr` is not a digest: `sha256:abc`"),
    ("ecr", ["app"], {"digest": DIGEST.upper()}, f"`digest` of `ecr` is not a digest: `{DIGEST.upper()}`"),
    ("ecr", ["app:v1"], {"tag": "v1"}, "`repository` of `ecr` has a colon or a blank in it: `app:v1`"),
    ("ecr", ["app"], {"tag": ""}, "`tag` of `ecr` is empty"),
]


@pytest.mark.parametrize(("name", "arguments", "keywords", "message"), MISUSED)
def test_a_helper_refuses_what_cannot_be_right(
    name: str, arguments: list[Value], keywords: dict[str, Value], message: str
) -> None:
    with pytest.raises(MisuseError) as caught:
        HELPERS[name](*arguments, **keywords)
    assert str(caught.value) == message


def test_other_partitions_have_their_own_names_and_domains() -> None:
    china = make_helpers("1", "cn-north-1")
    assert china["role"]("r") == "arn:aws-cn:iam::1:role/r"
    assert china["ecr"]("a", tag="b") == "1.dkr.ecr.cn-north-1.amazonaws.com.cn/a:b"
    assert make_helpers("1", "us-gov-west-1")["ssm"]("p") == "arn:aws-us-gov:ssm:us-gov-west-1:1:parameter/p"


def test_the_names_that_are_not_the_users_are_reserved() -> None:
    assert sorted(RESERVED) == [
        "False", "None", "True", "aws", "cycler", "dict", "ecr", "env", "false", "joiner", "namespace", "none", "range",
        "role", "secret", "self", "ssm", "task", "true",
    ]  # fmt: skip
