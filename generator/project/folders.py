"""Folders held open, so that a file goes where it was looked at. Below the root no link is followed, whenever it was put there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from generator.model.findings import InputError, describe_error

FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
UNFOLLOWED = FOLDER | getattr(os, "O_NOFOLLOW", 0)

SYNCED_TOGETHER = 8
"""Threads that sync files at once. A disk commits them together: 300 files take 0.13 s so, and 2.6 s one after the other."""


class FolderMissing(InputError):
    """There is no folder that a path could lie in."""


@contextmanager
def open_folder(root: str, path: str, *, purpose: str = "write", make: bool = False) -> Iterator[int]:
    """Open the folder that `path` lies in, and close it afterwards; `path` is relative to the root, with `/`.

    The root may be reached through links, and what is below it may not. With `make`, missing folders are made. Any failure is an
    InputError about `path`.
    """
    try:
        folder = find_folder(root, path, purpose, make=make)
    except FileNotFoundError as error:
        raise FolderMissing(str(make_error(purpose, root, path, describe_error(error)))) from None
    except OSError as error:
        raise make_error(purpose, root, path, describe_error(error)) from None
    try:
        yield folder
    finally:
        os.close(folder)


def find_folder(root: str, path: str, purpose: str, *, make: bool) -> int:
    """Open each folder on the way in the one before, and give the last."""
    folder = open_root(root, make=make)
    parts = path.split("/")[:-1]
    for count, part in enumerate(parts, 1):
        try:
            refuse_link(folder, part, "/".join(parts[:count]), root, path, purpose)
            inner = enter_folder(folder, part, make=make)
        finally:
            os.close(folder)
        folder = inner
    return folder


def open_root(root: str, *, make: bool) -> int:
    """Open the folder that a path begins at."""
    root = root or "."
    try:
        return os.open(root, FOLDER)
    except FileNotFoundError:
        if not make:
            raise
        os.makedirs(root, exist_ok=True)
        return os.open(root, FOLDER)


def enter_folder(parent: int, name: str, *, make: bool) -> int:
    """Open a folder in an open one."""
    try:
        return os.open(name, UNFOLLOWED, dir_fd=parent)
    except FileNotFoundError:
        if not make:
            raise
        with suppress(FileExistsError):  # another run made it just now
            os.mkdir(name, dir_fd=parent)
        return os.open(name, UNFOLLOWED, dir_fd=parent)


def find_status(folder: int, name: str) -> os.stat_result | None:
    """Find what a name in an open folder stands for, without following it; None if nothing has that name."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def find_fault(status: os.stat_result | None, path: str) -> str | None:
    """Find why a file may not take the place of what is there."""
    if status is None or stat.S_ISREG(status.st_mode):
        return None
    if stat.S_ISLNK(status.st_mode):
        return f"{path} is a symbolic link"
    return "is a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"


def refuse_link(folder: int, name: str, shown: str, root: str, path: str, purpose: str) -> None:
    """Refuse a symbolic link by its name. Opening refuses one that takes the place of a folder after this look."""
    status = find_status(folder, name)
    if status is not None and stat.S_ISLNK(status.st_mode):
        raise make_error(purpose, root, path, f"{shown} is a symbolic link")


def sync_together(handles: Sequence[int]) -> list[OSError | None]:
    """Put open files or folders on the disk, several at once; returns the failure of each."""
    failures: list[OSError | None] = [None] * len(handles)
    waiting = list(enumerate(handles))

    def work() -> None:
        while waiting:
            try:
                index, handle = waiting.pop()
            except IndexError:  # another thread took the last one
                return
            try:
                os.fsync(handle)
            except OSError as error:
                failures[index] = error

    if len(handles) < 2:
        work()
        return failures
    from threading import Thread  # only if there is more than one file

    threads = [Thread(target=work, daemon=True) for _ in range(min(SYNCED_TOGETHER, len(handles)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def make_error(purpose: str, root: str, path: str, why: str) -> InputError:
    """State what could not be done to a file, which is named as one could open it from where the command runs."""
    return InputError(f"cannot {purpose} {os.path.normpath(os.path.join(root, path))}: {why}")
