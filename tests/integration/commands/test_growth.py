"""What a run does for each further task is the same, however many there are: counted in calls, not by a clock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import pytest

import generator
from benchmarks.inputs import write_project
from generator.commands.check import check
from generator.commands.diff import diff
from generator.commands.matrix import matrix
from generator.commands.render import render
from generator.project import git

OURS = str(Path(generator.__file__).parent)
GIT = git.__file__

RUNS: dict[str, Callable[[str], object]] = {
    "render": lambda root: render(root),
    "check": lambda root: check(root),
    "diff-environments": lambda root: diff(root, words=("dev", "prod")),
    "diff-of-a-range": lambda root: diff(root, words=("HEAD..",)),
    "matrix": lambda root: matrix(root),
    "matrix-page": lambda root: matrix(root, page=f"{root}/page.html"),
}


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Three projects, each with as many more tasks as the one before; one line of each is edited since it was committed."""
    roots = []
    for count in (2, 5, 8):
        root = tmp_path_factory.mktemp("project")
        write_project(root, count, shared=False)
        assert render(str(root)).status == 0
        for words in ("init -q", "add -A", "-c user.name=a -c user.email=a@example.com commit -qm one"):
            subprocess.run(["git", "-C", str(root), *words.split()], check=True)
        edit(root / "environments/prod/svc-00001.yaml")
        roots.append(str(root))
    return roots


def edit(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace('RETRIES: "5"', 'RETRIES: "6"'), encoding="utf-8")


def count_calls(run: Callable[[], object]) -> int:
    """Count the functions of ours that a run calls, and those in C that they call.

    How often the standard library reads what git writes depends on the moment, and so does what is read of it at once.
    """
    count = 0

    def see(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        file = frame.f_code.co_filename
        count += event in ("call", "c_call") and file.startswith(OURS) and file != GIT

    sys.setprofile(see)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", RUNS)
def test_each_further_task_takes_as_many_calls(name: str, projects: list[str]) -> None:
    RUNS[name](projects[0])  # loads what is loaded once

    counts = [count_calls(partial(RUNS[name], root)) for root in projects]
    first, second = counts[1] - counts[0], counts[2] - counts[1]
    assert second < 1.001 * first, counts
