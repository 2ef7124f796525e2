"""`taskdef render --watch`: what it refuses. What it does needs watchfiles, and is tested in `tests/acceptance`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.integration.cli.process import ROOT, Done, Project

WHY = "it renders the committed files, and has no end"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--list",), f"--watch and --list exclude each other: {WHY}"),
        (("--stdout",), f"--watch and --stdout exclude each other: {WHY}"),
        (("--output-dir", "x"), f"--watch and --output-dir exclude each other: {WHY}"),
        (("--set", "image=x"), f"--watch and --set exclude each other: {WHY}"),
        (("--exit-code",), f"--watch and --exit-code exclude each other: {WHY}"),
        (("--format", "sarif"), "--watch and --format sarif exclude each other: its reports are for people"),
    ],
)
def test_options_that_do_not_go_with_watching_are_refused(
    project: Project, words: tuple[str, ...], message: str
) -> None:
    help = "  help: `taskdef render --help` lists what it takes\n"
    assert project.run("render", "--watch", *words) == Done(2, "", f"error: {message}\n{help}")
    assert project.read() == {}


def test_without_the_extra_it_is_said_what_to_install_and_nothing_is_written(project: Project) -> None:
    program = "import sys; sys.modules['watchfiles'] = None; from generator.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "render", "--watch"],
        cwd=project.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "error: `--watch` needs watchfiles, which is not installed (watchfiles)\n"
        "  help: install the extra `watch`: `pip install '.[watch]'` in a clone of taskdef\n",
    )
    assert project.read() == {}
