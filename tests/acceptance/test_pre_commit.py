"""The real pre-commit, with our hooks: a commit whose artifacts are not what its sources give is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.acceptance.running import BIN, ROOT, Runner, replace_line


@pytest.fixture
def repository(runner: Runner) -> Runner:
    """A git repository with the project committed, and both hooks we offer installed from the command on the path."""
    (runner.folder / "Makefile").unlink()
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = [hook | {"language": "system"} for hook in hooks]  # as offered, but with nothing to install
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (runner.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    runner.demand("git", "init", "--quiet", "--initial-branch=main")
    runner.demand("git", "config", "user.name", "somebody")
    runner.demand("git", "config", "user.email", "somebody@example.org")
    runner.demand(BIN / "pre-commit", "install")
    runner.demand("git", "add", "--all")
    runner.demand("git", "commit", "--quiet", "--message=first")
    return runner


def count_commits(runner: Runner) -> int:
    return int(runner.demand("git", "rev-list", "--count", "HEAD"))


def test_a_changed_overlay_without_its_artifact_stops_the_commit_and_the_second_one_passes(repository: Runner) -> None:
    artifact = repository.folder / "rendered" / "dev" / "trading-bot-task.json"
    replace_line(repository.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_level: TRACE")
    stopped = repository.run("git", "commit", "--quiet", "--all", "--message=second")
    assert (stopped.status, count_commits(repository)) == (1, 1)
    assert "wrote rendered/dev/trading-bot-task.json" in stopped.err
    assert '"TRACE"' in artifact.read_text(encoding="utf-8")
    repository.demand("git", "commit", "--quiet", "--all", "--message=second")
    assert count_commits(repository) == 2
    assert repository.demand("git", "status", "--porcelain") == ""


def test_a_new_environment_without_its_artifact_stops_the_commit(repository: Runner) -> None:
    overlays = repository.folder / "environments"
    (overlays / "stage.yaml").write_bytes((overlays / "test.yaml").read_bytes())
    repository.demand("git", "add", "environments")
    stopped = repository.run("git", "commit", "--quiet", "--message=second")
    assert (stopped.status, count_commits(repository)) == (1, 1)
    assert "wrote rendered/stage/trading-bot-task.json" in stopped.err


def test_a_deleted_environment_takes_its_artifact_along(repository: Runner) -> None:
    repository.demand("git", "rm", "--quiet", "environments/test.yaml")
    stopped = repository.run("git", "commit", "--quiet", "--message=second")
    assert (stopped.status, count_commits(repository)) == (1, 1)
    assert "deleted rendered/test/trading-bot-task.json" in stopped.err


def test_a_mistake_in_an_overlay_stops_the_commit_and_is_shown(repository: Runner) -> None:
    replace_line(repository.folder / "environments" / "dev.yaml", "cpu: 256", "cup: 256")
    stopped = repository.run("git", "commit", "--quiet", "--all", "--message=second")
    assert (stopped.status, count_commits(repository)) == (1, 1)
    assert "environments/dev.yaml:8:3: error[" in stopped.err


def test_an_artifact_edited_by_hand_stops_the_commit(repository: Runner) -> None:
    replace_line(repository.folder / "rendered" / "prod" / "trading-bot-task.json", '"cpu": "1024",', '"cpu": "2048",')
    stopped = repository.run("git", "commit", "--quiet", "--all", "--message=second")
    assert (stopped.status, count_commits(repository)) == (1, 1)


@pytest.mark.parametrize(
    ("command", "file"),
    [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")],
)
def test_pre_commit_accepts_what_we_ship(runner: Runner, command: str, file: str) -> None:
    runner.demand(BIN / "pre-commit", command, ROOT / file)


def test_our_own_hooks_name_programs_of_the_virtual_environment() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert [Path(word).name for hook in hooks for word in hook["entry"].split() if word.startswith(".venv/bin/")] == [
        "taskdef",
        "ruff",
        "ruff",
        "lint-imports",
    ]


def test_a_task_definition_that_ecs_would_refuse_stops_the_commit(repository: Runner) -> None:
    (repository.folder / "web.json").write_text('{"family": "w.b", "containerDefinitions": 5}\n', encoding="utf-8")
    repository.demand("git", "add", "web.json")
    stopped = repository.run("git", "commit", "--quiet", "--message=second")
    assert (stopped.status, count_commits(repository)) == (1, 1)
    assert "web.json:1:12: error[E424]: " in stopped.err and "1 file linted, 2 errors" in stopped.err
