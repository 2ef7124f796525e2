"""The JSON form has a version and says everything the values say."""

from __future__ import annotations

import json

import pytest

from generator.model.answers import Rendered
from generator.model.findings import Excerpt, Finding, Location, Note
from generator.model.result import Outcome, Result
from generator.reports.forms import View, format_result
from generator.reports.json import format_error, write_json
from generator.reports.spelling import escape_json

FINDING = Finding(
    "E402",
    "error",
    "no such size",
    Location("environments/prod.yaml", 7, 13),
    Excerpt("  memory: 1 GB", 11, 4),
    path="memory",
    notes=(Note("set here", Location("environments/prod.yaml", 6, 8)), Note("a fact")),
    help="use 2 GB",
    environments=("prod",),
    task="app",
)


def test_a_result_is_one_object() -> None:
    outcome = Outcome("rendered/prod/app.json", "wrote", "prod", "app")
    result = Result("render", (FINDING, Finding("W805", "warning", "密\ud800")), 1, (outcome,), answer=Rendered())
    out, err, *_ = format_result(result, View("json"))
    assert (json.loads(out), err) == (
        {
            "version": 1,
            "command": "render",
            "findings": [
                {
                    "code": "E402",
                    "severity": "error",
                    "message": "no such size",
                    "location": {"file": "environments/prod.yaml", "line": 7, "column": 13},
                    "excerpt": {"text": "  memory: 1 GB", "column": 11, "length": 4},
                    "path": "memory",
                    "notes": [
                        {"text": "set here", "location": {"file": "environments/prod.yaml", "line": 6, "column": 8}},
                        {"text": "a fact", "location": None},
                    ],
                    "help": "use 2 GB",
                    "environments": ["prod"],
                    "task": "app",
                    "edits": [],
                    "others": [],
                },
                {
                    "code": "W805",
                    "severity": "warning",
                    "message": "密\ud800",
                    "location": None,
                    "excerpt": None,
                    "path": None,
                    "notes": [],
                    "help": None,
                    "environments": [],
                    "task": None,
                    "edits": [],
                    "others": [],
                },
            ],
            "artifacts": [{"path": "rendered/prod/app.json", "action": "wrote", "environment": "prod", "task": "app"}],
            "summary": {
                "errors": 1,
                "warnings": 1,
                "notes": 0,
                "artifacts": 1,
                "text": "1 error and 1 warning",
                "status": 1,
            },
        },
        "",
    )
    assert out.replace("\n", "").isprintable()


def test_beside_a_product_the_report_is_for_stderr() -> None:
    out, err, *_ = format_result(Result("render", (), 0, product="{}\n"), View("json"))
    assert (out, json.loads(err)["summary"]["status"]) == ("{}\n", 0)


def test_a_failure_is_an_object_too() -> None:
    assert json.loads(format_error("no such folder", 2)) == {
        "version": 1,
        "error": {"message": "no such folder", "status": 2},
    }
    assert json.loads(format_error("no such folder", 2, "make it"))["error"] == {
        "message": "no such folder",
        "status": 2,
        "help": "make it",
    }


UNSEEN = "a\x7fb\x85c\u202ed\u2066e\U000e0041f\ud800"
SPELT = r"a\u007fb\u0085c\u202ed\u2066e\udb40\udc41f\ud800"


def test_what_a_terminal_would_obey_is_spelt_out_and_all_else_stays() -> None:
    assert write_json({"密é": UNSEEN}) == f'{{\n  "密é": "{SPELT}"\n}}\n'
    assert json.loads(write_json([UNSEEN])) == [UNSEEN]
    assert escape_json('{\n  "a": "é"\n}\n') == '{\n  "a": "é"\n}\n'


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_report_has_no_character_that_is_not_seen(form: str) -> None:
    finding = FINDING._replace(message=UNSEEN, code="W805")
    out, *_ = format_result(Result("render", (finding,), 1), View(form))
    assert SPELT in out
    assert out.replace("\n", "").isprintable()


def test_a_finding_has_its_other_places() -> None:
    other = FINDING._replace(location=Location("a.yaml", 9, 1), excerpt=None, path="cpu", notes=())
    out = format_result(Result("render", (FINDING._replace(others=(other,)),), 1, answer=Rendered()), View("json")).out
    assert json.loads(out)["findings"][0]["others"] == [
        {
            "message": FINDING.message,
            "location": {"file": "a.yaml", "line": 9, "column": 1},
            "excerpt": None,
            "path": "cpu",
            "notes": [],
            "help": FINDING.help,
            "environments": [*FINDING.environments],
            "task": FINDING.task,
            "edits": [],
        }
    ]
    assert json.loads(out)["summary"]["errors"] == 1
