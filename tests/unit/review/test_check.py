"""Findings about committed artifacts that are out of date."""

from __future__ import annotations

import pytest

from generator.build.pipeline import build_project
from generator.model.findings import Finding, Location
from generator.model.project import Build, Project
from generator.review.check import compare
from tests.support import make_project

TEMPLATE = """\
{
  "family": "app-{{ env }}",
  "containerDefinitions": [
    {
      "$id": "app",
      "name": "app-{{ env }}",
      "image": "{{ repository }}:{{ tag }}",
      "environment": [
        {"name": "API_TOKEN", "value": "{{ token }}"},
        {"name": "LOG_LEVEL", "value": "{{ level }}"},
        {"name": "MODE", "value": "fast"}
      ]
    }
  ]
}
"""
OVERLAY = """\
vars:
  repository: app
  tag: v1
  level: INFO
  token: made-up
patch:
  cpu: 256
"""
PROJECT = make_project({"app.json.j2": TEMPLATE}, {"dev.yaml": OVERLAY})
BUILT = build_project(PROJECT)
RIGHT = BUILT.artifacts[0].text


def check(committed: dict[str, str | bytes], *, built: Build = BUILT, whole: bool = True) -> tuple[Finding, ...]:
    """Compare the build with committed artifacts, by file name under `rendered`."""
    artifacts = {name: text.encode() if isinstance(text, str) else text for name, text in committed.items()}
    return compare(commit(PROJECT, artifacts), built, whole=whole)


def commit(project: Project, artifacts: dict[str, bytes]) -> Project:
    return project._replace(artifacts=artifacts)


def test_what_the_sources_give_has_no_finding() -> None:
    assert check({"dev/app.json": RIGHT}) == ()


# One field.

CONTAINER = "containerDefinitions[app]"
DIFFERENT: dict[str, tuple[tuple[str, str], tuple[str, str, list[str]]]] = {
    "a variable's value, at the line of the variable": (
        ('"value": "INFO"', '"value": "DEBUG"'),
        (
            "environments/dev.yaml:4:10",
            f"`{CONTAINER}.environment[LOG_LEVEL].value` is `DEBUG` in `rendered/dev/app.json`, but renders to `INFO`",
            ["the template uses `level` in templates/app.json.j2:10:40"],
        ),
    ),
    "a value of two variables, at the line of the first": (
        ('"app:v1"', '"app:v2"'),
        (
            "environments/dev.yaml:2:15",
            f"`{CONTAINER}.image` is `app:v2` in `rendered/dev/app.json`, but renders to `app:v1`",
            [
                "the template uses `repository` in templates/app.json.j2:7:16",
                "it also uses `tag`, set in environments/dev.yaml:3:8",
            ],
        ),
    ),
    "a patch's value, at the line of the patch": (
        ('"cpu": "256"', '"cpu": "512"'),
        ("environments/dev.yaml:7:8", "`cpu` is `512` in `rendered/dev/app.json`, but renders to `256`", []),
    ),
    "a template's value, at the line of the template": (
        ('"value": "fast"', '"value": "slow"'),
        (
            "templates/app.json.j2:11:35",
            f"`{CONTAINER}.environment[MODE].value` is `slow` in `rendered/dev/app.json`, but renders to `fast`",
            [],
        ),
    ),
    "a number for text": (
        ('"cpu": "256"', '"cpu": 256'),
        ("environments/dev.yaml:7:8", "`cpu` is a number in `rendered/dev/app.json`, but renders to text", []),
    ),
    "a missing member": (
        (',\n  "cpu": "256"', ""),
        ("environments/dev.yaml:7:8", "`cpu` is missing in `rendered/dev/app.json`, but renders to `256`", []),
    ),
    "an extra member, at its line in the artifact": (
        ('"cpu": "256"', '"cpu": "256",\n  "memory": "512"'),
        (
            "rendered/dev/app.json:24:13",
            "`memory` is in `rendered/dev/app.json`, but no source sets it",
            [],
        ),
    ),
    "a value under a secret-looking name, masked": (
        ('"value": "made-up"', '"value": "another"'),
        (
            "environments/dev.yaml:5:10",
            f"`{CONTAINER}.environment[API_TOKEN].value` is `***` in `rendered/dev/app.json`, but renders to `***`",
            ["the template uses `token` in templates/app.json.j2:9:40"],
        ),
    ),
    "a mapping for text": (
        ('"cpu": "256"', '"cpu": {}'),
        ("environments/dev.yaml:7:8", "`cpu` is a mapping in `rendered/dev/app.json`, but renders to `256`", []),
    ),
}


@pytest.mark.parametrize(("edit", "told"), DIFFERENT.values(), ids=DIFFERENT)
def test_field_that_differs_is_told_where_its_value_comes_from(
    edit: tuple[str, str], told: tuple[str, str, list[str]]
) -> None:
    assert RIGHT.count(edit[0]) == 1

    findings = check({"dev/app.json": RIGHT.replace(*edit)})

    assert [
        (str(finding.location), finding.message, [note.text for note in finding.notes]) for finding in findings
    ] == [told]
    (finding,) = findings
    assert (finding.code, finding.severity, finding.help) == ("E801", "error", "run `taskdef render dev`")
    assert (finding.environments, finding.task) == (("dev",), "app")


def test_value_under_a_secret_looking_name_is_masked_in_the_excerpt_too() -> None:
    (finding,) = check({"dev/app.json": RIGHT.replace('"value": "made-up"', '"value": "another"')})

    assert finding.excerpt is not None
    assert finding.excerpt.text == "  token: ***"
    assert "made-up" not in str(finding) and "another" not in str(finding)


def test_what_a_committed_artifact_keeps_secret_no_other_field_of_it_shows() -> None:
    committed = RIGHT.replace("made-up", "correct-horse").replace("INFO", "correct-horse, she said")
    committed = committed.replace('"image":', '"user": "correct-horse", "image":')
    found = check({"dev/app.json": committed})
    fields = ("environment[API_TOKEN].value", "environment[LOG_LEVEL].value", "user")
    assert sorted(str(finding.path) for finding in found) == [f"{CONTAINER}.{field}" for field in fields]
    assert "horse" not in repr(found)


def test_every_field_that_differs_is_told() -> None:
    edited = RIGHT.replace('"256"', '"512"').replace('"INFO"', '"WARN"').replace('"app-dev"', '"app-prod"')

    assert sorted(finding.path or "" for finding in check({"dev/app.json": edited})) == [
        "containerDefinitions[app-prod]",
        "containerDefinitions[app]",
        "cpu",
        "family",
    ]


# The whole file.

UNREADABLE: dict[str, tuple[str | bytes, tuple[str, str, str | None, list[str]]]] = {
    "other formatting": (
        RIGHT.replace("  ", "    "),
        (
            "E802",
            "`rendered/dev/app.json` has the right content, but another format",
            "rendered/dev/app.json:1:1",
            [],
        ),
    ),
    "other line ends": (
        RIGHT.replace("\n", "\r\n"),
        (
            "E802",
            "`rendered/dev/app.json` has the right content, but another format",
            "rendered/dev/app.json:1:1",
            [],
        ),
    ),
    "no newline at the end": (
        RIGHT.rstrip("\n"),
        (
            "E802",
            "`rendered/dev/app.json` has the right content, but another format",
            "rendered/dev/app.json:1:1",
            [],
        ),
    ),
    "not UTF-8": (
        b"{\xff}",
        ("E807", "`rendered/dev/app.json` is not UTF-8: byte 1 is 0xff", None, []),
    ),
    "a list": (
        "[]\n",
        ("E807", "`rendered/dev/app.json` is not a task definition", "rendered/dev/app.json:1:1", []),
    ),
}


@pytest.mark.parametrize(("committed", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_file_that_is_no_artifact_as_we_write_it_is_told_whole(
    committed: str | bytes, told: tuple[str, str, str | None, list[str]]
) -> None:
    (finding,) = check({"dev/app.json": committed})

    assert (
        finding.code,
        finding.message,
        str(finding.location) if finding.location else None,
        [note.text for note in finding.notes],
    ) == told
    assert finding.help == "run `taskdef render dev`"


@pytest.mark.parametrize("committed", ["", "{", '{"family": }', "<<<<<<< ours\n{}\n"])
def test_file_that_is_no_json_is_told_with_the_place_of_the_mistake(committed: str) -> None:
    (finding,) = check({"dev/app.json": committed})

    assert (finding.code, finding.message) == ("E807", "`rendered/dev/app.json` is not a task definition")
    assert [note.location is not None for note in finding.notes] == [True]


def test_missing_artifact_is_told() -> None:
    assert check({}) == (
        Finding(
            "E803",
            "error",
            "`rendered/dev/app.json` is missing",
            help="run `taskdef render dev`",
            environments=("dev",),
            task="app",
            cause="run `taskdef render dev`",
        ),
    )


def test_artifact_that_nothing_produces_is_told_by_a_check_of_everything_only() -> None:
    committed: dict[str, str | bytes] = {"dev/app.json": RIGHT, "old/app.json": RIGHT, "dev/old.json": b"\xff"}

    assert [(finding.code, finding.message, finding.help) for finding in check(committed)] == [
        (
            "E804",
            f"no task in any environment produces `rendered/{name}`",
            help,
        )
        for name, help in (
            ("dev/old.json", "delete it: `taskdef render` did not write it like this"),
            ("old/app.json", "run `taskdef render`, which deletes it"),
        )
    ]
    assert check(committed, whole=False) == ()


def test_artifact_of_a_task_that_failed_is_not_taken_for_one_that_nothing_produces() -> None:
    broken = make_project({"app.json.j2": TEMPLATE}, {"dev.yaml": "vars: {}"})
    built = build_project(broken)

    assert built.artifacts == ()
    assert compare(commit(broken, {"dev/app.json": RIGHT.encode()}), built, whole=True) == ()


def test_locations_are_those_a_person_can_go_to() -> None:
    (finding,) = check({"dev/app.json": RIGHT.replace('"INFO"', '"DEBUG"')})

    assert finding.location == Location("environments/dev.yaml", 4, 10)
    assert OVERLAY.splitlines()[3][9:] == "INFO"
