"""`taskdef init` in an empty folder, then what a person does next: make, pre-commit, git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.acceptance.running import BIN, Done, Runner, ask


@pytest.fixture
def empty(runner: Runner, tmp_path: Path) -> Runner:
    """An empty repository, with the installed command and pre-commit on the path."""
    folder = tmp_path / "trading-bot"
    folder.mkdir()
    made = runner._replace(folder=folder)
    made.demand("git", "init", "--quiet", "--initial-branch=main")
    made.demand("git", "config", "user.name", "somebody")
    made.demand("git", "config", "user.email", "somebody@example.org")
    return made


TARGETS = ["render", "check", "diff", "matrix", "schema", "help"]
WITH_ENVIRONMENT = ["render", "check", "verify", "register", "deploy"]


@pytest.mark.parametrize("words", [(), ("--launch-type", "ec2", "--env", "qa", "--env", "live", "--renovate")])
def test_make_and_pre_commit_work_at_once(empty: Runner, words: tuple[str, ...]) -> None:
    empty.demand("taskdef", "init", "--yes", *words)
    environments = sorted(path.stem for path in (empty.folder / "environments").iterdir())
    made = empty.demand("make", "--silent").splitlines()
    assert sorted(made) == [f"unchanged rendered/{env}/trading-bot.json" for env in environments]
    assert empty.demand("make", "check") == f"{len(environments)} artifacts compared, all up to date\n"
    empty.demand("git", "add", "--all")
    said = empty.demand("pre-commit", "run", "--all-files")
    assert [line.rpartition(".")[2] for line in said.splitlines()] == ["Passed", "Passed"]
    empty.demand("pre-commit", "install")
    empty.demand("git", "commit", "--quiet", "--message=Begin")
    assert empty.demand("git", "status", "--porcelain") == ""
    for target in ("schema", "matrix", *(f"{what}-{environments[0]}" for what in ("render", "check"))):
        empty.demand("make", "--silent", target)
    assert empty.demand("git", "status", "--porcelain") == ""


def test_make_diff_shows_what_a_change_does_and_a_commit_without_its_artifact_is_stopped(empty: Runner) -> None:
    empty.demand("taskdef", "init", "--yes")
    empty.demand("git", "add", "--all")
    empty.demand("git", "commit", "--quiet", "--message=Begin")
    assert "no difference" in empty.demand("make", "diff")
    empty.demand("pre-commit", "install")
    overlay = empty.folder / "environments" / "test.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8").replace("v0.2.0", "v0.3.0"), encoding="utf-8")
    shown = empty.demand("make", "diff")
    assert "image tag v0.2.0 → v0.3.0" in shown
    stopped = empty.run("git", "commit", "--quiet", "--all", "--message=Release")
    assert stopped.status == 1 and "wrote rendered/test/trading-bot.json" in stopped.err
    empty.demand("git", "commit", "--quiet", "--all", "--message=Release")


def test_the_way_of_a_release_goes_through_the_environments(empty: Runner) -> None:
    empty.demand("taskdef", "init", "--yes")
    empty.demand("taskdef", "promote", "test", "prod")
    assert "trading-bot:v0.2.0" in (empty.folder / "rendered" / "prod" / "trading-bot.json").read_text(encoding="utf-8")
    overlay = (empty.folder / "environments" / "prod.yaml").read_text(encoding="utf-8")
    assert "# A release: a tag that nobody moves to another image.\n  image_tag: v0.2.0\n" in overlay
    assert empty.run("taskdef", "set", "prod", "image_tag=latest").status == 1  # W601 is an error there


def test_the_help_of_make_names_every_target(empty: Runner) -> None:
    empty.demand("taskdef", "init", "--yes")
    said = [line.split()[0] for line in empty.demand("make", "help").splitlines()]
    assert sorted(said) == sorted([*TARGETS, *(f"{each}-ENV" for each in WITH_ENVIRONMENT)])
    for target in WITH_ENVIRONMENT:
        shown = empty.demand("make", "--dry-run", f"{target}-prod", "AWS_FLAGS=--profile live")
        flags = "" if target in ("render", "check") else " --profile live"
        assert shown == f"taskdef {target} prod{flags}\n"


def test_readers_of_the_files_take_them(empty: Runner) -> None:
    empty.demand("taskdef", "init", "--yes", "--renovate", "--install", 'git+https://git.example.org/a "b"#c')
    for kind, file in (("github-workflows", ".github/workflows/taskdef.yml"), ("renovate", "renovate.json")):
        empty.demand(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{kind}", file)
    overlays = sorted(str(path) for path in (empty.folder / "environments").iterdir())
    empty.demand(BIN / "check-jsonschema", "--schemafile", "taskdef.schema.json", *overlays)
    empty.demand("pre-commit", "validate-config")
    shown = empty.demand(
        "git", "check-attr", "merge", "eol", "--", "rendered/dev/trading-bot.json", "environments/dev.yaml"
    )
    assert [line.partition(": ")[2] for line in shown.splitlines()] == [
        "merge: unset",
        "eol: lf",
        "merge: unspecified",
        "eol: lf",
    ]


def test_the_installed_command_asks_at_a_terminal(empty: Runner) -> None:
    words = ["--name", "bot", "--env", "prod", "--launch-type", "ec2", "--account", "210987654321"]
    words += ["--region", "eu-central-1", "--owner", "@acme/live"]
    done: Done = ask(empty, "taskdef", "init", *words, answer="y")
    assert done.status == 0 and done.err == "Let Renovate propose new image tags? [y/N]: "
    assert (empty.folder / "renovate.json").is_file()


def test_make_says_that_taskdef_is_missing(empty: Runner, tmp_path: Path) -> None:
    empty.demand("taskdef", "init", "--yes")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("make", "sh", "sed"):
        (programs / name).symlink_to(shutil.which(name) or name)
    done = empty._replace(environment=empty.environment | {"PATH": str(programs)}).run("make")
    assert done.status == 2 and "taskdef" in done.err
