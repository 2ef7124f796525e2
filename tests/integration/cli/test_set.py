"""`taskdef set`: the words, the bytes that are written, and what keeps anything from being written."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.integration.cli.process import Project

TASK = (
    '{"family": "%s-{{ env }}", "memory": "512", "containerDefinitions": [{"name": "%s", "image": "%s:{{ tag }}"}]}\n'
)


@pytest.fixture
def pair(tmp_path: Path) -> Project:
    """Two environments that extend one base, and two tasks."""
    made = Project(tmp_path)
    made.write({f"templates/{name}.json.j2": TASK % (name, name, name) for name in ("api", "web")})
    made.write(
        {
            "environments/_base.yaml": "vars: {tag: v1}\n",
            "environments/dev.yaml": "extends: _base\n",
            "environments/prod.yaml": "extends: _base\nvars:\n  tag: v2  # live\n",
        }
    )
    assert made.run("render").status == 0
    return made


def read_all(project: Project) -> dict[str, bytes]:
    paths = (path for path in project.folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(project.folder).as_posix(): path.read_bytes() for path in paths}


def list_changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {**before, **after} if before.get(name) != after.get(name))


SAID = """\
environments/prod.yaml:2:10: image: v1 → v2
prod/app, before → after: 1 field differs
  container app
    image tag v1 → v2
      environments/prod.yaml:2:3
wrote environments/prod.yaml
wrote rendered/prod/app.json
"""


def test_a_value_is_set_and_its_artifact_rendered(rendered: Project) -> None:
    before = read_all(rendered)
    done = rendered.run("set", "prod", "image=v2")
    assert (done.status, done.out, done.err) == (0, SAID, "")
    assert list_changed(before, read_all(rendered)) == ["environments/prod.yaml", "rendered/prod/app.json"]
    assert (rendered.folder / "environments" / "prod.yaml").read_text() == "vars:\n  image: v2\n"
    assert rendered.run("check").status == 0
    again = rendered.run("set", "prod", "image=v2")
    assert (again.status, again.out) == (0, "environments/prod.yaml:2:10: image is v2 already\n")


@pytest.mark.parametrize(
    ("mark", "ending", "last"),
    [(b"", b"\n", b""), (b"", b"\r", b"\n"), (b"\xef\xbb\xbf", b"\r\n", b"\n"), (b"\xef\xbb\xbf", b"\r\n", b"")],
)
def test_marks_ends_of_lines_and_a_missing_last_one_stay(
    rendered: Project, mark: bytes, ending: bytes, last: bytes
) -> None:
    path = rendered.folder / "environments" / "prod.yaml"
    text = b"# prod\nvars:\n  image: 'v1'   # live" + last
    path.write_bytes(mark + text.replace(b"\n", ending))
    assert rendered.run("set", "prod", "image=0123", "memory=1024", "--override").status == 0
    wanted = b"# prod\nvars:\n  image: '0123'   # live\npatch:\n  memory: 1024" + last
    assert path.read_bytes() == mark + wanted.replace(b"\n", ending)


def test_a_dry_run_says_the_same_and_writes_nothing(rendered: Project) -> None:
    before = read_all(rendered)
    done = rendered.run("set", "prod", "image=v2", "--dry-run")
    assert (done.status, done.out) == (0, SAID.partition("wrote")[0] + "nothing was written\n")
    assert read_all(rendered) == before


def test_nothing_is_written_if_the_artifact_would_be_wrong(rendered: Project) -> None:
    before = read_all(rendered)
    for words in (("image=a b",), ("--delete", "image"), ("image=v2", "memory=none")):
        done = rendered.run("set", "prod", *words, "--override")
        assert (done.status, done.out) == (1, "") and done.err.endswith("error: nothing was written\n")
        assert read_all(rendered) == before


def test_a_broken_overlay_is_reported_and_stays(rendered: Project) -> None:
    rendered.write({"environments/prod.yaml": "vars: {image: v1\n"})
    done = rendered.run("set", "prod", "image=v2")
    assert done.status == 1 and "environments/prod.yaml:1:7: error[E111]" in done.err
    rendered.write({"environments/prod.yaml": "vars: {image: v1}\n---\nvars: {image: v2}\n"})
    done = rendered.run("set", "prod", "image=v2")
    assert done.status == 1 and "error[E114]" in done.err


def test_a_value_that_keeps_the_project_from_rendering_is_set(project: Project) -> None:
    project.write({"environments/prod.yaml": "# nothing yet\n"})
    assert project.run("render", "prod").status == 1
    done = project.run("set", "prod", "image=v9")
    assert done.status == 0 and "environments/prod.yaml:3:10: image: not set → v9" in done.out
    assert (project.folder / "environments" / "prod.yaml").read_text() == "# nothing yet\nvars:\n  image: v9\n"


def test_a_base_is_edited_if_it_is_named_and_what_changes_is_told_first(pair: Project) -> None:
    done = pair.run("set", "dev", "tag=v3", "--in", "environments/_base.yaml")
    assert done.status == 0 and done.err == "environments/_base.yaml changes dev\n"
    assert (pair.folder / "environments" / "_base.yaml").read_text() == "vars: {tag: v3}\n"
    refused = pair.run("set", "prod", "tag=v3", "--in", "environments/_base.yaml")
    assert refused.status == 2 and "environments/prod.yaml:3:8 overrides it" in refused.err
    abstract = pair.run("set", "_base", "tag=v3")
    message = "error: `_base` can only be extended: name an environment, and `--in environments/_base.yaml`\n"
    assert (abstract.status, abstract.err) == (2, message)


def test_a_value_is_set_for_one_task_alone(pair: Project) -> None:
    before = read_all(pair)
    assert pair.run("set", "prod/web", "tag=v3").status == 0
    assert list_changed(before, read_all(pair)) == ["environments/prod.yaml", "rendered/prod/web.json"]
    text = "extends: _base\nvars:\n  tag: v2  # live\ntasks:\n  web:\n    vars:\n      tag: v3\n"
    assert (pair.folder / "environments" / "prod.yaml").read_text() == text
    assert pair.run("set", "prod/web", "tag=v4").status == 0
    assert (pair.folder / "environments" / "prod.yaml").read_text() == text.replace("v3", "v4")
    choice = pair.run("set", "prod", "tag=v5")
    assert choice.status == 2 and choice.err == (
        "error: `tag` is set in environments/prod.yaml:3:8 and environments/prod.yaml:7:12\n"
        "  help: name the task: `prod/api` or `prod/web`\n"
    )
    pair.write({"environments/prod/api.yaml": "# api\n"})
    assert pair.run("set", "prod/api", "tag=v6").status == 0
    assert (pair.folder / "environments" / "prod" / "api.yaml").read_text() == "# api\nvars:\n  tag: v6\n"


def test_an_environment_that_others_extend_names_them(pair: Project) -> None:
    pair.write({"environments/prod-eu.yaml": "extends: prod\n"})
    assert pair.run("render").status == 0
    done = pair.run("set", "prod", "tag=v3", "--format", "json")
    assert (done.status, done.err) == (0, "environments/prod.yaml changes prod and prod-eu\n")
    report = json.loads(done.out)
    assert report["environments"] == ["prod", "prod-eu"]
    assert [file["path"] for file in report["files"]] == [
        "environments/prod.yaml",
        *(f"rendered/{env}/{task}.json" for env in ("prod", "prod-eu") for task in ("api", "web")),
    ]
    place = {"file": "environments/prod.yaml", "line": 3, "column": 8}
    value = {"name": "tag", "location": place, "before": "v2", "after": "v3", "changed": True}
    assert (report["values"], report["commit"]) == ([value], None)


def test_no_secret_is_shown(rendered: Project) -> None:
    rendered.write({"environments/prod.yaml": "vars:\n  image: v1\n  db_password: hunter2hunter2\n"})
    rendered.write(
        {
            "templates/app.json.j2": '{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": [{"name": "app", '
            '"image": "app:{{ image }}", "environment": [{"name": "DB_PASSWORD", "value": "{{ db_password }}"}]}]}\n',
            "environments/dev.yaml": "vars: {image: dev, db_password: x}\n",
        }
    )
    for form in ("text", "json"):
        done = rendered.run("set", "prod", f"db_password=correct-horse-{form}", "--format", form)
        assert done.status == 0 and "***" in done.out
        assert "hunter2" not in done.out + done.err and "correct-horse" not in done.out + done.err
    assert "correct-horse-json" in (rendered.folder / "environments" / "prod.yaml").read_text()


WRONG = [
    (("prod",), "name what is set: `NAME=VALUE`, or `--delete NAME`"),
    (("prod", "image"), "`image` is not of the form `NAME=VALUE`; `--delete NAME` removes a value"),
    (("prod", "=x"), "`=x` is not of the form `NAME=VALUE`; `--delete NAME` removes a value"),
    (("prod", "image=a", "--delete", "image"), "`image` is set twice"),
    (("prd", "image=a"), "there is no environment `prd`; did you mean `prod`? (there is `dev`, `prod`)"),
    (("prod/ap", "image=a"), "there is no task `ap`; did you mean `app`? (there is `app`)"),
    (("prod", "image=a", "--message", "x"), "`--message` needs `--commit`"),
    (("prod", "image=a", "--commit", "--dry-run"), "`--commit` and `--dry-run` exclude each other"),
    (
        ("prod", "image=a", "--in", "x.yaml"),
        "`x.yaml` is not a file of `prod`, which is made of `environments/prod.yaml`",
    ),
    (("prod", "image=\udcff"), "the value of `image` is not UTF-8"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_wrong_words_are_refused(rendered: Project, words: tuple[str, ...], message: str) -> None:
    before = read_all(rendered)
    done = rendered.run("set", *words)
    assert (done.status, done.out, done.err) == (2, "", f"error: {message}\n")
    assert read_all(rendered) == before


def test_a_link_is_not_edited(rendered: Project) -> None:
    path = rendered.folder / "environments" / "prod.yaml"
    path.rename(rendered.folder / "shared.yaml")
    path.symlink_to("../shared.yaml")
    done = rendered.run("set", "prod", "image=v2")
    assert done.status == 2 and "a link, or one file with another overlay" in done.err
    assert path.read_text() == "vars:\n  image: v1\n"


def test_ctrl_c_before_files_are_written_changes_nothing(heavy: Project) -> None:
    before = read_all(heavy)
    heavy.write({"templates/_x.j2": ""})
    text = (heavy.folder / "templates" / "app.json.j2").read_text().replace("a:v1", "a:{{ tag | default('v1') }}")
    heavy.write({"templates/app.json.j2": text})
    heavy.write({f"environments/env{number:03}.yaml": "extends: _base\n" for number in range(400)})
    heavy.write({"environments/_base.yaml": "vars: {tag: v1}\n"})
    before = read_all(heavy)
    with heavy.start("set", "env000", "tag=v2", "--in", "_base") as process:
        time.sleep(2.5)
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert read_all(heavy) == before


def test_a_value_that_is_set_already_renders_no_other_environment(rendered: Project) -> None:
    for env in ("dev", "prod"):
        (rendered.folder / "rendered" / env / "app.json").unlink()
    done = rendered.run("set", "prod", "image=v1")
    assert (done.status, done.out) == (
        0,
        "environments/prod.yaml:2:10: image is v1 already\nwrote rendered/prod/app.json\n",
    )
    assert not (rendered.folder / "rendered" / "dev" / "app.json").exists()
