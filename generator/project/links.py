"""Symbolic links on the way to a file that somebody named: none may lead out of the working directory. Opens nothing."""

from __future__ import annotations

import os

from generator.model.findings import InputError


def check_way(file: str, here: str = "") -> None:
    """Refuse a file if a link on the way to it leads out of a folder, the working directory unless given."""
    Ways(here).check(file)


class Ways:
    """The ways to many files. The way to a folder is checked once, however many of its files are read.

    Users may name files of other folders. A link is different: a branch can contain it, and it leads to a file that nobody named.
    Links outside of the folder count only on a relative path; on an absolute one, such as `/dev/stdin`, they are the system's.
    """

    def __init__(self, here: str = "") -> None:
        self.here = os.path.realpath(here or os.curdir)
        self.folders: dict[str, str] = {}

    def may_enter(self, folder: str) -> bool:
        """Whether no link on the way to a folder leads out."""
        try:
            self.enter(folder)
        except LinkOut:
            return False
        return True

    def enter(self, folder: str) -> str:
        """Follow the way to a folder once, and return its real path."""
        if folder not in self.folders:
            self.folders[folder] = self.follow(folder)
        return self.folders[folder]

    def check(self, file: str) -> None:
        """Refuse a file if a link on the way to it leads out."""
        folder, name = os.path.split(file)
        self.step(self.enter(folder), name, file)

    def follow(self, folder: str) -> str:
        """Follow the way to a folder, and return its real path."""
        parts = folder.split(os.sep)
        current = os.path.splitdrive(folder)[0] + os.sep if os.path.isabs(folder) else self.here
        for count, part in enumerate(parts, 1):
            current = self.step(current, part, os.sep.join(parts[:count]))
        return current

    def step(self, current: str, part: str, way: str) -> str:
        """Go one step from a folder, by the last part of a way."""
        if part in ("", os.curdir):
            return current
        if part == os.pardir:
            return os.path.dirname(current)
        path = os.path.join(current, part)
        if not os.path.islink(path):
            return path
        real = os.path.realpath(path)
        system = os.path.isabs(way) and not lies_in(current, self.here)
        if not system and not lies_in(real, self.here):
            raise LinkOut(way)
        return real


def lies_in(path: str, folder: str) -> bool:
    """Whether a real path is a folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class LinkOut(InputError):
    """A link leads out of the working directory; `link` is how the disk knows it."""

    def __init__(self, link: str) -> None:
        shown = link.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        super().__init__(f"{shown}: a symbolic link that leads out of the working directory")
        self.link = link
