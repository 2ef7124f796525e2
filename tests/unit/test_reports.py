"""What is masked is masked in every form of output."""

from __future__ import annotations

import click
import pytest

from generator.build.pipeline import build_project
from generator.cli import check, lint, render
from generator.model.comparison import Review
from generator.model.findings import Finding
from generator.model.result import Outcome, Result
from generator.reports import FORMATS
from generator.reports.forms import View, format_result
from tests.support import make_project

TEMPLATE = """\
{"family": "web", "requiresCompatibilities": ["EC2"], "containerDefinitions": [
  {"name": "web", "image": "web:v1", "memory": 64, "environment": [
    {"name": "DB_PASSWORD", "value": "{{ opening }}"}, {"name": "HARMLESS", "value": "{{ address }}"}]}
]}
"""
OVERLAYS = [
    "vars: {opening: hunter2-one, address: 'redis://:hunter2-two@cache.internal'}\n",
    "vars: &all\n  opening: hunter2-one\n  address: redis://:hunter2-two@cache.internal\n",
    "vars: {opening: '', address: ''}\n"
    "patch: {containerDefinitions: {web: {environment: {DB_PASSWORD: hunter2-one, HARMLESS: 'redis://:hunter2-two@cache'}}}}\n",
]


@pytest.mark.parametrize("command", [check.command, lint.command, render.command], ids=lambda each: each.name)
def test_commands_offer_every_form_of_the_registry(command: click.Command) -> None:
    (option,) = (each for each in command.params if each.name == "form")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == tuple(FORMATS)


def test_beside_json_that_has_the_findings_nothing_is_printed() -> None:
    finding = Finding("E102", "error", "`x` is not set")
    result = Result("diff", (finding,), 2, answer=Review((), (finding,)))
    beside = [format_result(result, View(form)).err for form in ("json", "text")]
    assert beside == ["", "error[E102]: `x` is not set\n1 error: not everything could be compared\n"]


@pytest.mark.parametrize(
    ("form", "after"), [("text", ("nothing was linted",)), ("github", ("nothing was linted",)), ("json", ()), ("sarif", ()), ("junit", ())]
)  # fmt: skip
def test_beside_a_product_nothing_follows_a_report_that_a_program_reads(form: str, after: tuple[str, ...]) -> None:
    result = Result("lint", (), 2, (Outcome("a.json", "skipped"),), "", refused=("nothing was linted",))
    report = format_result(result, View(form))
    assert (report.out, report.refused) == ("", after)
    assert ("nothing was linted" in report.err) == (not after)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_form_shows_a_credential(form: str, overlay: str) -> None:
    findings = build_project(make_project({"web.json.j2": TEMPLATE}, {"dev.yaml": overlay}, rules=True)).findings
    assert [finding.code for finding in findings] == ["W602", "W602"]
    report = format_result(Result("check", findings, 1, strict=True), View(form))
    assert ("W602" in report.out + report.err, "hunter2" in report.out + report.err) == (True, False)
