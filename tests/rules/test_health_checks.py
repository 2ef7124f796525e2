"""Health checks of containers: E506, W605 and W626."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

CHECK = "containerDefinitions[app].healthCheck"
COMMAND = f"{CHECK}.command"
SHELL = ["CMD-SHELL", "pg_isready || exit 1"]


@pytest.mark.parametrize(
    "command",
    [
        SHELL,
        ["CMD-SHELL", "test -f /tmp/ready && kill -0 1 | cat"],
        ["CMD-SHELL", "/healthcheck.sh"],
        ["CMD-SHELL", ""],
        ["CMD", "/healthcheck"],
        ["CMD", "pg_isready", "-U", "app"],
        ["CMD", "/opt/my app/check"],
        ["CMD", "C:\\Program Files\\app\\check.exe"],
        ["CMD", "find", "/tmp", "-exec", "test", "-f", "{}", ";"],
        ["CMD", "sh", "-c", "pg_isready || exit 1"],
        ["CMD", "python", "-c", "import app; app.check()"],
        ["CMD", "grep", "|", "/tmp/state"],
        ["CMD", "/healthcheck", "http://localhost/?a=1&b=2"],
        ["CMD", "/" + "|" * 60000],
        ["NONE"],
    ],
)
def test_a_command_in_its_form_passes(command: list[str]) -> None:
    assert say(fargate({"healthCheck": {"command": command}}), "E506", "W626") == []
    assert say(ec2({"healthCheck": {"command": command}}), "E506", "W626") == []


@pytest.mark.parametrize("container", [{}, {"healthCheck": {}}, {"healthCheck": {"interval": 5, "timeout": 5}}])
def test_a_container_without_a_command_passes(container: Value) -> None:
    assert say(fargate(container), "E506", "W605", "W626") == []


@pytest.mark.parametrize(
    ("command", "place", "state", "help"),
    [
        ([], "", "is empty", 'write `["CMD-SHELL", "…"]`, or remove `healthCheck`'),
        (["CMD"], "", "has no program after `CMD`", "add the program and its arguments"),
        (["CMD", " "], "", "has no program after `CMD`", "add the program and its arguments"),
        (["CMD-SHELL"], "", "has nothing after `CMD-SHELL`, which runs exactly one", "add the line for the shell"),
        (
            ["CMD-SHELL", "curl", "-f", "http://localhost/"],
            "",
            "has 3 texts after `CMD-SHELL`, which runs exactly one",
            "write the whole line for the shell as one text",
        ),
        (
            ["CMD", "curl -f http://localhost/ || exit 1"],
            "[0]",
            "is `CMD`, which runs a program without a shell, and a line for a shell follows",
            "write `CMD-SHELL`",
        ),
        (
            ["CMD", "/usr/bin/curl -f http://localhost/"],
            "[0]",
            "is `CMD`, which runs a program without a shell, and a line for a shell follows",
            "write `CMD-SHELL`",
        ),
        (
            ["CMD", "curl", "-f", "http://localhost/", "||", "exit", "1"],
            "[4]",
            "is `||`, which only a shell understands, and `CMD` runs none",
            "write `CMD-SHELL`, and after it the whole line as one text",
        ),
        (
            ["CMD", "pg_isready", "|| exit 1"],
            "[2]",
            "is `|| exit 1`, which only a shell understands, and `CMD` runs none",
            "write `CMD-SHELL`, and after it the whole line as one text",
        ),
        (
            ["CMD", "CMD-SHELL", "pg_isready"],
            "[1]",
            "is `CMD-SHELL` once more, which is not a program",
            "keep one of `CMD` and `CMD-SHELL`",
        ),
    ],
)
def test_a_command_that_cannot_run_fails(command: list[str], place: str, state: str, help: str) -> None:
    said = Said("E506", f"{COMMAND}{place}", f"`{COMMAND}{place}` {state}", (), help)
    assert say(fargate({"healthCheck": {"command": command}}), "E506") == [said]


@pytest.mark.parametrize(
    ("command", "help"),
    [
        (
            ["/healthcheck"],
            "put `CMD` before it",
        ),
        (
            ["pg_isready || exit 1"],
            "put `CMD-SHELL` before it",
        ),
        (
            ["curl", "-f", "http://localhost/", "||", "exit", "1"],
            "write `CMD-SHELL`, and after it the whole line as one text",
        ),
        (
            ["curl -f", "http://localhost/"],
            "write `CMD-SHELL`, and after it the whole line as one text",
        ),
        (
            ["cmd-shell", "pg_isready"],
            "write `CMD-SHELL`",
        ),
        (
            ["CMD_SHELL", "pg_isready"],
            "write `CMD-SHELL`",
        ),
    ],
)
def test_a_command_that_docker_takes_for_no_check_is_reported(command: list[str], help: str) -> None:
    message = f"`{COMMAND}[0]` is neither `CMD` nor `CMD-SHELL`, so no check is run"
    said = [Said("W626", f"{COMMAND}[0]", message, (), help)]
    assert say(fargate({"healthCheck": {"command": command}}), "E506", "W626") == said


@pytest.mark.parametrize(
    "members",
    [{}, {"interval": 6}, {"timeout": 29}, {"interval": 10, "timeout": 9}, {"interval": 300, "timeout": 60}],
)
def test_a_timeout_below_the_interval_passes(members: Value) -> None:
    assert say(fargate({"healthCheck": {"command": SHELL, **members}}), "W605") == []


@pytest.mark.parametrize(
    ("members", "place", "seconds", "note"),
    [
        ({"interval": 10, "timeout": 10}, "timeout", 10, "`interval` is 10"),
        ({"interval": 10, "timeout": 60}, "timeout", 60, "`interval` is 10"),
        ({"timeout": 30}, "timeout", 30, "`interval` is 30 by default"),
        ({"interval": 5}, "interval", 5, "`timeout` is 5 by default"),
    ],
)
def test_a_timeout_as_long_as_the_interval_is_reported(members: Value, place: str, seconds: int, note: str) -> None:
    state = f"`{CHECK}.{place}` is {seconds} seconds, where the timeout is to be shorter than the interval"
    said = Said("W605", f"{CHECK}.{place}", state, (note,), "make the timeout shorter, or the interval longer")
    assert say(fargate({"healthCheck": {"command": SHELL, **members}}), "W605") == [said]
