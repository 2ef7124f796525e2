"""What botocore refuses to send is told without its values, with help only where that can help."""

from __future__ import annotations

import pytest
from botocore.exceptions import ParamValidationError

from generator.aws.failing import tell_failure

OPERATION = "ecs:RegisterTaskDefinition"
NEWER = "a member newer than it takes a newer boto3"


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
