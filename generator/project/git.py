"""How git is run: in the one repository that the project lies in, and with settings that no file of a branch can change.

Only a commit is made with the user's own settings and hooks, since the user asked for it.

A folder with `HEAD`, `objects/` and `refs/` is a bare repository to git, and anybody can commit such a folder. So the repository is
looked for here, by the entry `.git`, which git never checks out; git is then started beside that entry and told to refuse bare ones.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

from generator.model.findings import InputError
from generator.model.records import Record

SETTINGS = (
    "safe.bareRepository=explicit",  # git before 2.38 does not know it, and is started beside `.git` too
    f"core.hooksPath={os.devnull}",  # some projects set it to a folder of the branch
    "core.fsmonitor=false",  # a program to run, which a configuration that is included from the branch can name
    "fetch.recurseSubmodules=false",  # where they come from, the branch's `.gitmodules` says
)
"""What git is told on the command line, where it outranks every file. No command of ours shows a difference, so there is nothing to
set about external diffs and `textconv`."""

ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",  # git before 2.45 does not know it: the protocols below have the same effect
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

NO_PROTOCOL, FETCHING = "none", "file:http:https:ssh"
"""Values of `GIT_ALLOW_PROTOCOL`: reading never asks another machine, and where it is asked, no other program chooses how."""

ELSEWHERE = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""What git sets for hooks and aliases, as `git rev-parse --local-env-vars` lists it: with it, another repository is read than the one
that the project lies in. Configuration in variables stays: it is the caller's own, and often what says `safe.directory`."""


class Repository(Record):
    """A repository: the folder that `.git` is in, and where the project lies below it, empty if it is the same."""

    top: str
    folder: str = ""


def find_repository(root: str) -> Repository | None:
    """Find the repository that a folder lies in, a submodule or a linked work tree included.

    Raises InputError where git refuses it, or where only a bare one, made of the project's files, is there.
    """
    top = find_top(root)
    if top is None:
        bare = next(filter(is_bare_repository, climb(root)), None)
        if bare is not None:
            raise InputError(f"`{bare}` looks like a bare repository, and files of a project are never taken for one")
        return None
    done = run_git(top, "rev-parse", "--git-dir")
    if done.returncode:
        raise InputError(say_why(done.stderr))
    entry = os.path.join(top, ".git")
    if os.path.isdir(entry) and done.stdout != b".git\n":
        raise InputError(f"`{entry}` is not a git repository")
    folder = os.path.relpath(os.path.realpath(root), top)
    return Repository(top, "" if folder == os.curdir else folder)


def find_top(root: str) -> str | None:
    """Find the folder with `.git` that a folder is or lies in; git is not asked."""
    return next(filter(has_repository, climb(root)), None)


def open_repository(root: str) -> Repository:
    """Find the repository that a folder lies in; raises InputError where there is none."""
    found = find_repository(root)
    if found is None:
        raise InputError(f"{root}: not a git repository (or any of the parent directories): .git")
    return found


def climb(root: str) -> Iterator[str]:
    """Give a folder and those above it, up to the ones that `GIT_CEILING_DIRECTORIES` keeps git from."""
    listed = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    ceilings = {os.path.realpath(each) for each in listed if each}
    folder, below = os.path.realpath(root), ""
    while folder != below:
        yield folder
        folder, below = os.path.dirname(folder), folder
        if folder in ceilings:
            return


def has_repository(folder: str) -> bool:
    """Whether a folder has an entry `.git` that can be a repository's, or that leads to one as in a submodule."""
    entry = os.path.join(folder, ".git")
    return os.path.isfile(entry) or os.path.lexists(os.path.join(entry, "HEAD"))


def is_bare_repository(folder: str) -> bool:
    """Whether a folder looks to git like a bare repository."""
    return all(os.path.lexists(os.path.join(folder, name)) for name in ("HEAD", "objects", "refs"))


def run_git(
    top: str, *words: str, given: bytes = b"", protocols: str = NO_PROTOCOL
) -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder that `.git` is in. Every run of git that only reads goes through here."""
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    return start_git(top, (*settings, *words), given, {**ENVIRONMENT, "GIT_ALLOW_PROTOCOL": protocols})


def run_own_git(top: str, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git with the user's own settings and hooks. Only for commits."""
    return start_git(top, words, given, {})


def start_git(
    top: str, words: tuple[str, ...], given: bytes, variables: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Start git in a folder, with more environment variables, and wait for it. Raises InputError if it cannot be started."""
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    try:
        return subprocess.run(  # noqa: S603 - a list of words, and no shell
            ["git", "--no-pager", "-C", top, *words],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
            env=environment | variables,
        )
    except OSError as error:
        raise InputError(f"cannot run git: {(error.strerror or str(error)).lower()}") from None


def say_why(said: bytes) -> str:
    """Return git's reason for a failure, in one line."""
    text = said.decode("utf-8", "replace").strip().partition("\n")[0]
    return text.removeprefix("fatal: ") or "git failed without a message"
