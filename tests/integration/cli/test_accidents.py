"""Accidents: interrupts, closed pipes, full disks, files that cannot be read, runs at once, and bugs."""

from __future__ import annotations

import os
import resource
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import generator
from tests.integration.cli.process import DEV, FILES, PROD, ROOT, Done, Project
from tests.support import answer_interrupts


def interrupt_at_import(folder: Path) -> dict[str, str]:
    """An environment in which loading click takes long enough for somebody to press Ctrl-C."""
    (folder / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8")
    return os.environ | {"PYTHONPATH": f"{folder}:{ROOT}"}


def test_an_interrupt_while_loading_is_one_line(project: Project, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    assert project.run("render", env=interrupt_at_import(tmp_path / "path")) == Done(130, "", "interrupted\n")


def test_an_interrupt_while_rendering_is_one_line_and_changes_nothing(heavy: Project) -> None:
    with heavy.start("render") as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert Done(process.returncode, out.decode(), err.decode()) == Done(130, "", "interrupted\n")
    assert not (heavy.folder / "rendered").exists()


@pytest.mark.parametrize(
    "words", [("render",), ("check",), ("render", "--stdout"), ("--help",), ("check", "--format", "json")]
)
def test_a_closed_pipe_ends_the_command_silently(rendered: Project, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert rendered.run(*words, stdout=writing) == Done(141, "", "")
    finally:
        os.close(writing)


@pytest.mark.parametrize("words", [("check",), ("--help",), ("render", "--stdout")])
def test_a_full_disk_behind_stdout_is_one_line(rendered: Project, words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = rendered.run(*words, stdout=full)
    assert done == Done(2, "", "error: cannot write to stdout: no space left on device\n")


def test_a_full_disk_changes_no_file_and_leaves_none_behind(rendered: Project) -> None:
    rendered.write({"environments/dev.yaml": "vars: {image: new}\n", "environments/prod.yaml": "vars: {image: new}\n"})

    def limit_files() -> None:
        answer_interrupts()
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

    done = rendered.run("render", preexec_fn=limit_files)
    assert done == Done(2, "", "error: cannot write rendered/dev/app.json: file too large\n")
    assert rendered.read() == {"rendered/dev/app.json": DEV, "rendered/prod/app.json": PROD}


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_bytes(b"vars:\n  image: \xff\n"), "not UTF-8: byte 0xff in line 2"),
        (lambda path: path.mkdir(), "a folder"),
        (lambda path: path.symlink_to("nowhere"), "a symbolic link to nothing"),
        (lambda path: path.symlink_to("/etc/hostname"), "a symbolic link that leads out of the project"),
        (lambda path: path.write_bytes(b"#" * 2_000_000), "larger than 1 MiB"),
    ],
    ids=["not UTF-8", "a folder", "a dangling link", "a link outside", "too large"],
)
@pytest.mark.parametrize("command", ["render", "check"])
def test_an_overlay_that_cannot_be_read_is_one_line(
    project: Project, command: str, spoil: Callable[[Path], object], message: str
) -> None:
    spoil(project.folder / "environments" / "test.yaml")
    assert project.run(command) == Done(2, "", f"error: environments/test.yaml: {message}\n")


def test_a_link_under_rendered_is_a_finding_and_nothing_is_written(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (project.folder / "rendered").symlink_to(tmp_path / "elsewhere")
    done = project.run("render")
    assert (done.status, done.err.splitlines()[0]) == (
        1,
        "error[E808]: `rendered` is a symbolic link, and nothing under `rendered` may be one",
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_output_folder_that_cannot_be_made_is_one_line(project: Project) -> None:
    project.write({"out": "a file"})
    done = project.run("render", "--output-dir", "out")
    assert done == Done(2, "", "error: cannot write out/dev/app.json: not a directory\n")


def test_two_runs_at_once_leave_whole_files(heavy: Project) -> None:
    for number in range(5, 400):
        (heavy.folder / f"environments/env{number:03}.yaml").unlink()
    heavy.write({"templates/web.json.j2": FILES["templates/app.json.j2"].replace("{{ image }}", "v1")})
    expected = heavy.run("render").out.replace("wrote", "unchanged")
    before = heavy.read()
    for path in before:
        (heavy.folder / path).unlink()
    processes = [heavy.start("render") for _ in range(6)]
    ended = [Done(process.wait(60), *(text.decode() for text in process.communicate())) for process in processes]
    assert [(done.status, done.err) for done in ended] == [(0, "")] * 6
    assert {done.out.replace("wrote", "unchanged") for done in ended} == {expected}
    assert heavy.read() == before


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_artifacts_have_the_same_mode_whatever_the_umask(project: Project, umask: int) -> None:
    project.run("render", umask=umask)
    assert stat.S_IMODE((project.folder / "rendered/dev/app.json").stat().st_mode) == 0o644


def test_the_folder_and_the_locale_decide_nothing(project: Project, tmp_path: Path) -> None:
    labels = "patch: {containerDefinitions: {app: {dockerLabels: {名: 密碼}}}}"
    project.write({"environments/dev.yaml": f"vars: {{image: dev}}\n{labels}\n"})
    given = {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Taipei"}
    done = Project(tmp_path / "templates").run("render", "--stdout", "dev", "--project", "..", env=given)
    labelled = DEV.replace('app:dev"\n', 'app:dev",\n      "dockerLabels": {\n        "名": "密碼"\n      }\n')
    assert done == Done(0, labelled, "")


def test_a_bug_says_that_it_is_one(project: Project, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "deepmerge.py").write_text("raise RuntimeError('boom')\n", encoding="utf-8")
    done = project.run("render", env=os.environ | {"PYTHONPATH": f"{tmp_path}/path:{ROOT}"})
    lines = done.err.splitlines()
    assert (done.status, done.out, lines[0], lines[2], lines[-1]) == (
        3,
        "",
        "this is a bug in taskdef, not in your files; please report the following",
        "Traceback (most recent call last):",
        "RuntimeError: boom",
    )
    assert lines[1].startswith(f"taskdef {generator.__version__}, Python 3.")


@pytest.mark.parametrize("words", [("render", "--stdout"), ("matrix",)])
def test_a_product_for_a_closed_stdout_is_refused(project: Project, words: tuple[str, ...]) -> None:
    done = project.run(*words, stdout=None, preexec_fn=lambda: os.close(1))
    assert done == Done(2, "", "error: cannot write to stdout: it is closed\n")


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("", "`--output-dir` is empty: name a folder, `.` for this one"),
        (".git/hooks", "`--output-dir .git/hooks` lies in `.git`, which belongs to git"),
        ("a/.GIT", "`--output-dir a/.GIT` lies in `.git`, which belongs to git"),
        ("link/hooks", "`--output-dir link/hooks` lies in `.git`, which belongs to git"),
    ],
)
def test_an_output_folder_that_is_empty_or_of_git_is_refused(project: Project, folder: str, why: str) -> None:
    (project.folder / ".git").mkdir()
    (project.folder / "link").symlink_to(".git")
    assert project.run("render", "--output-dir", folder) == Done(2, "", f"error: {why}\n")
    assert list((project.folder / ".git").iterdir()) == []


def test_a_stream_that_is_missing_is_no_bug(project: Project) -> None:
    def close_streams() -> None:
        os.close(1)
        os.close(2)

    assert project.run("render", stdout=None, stderr=None, preexec_fn=close_streams).status == 0
    assert sorted(project.read()) == ["rendered/dev/app.json", "rendered/prod/app.json"]
