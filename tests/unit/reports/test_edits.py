"""What `set` and `promote` say of values, of the environments that change, and of a commit that was not made."""

from __future__ import annotations

import json

import pytest

from generator.model.edits import Commit, Edited, ValueSet
from generator.model.events import EditReaches
from generator.model.findings import Finding, Location
from generator.model.result import Outcome, Result
from generator.reports.edits import state_reach, state_value
from generator.reports.forms import View, format_result

PLACE = Location("environments/prod.yaml", 2, 10)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (ValueSet("tag", PLACE, "v1", "v2"), "environments/prod.yaml:2:10: tag: v1 → v2"),
        (ValueSet("tag", PLACE, None, ""), 'environments/prod.yaml:2:10: tag: not set → ""'),
        (ValueSet("tag", PLACE, " a", "b "), 'environments/prod.yaml:2:10: tag: " a" → "b "'),
        (ValueSet("tag", PLACE, "v1", None), "environments/prod.yaml:2:10: tag: v1 removed"),
        (ValueSet("tag", PLACE, "v1", "v1", same=True), "environments/prod.yaml:2:10: tag is v1 already"),
    ],
)
def test_a_value_is_shown_with_its_line(value: ValueSet, said: str) -> None:
    assert state_value(value) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (EditReaches(("a.yaml",), ("dev", "prod")), "a.yaml changes dev and prod"),
        (EditReaches(("a.yaml", "b.yaml"), ("dev",)), "a.yaml and b.yaml change dev"),
        (EditReaches(("a.yaml",), ()), "a.yaml changes no artifact"),
    ],
)
def test_the_environments_that_an_edit_changes_are_named(event: EditReaches, said: str) -> None:
    assert state_reach(event) == said


WRITTEN = (Outcome("environments/prod.yaml", "wrote"),)
VALUE = ValueSet("tag", PLACE, "v1", "v2")
LINE = "environments/prod.yaml:2:10: tag: v1 → v2\nno artifact changes\n"
WARNING = Finding("W601", "warning", "another image after every push")


@pytest.mark.parametrize(
    ("result", "out", "err"),
    [
        (Result("set", (), 0, WRITTEN, answer=Edited((VALUE,))), f"{LINE}wrote environments/prod.yaml\n", ""),
        (Result("set", (), 0, WRITTEN, answer=Edited((VALUE,), dry=True)), f"{LINE}nothing was written\n", ""),
        (
            Result("set", (), 0, WRITTEN, answer=Edited((VALUE,), commit=Commit("0123456789abcdef", "Set tag"))),
            f"{LINE}wrote environments/prod.yaml\ncommitted 0123456789ab Set tag\n",
            "",
        ),
        (
            Result("set", (WARNING,), 1, answer=Edited((VALUE,), withheld=True), strict=True),
            "",
            "warning[W601]: another image after every push\n1 warning, and `--strict` was given: nothing was written\n",
        ),
        (
            Result("promote", (), 0, answer=Edited()),
            "nothing to promote: the versions of all images are the same already\n",
            "",
        ),
    ],
)
def test_an_edit_is_told_in_lines(result: Result, out: str, err: str) -> None:
    report = format_result(result)
    assert (report.out, report.err) == (out, err)


def test_a_commit_that_was_not_made_is_in_the_json_with_what_git_said() -> None:
    edited = Edited((VALUE,), said=("no commits on Fridays",))
    result = Result("set", (), 2, WRITTEN, answer=edited, refused=("git made no commit",))
    report = json.loads(format_result(result, View("json")).out)
    assert report["refused"] == ["git made no commit", "no commits on Fridays"]
    assert (report["commit"], report["summary"]["written"], report["summary"]["status"]) == (None, True, 2)
