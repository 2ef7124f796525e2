"""Files of commits are read by one process of git, and what git does not have is nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.project.commits import find_history, read_from_commits, resolve_tag
from generator.project.git import Repository

ARTIFACT = "rendered/dev/app.json"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    return subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def commits(tmp_path: Path) -> tuple[Repository, list[str]]:
    """A repository whose project lies below, with three commits: the artifact has two contents, and is gone at last."""
    git(tmp_path, "init", "-q")
    file = tmp_path / "ecs" / ARTIFACT
    file.parent.mkdir(parents=True)
    made = []
    for text in ("1\n", "2\n", ""):
        file.write_text(text, encoding="utf-8")
        if not text:
            file.unlink()
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "x")
        made.append(git(tmp_path, "rev-parse", "HEAD"))
    git(tmp_path, "tag", "v1", made[0])
    git(tmp_path, "tag", "-a", "v2", made[1], "-m", "x")
    (tmp_path / "ecs").mkdir(exist_ok=True)
    found = find_history(str(tmp_path / "ecs"))
    assert found is not None
    return found, made


def test_each_commit_has_its_own(commits: tuple[Repository, list[str]]) -> None:
    repository, (first, second, third) = commits
    missing, words = "0" * 40, ["HEAD", f"{first}\n{second}", "", "-x", first[:10]]
    asked = [missing, second, *words, third, first, second]
    assert read_from_commits(repository, ARTIFACT, asked) == {first: b"1\n", second: b"2\n"}
    assert read_from_commits(repository, ARTIFACT, words) == {}
    assert read_from_commits(repository, "rendered/dev", [first]) == {}


def test_a_file_that_is_too_large_is_none(
    commits: tuple[Repository, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, (first, second, _) = commits
    monkeypatch.setattr("generator.project.commits.ARTIFACT_LIMIT", 1)
    assert read_from_commits(repository, ARTIFACT, [first, second]) == {}


def test_tags_are_resolved_and_no_other_names(commits: tuple[Repository, list[str]]) -> None:
    repository, (first, second, third) = commits
    names = ["v1", "v2", "v3", "HEAD", third, "-x", "v2^", "v2~1", "v2@{0}", "a\0b", ""]
    assert [resolve_tag(repository, name) for name in names] == [first, second, *[""] * 9]


def test_there_may_be_no_history(tmp_path: Path) -> None:
    assert find_history(str(tmp_path)) is None
    bare = tmp_path / "bare"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    assert find_history(str(bare)) is None
