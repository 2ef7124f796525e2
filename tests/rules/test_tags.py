"""The tags of the task definition: E404 and E405."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, say

ALLOWED = "letters, digits, blanks and `_.:/=+-@` only"


def tagged(*tags: tuple[str, str]) -> Value:
    return ec2(tags=[{"key": key, "value": value} for key, value in tags])


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        tagged(("team", "payments")),
        tagged(("team", "")),
        tagged(("Team", "a"), ("team", "a")),  # keys are case-sensitive
        tagged(("k" * 128, "v" * 256)),
        tagged(("_.:/=+-@", "_.:/=+-@ 09 az AZ")),
        tagged(("größe", "日本語"), ("строка", "१२३"), ("no\u00a0break", "ok")),
        tagged(("awsome", "aws"), ("team:aws:", "x"), ("team", "aws:ecs")),
        tagged(*((f"key-{number}", "x") for number in range(50))),
        ec2(tags=[{"key": "team"}, {"value": "x"}, {}]),
        tagged(("", "x")),  # E307
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E404", "E405") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (ec2(tags=[]), Said("E404", "tags", "`tags` is an empty list, which ECS refuses", (), "remove it")),
        (
            tagged(*((f"key-{number}", "x") for number in range(51))),
            Said("E405", "tags", "`tags` has 51 tags, but ECS accepts 50", (), "keep fewer"),
        ),
        (
            tagged(("team", "a"), ("cost", "b"), ("team", "c")),
            Said(
                "E405",
                "tags[team].key",
                "there are two tags with the key `team`",
                ("the first",),
                "keep one of the two",
            ),
        ),
        (
            tagged(("k" * 129, "x")),
            Said(
                "E405",
                f"tags[{'k' * 129}].key",
                f"`tags[{'k' * 129}].key` has 129 characters, but ECS accepts 128",
                (),
                "shorten it",
            ),
        ),
        (
            tagged(("team", "v" * 257)),
            Said(
                "E405",
                "tags[team].value",
                "`tags[team].value` has 257 characters, but ECS accepts 256",
                (),
                "shorten it",
            ),
        ),
        (
            tagged(("team", "a&b")),
            Said("E405", "tags[team].value", f"`tags[team].value` has a `&`, and tags take {ALLOWED}"),
        ),
        (
            tagged(("team", "a\tb")),
            Said("E405", "tags[team].value", f"`tags[team].value` has the character U+0009, and tags take {ALLOWED}"),
        ),
        (
            tagged(("te(am", "x")),
            Said("E405", "tags[te(am].key", f"`tags[te(am].key` has a `(`, and tags take {ALLOWED}"),
        ),
        (
            tagged(("AWS:cloudformation:stack-name", "web")),
            Said(
                "E405",
                "tags[AWS:cloudformation:stack-name].key",
                "`tags[AWS:cloudformation:stack-name].key` is `AWS:cloudformation:stack-name`, and AWS keeps the prefix `aws:` to itself",
                (),
                "delete the tag: only AWS sets such a one",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E404", "E405") == [said]
