"""The user of a container: E507."""

from __future__ import annotations

import pytest

from generator.model.shortening import shorten_text
from tests.rules.running import Said, ec2, fargate, say

USER = "containerDefinitions[app].user"
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
FORMS = "write `user`, `user:group`, or the same with numbers"


@pytest.mark.parametrize(
    "user",
    [
        "app",
        "app:app",
        "app:1000",
        "1000",
        "1000:1000",
        "1000:app",
        "0",
        "0:0",
        "root",
        "www-data",
        "_apt",
        "svc$",
        "2147483647",
        "1000:",
        ":1000",
        "",
        None,
    ],
)
def test_passes(user: str | None) -> None:
    assert say(fargate({"user": user}), "E507") == []
    assert say(ec2({"user": user}), "E507") == []


def test_a_user_of_windows_passes() -> None:
    assert say(ec2({"user": "NT AUTHORITY\\SYSTEM"}, runtimePlatform=WINDOWS), "E507") == []


@pytest.mark.parametrize(
    ("user", "state", "help"),
    [
        ("-1", "and the number of a user is between 0 and 2147483647", FORMS),
        ("1000:-5", "and the number of a group is between 0 and 2147483647", FORMS),
        ("2147483648", "and the number of a user is between 0 and 2147483647", FORMS),
        ("9" * 5000, "and the number of a user is between 0 and 2147483647", FORMS),
        ("1000:1000:1000", "with more than one `:`", FORMS),
        ("app user", "and the name of a user has no blanks", FORMS),
        (" app", "and the name of a user has no blanks", FORMS),
        ("app: app", "and the name of a group has no blanks", FORMS),
    ],
)
def test_fails(user: str, state: str, help: str) -> None:
    assert say(fargate({"user": user}), "E507") == [
        Said("E507", USER, f"`{USER}` is `{shorten_text(user)}`, {state}", (), help)
    ]
