"""A project as it was in a revision, read from git's objects alone: the work tree, the index and hooks have no part in it.

Git is run with lists of words, never through a shell, and a revision is resolved to the hash of a commit before it is used.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
from typing import NamedTuple

from generator.documents.parsing.settings import parse_settings
from generator.model.findings import InputError, Source
from generator.model.project import OVERLAY_SUFFIX, Project
from generator.project.loading import NAME, TEXT_LIMIT, decode_text

LINK, FOLLOWED = "120000", 8
"""How git marks a symbolic link, and how many are followed one after the other."""

ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE")
"""What git sets for hooks and aliases: with it, a folder is no longer seen as a part of the repository that it lies in."""


class Range(NamedTuple):
    """Two states of a project. An empty `right` is the work tree."""

    left: str
    right: str


def parse_range(word: str) -> tuple[str, str, bool] | None:
    """Split `A..B`, or `A...B` for what B did since it left A; None where a word is no range.

    Without A it is HEAD, and without B, which stays empty, the work tree.
    """
    for dots in ("...", ".."):
        left, found, right = word.partition(dots)
        if found and (left or right) and not left.endswith("/") and not right.startswith(("/", ".")):
            return left or "HEAD", right, dots == "..."
    return None


def resolve_range(root: str, left: str, right: str, *, since_fork: bool) -> Range:
    """Resolve the names of revisions to hashes of commits."""
    old = resolve_revision(root, left)
    new = resolve_revision(root, right) if right else ""
    if since_fork:
        done = run_git(root, "merge-base", old, new or resolve_revision(root, "HEAD"))
        if done.returncode:
            raise InputError(f"`{left}` and `{right or 'HEAD'}` have no commit in common: is the clone shallow?")
        old = done.stdout.decode().strip()
    return Range(old, new)


def resolve_revision(root: str, name: str) -> str:
    """Resolve the name of a revision to the hash of its commit."""
    if name.startswith("-") or "\0" in name:  # no revision is called so, and to git it would be an option
        raise InputError(f"git knows no revision `{name}`")
    done = run_git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if done.returncode:
        inside = run_git(root, "rev-parse", "--git-dir")
        if inside.returncode:
            raise InputError(f"{root}: {say_why(inside.stderr)}")
        raise InputError(f"git knows no revision `{name}`")
    return done.stdout.decode().strip()


def load_revision(root: str, commit: str, name: str) -> Project:
    """Read a project as it was in a commit; its sources are called `NAME:path`, as git calls them.

    A project that did not exist then is one without tasks and environments.
    """
    tree = list_tree(root, commit)
    reader = Reader(root, tree)
    own, shared = reader.read(("taskdef.toml",)), reader.read(("pyproject.toml",))
    texts = {
        path: Source(f"{name}:{path}", decode_text(f"{name}:{path}", data)) for path, data in {**own, **shared}.items()
    }
    pyproject = texts.get("pyproject.toml")
    from generator.rules import RULES

    settings, findings = parse_settings(
        texts.get("taskdef.toml"), pyproject if pyproject and "taskdef" in pyproject.text else None, rules=tuple(RULES)
    )
    if findings:
        return Project(settings, {}, {}, {}, findings=findings)
    templates = [path for path in tree if path.startswith(f"{settings.templates}/") and path.endswith(".j2")]
    overlays = [path for path in tree if is_overlay(path, settings.environments)]
    read = {
        path: Source(f"{name}:{path}", decode_text(f"{name}:{path}", data))
        for path, data in reader.read((*templates, *overlays)).items()
    }
    return Project(
        settings,
        {path.removeprefix(f"{settings.templates}/"): read[path] for path in templates},
        {path.removeprefix(f"{settings.environments}/"): read[path] for path in overlays},
        {},
    )


def is_overlay(path: str, folder: str) -> bool:
    """Whether a file is an overlay by where it lies and what it is called."""
    name = path.removeprefix(f"{folder}/")
    stem = name.removesuffix(OVERLAY_SUFFIX)
    parts = stem.split("/")
    return name != path and stem != name and len(parts) <= 2 and all(NAME.fullmatch(part) for part in parts)


class Blob(NamedTuple):
    """A file in a tree: what git keeps it as, and its mode."""

    mode: str
    hash: str


def list_tree(root: str, commit: str) -> dict[str, Blob]:
    """List the files of a commit at and below a folder, by their paths from there."""
    done = run_git(root, "ls-tree", "-r", "-z", commit)
    if done.returncode:
        raise InputError(f"{root}: {say_why(done.stderr)}")
    tree = {}
    for entry in filter(None, done.stdout.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, kind, name = about.decode().split()
        if kind == "blob":
            tree[path.decode("utf-8", "surrogateescape")] = Blob(mode, name)
    return tree


class Reader:
    """Files of one commit, read through one process for all that are asked for at once."""

    def __init__(self, root: str, tree: dict[str, Blob]) -> None:
        self.root = root
        self.tree = tree

    def read(self, paths: tuple[str, ...]) -> dict[str, bytes]:
        """Read those of some files that are there, through symbolic links."""
        wanted = {path: path for path in paths if path in self.tree}
        for _ in range(FOLLOWED):
            blobs = self.read_blobs([self.tree[path] for path in wanted.values()])
            links = {path for path, target in wanted.items() if self.tree[target].mode == LINK}
            if not links:
                return {path: blobs[self.tree[target].hash] for path, target in wanted.items()}
            for path in links:
                wanted[path] = self.follow(wanted[path], blobs[self.tree[wanted[path]].hash])
        raise InputError(f"{min(links)}: a symbolic link that leads nowhere")

    def follow(self, path: str, target: bytes) -> str:
        """Follow a symbolic link to another file of the commit."""
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.decode("utf-8", "surrogateescape")))
        if there not in self.tree:
            raise InputError(f"{path}: a symbolic link to what is no file of the project in that revision")
        return there

    def read_blobs(self, blobs: list[Blob]) -> dict[str, bytes]:
        """Read objects of git by their hashes."""
        names = sorted({blob.hash for blob in blobs})
        if not names:
            return {}
        done = run_git(self.root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        contents, at = {}, 0
        for name in names:
            end = done.stdout.find(b"\n", at)
            head = done.stdout[at:end].split()
            if end < 0 or len(head) != 3:
                raise InputError(f"{self.root}: git lacks the object {name}: is the clone partial?")
            size = int(head[2])
            if size > TEXT_LIMIT:
                path = next(path for path, blob in self.tree.items() if blob.hash == name)
                raise InputError(f"{path}: larger than {TEXT_LIMIT >> 20} MiB in that revision")
            contents[name] = done.stdout[end + 1 : end + 1 + size]
            at = end + size + 2
        return contents


def run_git(root: str, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git on the repository that a folder lies in, with nothing fetched and nothing written."""
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - a list of words, and no shell
            ["git", "-C", root, *words],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError as error:
        raise InputError(f"cannot run git: {(error.strerror or str(error)).lower()}") from None


def say_why(said: bytes) -> str:
    """Give the reason that git gave, in one line."""
    text = said.decode("utf-8", "replace").strip().partition("\n")[0]
    return text.removeprefix("fatal: ") or "git failed, and did not say why"


class Head(NamedTuple):
    """What git says of the commit that is checked out: its hash, and what `git describe` makes of it where there is a tag.

    Both are empty outside of a repository, or where nothing is committed yet.
    """

    commit: str = ""
    version: str = ""


def describe_head(root: str) -> Head:
    """Ask git what is checked out."""
    try:
        done = run_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except InputError:  # without git there is nothing to tell
        return Head()
    if done.returncode:
        return Head()
    described = run_git(root, "describe", "--tags", "HEAD")
    return Head(done.stdout.decode().strip(), described.stdout.decode().strip() if not described.returncode else "")


def find_refusal(root: str) -> str:
    """Find why git does not tell of a repository that a folder lies in what is checked out; empty where it does, or there is none."""
    if not has_repository(root):
        return ""
    try:
        done = run_git(root, "rev-parse", "--git-dir")
    except InputError as error:
        return str(error)
    return say_why(done.stderr) if done.returncode else ""


def has_repository(root: str) -> bool:
    """Whether there is a repository in a folder or above, by its looks, whatever git makes of it."""
    folder = os.path.realpath(root)
    while not os.path.lexists(os.path.join(folder, ".git")):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
    return True


def is_committed(root: str, path: str, data: bytes) -> bool:
    """Whether the commit that is checked out has these bytes at a path below a folder."""
    return Reader(root, list_tree(root, "HEAD")).read((path,)).get(path) == data
