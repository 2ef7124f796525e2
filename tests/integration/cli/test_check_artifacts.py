"""`taskdef check`: artifacts that are missing, changed or left over."""

from __future__ import annotations

import json

import pytest

from tests.integration.cli.process import DEV, PROD, Done, Project


def test_check_states_what_it_compared(rendered: Project) -> None:
    assert rendered.run("check") == Done(0, "2 artifacts compared, all up to date\n", "")
    assert rendered.run("check", "dev") == Done(0, "1 artifact compared, up to date\n", "")


@pytest.mark.parametrize(
    ("files", "gone", "code", "summary"),
    [
        (
            {"environments/prod.yaml": "vars:\n  image: v2\n"},
            "",
            "environments/prod.yaml:2:10: error[E801]",
            "2 artifacts compared, 1 differs; run `taskdef render prod`",
        ),
        (
            {"rendered/prod/app.json": PROD.replace(" ", "")},
            "",
            "rendered/prod/app.json:1:1: error[E802]",
            "2 artifacts compared, 1 differs; run `taskdef render prod`",
        ),
        ({}, "rendered/dev/app.json", "error[E803]", "1 artifact compared, 1 missing; run `taskdef render dev`"),
        (
            {"rendered/old/app.json": DEV},
            "",
            "error[E804]",
            "2 artifacts compared, 1 extra; run `taskdef render`",
        ),
        (
            {"rendered/dev/app.json": "[]"},
            "",
            "rendered/dev/app.json:1:1: error[E807]",
            "2 artifacts compared, 1 differs; run `taskdef render dev`",
        ),
    ],
    ids=["differs", "formatting", "missing", "extra", "unreadable"],
)
def test_check_finds_what_is_not_as_the_sources_say_and_render_mends_it(
    rendered: Project, files: dict[str, str], gone: str, code: str, summary: str
) -> None:
    rendered.write(files)
    if gone:
        (rendered.folder / gone).unlink()
    before = rendered.read()
    done = rendered.run("check")
    lines = done.out.splitlines()
    assert (done.status, lines[0].partition("]: ")[0] + "]", lines[-1], done.err) == (1, code, summary, "")
    assert rendered.read() == before
    assert rendered.run("render").status == 0
    assert rendered.run("check").status == 0


def test_check_of_one_environment_sees_its_own_extras(rendered: Project) -> None:
    rendered.write({"rendered/old/app.json": DEV})
    assert rendered.run("check", "dev").status == 0
    rendered.write({"rendered/dev/old.json": DEV})
    assert rendered.run("check", "dev") == Done(
        1,
        "error[E804]: no task in any environment produces `rendered/dev/old.json`\n"
        "  help: run `taskdef render`, which deletes it\n"
        "1 artifact compared, 1 extra; run `taskdef render`\n",
        "",
    )
    assert rendered.run("check", "dev", "--task", "app").status == 0


def test_check_goes_on_where_one_environment_is_broken(rendered: Project) -> None:
    rendered.write({"environments/dev.yaml": "vars: [\n", "environments/prod.yaml": "vars: {image: v2}\n"})
    done = rendered.run("check")
    assert done.out.splitlines()[-1] == "1 artifact compared, 1 differs; 1 error in the sources"
    assert ("E804" in done.out, "E801" in done.out, done.status) == (False, True, 1)


def test_check_is_annotated_from_where_it_runs(rendered: Project) -> None:
    rendered.write({"environments/prod.yaml": "vars: {image: v2}\n"})
    done = rendered.run("check", "--format", "github", "--project", rendered.folder.name, cwd=rendered.folder.parent)
    name = rendered.folder.name
    assert done.out.startswith(f"::error file={name}/environments/prod.yaml,line=1,col=15,title=E801::")
    assert done.out.splitlines()[-1].endswith(f"; run `taskdef render --project {name} prod`")


def test_the_json_report_says_what_became_of_each_artifact(rendered: Project) -> None:
    rendered.write({"environments/prod.yaml": "vars: {image: v2}\n", "rendered/old/app.json": DEV})
    checked, written = (json.loads(rendered.run(word, "--format=json").out) for word in ("check", "render"))
    assert [(each["path"], each["action"]) for each in checked["artifacts"]] == [
        ("rendered/dev/app.json", "same"),
        ("rendered/prod/app.json", "differs"),
        ("rendered/old/app.json", "extra"),
    ]
    assert [(each["path"], each["action"]) for each in written["artifacts"]] == [
        ("rendered/dev/app.json", "unchanged"),
        ("rendered/prod/app.json", "wrote"),
        ("rendered/old/app.json", "deleted"),
    ]
