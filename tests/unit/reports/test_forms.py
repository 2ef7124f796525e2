"""What is masked is masked in every form of output."""

from __future__ import annotations

from typing import get_args

import pytest

from generator.build.pipeline import build_project
from generator.model.result import Result
from generator.reports import FORMATS, Format, format_result
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


def test_every_form_has_a_module() -> None:
    assert tuple(FORMATS) == get_args(Format)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_form_shows_a_credential(form: Format, overlay: str) -> None:
    findings = build_project(make_project({"web.json.j2": TEMPLATE}, {"dev.yaml": overlay}, rules=True)).findings
    assert [finding.code for finding in findings] == ["W602", "W602"]
    report = format_result(Result("check", findings, 1, strict=True), form)
    assert ("W602" in report.out + report.err, "hunter2" in report.out + report.err) == (True, False)
