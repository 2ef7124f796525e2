"""A project as it was in a revision, read from git's objects alone: the work tree, the index and hooks have no part in it.

A revision is resolved to the hash of a commit before it is used.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from generator.documents.parsing.settings import parse_settings
from generator.model.findings import InputError, Source
from generator.model.project import OVERLAY_SUFFIX, Project, Settings
from generator.model.records import Record
from generator.project.git import Repository, find_repository, run_git, say_why
from generator.project.loading import NAME, TEXT_LIMIT, decode_text

LINK, FOLLOWED = "120000", 8
"""How git marks a symbolic link, and how many are followed one after the other."""


class Range(Record):
    """Two states of a project. An empty `right` is the work tree."""

    left: str
    right: str


def parse_range(word: str) -> tuple[str, str, bool] | None:
    """Split `A..B`, or `A...B` for what B did since it left A; None if a word is no range.

    Without A it is HEAD, and without B, which stays empty, the work tree.
    """
    for dots in ("...", ".."):
        left, found, right = word.partition(dots)
        if found and (left or right) and not left.endswith("/") and not right.startswith(("/", ".")):
            return left or "HEAD", right, dots == "..."
    return None


def resolve_range(repository: Repository, left: str, right: str, *, since_fork: bool) -> Range:
    """Resolve the names of revisions to hashes of commits."""
    old = resolve_revision(repository, left)
    new = resolve_revision(repository, right) if right else ""
    if since_fork:
        done = run_git(repository.top, "merge-base", old, new or resolve_revision(repository, "HEAD"))
        if done.returncode:
            raise InputError(f"`{left}` and `{right or 'HEAD'}` have no commit in common: is the clone shallow?")
        old = done.stdout.decode().strip()
    return Range(old, new)


def resolve_revision(repository: Repository, name: str) -> str:
    """Resolve the name of a revision to the hash of its commit."""
    if (
        name.startswith(("-", "^")) or "\0" in name
    ):  # no revision is called so; git would read an option, or all but a revision
        raise InputError(f"git knows no revision `{name}`")
    done = run_git(repository.top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if done.returncode:
        raise InputError(f"git knows no revision `{name}`")
    return done.stdout.decode().strip()


def load_revision(repository: Repository, commit: str, name: str, *, known: Iterable[Settings] = ()) -> Project:
    """Read a project as it was in a commit; its sources are called `NAME:path`, as git calls them.

    A project that did not exist then is one without tasks and environments.
    """
    tree = list_tree(repository, commit)
    reader = Reader(repository, tree)
    files = {**reader.read(("taskdef.toml",)), **reader.read(("pyproject.toml",))}
    texts = {path: Source(f"{name}:{path}", decode_text(f"{name}:{path}", data)) for path, data in files.items()}
    pyproject = texts.get("pyproject.toml")
    from generator.rules import LINT_ONLY, RULES

    own, shared = texts.get("taskdef.toml"), pyproject if pyproject and "taskdef" in pyproject.text else None
    same = find_same(known, own, shared)
    settings, findings = (
        (same, ()) if same else parse_settings(own, shared, rules=tuple(RULES), lint_only=tuple(LINT_ONLY))
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


def find_same(known: Iterable[Settings], own: Source | None, shared: Source | None) -> Settings | None:
    """Find settings that were parsed already from the same text, and call their file as it is called here."""
    source = own or shared
    if source is None or (own and shared):
        return None
    name = source.path.rpartition(":")[2]
    same = (
        each for each in known if each.source and each.source.text == source.text and each.source.path.endswith(name)
    )
    found = next(same, None)
    if found is None:
        return None
    exceptions = (each._replace(place=each.place._replace(source=source)) for each in found.exceptions)
    return found._replace(source=source, exceptions=tuple(exceptions))


def is_overlay(path: str, folder: str) -> bool:
    """Whether a file is an overlay by where it lies and what it is called."""
    name = path.removeprefix(f"{folder}/")
    stem = name.removesuffix(OVERLAY_SUFFIX)
    parts = stem.split("/")
    return name != path and stem != name and len(parts) <= 2 and all(NAME.fullmatch(part) for part in parts)


class Blob(Record):
    """A file in a tree: what git keeps it as, and its mode."""

    mode: str
    hash: str


def list_tree(repository: Repository, commit: str) -> dict[str, Blob]:
    """List the files of a commit at and below the project's folder, by their paths from there."""
    name = find_tree(repository, commit)
    if not name:
        return {}
    done = run_git(repository.top, "ls-tree", "-r", "-z", name)
    if done.returncode:
        raise InputError(f"{repository.top}: {say_why(done.stderr)}")
    tree = {}
    for entry in filter(None, done.stdout.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, kind, name = about.decode().split()
        if kind == "blob":
            tree[path.decode("utf-8", "surrogateescape")] = Blob(mode, name)
    return tree


def find_tree(repository: Repository, commit: str) -> str:
    """Find what the project's folder was in a commit: the name of a tree, empty if there was no such folder."""
    if not repository.folder:
        return commit
    done = run_git(repository.top, "ls-tree", "-z", commit, "--", repository.folder)
    if done.returncode:
        raise InputError(f"{repository.top}: {say_why(done.stderr)}")
    _, kind, name = (done.stdout.partition(b"\t")[0].decode() or "- - -").split()
    return name if kind == "tree" else ""


class Reader:
    """Files of one commit, read through one process for all that are asked for at once."""

    def __init__(self, repository: Repository, tree: dict[str, Blob]) -> None:
        self.top = repository.top
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
            raise InputError(f"{path}: a symbolic link to something that is no file of the project in that revision")
        return there

    def read_blobs(self, blobs: list[Blob]) -> dict[str, bytes]:
        """Read objects of git by their hashes."""
        names = sorted({blob.hash for blob in blobs})
        if not names:
            return {}
        done = run_git(self.top, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        contents, at = {}, 0
        for name in names:
            end = done.stdout.find(b"\n", at)
            head = done.stdout[at:end].split()
            if end < 0 or len(head) != 3:
                raise InputError(f"{self.top}: git lacks the object {name}: is the clone partial?")
            size = int(head[2])
            if size > TEXT_LIMIT:
                path = next(path for path, blob in self.tree.items() if blob.hash == name)
                raise InputError(f"{path}: larger than {TEXT_LIMIT >> 20} MiB in that revision")
            contents[name] = done.stdout[end + 1 : end + 1 + size]
            at = end + size + 2
        return contents


class Head(Record):
    """What git says of the commit that is checked out: its hash, and what `git describe` makes of it where there is a tag.

    Both are empty if nothing is committed yet.
    """

    commit: str = ""
    version: str = ""


class Checkout(Record):
    """What is checked out where a project lies, or why git does not tell; nothing of both outside of a repository."""

    repository: Repository | None = None
    head: Head = Head()
    refusal: str = ""


def read_checkout(root: str) -> Checkout:
    """Ask git what is checked out."""
    try:
        repository = find_repository(root)
    except InputError as error:
        return Checkout(refusal=str(error))
    return Checkout(repository, describe_head(repository)) if repository else Checkout()


def describe_head(repository: Repository) -> Head:
    """Ask git which commit is checked out."""
    done = run_git(repository.top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if done.returncode:
        return Head()
    described = run_git(repository.top, "describe", "--tags", "HEAD")
    return Head(done.stdout.decode().strip(), described.stdout.decode().strip() if not described.returncode else "")


def is_committed(checkout: Checkout, path: str, data: bytes) -> bool:
    """Whether the commit that is checked out has these bytes at a path below the project's folder."""
    repository, commit = checkout.repository, checkout.head.commit
    if repository is None or not commit:
        return False
    return Reader(repository, list_tree(repository, commit)).read((path,)).get(path) == data
