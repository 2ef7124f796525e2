"""What AWS did not do is an answer, unless it would not do anything else either; platforms and policies are read as AWS sends them."""

from __future__ import annotations

import pytest

from generator.aws.calls.errors import AwsError
from generator.aws.calls.lookups import leave_open, read_platforms, read_policy
from generator.aws.verify.questions import Unknown

OPERATION = "logs:DescribeLogGroups"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("AccessDeniedException", "AWS denies `logs:DescribeLogGroups`"),
        ("ThrottlingException", "AWS throttles `logs:DescribeLogGroups`"),
        ("InternalFailure", "it failed"),
        ("", "it failed"),
    ],
)
def test_a_failure_of_one_request_is_unknown(code: str, reason: str) -> None:
    error = AwsError("it failed", code=code, operation=OPERATION, help="wait")
    assert leave_open(error) == Unknown(reason, "it failed", "wait")


def test_what_is_denied_is_called_as_iam_calls_it() -> None:
    operation = "efs:DescribeFileSystems"
    error = AwsError(f"AWS denies `{operation}`: no", code="AccessDeniedException", operation=operation)
    said = "AWS denies `elasticfilesystem:DescribeFileSystems`"
    assert leave_open(error) == Unknown(said, f"{said}: no")


@pytest.mark.parametrize(
    "error",
    [
        AwsError("expired", code="ExpiredToken"),
        AwsError("unknown", code="InvalidClientTokenId"),
        AwsError("there are no AWS credentials", absent=True),
    ],
)
def test_credentials_that_are_none_are_an_error(error: AwsError) -> None:
    with pytest.raises(AwsError):
        leave_open(error)


@pytest.mark.parametrize(
    ("manifest", "platforms"),
    [
        (
            '{"manifests": [{"platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}}, '
            '{"platform": {"os": "unknown", "architecture": "unknown"}}, {"digest": "sha256:0"}, '
            '{"platform": {"os": "linux", "architecture": "arm64"}}]}',
            ("linux/arm64",),
        ),
        ('{"manifests": []}', ()),
        ('{"manifests": [{"platform": {"os": "linux"}}]}', ()),
        ("{}", ()),
        ("[]", ()),
        ("no JSON", ()),
    ],
)
def test_the_platforms_of_an_index_are_read(manifest: str, platforms: tuple[str, ...]) -> None:
    assert read_platforms(manifest) == platforms


def test_a_policy_is_read_however_it_comes() -> None:
    assert read_policy({"Statement": []}) == {"Statement": []}
    assert read_policy("%7B%22Statement%22%3A%20%5B%5D%7D") == {"Statement": []}
    assert read_policy("%7B") is None
