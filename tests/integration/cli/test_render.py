"""`taskdef render`: the files that it writes, leaves and deletes, and how it reports them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.integration.cli.process import DEV, PROD, Done, Project


def test_render_writes_what_changed_and_says_so(project: Project) -> None:
    said = "wrote rendered/dev/app.json\nwrote rendered/prod/app.json\n"
    assert project.run("render") == Done(0, said, "")
    assert project.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}
    assert project.run("render") == Done(0, said.replace("wrote", "unchanged"), "")
    project.write({"environments/prod.yaml": "vars: {image: v2}\n"})
    assert project.run("render").out == "unchanged rendered/dev/app.json\nwrote rendered/prod/app.json\n"


def test_render_of_one_environment_leaves_all_others(rendered: Project) -> None:
    rendered.write({"rendered/prod/app.json": "mine", "rendered/old/app.json": "{}"})
    assert rendered.run("render", "dev", "dev") == Done(0, "unchanged rendered/dev/app.json\n", "")
    assert rendered.run("render", "--task", "app", "dev").out == "unchanged rendered/dev/app.json\n"
    assert sorted(rendered.read()) == ["rendered/dev/app.json", "rendered/old/app.json", "rendered/prod/app.json"]


def test_render_of_everything_deletes_what_no_task_produces(rendered: Project) -> None:
    rendered.write({"rendered/old/app.json": DEV, "rendered/dev/web.json": PROD})
    assert rendered.run("render").out.splitlines()[2:] == [
        "deleted rendered/dev/web.json (no task produces it)",
        "deleted rendered/old/app.json (no task produces it)",
    ]
    assert sorted(path.name for path in (rendered.folder / "rendered").iterdir()) == ["dev", "prod"]


def test_a_file_that_was_not_written_by_us_is_left_and_told(rendered: Project) -> None:
    others = {
        "rendered/dev/package.json": '{\n  "name": "web"\n}\n',  # the format of artifacts, and no task definition
        "rendered/dev/compact.json": DEV.replace(" ", ""),
        "rendered/old/edited.json": DEV.replace('"memory": "512"', '"memory": 512'),
    }
    rendered.write(others)
    why = "(no task produces it, and it is not as taskdef writes files)"
    assert rendered.run("render", "--exit-code") == Done(
        0,
        "unchanged rendered/dev/app.json\nunchanged rendered/prod/app.json\n"
        + "".join(f"left {path} {why}\n" for path in sorted(others)),
        "",
    )
    assert rendered.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD, **others}
    done = rendered.run("check")
    assert (done.status, done.out.count("help: delete it: "), done.out.count("and 1 more: ")) == (1, 2, 1)
    assert done.out.splitlines()[-1] == "2 artifacts compared, 3 extra"


def leave_behind(project: Project, path: str, *, hours: float) -> None:
    """Lay down a file as a run leaves it that was killed some hours ago."""
    project.write({path: "{}"})
    then = time.time() - hours * 3600
    os.utime(project.folder / path, (then, then))


def test_what_a_killed_run_left_behind_is_reported_and_removed_by_the_next(rendered: Project) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    mark = f"taskdef.{int(ended.stdout)}"
    names = {
        f"rendered/dev/.app.json.{mark}.0.tmp": 2.0,
        f"environments/.dev.yaml.{mark}.1.tmp": 2.0,
        f"rendered/dev/.web.json.{mark}.0.tmp": 0.5,
        f"rendered/dev/.app.json.taskdef.{os.getpid()}.0.tmp": 2.0,  # a process that runs
        f"rendered/dev/.app.json.{mark}.0.bak": 2.0,
        "rendered/dev/.app.json.tmp": 2.0,
    }
    for name, hours in names.items():
        leave_behind(rendered, name, hours=hours)
    left = list(names)[:2]
    done = rendered.run("check")
    said = [line for line in done.out.splitlines() if "W805" in line]
    assert said == [
        f"{name}:1:1: warning[W805]: `{name}` was left behind by a run that was killed" for name in sorted(left)
    ]
    assert done.status == 0
    lines = rendered.run("render").out.splitlines()
    assert lines[:2] == [f"removed {name} (left behind by a run that was killed)" for name in sorted(left)]
    there = {name for name in names if (rendered.folder / name).exists()}
    assert there == set(names) - set(left)
    assert "W805" not in rendered.run("check").out


def test_an_output_folder_is_cleared_of_what_a_killed_run_left_there(project: Project) -> None:
    left = "out/dev/.app.json.taskdef.4194305.0.tmp"  # no process of Linux has this number
    leave_behind(project, left, hours=2)
    assert project.run("render", "dev", "--output-dir", "out").out.splitlines() == [
        "removed out/dev/.app.json.taskdef.4194305.0.tmp (left behind by a run that was killed)",
        "wrote out/dev/app.json",
    ]
    assert [path.name for path in (project.folder / "out/dev").iterdir()] == ["app.json"]


STRAY = """\
rendered/dev/notes.txt:1:1: warning[W805]: `rendered/dev/notes.txt` is not an artifact, and nothing else belongs under `rendered`
  help: move it out of `rendered`, or delete it
"""


def test_exit_code_tells_a_hook_that_something_was_written_or_deleted(project: Project) -> None:
    assert project.run("render", "--exit-code").status == 1
    assert project.run("render", "--exit-code").status == 0
    (project.folder / "environments" / "dev.yaml").unlink()
    assert project.run("render", "--exit-code").status == 1
    assert project.run("render", "--exit-code").status == 0


def test_a_stray_file_is_reported_and_never_deleted(rendered: Project) -> None:
    rendered.write({"rendered/dev/notes.txt": "mine"})
    done = rendered.run("render")
    assert (done.status, done.err) == (0, STRAY + "1 warning\n")
    assert rendered.run("check") == Done(0, STRAY + "2 artifacts compared, all up to date\n", "")
    assert rendered.read()["rendered/dev/notes.txt"] == "mine"


def test_strict_lets_a_warning_fail_and_writes_nothing(project: Project) -> None:
    project.write({"rendered/dev/notes.txt": "mine"})
    done = project.run("render", "--strict")
    assert done == Done(1, "", STRAY + "1 warning, and `--strict` was given: nothing was written\n")
    assert project.read() == {"rendered/dev/notes.txt": "mine"}
    assert project.run("check", "--strict").status == 1


def test_an_error_in_one_environment_keeps_all_from_being_written(rendered: Project) -> None:
    rendered.write({"environments/dev.yaml": "vars: {image: new}\n", "environments/prod.yaml": "vars: {}\n"})
    rendered.write({"rendered/old/app.json": "{}"})
    done = rendered.run("render")
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines()[-1] == "1 error: nothing was written"
    assert [line.partition("`")[0] for line in done.err.splitlines() if "error[" in line] == [
        "templates/app.json.j2:1:104: error[E102]: "
    ]
    assert rendered.read() == {
        "rendered/dev/app.json": DEV,
        "rendered/old/app.json": "{}",
        "rendered/prod/app.json": PROD,
    }


def test_an_error_leaves_the_folder_unmade(project: Project) -> None:
    project.write({"environments/dev.yml": ""})
    assert project.run("render").status == 1
    assert not (project.folder / "rendered").exists()


def test_list_names_what_there_is_and_renders_nothing(project: Project) -> None:
    project.write({"templates/web.json.j2": "{{ never rendered", "environments/prod.yaml": "tasks: {web: null}\n"})
    said = "dev/app   rendered/dev/app.json\ndev/web   rendered/dev/web.json\nprod/app  rendered/prod/app.json\n"
    assert project.run("render", "--list") == Done(0, said, "")
    assert project.run("render", "--list", "--task", "web").out == "dev/web  rendered/dev/web.json\n"
    assert not (project.folder / "rendered").exists()


def test_stdout_has_one_artifact_as_it_is_and_several_by_name(project: Project) -> None:
    assert project.run("render", "--stdout", "dev") == Done(0, DEV, "")
    done = project.run("render", "--stdout")
    assert json.loads(done.out) == {"dev/app": json.loads(DEV), "prod/app": json.loads(PROD)}
    assert done.out.startswith('{\n  "dev/app": {\n    "family": "app-dev",\n')
    assert not (project.folder / "rendered").exists()


def test_a_product_on_stdout_stays_alone(project: Project) -> None:
    done = project.run("render", "--stdout", "dev", "--format", "json")
    assert (done.out, json.loads(done.err)["summary"]["status"]) == (DEV, 0)
    project.write({"environments/dev.yaml": "vars: {}\n"})
    done = project.run("render", "--stdout", "dev")
    assert (done.status, done.out, "E102" in done.err) == (1, "", True)


def test_output_dir_gets_the_artifacts_and_the_project_none(rendered: Project, tmp_path: Path) -> None:
    said = "wrote out/dev/app.json\nwrote out/prod/app.json\n"
    assert rendered.run("render", "--output-dir", "out", "--set", "image=7") == Done(0, said, "")
    assert '"image": "app:7"' in (tmp_path / "out" / "dev" / "app.json").read_text(encoding="utf-8")
    assert rendered.run("render", "--output-dir", "out/", "dev").out == "wrote out/dev/app.json\n"
    assert rendered.run("render", "--output-dir", "out", "dev").out == "unchanged out/dev/app.json\n"
    assert rendered.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}


def test_a_task_that_is_switched_off_is_not_rendered_in_silence(project: Project) -> None:
    project.write({"environments/dev.yaml": "tasks: {app: null}\n"})
    said = "error[E132]: nothing to render: every task is switched off in `dev`\n1 error: nothing was written\n"
    assert project.run("render", "dev") == Done(1, "", said)
    said = "error[E806]: nothing was compared: every task that was asked for is switched off\n0 artifacts compared\n"
    assert project.run("check", "dev") == Done(1, said, "")
