"""Prints the commit to compare with, as twelve digits, and fetches it where the clone lacks it; prints nothing where there is none.

It is the revision in `BASE`, else the first parent of what is checked out: a pull request is checked out as its merge into the base, and a
commit names its parents even where the clone lacks them. Git runs as it does for `taskdef`, in the repository that the project lies in.
"""

from __future__ import annotations

import os
import sys

from generator.model.findings import InputError
from generator.project.git import FETCHING, Repository, open_repository, run_git, say_why
from generator.project.history import resolve_revision


def main() -> int:
    try:
        print(find_base(open_repository(os.environ["PROJECT"]), os.environ.get("BASE", "")))
    except InputError as error:
        print("::error::" + str(error).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"), file=sys.stderr)
        return 2
    return 0


def find_base(repository: Repository, asked: str) -> str:
    """Find the commit to compare with, empty if nothing is before what is checked out."""
    base = asked or find_parent(repository)
    if not base:
        return ""
    try:
        commit = resolve_revision(repository, base)
    except InputError:
        commit = fetch(repository, base)
    return run_git(repository.top, "rev-parse", "--short=12", commit).stdout.decode().strip()


def find_parent(repository: Repository) -> str:
    """Find the first parent that the commit names which is checked out."""
    lines = run_git(repository.top, "cat-file", "commit", "HEAD").stdout.partition(b"\n\n")[0].splitlines()
    parents = [line.removeprefix(b"parent ").decode() for line in lines if line.startswith(b"parent ")]
    return parents[0] if parents else ""


def fetch(repository: Repository, name: str) -> str:
    """Fetch a branch, tag or commit from where the clone is from, and update no reference of the clone."""
    if name.startswith(("-", "+", "^")) or ":" in name:
        raise InputError(f"`base` is no revision: `{name}`")
    words = ("--quiet", "--no-tags", "--depth=1", "--refmap=", "origin", name)
    done = run_git(repository.top, "fetch", *words, protocols=FETCHING)
    if done.returncode:
        raise InputError(f"cannot fetch `{name}`: {say_why(done.stderr)}")
    return resolve_revision(repository, "FETCH_HEAD")


if __name__ == "__main__":
    sys.exit(main())
