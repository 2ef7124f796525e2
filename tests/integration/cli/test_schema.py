"""`taskdef schema`: to stdout and into a project, with the settings of that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.commands.schema import make_text
from generator.documents.schemas.files import FILES, KINDS, Kind
from generator.model.project import Settings
from tests.integration.cli.process import Done, Project

MODELINES = """\
first line of environments/*.yaml: # yaml-language-server: $schema=../taskdef.schema.json
first line of environments/*/*.yaml: # yaml-language-server: $schema=../../taskdef.task.schema.json
"""


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    """A folder with nothing in it."""
    return Project(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_printed(folder: Project, kind: Kind) -> None:
    assert folder.run("schema", kind) == Done(0, make_text(kind, Settings()), "")
    assert [*folder.folder.iterdir()] == []


def test_that_of_overlays_is_the_default(folder: Project) -> None:
    assert folder.run("schema") == folder.run("schema", "overlay")


def test_write_writes_what_overlays_need_and_nothing_a_second_time(folder: Project) -> None:
    done = folder.run("schema", "--write", "--exit-code")
    assert done == Done(1, f"wrote taskdef.schema.json\nwrote taskdef.task.schema.json\n{MODELINES}", "")
    for kind in ("overlay", "task"):
        assert (folder.folder / FILES[kind]).read_bytes() == make_text(kind, Settings()).encode()
    again = folder.run("schema", "--write", "--exit-code")
    assert again == Done(0, "unchanged taskdef.schema.json\nunchanged taskdef.task.schema.json\n", "")
    (folder.folder / "taskdef.schema.json").write_text("{}")
    assert folder.run("schema", "overlay", "--write").out == f"wrote taskdef.schema.json\n{MODELINES.splitlines()[0]}\n"
    report = json.loads(folder.run("schema", "--write", "--format", "json").out)
    assert [each["action"] for each in report["artifacts"]] == ["unchanged", "unchanged"]


def test_others_are_written_by_their_names(folder: Project) -> None:
    assert folder.run("schema", "settings", "--write").out == "wrote taskdef.settings.schema.json\n"
    assert folder.run("schema", "task-definition", "--write").out == "wrote task-definition.schema.json\n"
    assert folder.run("lint", ".").out.startswith("0 files linted, nothing found, 2 other files skipped")


def test_the_settings_of_the_project_hold(folder: Project) -> None:
    folder.write({"sub/taskdef.toml": 'environments = "deploy/env"\nallow_members = ["warmPool"]\n'})
    out = folder.run("--project", "sub", "schema").out
    assert '"warmPool": {"description": ' in out and "warmPool" not in folder.run("schema").out
    first = "first line of deploy/env/*.yaml: # yaml-language-server: $schema=../../taskdef.schema.json\n"
    assert folder.run("--project", "sub", "schema", "overlay", "--write").out == f"wrote taskdef.schema.json\n{first}"
    assert (folder.folder / "sub" / "taskdef.schema.json").read_text(encoding="utf-8") == out
    folder.write({"sub/taskdef.toml": 'rules.E401 = "of"\n'})
    done = folder.run("--project", "sub", "schema", "--write")
    assert done.status == 1 and "E131" in done.out and done.err == ""


def test_words_that_fit_nothing_are_refused(folder: Project) -> None:
    assert folder.run("schema", "--exit-code") == Done(
        2, "", "error: `--exit-code` is about files that are written: use it with `--write`\n"
    )
    assert folder.run("schema", "compose").status == 2
