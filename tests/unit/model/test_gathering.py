"""What is the same to a reader is told once, with all that it holds for; anything else stays apart."""

from __future__ import annotations

from generator.model.findings import Excerpt, Finding, Location, Note
from generator.model.gathering import Report, gather

HERE = Location("templates/_logs.j2", 7, 5)
FINDING = Finding("E457", "error", "no option `x`", HERE, Excerpt('"x": "y"', 1, 3), "containerDefinitions[api]")


def test_one_line_that_writes_two_values_is_told_once() -> None:
    other = FINDING._replace(path="containerDefinitions[envoy]")
    assert gather([Report(FINDING, "dev", "web"), Report(other, "dev", "web")]) == (
        FINDING._replace(environments=("dev",), task="web"),
    )


def test_one_variable_of_two_templates_is_told_once_with_both_notes() -> None:
    first, second = (FINDING._replace(notes=(Note(f"the template takes `x` in {name}"),)) for name in ("a", "b"))
    assert gather([Report(first, "dev", "a"), Report(second, "prod", "b"), Report(first, "prod", "a")]) == (
        FINDING._replace(notes=first.notes + second.notes, environments=("dev", "prod")),
    )


def test_other_messages_and_findings_without_a_place_stay_apart() -> None:
    missing = Finding("E803", "error", "missing")
    findings = (missing, FINDING, FINDING._replace(message="no option `z`"))
    assert gather([Report(finding, None, None) for finding in findings]) == findings
    assert len(gather([Report(missing._replace(path=path), None, None) for path in "ab"])) == 2


def test_findings_of_one_cause_in_one_file_are_one_with_all_places() -> None:
    first, second, third = (FINDING._replace(cause="x", location=HERE._replace(line=line)) for line in (3, 5, 9))
    elsewhere = first._replace(location=Location("a.json", 1, 1))
    other = second._replace(cause="y")
    reports = [Report(finding, None, None) for finding in (third, second, other, elsewhere, first)]
    assert gather(reports) == (elsewhere, first._replace(others=(second, third)), other)


def test_findings_without_a_cause_stay_apart() -> None:
    findings = tuple(FINDING._replace(location=HERE._replace(line=line)) for line in (3, 5))
    assert gather([Report(finding, None, None) for finding in findings]) == findings
