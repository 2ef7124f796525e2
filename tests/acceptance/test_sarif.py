"""What another program reads in the SARIF of a real run."""

from __future__ import annotations

from sarif_pydantic import Level, Sarif

from tests.acceptance.running import Runner, replace_line


def test_findings_are_read_where_they_are(runner: Runner) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "memory: 512", "memory: 3 GB")
    done = runner.run("taskdef", "check", "dev", "--format", "sarif")
    assert (done.status, done.err) == (1, "")
    (run,) = Sarif.model_validate_json(done.out).runs
    assert [
        (rule.id, rule.short_description and rule.short_description.text) for rule in run.tool.driver.rules or []
    ] == [("E402", "Fargate has no such size")]
    (found,) = run.results or []
    (location,) = found.locations or []
    place = location.physical_location
    assert place is not None and place.artifact_location is not None and place.region is not None
    assert (found.rule_id, found.level, place.artifact_location.uri) == ("E402", Level.ERROR, "environments/dev.yaml")
    assert (place.region.start_line, place.region.start_column, place.region.end_column) == (9, 11, 15)


def test_a_run_without_findings_is_read_too(runner: Runner) -> None:
    (run,) = Sarif.model_validate_json(runner.demand("taskdef", "check", "--format", "sarif")).runs
    assert (run.tool.driver.name, run.results) == ("taskdef", [])
