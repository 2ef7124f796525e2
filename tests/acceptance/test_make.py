"""`make` works on a machine that has nothing but Python, and says so when even that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.running import ROOT, Runner


@pytest.fixture
def made(runner: Runner, installed: Path) -> list[str]:
    """The start of every command: our Makefile with the installed wheel as its virtual environment."""
    (installed / ".run").touch()
    return ["make", "--silent", f"VENV={installed}"]


def list_artifacts(folder: Path) -> dict[str, bytes]:
    """All files under `rendered`, with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_make_renders_every_environment_and_names_what_it_wrote(runner: Runner, made: list[str]) -> None:
    (runner.folder / "rendered" / "dev" / "trading-bot-task.json").unlink()
    assert runner.demand(*made).splitlines() == [
        "wrote rendered/dev/trading-bot-task.json",
        "unchanged rendered/prod/trading-bot-task.json",
        "unchanged rendered/test/trading-bot-task.json",
    ]
    assert list_artifacts(runner.folder / "rendered") == list_artifacts(ROOT / "rendered")


def test_make_render_of_one_environment_leaves_the_others(runner: Runner, made: list[str]) -> None:
    for environment in ("dev", "test"):
        (runner.folder / "rendered" / environment / "trading-bot-task.json").unlink()
    assert runner.demand(*made, "render-dev").splitlines() == ["wrote rendered/dev/trading-bot-task.json"]
    assert sorted(list_artifacts(runner.folder / "rendered")) == [
        "dev/trading-bot-task.json",
        "prod/trading-bot-task.json",
    ]


@pytest.mark.parametrize("target", ["check", "check-dev", "check-test", "check-prod"])
def test_make_check_accepts_the_committed_artifacts(runner: Runner, made: list[str], target: str) -> None:
    assert runner.run(*made, target).status == 0


def test_make_check_of_one_environment_ignores_the_others(runner: Runner, made: list[str]) -> None:
    (runner.folder / "rendered" / "dev" / "trading-bot-task.json").unlink()
    assert [runner.run(*made, target).status for target in ("check", "check-dev", "check-prod")] == [2, 2, 0]


def test_make_help_names_every_target(runner: Runner) -> None:
    rules = [line.partition(":")[0] for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()]
    targets = [rule for rule in rules if rule.isidentifier()]
    said = [line.split()[0] for line in runner.demand("make", "help").splitlines()]
    assert sorted(said) == sorted([*targets, "render-ENV", "check-ENV", "register-ENV", "deploy-ENV"])


def test_make_says_that_python_is_missing(runner: Runner) -> None:
    done = runner.run("make", "--silent", "PYTHON=no-such-python")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "taskdef needs Python 3.11 or newer: no no-such-python here (make PYTHON=...)",
    )
    assert not (runner.folder / ".venv").exists()


def test_make_says_that_python_is_too_old(runner: Runner, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.4\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    done = runner.run("make", "--silent", f"PYTHON={old}")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        f"taskdef needs Python 3.11 or newer: {old} is Python 3.10.4 (make PYTHON=...)",
    )
    assert not (runner.folder / ".venv").exists()
