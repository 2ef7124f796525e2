"""Commits a few files of the project, and nothing else. What prevents the commit is found before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.edits import Commit
from generator.model.findings import InputError
from generator.model.records import Record
from generator.project.git import Repository, open_repository, run_git, run_own_git, say_why

UNFINISHED = {"MERGE_HEAD": "a merge", "CHERRY_PICK_HEAD": "a cherry-pick", "REVERT_HEAD": "a revert"}
"""The references that git has while an operation is not finished. It makes no commit of single files meanwhile."""


class CommitRefused(Exception):
    """Git or a hook of the user refused the commit. `lines` is what they printed."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.lines = lines


class Committable(Record):
    """Files that can be committed, by their paths in the repository; git does not know the `new` ones yet."""

    repository: Repository
    paths: tuple[str, ...]
    new: tuple[str, ...]


def find_committable(root: str, paths: Iterable[str]) -> Committable:
    """Check that some files of the project can be committed by themselves. Raises InputError with the reason if they cannot.

    To be called before the files are written: a file with other changes is refused, since these would be committed too.
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
    # With the setting that `run_git` has for paths, git refuses this command.
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
    """Refuse files that differ from the last commit, in the folder or in the index, and files that git does not know."""
    words = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *paths)
    done = run_git(repository.top, *words)
    if done.returncode:
        raise InputError(f"cannot ask git about the files: {say_why(done.stderr)}")
    entries = [entry for entry in done.stdout.decode("utf-8", "surrogateescape").split("\0") if entry]
    if entries:
        states = {entry[3:].removeprefix(folder): entry[:2] for entry in entries}
        names = ", ".join(f"`{path}`" for path in states)
        unknown, several = set(states.values()) == {"??"}, len(states) > 1
        verb = ("are" if several else "is") if unknown else ("have" if several else "has")
        what = "not in git yet" if unknown else "changes that are not committed"
        raise InputError(f"{names} {verb} {what}, and `--commit` would commit all of it", "commit or undo that first")


def commit_files(ready: Committable, message: str) -> Commit:
    """Commit files, and leave the rest of the index alone. The user's hooks run. Raises CommitRefused with their output if one fails."""
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
    """List the lines that git and its hooks printed."""
    text = (out + err).decode("utf-8", "replace")
    return tuple(line.rstrip() for line in text.splitlines() if line.strip())
