"""A finding is one workflow command, whatever its texts contain."""

from __future__ import annotations

import pytest

from generator.model.answers import Rendered
from generator.model.findings import Excerpt, Finding, Location, Note
from generator.model.result import Outcome, Result
from generator.reports.forms import Report, View, format_result
from generator.reports.github import format_finding

FINDING = Finding("E102", "error", "`x` is not set", Location("environments/prod.yaml", 7, 13))


def test_a_finding_is_an_annotation() -> None:
    finding = FINDING._replace(
        excerpt=Excerpt("x", 1, 1),
        notes=(Note("set", Location("a.yaml", 1, 2)),),
        help="set it",
        environments=("a", "b"),
    )
    assert format_finding(finding) == (
        "::error file=environments/prod.yaml,line=7,col=13,title=E102::`x` is not set"
        "%0Anote: set: a.yaml:1:2%0Anote: in a and b%0Ahelp: set it"
    )


@pytest.mark.parametrize(
    ("severity", "command"), [("error", "::error "), ("warning", "::warning "), ("note", "::notice ")]
)
def test_each_severity_has_its_command(severity: str, command: str) -> None:
    assert format_finding(FINDING._replace(severity=severity)).startswith(command)  # type: ignore[arg-type]  # a row of text


def test_texts_cannot_break_out() -> None:
    finding = FINDING._replace(message="100%\r\n::error::fake", location=Location("a:b,c%\n.yaml", 1, 1))
    assert format_finding(finding) == (
        "::error file=a%3Ab%2Cc%25\\n.yaml,line=1,col=1,title=E102::100%25\\r\\n::error::fake"
    )


def test_control_characters_are_spelt_out() -> None:
    hostile = "\x1b]8;;x\x07\u202e"
    finding = FINDING._replace(message=hostile, help=hostile, notes=(Note(hostile),), location=Location(hostile, 1, 1))
    assert format_finding(finding).isprintable()


def test_no_line_for_people_can_break_out() -> None:
    hostile = "a\r\n::error::fake\x1b]8;;x\x07"
    result = Result("render", (), 0, (Outcome(hostile, "wrote"),), answer=Rendered())
    report = format_result(result, View("github"))
    assert report.out.splitlines()[0] == "wrote a\\r\\n::error::fake\\x1b]8;;x\\x07"
    assert report.out.replace("\n", "").isprintable()


def test_a_finding_without_a_place_has_no_file() -> None:
    assert format_finding(Finding("E806", "error", "nothing")) == "::error title=E806::nothing"


@pytest.mark.parametrize(
    ("root", "file"),
    [
        (".", "environments/prod.yaml"),
        ("./", "environments/prod.yaml"),
        ("services/bot", "services/bot/environments/prod.yaml"),
        ("./services/bot/", "services/bot/environments/prod.yaml"),
    ],
)
def test_files_are_named_from_where_the_command_runs(root: str, file: str) -> None:
    assert format_finding(FINDING, root=root).startswith(f"::error file={file},line=7,")


def test_all_of_a_result_is_for_stdout() -> None:
    result = Result("render", (FINDING,), 0, (Outcome("a", "wrote"),), answer=Rendered())
    assert format_result(result, View("github")) == Report(
        "::error file=environments/prod.yaml,line=7,col=13,title=E102::`x` is not set\nwrote a\n1 error\n",
        "",
    )


def test_each_place_of_a_finding_is_an_annotation() -> None:
    other = FINDING._replace(location=Location("environments/prod.yaml", 9, 3))
    result = Result("render", (FINDING._replace(others=(other,)),), 1, answer=Rendered())
    assert format_result(result, View("github")).out == (
        "::error file=environments/prod.yaml,line=7,col=13,title=E102::`x` is not set\n"
        "::error file=environments/prod.yaml,line=9,col=3,title=E102::`x` is not set\n1 error\n"
    )
