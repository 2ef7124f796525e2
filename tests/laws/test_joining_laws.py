"""However findings are joined by their causes, each keeps its place, and no form that programs read shows fewer."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st

from generator.model.answers import Linted
from generator.model.findings import Finding, Location, Severity, list_places
from generator.model.gathering import join_causes
from generator.model.nodes import Value
from generator.model.result import Result
from generator.reports.forms import View, format_result

LOCATIONS = st.none() | st.builds(Location, st.sampled_from(["a.json", "b.json"]), st.integers(1, 3), st.just(1))
SEVERITIES: tuple[Severity, ...] = ("error", "warning")


def make_finding(
    code: str,
    severity: Severity,
    message: str,
    location: Location | None,
    path: str | None,
    environments: tuple[str, ...],
    cause: str | None,
) -> Finding:
    return Finding(code, severity, message, location, path=path, environments=environments, cause=cause)


FINDINGS = st.lists(
    st.tuples(
        st.sampled_from(["E102", "E306"]),
        st.sampled_from(SEVERITIES),
        st.sampled_from(["`x` is not set", "`y` is not set"]),
        LOCATIONS,
        st.sampled_from([None, "cpu", "memory"]),
        st.sampled_from([(), ("dev",), ("dev", "prod")]),
        st.sampled_from([None, "x", "y"]),
    ).map(lambda drawn: make_finding(*drawn)),
    max_size=12,
)


def spell(finding: Finding) -> Value:
    return [finding.code, finding.severity, finding.message, finding.location, finding.path, finding.environments]


def read(code: str, severity: str, place: Value) -> Value:
    location = place["location"]
    where = location and [location["file"], location["line"], location["column"]]
    return [code, severity, place["message"], where, place["path"], place["environments"]]


def sort(values: list[Value]) -> list[str]:
    return sorted(json.dumps(value) for value in values)


@given(FINDINGS)
def test_joined_findings_are_those_there_were(findings: list[Finding]) -> None:
    joined = join_causes(findings)
    places = [place for finding in joined for place in list_places(finding)]
    assert sort([spell(place) for place in places]) == sort([spell(each) for each in findings])
    for finding in joined:
        causes = {(place.code, place.severity, place.cause) for place in list_places(finding)}
        assert len(causes) == 1
        assert finding.cause is not None or finding.others == ()


@given(FINDINGS)
def test_json_has_every_place_and_counts_causes(findings: list[Finding]) -> None:
    report = json.loads(format_result(Result("lint", tuple(findings), 1, answer=Linted()), View("json")).out)
    found = [
        read(each["code"], each["severity"], place) for each in report["findings"] for place in (each, *each["others"])
    ]
    assert sort(found) == sort([spell(each) for each in findings])
    assert report["summary"]["errors"] == sum(each.severity == "error" for each in join_causes(findings))


@given(FINDINGS)
def test_annotations_and_sarif_show_every_place(findings: list[Finding]) -> None:
    result = Result("lint", tuple(findings), 1, answer=Linted())
    commands = [line for line in format_result(result, View("github")).out.splitlines() if line.startswith("::")]
    results = json.loads(format_result(result, View("sarif")).out)["runs"][0]["results"]
    assert (len(commands), len(results)) == (len(findings), len(findings))
