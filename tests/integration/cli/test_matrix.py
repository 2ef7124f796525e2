"""The words of `taskdef matrix`: what it says, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

FILES = {
    "templates/app.json.j2": """{"family": "app", "memory": "512", "networkMode": "bridge", "containerDefinitions": [
  {"$id": "app", "name": "app-{{ env }}", "image": "app:{{ tag }}", "essential": true,
   "environment": [{"name": "DB_PASSWORD", "value": "{{ given }}"}]}]}
""",
    "environments/dev.yaml": "vars: {tag: v2, given: correct-horse-battery}\n",
    "environments/prod.yaml": "vars: {tag: v1, given: another-secret-of-mine}\npatch: {memory: 1 GB}\n",
    "environments/test.yaml": "vars: {tag: v1, given: another-secret-of-mine}\n",
}

TEXT = """\
                                  dev      prod      test
memory                            512      1024      512
containerDefinitions[app]
  name                            app-dev  app-prod  app-test
  image                           app:v2   app:v1    app:v1
  environment[DB_PASSWORD].value  ***      ***       ***
"""


ORDERED = """\
                                  test      prod      dev
memory                            512       1024      512
containerDefinitions[app]
  name                            app-test  app-prod  app-dev
  image                           app:v1    app:v1    app:v2
  environment[DB_PASSWORD].value  ***       ***       ***
"""


class Done:
    """What a process left."""

    def __init__(self, folder: Path, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
        )
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project."""
    write(tmp_path, FILES)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_rows_that_differ_go_to_stdout_and_all_else_to_stderr(folder: Path) -> None:
    done = Done(folder, "matrix")
    assert (done.status, done.out) == (0, TEXT)
    assert done.err.splitlines()[-1] == "3 environments, 4 of 7 paths differ; 3 warnings in the sources"


def test_all_shows_the_rest_too(folder: Path) -> None:
    done = Done(folder, "matrix", "--all")
    assert [line.split()[0] for line in done.out.splitlines()[1:]] == [
        "family", "networkMode", "memory", "containerDefinitions[app]", "name", "image", "essential",
        "environment[DB_PASSWORD].value",
    ]  # fmt: skip


def test_environments_stand_as_they_were_named(folder: Path) -> None:
    assert Done(folder, "matrix", "test", "dev").out.splitlines()[0].split() == ["test", "dev"]


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_no_form_shows_a_secret(folder: Path, form: str) -> None:
    done = Done(folder, "matrix", "--format", form)
    assert (done.status, "***" in done.out) == (0, True)
    assert "correct-horse" not in done.out + done.err and "another-secret" not in done.out + done.err


def test_json_has_findings_and_nothing_beside_it(folder: Path) -> None:
    done = Done(folder, "matrix", "--format", "json")
    report = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert [task["environments"] for task in report["tasks"]] == [["dev", "prod", "test"]]
    assert {finding["code"] for finding in report["findings"]} == {"W602", "W623", "W711"}


def test_a_page_is_written_where_it_was_asked_for(folder: Path) -> None:
    done = Done(folder, "--project", str(folder), "matrix", "--html", "out/page.html")
    page = (folder / "out" / "page.html").read_text(encoding="utf-8")
    assert (done.status, done.out) == (0, "wrote out/page.html\n")
    assert page.startswith("<!doctype html>") and "correct-horse" not in page and "another-secret" not in page
    assert Done(folder, "matrix", "--html", "out/page.html").status == 0
    assert (folder / "out" / "page.html").read_text(encoding="utf-8") == page


def test_an_environment_with_an_error_is_shown_as_far_as_it_got(folder: Path) -> None:
    write(folder, {"environments/prod.yaml": "vars: {tag: v1, given: x}\npatch: {memory: 1 GB, cpus: 1}\n"})
    done = Done(folder, "matrix")
    assert (done.status, "E301" in done.err) == (1, True)
    assert done.out.splitlines()[0].split() == ["dev", "prod", "test"]
    assert ["memory", "512", "1024", "512"] in [line.split() for line in done.out.splitlines()]


def test_an_environment_that_cannot_be_rendered_has_no_column(folder: Path) -> None:
    write(folder, {"environments/prod.yaml": "vars: {tag: v1}\n"})
    done = Done(folder, "matrix")
    assert (done.status, "E102" in done.err) == (1, True)
    assert done.out.splitlines()[0].split() == ["dev", "test"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("matrix", "pord"),
            "error: there is no environment `pord`; did you mean `prod`? (there is `dev`, `prod`, `test`)",
        ),
        (("matrix", "--html", "x.html", "--format", "csv"), "error: --html and --format exclude each other"),
        (("matrix", "--html", "templates"), "error: cannot write templates: it is there, and no file"),
        (
            ("matrix", "--format", "sarif"),
            "error: invalid value for '--format': 'sarif' is not one of 'text', 'csv', 'json', 'markdown'",
        ),
    ],
)
def test_what_does_not_fit_is_refused(folder: Path, words: tuple[str, ...], message: str) -> None:
    done = Done(folder, *words)
    assert (done.status, done.out, done.err.splitlines()[0]) == (2, "", message)


def test_a_terminal_gets_what_fits(folder: Path) -> None:
    main, side = pty.openpty()
    os.set_blocking(main, False)
    subprocess.run(
        ["sh", "-c", f'stty cols 44; "{sys.executable}" -m generator matrix 2>/dev/null'],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=side,
        stdout=side,
        check=True,
    )
    lines = os.read(main, 100_000).decode().splitlines()
    os.close(main)
    os.close(side)
    assert max(len(line) for line in lines[:-1] if not line.startswith("containerDefinitions")) <= 44
    assert lines[-1].endswith("cut to fit; `--format csv` and `--html` have them whole")


def test_environments_stand_in_the_order_that_the_settings_give(folder: Path) -> None:
    write(folder, {"taskdef.toml": 'environment_order = ["test", "prod"]\n'})
    assert Done(folder, "matrix").out == ORDERED
    assert [line.partition("/")[0] for line in Done(folder, "render", "--list").out.splitlines()] == [
        "test",
        "prod",
        "dev",
    ]
    assert [line for line in Done(folder, "render").out.splitlines() if line.startswith("wrote")] == [
        f"wrote rendered/{name}/app.json" for name in ("test", "prod", "dev")
    ]
