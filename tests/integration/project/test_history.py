"""A project as it was in a revision, from real repositories of git in a temporary folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.model.findings import InputError, Source
from generator.project.git import open_repository
from generator.project.history import (
    Head,
    Range,
    is_committed,
    load_revision,
    parse_range,
    read_checkout,
    resolve_range,
    resolve_revision,
)

TEMPLATE, OVERLAY = '{"family": "{{ env }}"}\n', "vars: {}\n"


class Repository:
    """A repository with a project at its top or in a folder."""

    def __init__(self, top: Path, folder: str = ".") -> None:
        self.top = top
        self.root = top / folder
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> str:
        names = {
            f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | names
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *words], cwd=self.top, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, files: dict[str, str]) -> str:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


RANGES = {
    "main..": ("main", "", False),
    "main..HEAD": ("main", "HEAD", False),
    "..main": ("HEAD", "main", False),
    "main...": ("main", "", True),
    "main...topic": ("main", "topic", True),
    "feature/x..v1.0": ("feature/x", "v1.0", False),
    "main@{1}..": ("main@{1}", "", False),
    "..": None,
    "...": None,
    "main": None,
    "../app.json": None,
    "a/../app.json": None,
    "./..": None,
    "v1.0": None,
}


@pytest.mark.parametrize("word", RANGES)
def test_a_range_has_two_sides(word: str) -> None:
    assert parse_range(word) == RANGES[word]


@pytest.mark.parametrize("folder", [".", "services/bot", "with blank"])
def test_a_project_is_read_as_it_was(tmp_path: Path, folder: str) -> None:
    repository = Repository(tmp_path, folder)
    files = {
        "templates/app.json.j2": TEMPLATE.replace("\n", "\r\n"),
        "templates/_part.j2": "x",
        "templates/notes.txt": "no",
        "environments/dev.yaml": OVERLAY,
        "environments/dev/app.yaml": OVERLAY,
        "environments/dev/too/deep.yaml": OVERLAY,
        "environments/.hidden.yaml": OVERLAY,
        "rendered/dev/app.json": "{}",
    }
    commit = repository.commit(files)
    repository.commit({"environments/prod.yaml": OVERLAY, "templates/app.json.j2": "{}"})
    (repository.root / "environments" / "dev.yaml").unlink()
    project = load_revision(open_repository(str(repository.root)), commit, "main")
    assert project.templates == {
        "_part.j2": Source("main:templates/_part.j2", "x"),
        "app.json.j2": Source("main:templates/app.json.j2", TEMPLATE),
    }
    assert project.overlays == {
        "dev.yaml": Source("main:environments/dev.yaml", OVERLAY),
        "dev/app.yaml": Source("main:environments/dev/app.yaml", OVERLAY),
    }
    assert (project.tasks, project.environments, project.findings) == (("app",), ("dev",), ())


def test_settings_are_those_of_the_revision(repository: Repository) -> None:
    commit = repository.commit({"taskdef.toml": 'templates = "t"\n', "t/app.json.j2": TEMPLATE})
    repository.commit({"taskdef.toml": ""})
    project = load_revision(open_repository(str(repository.root)), commit, "old")
    assert (project.tasks, project.findings) == (("app",), ())


def test_a_project_that_did_not_exist_is_empty(repository: Repository) -> None:
    project = load_revision(open_repository(str(repository.root)), repository.commit({}), "main")
    assert (project.tasks, project.environments, project.findings) == ((), (), ())


def test_links_are_followed_inside_of_the_commit(repository: Repository) -> None:
    (repository.root / "environments").mkdir()
    (repository.root / "environments" / "prod.yaml").symlink_to("dev.yaml")
    commit = repository.commit({"environments/dev.yaml": OVERLAY, "templates/app.json.j2": TEMPLATE})
    project = load_revision(open_repository(str(repository.root)), commit, "main")
    assert project.overlays["prod.yaml"] == Source("main:environments/prod.yaml", OVERLAY)


@pytest.mark.parametrize("target", ["/etc/hostname", "../outside.yaml", "prod.yaml"])
def test_a_link_that_leads_elsewhere_is_refused(repository: Repository, target: str) -> None:
    (repository.root / "environments").mkdir()
    (repository.root / "environments" / "prod.yaml").symlink_to(target)
    commit = repository.commit({})
    with pytest.raises(InputError, match="symbolic link"):
        load_revision(open_repository(str(repository.root)), commit, "main")


def test_a_revision_is_resolved_to_its_commit(repository: Repository) -> None:
    first = repository.commit({"a": "1"})
    repository.git("tag", "-a", "v1", "-m", "x")
    second = repository.commit({"a": "2"})
    opened = open_repository(str(repository.root))
    assert [resolve_revision(opened, name) for name in ("v1", "HEAD", "main~1")] == [first, second, first]
    assert resolve_range(opened, "v1", "main", since_fork=False) == Range(first, second)
    assert resolve_range(opened, "v1", "", since_fork=False) == Range(first, "")


def test_three_dots_begin_where_the_branches_part(repository: Repository) -> None:
    base = repository.commit({"a": "1"})
    repository.git("checkout", "-q", "-b", "topic")
    topic = repository.commit({"b": "1"})
    repository.git("checkout", "-q", "main")
    repository.commit({"c": "1"})
    opened = open_repository(str(repository.root))
    assert resolve_range(opened, "main", "topic", since_fork=True) == Range(base, topic)
    repository.git("checkout", "-q", "topic")
    assert resolve_range(opened, "main", "", since_fork=True) == Range(base, "")


HOSTILE = [
    "--output=pwned",
    "-h",
    "$(touch pwned)",
    "main; touch pwned",
    "main\ntouch pwned",
    "a\0b",
    "'",
    "HEAD:a",
    "^HEAD",
    "^main",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_no_revision_and_does_nothing(repository: Repository, name: str) -> None:
    repository.commit({"a": "1"})
    with pytest.raises(InputError, match="git knows no revision"):
        resolve_revision(open_repository(str(repository.root)), name)
    assert sorted(path.name for path in repository.root.iterdir()) == [".git", "a"]


def test_outside_of_a_repository_git_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="not a git repository"):
        resolve_revision(open_repository(str(tmp_path)), "main")


def test_without_git_a_range_is_refused(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.top))
    with pytest.raises(InputError, match="cannot run git: no such file or directory"):
        resolve_revision(open_repository(str(repository.root)), "main")


def test_reading_leaves_the_repository_as_it_is(repository: Repository) -> None:
    commit = repository.commit({"templates/app.json.j2": TEMPLATE, "environments/dev.yaml": OVERLAY})
    (repository.root / "environments" / "dev.yaml").write_text("vars: {a: 1}\n")
    before = take_state(repository.top)
    load_revision(open_repository(str(repository.root)), commit, "main")
    assert take_state(repository.top) == before


def take_state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its time and bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_what_git_tells_hooks_does_not_move_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path, "ecs")
    commit = repository.commit({"templates/web.json.j2": TEMPLATE, "environments/dev.yaml": OVERLAY})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    project = load_revision(open_repository(str(repository.root)), commit, "main")
    assert (set(project.templates), set(project.overlays)) == ({"web.json.j2"}, {"dev.yaml"})


# What is checked out.


def test_a_commit_is_described_by_the_tag_before_it(repository: Repository) -> None:
    first = repository.commit({"a": "1"})
    assert read_checkout(str(repository.root)).head == Head(first, "")
    repository.git("tag", "v1.0.0")
    assert read_checkout(str(repository.root)).head == Head(first, "v1.0.0")
    second = repository.commit({"a": "2"})
    assert read_checkout(str(repository.root)).head == Head(second, f"v1.0.0-1-g{second[:7]}")


def test_where_nothing_is_committed_nothing_is_described(repository: Repository, tmp_path: Path) -> None:
    assert read_checkout(str(repository.root)).head == Head("", "")
    assert read_checkout(str(tmp_path.parent)).head == Head("", "")


@pytest.mark.parametrize("folder", [".", "sub"])
def test_bytes_are_committed_or_not(tmp_path: Path, folder: str) -> None:
    repository = Repository(tmp_path, folder)
    repository.commit({"rendered/dev/app.json": "{}\n"})
    checkout = read_checkout(str(repository.root))
    assert is_committed(checkout, "rendered/dev/app.json", b"{}\n")
    assert not is_committed(checkout, "rendered/dev/app.json", b"{} \n")
    assert not is_committed(checkout, "rendered/dev/other.json", b"{}\n")
