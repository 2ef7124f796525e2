"""A commit of a few files of the project, and of nothing else: what keeps it from being made is found before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.edits import Commit
from generator.model.findings import InputError
from generator.model.records import Record
from generator.project.git import Repository, open_repository, run_git, run_own_git, say_why

UNFINISHED = {"MERGE_HEAD": "a merge", "CHERRY_PICK_HEAD": "a cherry-pick", "REVERT_HEAD": "a revert"}
"""What git calls the other side of something that is not finished; it makes no commit of single files meanwhile."""


class CommitRefused(Exception):
    """Git made no commit, or a hook of the user's did not let it. `lines` are what they said."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.lines = lines


class Committable(Record):
    """Files that can be committed, by their paths in the repository; git does not know the `new` ones yet."""

    repository: Repository
    paths: tuple[str, ...]
    new: tuple[str, ...]


def find_committable(root: str, paths: Iterable[str]) -> Committable:
    """Find whether some files of the project can be committed by themselves. InputError says what is in the way.

    The files are as they were, or not there yet: a file with other changes is refused, since these would be committed too.
    """
    repository = open_repository(root)
    folder = f"{repository.folder}/" if repository.folder else ""
    inner = tuple(folder + path for path in sorted(paths))
    refuse_unfinished(repository)
    refuse_changed(repository, inner, folder)
    known = (
        run_git(repository.top, "ls-files", "-z", "--", *inner).stdout.decode("utf-8", "surrogateescape").split("\0")
    )
    new = tuple(path for path in inner if path not in known)
    # With the setting that `run_git` has for paths, git would refuse to look.
    ignored = [path for path in new if run_own_git(repository.top, "check-ignore", "-q", "--", path).returncode == 0]
    if ignored:
        raise InputError(f"git ignores `{ignored[0].removeprefix(folder)}`, so it cannot be committed")
    done = run_own_git(repository.top, "var", "GIT_COMMITTER_IDENT")
    if done.returncode:
        raise InputError(f"cannot commit: {say_why(done.stderr)}", "set `user.name` and `user.email` in git")
    return Committable(repository, inner, new)


def refuse_unfinished(repository: Repository) -> None:
    """Refuse to commit while a merge or the like is not finished."""
    for name, what in UNFINISHED.items():
        if run_git(repository.top, "rev-parse", "--verify", "--quiet", name).returncode == 0:
            raise InputError(f"cannot commit single files: {what} is not finished", "finish it first, with git")


def refuse_changed(repository: Repository, paths: tuple[str, ...], folder: str) -> None:
    """Refuse files that are not as in the last commit: in the folder, in the index, or since git does not know them."""
    words = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *paths)
    done = run_git(repository.top, *words)
    if done.returncode:
        raise InputError(f"cannot ask git about the files: {say_why(done.stderr)}")
    entries = [entry for entry in done.stdout.decode("utf-8", "surrogateescape").split("\0") if entry]
    if entries:
        states = {entry[3:].removeprefix(folder): entry[:2] for entry in entries}
        names = ", ".join(f"`{path}`" for path in states)
        what = "is not in git yet" if set(states.values()) == {"??"} else "has changes that are not committed"
        raise InputError(f"{names} {what}, and `--commit` would commit all of it", "commit or undo that first")


def commit_files(ready: Committable, message: str) -> Commit:
    """Commit files, and leave the rest of the index alone. The user's hooks run; CommitRefused has what they said if one failed."""
    top = ready.repository.top
    specs = [f":(top,literal){path}" for path in ready.paths]
    new = [f":(top,literal){path}" for path in ready.new]
    if new:
        added = run_own_git(top, "add", "--intent-to-add", "--", *new)
        if added.returncode:
            raise CommitRefused(list_said(added.stdout, added.stderr))
    words = ("commit", "--quiet", "--only", "--file=-", "--", *specs)
    done = run_own_git(top, *words, given=message.encode())
    if done.returncode:
        if new:
            run_own_git(top, "reset", "--quiet", "--", *new)
        raise CommitRefused(list_said(done.stdout, done.stderr))
    head = run_git(top, "rev-parse", "HEAD").stdout.decode().strip()
    return Commit(head, message.partition("\n")[0])


def list_said(out: bytes, err: bytes) -> tuple[str, ...]:
    """List what git and its hooks said."""
    text = (out + err).decode("utf-8", "replace")
    return tuple(line.rstrip() for line in text.splitlines() if line.strip())
