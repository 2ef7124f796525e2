"""What ECS describes is read as files are, and what no file could have is an answer that nobody can read."""

from __future__ import annotations

import pytest

from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import format_time, parse_document
from generator.model.nodes import Value
from tests.support import to_python


def test_what_ecs_describes_is_a_document() -> None:
    assert to_python(parse_document({"taskDefinition": {"family": "web", "revision": 3}, "tags": []})) == {
        "family": "web"
    }


@pytest.mark.parametrize("family", ["\ud800", float("inf")])
def test_what_no_file_could_have_is_an_answer_that_nobody_can_read(family: Value) -> None:
    with pytest.raises(
        AwsError, match="the answer to `ecs:DescribeTaskDefinition` does not look like one from AWS"
    ) as caught:
        parse_document({"taskDefinition": {"family": family}, "tags": []})
    assert caught.value.unreadable


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (1764062100, "2025-11-25T09:15:00Z"),
        (1764062100.75, "2025-11-25T09:15:00Z"),
        (1e30, ""),
        (float("nan"), ""),
        (True, ""),
        ("2025-11-25", ""),
        (None, ""),
    ],
)
def test_a_time_that_botocore_does_not_know_is_a_number_of_seconds(moment: object, text: str) -> None:
    assert format_time(moment) == text
