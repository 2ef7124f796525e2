"""`taskdef promote`: image tags and values from one environment to another, and the commit of just that."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.integration.cli.process import Project

TEMPLATE = """\
{
  "family": "web-{{ env }}",
  "memory": "512",
  "containerDefinitions": [
    {"name": "web", "image": "registry.example.com/{{ env }}/web:{{ tag }}"},
    {"name": "log", "image": "{{ images.log }}", "essential": false}
  ]
}
"""
TEST = "vars:\n  tag: v2\n  images: {log: 'log:3.1'}\n"
PROD = "vars:\n  tag: v1  # the release\n  images: {log: 'log:3.0'}\n"


@pytest.fixture
def released(tmp_path: Path) -> Project:
    """A project with release tags in test and prod, committed."""
    made = Project(tmp_path)
    made.write(
        {
            "templates/web.json.j2": TEMPLATE,
            "environments/test.yaml": TEST,
            "environments/prod.yaml": PROD,
            "note": "a\n",
        }
    )
    assert made.run("render").status == 0
    git(made, "init", "--quiet", "--initial-branch=main")
    git(made, "config", "user.name", "somebody")
    git(made, "config", "user.email", "somebody@example.org")
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message=first")
    return made


def git(project: Project, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=project.folder, capture_output=True, text=True, check=True)
    return done.stdout


def write_hook(project: Project, text: str) -> None:
    hook = project.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    hook.chmod(0o755)


PROMOTED = PROD.replace("tag: v1", "tag: v2").replace("3.0", "3.1")
FILES = ["environments/prod.yaml", "rendered/prod/web.json"]


def test_all_images_get_the_versions_of_the_other_environment(released: Project) -> None:
    done = released.run("promote", "test", "prod")
    assert (done.status, done.err) == (0, "")
    assert (released.folder / "environments" / "prod.yaml").read_text() == PROMOTED
    assert git(released, "diff", "--name-only").splitlines() == FILES
    assert '"registry.example.com/prod/web:v2"' in (released.folder / "rendered" / "prod" / "web.json").read_text()
    again = released.run("promote", "test", "prod")
    assert (again.status, again.out) == (
        0,
        "nothing to promote: the versions of all images are the same already\n",
    )


def test_values_are_promoted_by_name(released: Project) -> None:
    assert released.run("promote", "test", "prod", "images.log").status == 0
    assert (released.folder / "environments" / "prod.yaml").read_text() == PROD.replace("3.0", "3.1")


@pytest.mark.parametrize("words", [(), ("tag",)])
def test_a_tag_that_is_an_environments_name_is_refused(released: Project, words: tuple[str, ...]) -> None:
    released.write({"environments/test.yaml": TEST.replace("v2", "test")})
    done = released.run("promote", "test", "prod", *words)
    assert done.status == 2 and done.err.startswith(
        "error: the tag of container `web` would be `test`, which is the name of an environment, not a version\n"
    )
    assert (released.folder / "environments" / "prod.yaml").read_text() == PROD


WRONG = [
    (("test", "test"), "`test` is both sides: name another environment to promote to"),
    (("tst", "prod"), "there is no environment `tst`; did you mean `test`? (there is `prod`, `test`)"),
    (
        ("test", "prod", "tga"),
        "no template uses a variable `tga`, and no task definition has a member `tga`; did you mean `tag`?",
    ),
    (("test", "prod", "images"), "`images` is not one value"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_wrong_words_are_refused(released: Project, words: tuple[str, ...], message: str) -> None:
    done = released.run("promote", *words)
    assert (done.status, done.err) == (2, f"error: {message}\n")


# The commit.


def test_a_commit_has_just_the_edited_files_and_leaves_the_index(released: Project) -> None:
    released.write({"note": "staged\n", "other": "new\n"})
    git(released, "add", "note", "other")
    released.write({"note": "staged, and changed since\n"})
    write_hook(released, "git diff --cached --name-only >.git/seen")
    done = released.run("promote", "test", "prod", "--commit")
    assert done.status == 0, done.err
    head = git(released, "rev-parse", "HEAD").strip()
    assert done.out.endswith(f"committed {head[:12]} Promote test to prod\n")
    assert git(released, "show", "--format=%B", "--name-only").splitlines() == [
        "Promote test to prod", "", "tag: v1 -> v2", "images.log: log:3.0 -> log:3.1", "", "", *FILES,
    ]  # fmt: skip
    assert (released.folder / ".git" / "seen").read_text().splitlines() == FILES
    assert git(released, "status", "--porcelain").splitlines() == ["MM note", "A  other"]
    assert git(released, "diff", "--cached", "note").endswith("-a\n+staged\n")


def test_an_artifact_that_was_not_up_to_date_is_not_committed(released: Project) -> None:
    git(released, "rm", "--quiet", "-r", "rendered/prod")
    git(released, "commit", "--quiet", "--message=without")
    done = released.run("set", "prod", "tag=v3", "--commit")
    assert done.status == 2 and "`rendered/prod/web.json` was not up to date before" in done.err
    assert (released.folder / "environments" / "prod.yaml").read_text() == PROD


def test_an_environment_that_could_not_be_rendered_before_gets_its_first_artifact_committed(released: Project) -> None:
    released.write({"environments/new.yaml": "vars:\n  images: {log: 'log:3.1'}\n"})
    git(released, "add", "environments")
    git(released, "commit", "--quiet", "--message=new")
    done = released.run("set", "new", "tag=v1", "--commit", "--message", "Start new")
    assert done.status == 0, done.err
    assert git(released, "show", "--format=%s", "--name-status").splitlines() == [
        "Start new", "", "M\tenvironments/new.yaml", "A\trendered/new/web.json",
    ]  # fmt: skip


def test_a_hook_that_fails_stops_the_commit_and_the_files_stay(released: Project) -> None:
    released.write({"environments/new.yaml": "vars:\n  images: {log: 'log:3.1'}\n"})
    git(released, "add", "environments")
    git(released, "commit", "--quiet", "--message=new")
    write_hook(released, "echo 'no commits on Fridays' >&2\nexit 1")
    done = released.run("set", "new", "tag=v1", "--commit")
    assert done.status == 2
    assert done.out.endswith("wrote rendered/new/web.json\n  git: no commits on Fridays\n")
    assert done.err == (
        "error: the files are written, but git made no commit\n  help: fix what stopped it, then commit them\n"
    )
    assert git(released, "log", "--format=%s").splitlines() == ["new", "first"]
    assert git(released, "status", "--porcelain").splitlines() == [" M environments/new.yaml", "?? rendered/new/"]


REFUSED = [
    ("environments/prod.yaml", "`environments/prod.yaml` has changes that are not committed"),
    ("rendered/prod/web.json", "`rendered/prod/web.json` has changes that are not committed"),
]


def test_several_files_with_other_changes_are_not_committed(released: Project) -> None:
    for file, _ in REFUSED:
        path = released.folder / file
        path.write_text(path.read_text() + "\n")
    done = released.run("promote", "test", "prod", "--commit")
    names = ", ".join(f"`{file}`" for file, _ in REFUSED)
    assert done.err.startswith(f"error: {names} have changes that are not committed, and"), done


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize(("file", "message"), REFUSED)
def test_files_with_other_changes_are_not_committed(
    released: Project, file: str, message: str, *, staged: bool
) -> None:
    path = released.folder / file
    path.write_text(path.read_text() + "\n")
    if staged:
        git(released, "add", file)
    before = path.read_text()
    done = released.run("promote", "test", "prod", "--commit")
    assert (done.status, done.err) == (
        2,
        f"error: {message}, and `--commit` would commit all of it\n  help: commit or undo that first\n",
    )
    assert path.read_text() == before and git(released, "log", "--format=%s").splitlines() == ["first"]


def test_a_commit_needs_a_repository_an_identity_and_no_unfinished_merge(released: Project) -> None:
    git(released, "update-ref", "MERGE_HEAD", "HEAD")
    done = released.run("promote", "test", "prod", "--commit")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "error: cannot commit single files: a merge is not finished",
    )
    (released.folder / ".git" / "MERGE_HEAD").unlink()
    git(released, "config", "user.name", "")
    done = released.run("promote", "test", "prod", "--commit")
    assert done.status == 2 and done.err.startswith("error: cannot commit: ")
    (released.folder / ".git").rename(released.folder / "git")
    done = released.run("promote", "test", "prod", "--commit")
    assert done.status == 2 and "not a git repository" in done.err
    assert (released.folder / "environments" / "prod.yaml").read_text() == PROD


def test_ignored_artifacts_are_not_committed(released: Project) -> None:
    git(released, "rm", "--quiet", "-r", "--cached", "rendered")
    released.write({".gitignore": "rendered/\n"})
    git(released, "add", ".gitignore")
    git(released, "commit", "--quiet", "--message=ignored")
    done = released.run("promote", "test", "prod", "--commit")
    assert (done.status, done.err) == (2, "error: git ignores `rendered/prod/web.json`, so it cannot be committed\n")


def test_a_project_below_the_repository_is_committed_by_its_paths(released: Project) -> None:
    inner = Project(released.folder / "svc[1]")
    inner.write({"templates/web.json.j2": TEMPLATE, "environments/test.yaml": TEST, "environments/prod.yaml": PROD})
    assert inner.run("render").status == 0
    git(released, "add", "--all")
    git(released, "commit", "--quiet", "--message=inner")
    assert inner.run("promote", "test", "prod", "--commit").status == 0
    assert git(released, "show", "--format=", "--name-only").splitlines() == [f"svc[1]/{file}" for file in FILES]
