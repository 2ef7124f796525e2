"""One file of the project as it was in many commits, read from git's objects by one process."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.findings import InputError
from generator.project.git import Repository, find_repository, run_git
from generator.project.loading import ARTIFACT_LIMIT

COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
"""The whole hash of a commit, SHA-1 or SHA-256."""

NO_TAG = re.compile(r"[\x00-\x20~^:?*\[\\]|@\{")
"""What no tag is called, and what git takes for a way from a revision to others. Source: git-check-ref-format(1), 2.39."""


def find_history(root: str) -> Repository | None:
    """Find the repository that a project lies in; None if there is none, or git refuses it, or is not there."""
    try:
        return find_repository(root)
    except InputError:
        return None


def read_from_commits(repository: Repository, path: str, commits: Iterable[str]) -> dict[str, bytes]:
    """Read a file of the project in some commits, by their whole hashes. Where git has no such file, or not the commit, there is nothing.

    A file that is too large for an artifact is none.
    """
    whole = [each for each in dict.fromkeys(commits) if COMMIT.fullmatch(each)]
    if not whole:
        return {}
    place = f"{repository.folder}/{path}" if repository.folder else path
    asked = "".join(f"{commit}:{place}\n" for commit in whole).encode("utf-8", "surrogateescape")
    said = run_git(repository.top, "cat-file", "--batch", given=asked).stdout
    found, at = {}, 0
    for commit in whole:
        end = said.find(b"\n", at)
        head = said[at:end].rsplit(b" ", 2)
        if end < 0:
            break
        at = end + 1
        if len(head) != 3 or head[1] != b"blob" or not head[2].isdigit():
            continue
        size = int(head[2])
        if size <= ARTIFACT_LIMIT:
            found[commit] = said[at : at + size]
        at += size + 1
    return found


def resolve_tag(repository: Repository, name: str) -> str:
    """Find the commit that a tag names; empty if git has no such tag."""
    if NO_TAG.search(name):
        return ""
    done = run_git(repository.top, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}^{{commit}}")
    return "" if done.returncode else done.stdout.decode().strip()
