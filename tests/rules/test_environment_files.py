"""Files of variables: E443."""

from __future__ import annotations

import pytest

from tests.rules.running import Said, fargate, say

VALUE = "containerDefinitions[app].environmentFiles[0].value"


@pytest.mark.parametrize(
    "files",
    [
        [],
        [{}],
        [{"type": "s3"}],
        [{"type": "s3", "value": "arn:aws:s3:::app-config/app.env"}],
        [{"type": "s3", "value": "arn:aws:s3:::app-config/.env"}],
        [
            {"type": "s3", "value": "arn:aws:s3:::app-config/a.env"},
            {"type": "s3", "value": "arn:aws:s3:::app-config/b.env"},
        ],
        [{"type": "s3", "value": "arn:aws:s3:::123456789012-config/team a/app.env"}],
        [{"type": "s3", "value": "arn:aws-cn:s3:::app.config/deep/er/app.prod.env"}],
        [{"type": "s3", "value": "arn:aws-us-gov:s3:::app-config/app.env"}] * 2,
    ],
)
def test_passes(files: list[dict[str, str]]) -> None:
    assert say(fargate({"environmentFiles": files}), "E443") == []
    assert say(fargate(), "E443") == []


@pytest.mark.parametrize(
    ("value", "state", "help"),
    [
        ("", "is empty", "write `arn:aws:s3:::BUCKET/KEY.env`"),
        (
            "s3://app-config/app.env",
            "is `{}`, which is not the ARN of a file in S3",
            "write `arn:aws:s3:::app-config/app.env`",
        ),
        ("app.env", "is `{}`, which is not the ARN of a file in S3", "write `arn:aws:s3:::BUCKET/KEY.env`"),
        (
            "arn:aws:s3:::app-config",
            "is `{}`, which is not the ARN of a file in S3",
            "write `arn:aws:s3:::BUCKET/KEY.env`",
        ),
        (
            "arn:aws:s3:::app-config/",
            "is `{}`, which is not the ARN of a file in S3",
            "write `arn:aws:s3:::BUCKET/KEY.env`",
        ),
        (
            "arn:aws:s3:eu-west-1:123456789012:app-config/app.env",
            "is `{}`, which is not the ARN of a file in S3",
            "write `arn:aws:s3:::BUCKET/KEY.env`",
        ),
        (
            "arn:aws:s3:::app-config/app.txt",
            "is `{}`, but ECS accepts files that end in `.env`",
            "name the file `….env`",
        ),
    ],
)
def test_fails(value: str, state: str, help: str) -> None:
    said = Said("E443", VALUE, f"`{VALUE}` {state.format(value)}", (), help)
    assert say(fargate({"environmentFiles": [{"type": "s3", "value": value}]}), "E443") == [said]
