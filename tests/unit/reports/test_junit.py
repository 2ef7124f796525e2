"""Results as JUnit XML: which case a finding fails, what only stands beside, and texts that cannot break out."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from generator.model.findings import Finding, Location
from generator.model.result import Outcome, Result
from generator.reports.forms import View, format_result

ERROR = Finding(
    "E402",
    "error",
    "no such size",
    Location("environments/prod.yaml", 7, 11),
    None,
    "memory",
    (),
    None,
    ("prod",),
    "web",
)
WARNING = ERROR._replace(code="W601", severity="warning", message="no tag")
WEB = Outcome("rendered/prod/web.json", "same", "prod", "web")
JOB = Outcome("rendered/dev/job.json", "same", "dev", "job")


def read(result: Result) -> ET.Element:
    """Write a result, and give the one suite."""
    report = format_result(result, View("junit"))
    assert report.err == ""
    suites = ET.fromstring(report.out)
    assert (suites.tag, [suite.tag for suite in suites]) == ("testsuites", ["testsuite"])
    return suites[0]


def list_cases(result: Result) -> list[tuple[str, str, list[tuple[str, str | None]]]]:
    """List the cases as (class, name, what is in them); the counts of the suite are right."""
    suite = read(result)
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[attribute]) == len(list(suite.iter(tag)))
    return [
        (case.attrib["classname"], case.attrib["name"], [(part.tag, part.get("message")) for part in case])
        for case in suite
    ]


def test_an_error_fails_the_case_of_its_artifact() -> None:
    assert list_cases(Result("check", (ERROR,), 1, (JOB, WEB))) == [
        ("dev", "job", []),
        ("prod", "web", [("failure", "E402: no such size")]),
    ]


def test_a_case_fails_once_with_all_that_is_wrong() -> None:
    (case,) = read(Result("check", (ERROR, ERROR._replace(code="E411", message="no size")), 1, (WEB,)))
    assert [(part.attrib, (part.text or "").count("error[")) for part in case] == [
        ({"message": "E402: no such size (and 1 more)", "type": "E402"}, 2)
    ]


@pytest.mark.parametrize(
    ("strict", "parts"),
    [(False, [("failure", "E402: no such size"), ("system-out", None)]), (True, [("failure", "E402: no such size (and 1 more)")])],
)  # fmt: skip
def test_warnings_fail_where_they_fail_the_run(strict: bool, parts: list[tuple[str, str | None]]) -> None:
    assert list_cases(Result("check", (ERROR, WARNING), 1, (WEB,), strict=strict)) == [("prod", "web", parts)]


def test_what_concerns_no_single_artifact_has_a_case_of_its_own() -> None:
    everywhere = ERROR._replace(environments=("dev", "prod"), task=None)
    assert list_cases(Result("check", (everywhere, ERROR._replace(environments=(), task=None, location=None)), 1)) == [
        ("dev", "environments/prod.yaml", [("failure", "E402: no such size")]),
        ("prod", "environments/prod.yaml", [("failure", "E402: no such size")]),
        ("check", "project", [("failure", "E402: no such size")]),
    ]


def test_linted_files_are_cases() -> None:
    outcomes = (
        Outcome("a.json", "faulty"),
        Outcome("b.json", "clean"),
        Outcome("c.json", "skipped"),
        Outcome("d.json", "refused"),
    )
    found = ERROR._replace(location=Location("a.json", 1, 1), environments=(), task=None)
    assert list_cases(Result("lint", (found,), 2, outcomes, refused=("d.json: no such file",))) == [
        ("lint", "a.json", [("failure", "E402: no such size")]),
        ("lint", "b.json", []),
        ("lint", "c.json", [("skipped", None)]),
        ("lint", "d.json", [("error", "d.json: no such file")]),
    ]


def test_texts_cannot_break_out() -> None:
    message = 'a "b" <c> & d\x1b]]>\ud800\x00'
    (case,) = read(Result("check", (ERROR._replace(message=message, task='<"&>'),), 1))
    assert (case.attrib["name"], case[0].attrib["message"]) == ('<"&>', 'E402: a "b" <c> & d\\x1b]]>\\ud800\\x00')


def test_a_finding_in_several_places_fails_each_case_once() -> None:
    other = ERROR._replace(location=Location("environments/prod.yaml", 9, 3))
    elsewhere = other._replace(environments=("dev",), task="job")
    assert list_cases(Result("check", (ERROR._replace(others=(other, elsewhere)),), 1, (JOB, WEB))) == [
        ("dev", "job", [("failure", "E402: no such size")]),
        ("prod", "web", [("failure", "E402: no such size")]),
    ]
