"""What is the same to a reader is told once, with all that it holds for; anything else stays apart."""

from __future__ import annotations

import pytest

from generator.model.findings import Excerpt, Finding, Location, Note
from generator.model.gathering import MOST_SHOWN, Report, gather, join_causes, leave_out

HERE = Location("templates/_logs.j2", 7, 5)
FINDING = Finding("E457", "error", "no option `x`", HERE, Excerpt('"x": "y"', 1, 3), "containerDefinitions[api]")


def test_one_line_that_writes_two_values_is_told_once() -> None:
    other = FINDING._replace(path="containerDefinitions[envoy]")
    assert gather([Report(FINDING, "dev", "web"), Report(other, "dev", "web")]) == (
        FINDING._replace(environments=("dev",), task="web"),
    )


def test_one_variable_of_two_templates_is_told_once_with_both_notes() -> None:
    first, second = (FINDING._replace(notes=(Note(f"the template uses `x` in {name}"),)) for name in ("a", "b"))
    assert gather([Report(first, "dev", "a"), Report(second, "prod", "b"), Report(first, "prod", "a")]) == (
        FINDING._replace(notes=first.notes + second.notes, environments=("dev", "prod")),
    )


def test_other_messages_and_findings_without_a_place_stay_apart() -> None:
    missing = Finding("E803", "error", "missing")
    findings = (missing, FINDING, FINDING._replace(message="no option `z`"))
    assert gather([Report(finding, None, None) for finding in findings]) == findings
    assert len(gather([Report(missing._replace(path=path), None, None) for path in "ab"])) == 2


CAUSED = FINDING._replace(cause="x")


def test_findings_of_one_cause_are_one_with_all_places_in_whatever_files() -> None:
    second = CAUSED._replace(location=HERE._replace(line=9), message="another message", path=None)
    elsewhere = CAUSED._replace(location=Location("a.json", 1, 1), environments=("dev",))
    nowhere = CAUSED._replace(location=None)
    assert join_causes((CAUSED, second, elsewhere, nowhere)) == (CAUSED._replace(others=(second, elsewhere, nowhere)),)


@pytest.mark.parametrize(
    "other",
    [
        CAUSED._replace(cause="y"),
        CAUSED._replace(code="E456"),
        CAUSED._replace(severity="warning"),
        CAUSED._replace(cause=None),
    ],
    ids=["another cause", "another code", "another severity", "no cause"],
)
def test_findings_of_two_causes_stay_apart_and_in_order(other: Finding) -> None:
    assert join_causes((CAUSED, other)) == (CAUSED, other)
    assert join_causes((other, CAUSED, other._replace(location=None))) == (
        (other, CAUSED, other._replace(location=None))
        if other.cause is None
        else (other._replace(others=(other._replace(location=None),)), CAUSED)
    )


def test_findings_without_a_cause_stay_apart() -> None:
    assert join_causes((FINDING, FINDING)) == (FINDING, FINDING)


def test_gathering_leaves_each_finding_to_who_judges_by_it() -> None:
    second = CAUSED._replace(location=HERE._replace(line=9))
    assert gather([Report(finding, None, None) for finding in (second, CAUSED)]) == (CAUSED, second)


def test_of_too_many_findings_the_first_of_each_cause_is_shown() -> None:
    many = [CAUSED._replace(location=HERE._replace(line=line)) for line in range(1, MOST_SHOWN + 20)]
    last = CAUSED._replace(cause="y", location=HERE._replace(line=900))
    shown = [finding for finding in leave_out((*many, last)) if not finding.left_out]
    assert shown == [*many[: MOST_SHOWN - 1], last]
