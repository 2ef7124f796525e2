"""Which repository a project lies in, and what of a repository git must not follow, from real repositories in a temporary folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.model.findings import InputError
from generator.project.git import FETCHING, Repository, find_repository, open_repository, run_git
from generator.project.history import Checkout, load_revision, read_checkout
from tests.integration.project.test_history import OVERLAY, Repository as Made


def make_bare(made: Made, folder: str) -> str:
    """Make a folder of the project look to git like a bare repository, with a commit of its own, and give that."""
    made.git("init", "-q", "--bare", "-b", "main", folder)
    inside = ("-C", folder, "--git-dir=.", "--work-tree=.")
    made.git(*inside, "commit", "-q", "--allow-empty", "-m", "x")
    return made.git(*inside, "rev-parse", "HEAD")


@pytest.mark.parametrize("bare", ["app", "app/inner"])
@pytest.mark.parametrize("work_tree", [False, True])
def test_files_that_look_like_a_bare_repository_are_none(tmp_path: Path, bare: str, work_tree: bool) -> None:
    made = Made(tmp_path, "app/inner")
    commit = made.commit({"environments/dev.yaml": OVERLAY})
    stranger = make_bare(made, bare)
    if work_tree:
        made.git("config", "--file", f"{bare}/config", "core.bare", "false")
        made.git("config", "--file", f"{bare}/config", "core.worktree", ".")
    assert made.git("-C", bare, "rev-parse", "HEAD") == stranger  # that is what git makes of it
    checkout = read_checkout(str(made.root))
    assert (checkout.repository, checkout.head.commit) == (Repository(str(tmp_path), "app/inner"), commit)


def test_where_only_such_files_are_there_is_no_repository(tmp_path: Path) -> None:
    made = Made(tmp_path, "app")
    made.commit({"environments/dev.yaml": OVERLAY})
    make_bare(made, "app")
    shutil.rmtree(tmp_path / ".git")
    said = f"`{made.root}` looks like a bare repository, and files of a project are never taken for one"
    for folder in (made.root, made.root / "environments"):
        with pytest.raises(InputError) as caught:
            open_repository(str(folder))
        assert str(caught.value) == said
        assert read_checkout(str(folder)) == Checkout(refusal=said)


def test_git_refuses_them_too(tmp_path: Path) -> None:
    made = Made(tmp_path, "app")
    made.commit({"environments/dev.yaml": OVERLAY})
    make_bare(made, "app")
    done = run_git(str(made.root), "rev-parse", "--git-dir")
    assert (done.returncode, done.stdout) == (128, b"")
    assert b"cannot use bare repository" in done.stderr


def test_the_nearest_repository_counts_and_an_empty_folder_is_none(tmp_path: Path) -> None:
    outer, inner = Made(tmp_path / "outer"), Made(tmp_path / "outer" / "sub", "app")
    inner.commit({"environments/dev.yaml": OVERLAY})
    assert find_repository(str(inner.root)) == Repository(str(inner.top), "app")
    (inner.root / ".git").mkdir()
    assert find_repository(str(inner.root)) == Repository(str(inner.top), "app")
    assert find_repository(str(outer.root)) == Repository(str(outer.top))
    (tmp_path / "link").symlink_to(inner.root)
    assert find_repository(str(tmp_path / "link")) == Repository(str(inner.top), "app")


def test_what_git_takes_for_no_repository_is_refused(tmp_path: Path) -> None:
    made = Made(tmp_path, "app")
    made.commit({"environments/dev.yaml": OVERLAY})
    (made.root / ".git").mkdir()
    (made.root / ".git" / "HEAD").write_text("nonsense\n")
    with pytest.raises(InputError, match=r"app/\.git` is not a git repository"):
        find_repository(str(made.root))


def test_a_submodule_and_a_linked_work_tree_are_repositories(tmp_path: Path) -> None:
    library, outer = Made(tmp_path / "library"), Made(tmp_path / "outer")
    commit = library.commit({"app/environments/dev.yaml": OVERLAY})
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.top), "sub")
    outer.commit({"README.md": "x"})
    library.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "topic")
    for top in (tmp_path / "outer" / "sub", tmp_path / "linked"):
        checkout = read_checkout(str(top / "app"))
        assert (checkout.repository, checkout.head.commit) == (Repository(str(top), "app"), commit)
        assert set(load_revision(Repository(str(top), "app"), commit, "x").overlays) == {"dev.yaml"}


@pytest.mark.parametrize("kind", ["nothing", "a file"])
def test_a_project_that_was_no_folder_then_is_empty(tmp_path: Path, kind: str) -> None:
    made = Made(tmp_path)
    commit = made.commit({"app": "x"} if kind == "a file" else {})
    project = load_revision(Repository(str(tmp_path), "app"), commit, "x")
    assert (project.tasks, project.environments, project.findings) == ((), (), ())


@pytest.mark.parametrize("folder", [":(glob)*", "*", "-r", "a\nb", "ä ö"])
def test_a_folder_is_taken_by_its_very_name(tmp_path: Path, folder: str) -> None:
    made = Made(tmp_path, folder)
    (tmp_path / "other" / "environments").mkdir(parents=True)
    (tmp_path / "other" / "environments" / "prod.yaml").write_text(OVERLAY)
    commit = made.commit({"environments/dev.yaml": OVERLAY})
    assert set(load_revision(open_repository(str(made.root)), commit, "x").overlays) == {"dev.yaml"}


def test_outside_of_a_repository_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(tmp_path, "app/inner")
    made.commit({"environments/dev.yaml": OVERLAY})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", f"/nowhere{os.pathsep}{tmp_path}")
    assert find_repository(str(made.root)) is None
    assert read_checkout(str(made.root)) == Checkout()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(made.root))
    assert find_repository(str(made.root)) == Repository(str(tmp_path), "app/inner")


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"])
def test_a_variable_that_names_another_repository_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made, other = Made(tmp_path / "ours", "app"), Made(tmp_path / "other")
    commit = made.commit({"environments/dev.yaml": OVERLAY})
    other.commit({"environments/prod.yaml": OVERLAY})
    monkeypatch.setenv(name, str(other.top / (".git/objects" if name == "GIT_OBJECT_DIRECTORY" else ".git")))
    checkout = read_checkout(str(made.root))
    assert checkout.head.commit == commit and checkout.repository is not None
    assert set(load_revision(checkout.repository, commit, "x").overlays) == {"dev.yaml"}


def test_no_program_of_the_branch_is_run(tmp_path: Path) -> None:
    """A configuration may name programs in the work tree, as some tools set `core.hooksPath`; what runs one, does not through us."""
    made = Made(tmp_path)
    program = f"#!/bin/sh\ntouch '{tmp_path}/ran'\n"
    commit = made.commit({"hooks/reference-transaction": program, "hooks/fsmonitor": program, "a": "1"})
    for name in ("reference-transaction", "fsmonitor"):
        (tmp_path / "hooks" / name).chmod(0o755)
    made.git("config", "core.hooksPath", "hooks")
    made.git("config", "core.fsmonitor", str(tmp_path / "hooks" / "fsmonitor"))
    for words in (("status",), ("update-ref", "refs/heads/x", commit)):
        made.git(*words)
        assert (tmp_path / "ran").exists(), words  # git as it is runs it
        (tmp_path / "ran").unlink()
        assert run_git(str(tmp_path), *words).returncode == 0
        assert not (tmp_path / "ran").exists(), words


def test_what_a_partial_clone_lacks_is_not_fetched(tmp_path: Path) -> None:
    origin = Made(tmp_path / "origin")
    origin.commit({"environments/dev.yaml": OVERLAY})
    origin.git("config", "uploadpack.allowFilter", "true")
    clone = ("clone", "-q", "--no-checkout", "--filter=blob:none", origin.top.as_uri(), str(tmp_path / "clone"))
    origin.git("-c", "protocol.file.allow=always", *clone)
    opened = open_repository(str(tmp_path / "clone"))
    with pytest.raises(InputError, match="is the clone partial"):
        load_revision(opened, "HEAD", "x")


def test_only_a_run_that_says_so_asks_another_repository(tmp_path: Path) -> None:
    origin, clone = Made(tmp_path / "origin"), Made(tmp_path / "clone")
    origin.commit({"a": "1"})
    clone.git("remote", "add", "origin", origin.top.as_uri())
    done = run_git(str(clone.top), "fetch", "origin", "main")
    assert (done.returncode, done.stderr) == (128, b"fatal: transport 'file' not allowed\n")
    assert run_git(str(clone.top), "fetch", "origin", "main", protocols=FETCHING).returncode == 0
    clone.git("remote", "set-url", "origin", "ext::touch ran")
    done = run_git(str(clone.top), "-c", "protocol.ext.allow=always", "fetch", "origin", "main", protocols=FETCHING)
    assert (done.returncode, done.stderr) == (128, b"fatal: transport 'ext' not allowed\n")


def test_a_fetch_leaves_submodules_alone(tmp_path: Path) -> None:
    library, origin, clone = (Made(tmp_path / name) for name in ("library", "origin", "clone"))
    library.commit({"a": "1"})
    files = ("-c", "protocol.file.allow=always")
    origin.git(*files, "submodule", "--quiet", "add", library.top.as_uri(), "sub")
    origin.commit({})
    clone.git("remote", "add", "origin", origin.top.as_uri())
    clone.git("pull", "-q", "origin", "main")
    clone.git(*files, "submodule", "--quiet", "update", "--init")
    for ours in (True, False):
        commit = library.commit({"a": f"2 {ours}"})
        origin.git("-C", "sub", *files, "pull", "-q", "origin", "main")
        origin.commit({})
        if ours:
            assert run_git(str(clone.top), "fetch", "origin", "main", protocols=FETCHING).returncode == 0
        else:
            clone.git(*files, "fetch", "-q", "origin", "main")  # git as it is fetches what the submodule lacks
        lacking = run_git(str(clone.top / "sub"), "cat-file", "-e", commit).returncode != 0
        assert lacking == ours
