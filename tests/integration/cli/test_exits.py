"""What is said when a run cannot go on: the message, and the one thing to do about it."""

from __future__ import annotations

import json

import pytest

from generator.cli.exits import fail_with
from generator.cli.statuses import REFUSED
from generator.model.findings import InputError

ERROR = InputError("web.json: no such file", "`taskdef render` writes it")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputError("web.json: no such file"), "error: web.json: no such file\n"),
        (ERROR, "error: web.json: no such file\n  help: `taskdef render` writes it\n"),
        (InputError("a\x1b[2J", "look at `a\x1b[2J`"), "error: a\\x1b[2J\n  help: look at `a\\x1b[2J`\n"),
    ],
)
def test_the_help_of_an_error_is_a_line_of_its_own(
    capfd: pytest.CaptureFixture[str], error: InputError, said: str
) -> None:
    assert (fail_with(error, ["check"]), *capfd.readouterr()) == (REFUSED, "", said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputError("web.json: no such file"), {"message": "web.json: no such file", "status": 2}),
        (ERROR, {"message": "web.json: no such file", "status": 2, "help": "`taskdef render` writes it"}),
    ],
)
def test_the_help_of_an_error_is_a_member_in_json(
    capfd: pytest.CaptureFixture[str], error: InputError, said: dict[str, object]
) -> None:
    assert fail_with(error, ["check", "--format=json"]) == REFUSED
    out, err = capfd.readouterr()
    assert (json.loads(out), err) == ({"version": 1, "error": said}, "")


def test_an_error_reads_as_its_message() -> None:
    assert (str(ERROR), ERROR.args) == ("web.json: no such file", ("web.json: no such file",))
