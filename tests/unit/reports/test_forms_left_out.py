"""Of a file with many findings so many are shown, and the others are counted, in every form."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest

from generator.aws.verify.things import Counts, Verification
from generator.model.comparison import Review
from generator.model.findings import Finding, Location
from generator.model.gathering import MOST_SHOWN, empty, leave_out
from generator.model.origins import Explanation
from generator.model.result import Result, limit_findings
from generator.reports.forms import View, format_result
from generator.reports.matrix.page import describe_page
from generator.review.matrix import Matrix

MANY = tuple(Finding("W605", "warning", f"no {line}", Location("a.json", line, 1)) for line in range(1, 151))
ERROR = Finding("E401", "error", "wrong", Location("a.json", 200, 1))
OTHER = Finding("E401", "error", "wrong", Location("b.json", 1, 1))
RESULT = Result("lint", (*MANY, ERROR, OTHER), 1, judging=True)
SAID = "and 51 more in a.json"


def format_as(form: str, **changes: str) -> str:
    view = View(form)._replace(**changes)  # type: ignore[arg-type]  # a row of text
    return "".join(format_result(RESULT, view)[:2])


def test_what_weighs_least_and_stands_furthest_down_is_left_out() -> None:
    limited = limit_findings(RESULT)
    assert limited.findings == (*MANY[: MOST_SHOWN - 1], ERROR, OTHER)
    assert limited.left_out == tuple(map(empty, MANY[MOST_SHOWN - 1 :]))


def test_few_are_all_shown_and_so_are_those_that_are_about_no_file() -> None:
    few = RESULT._replace(findings=MANY[:MOST_SHOWN])
    placeless = RESULT._replace(findings=tuple(each._replace(location=None) for each in MANY))
    assert (limit_findings(few), limit_findings(placeless)) == (few, placeless)


def test_text_ends_with_how_many_are_left_out() -> None:
    lines = format_as("text").splitlines()
    assert (len(lines), lines[-2]) == (MOST_SHOWN + 3, SAID)
    assert lines[-1].startswith("2 errors and 150 warnings")
    assert SAID not in format_as("text", least="error")


def test_annotations_are_followed_by_it() -> None:
    lines = format_as("github").splitlines()
    assert (len(lines), lines[-2]) == (MOST_SHOWN + 3, SAID)
    assert lines[-1].startswith("2 errors and 150 warnings")


def test_json_counts_all_and_says_what_it_does_not_list() -> None:
    report = json.loads(format_as("json"))
    assert (len(report["findings"]), report["left_out"]) == (MOST_SHOWN + 1, [{"file": "a.json", "count": 51}])
    assert (report["summary"]["errors"], report["summary"]["warnings"]) == (2, 150)


ANSWERS = {
    "diff": Review((), RESULT.findings),
    "matrix": Matrix((), whole=True),
    "explain": Explanation("dev", "web", "rendered/dev/web.json"),
    "diagnose": (),
    "verify": Verification((), Counts(0, 0, 0, 0)),
}


@pytest.mark.parametrize("command", ANSWERS)
def test_json_of_answers_says_it_too(command: str) -> None:
    result = RESULT._replace(command=command, answer=ANSWERS[command])
    report = json.loads(format_result(result, View("json")).out)
    assert (len(report["findings"]), report["left_out"]) == (MOST_SHOWN + 1, [{"file": "a.json", "count": 51}])


def test_sarif_notifies_of_it() -> None:
    (run,) = json.loads(format_as("sarif"))["runs"]
    (invocation,) = run["invocations"]
    assert len(run["results"]) == MOST_SHOWN + 1
    assert invocation["toolExecutionNotifications"] == [{"level": "note", "message": {"text": SAID}}]
    assert invocation["executionSuccessful"] is True


def test_junit_says_it_of_the_whole() -> None:
    suite = fromstring(format_as("junit"))[0]
    assert suite.findtext("system-out") == SAID


def test_the_page_of_matrix_counts_them() -> None:
    page = describe_page((), {}, leave_out(RESULT.findings), whole=True)
    assert (len(page["findings"]), page["left_out"]) == (MOST_SHOWN + 1, 51)


def test_that_something_was_not_read_is_shown_however_much_is_wrong() -> None:
    errors = [ERROR._replace(location=Location("a.json", line, 1)) for line in range(1, MOST_SHOWN + 9)]
    end = Finding("E109", "error", "nothing is read from here on", Location("a.json", 999, 1))
    assert leave_out((*errors, end))[MOST_SHOWN - 1 :] == (*map(empty, errors[MOST_SHOWN - 1 :]), end)
