"""`taskdef rules`: the list, and one code explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.cli.process import Done, Project


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    """A folder with nothing in it."""
    return Project(tmp_path)


def test_rules_are_listed_with_their_levels(folder: Project) -> None:
    lines = folder.run("rules").out.splitlines()
    assert "E402  error    Fargate has no such size" in lines
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    listed = json.loads(folder.run("rules", "--format", "json").out)
    assert len(listed) == len(lines)
    assert {"code": "E402", "level": "error", "title": "Fargate has no such size"} in listed


def test_rules_explains_a_code(folder: Project) -> None:
    out = folder.run("rules", "e402").out
    assert out.startswith("E402: Fargate has no such size\n\nFargate runs a task in one of a few sizes: ")
    assert "\n\nCondition: `FARGATE` in `requiresCompatibilities`.\n\nLevel: error\n\n" in out
    assert "\n\nAWS reports:\n\n  No Fargate configuration exists for given values: " in out
    assert max(len(line) for line in out.splitlines() if not line.startswith("  ")) <= 100
    page = json.loads(folder.run("rules", "E402", "--format", "json").out)
    assert (page["code"], page["level"], page["configurable"]) == ("E402", "error", True)
    assert json.loads(folder.run("rules", "E102", "--format", "json").out)["configurable"] is False
    assert "\nLevel: error, always\n" in folder.run("rules", "E102").out


def test_rules_names_the_code_that_may_be_meant(folder: Project) -> None:
    done = folder.run("rules", "E4O2")
    assert done == Done(2, "", "error: there is no code `E4O2`; did you mean `E402`?\n")
    assert folder.run("rules", "nonsense") == Done(2, "", "error: there is no code `nonsense`\n")


@pytest.mark.parametrize("words", [("rules", "--format", "sarif"), ("--format", "sarif", "rules", "E402")])
def test_rules_refuses_a_form_it_does_not_have(folder: Project, words: tuple[str, ...]) -> None:
    message = "error: invalid value for '--format': 'sarif' is not one of 'text', 'json'\n"
    assert folder.run(*words) == Done(2, "", f"{message}  help: `taskdef rules --help` lists what it takes\n")
