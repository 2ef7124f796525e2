"""Temporary files: what they are called, and which were left behind by runs that were killed. Removes no file of another form."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress

from generator.model.findings import InputError
from generator.model.patterns import Pattern
from generator.project.folders import find_status, open_folder

NAME = Pattern(r"\.[^/]+\.taskdef\.([1-9][0-9]{0,9})\.[0-9]{1,3}\.tmp")

AGE = 3600.0
"""Seconds: no run writes for so long, and process numbers of other hosts that share the folder say nothing here."""

DEEPEST = 2
"""Folders: files are written into the folder of a kind, and into those of environments in it."""


def name_temporary(name: str, count: int) -> str:
    """Name the file that is written before it takes the place of another."""
    return f".{name}.taskdef.{os.getpid()}.{count}.tmp"


def find_leftovers(root: str, folders: Iterable[str], *, now: float) -> tuple[str, ...]:
    """Find temporary files of runs that are over, below folders of the root; `now` is the time in seconds since 1970.

    Each has exactly the form of our names, is a regular file, is older than an hour, and has the number of no other process.
    """
    found = (path for folder in folders for path in walk_temporaries(root, folder, DEEPEST))
    return tuple(sorted(path for path in found if is_left(root, path, now)))


def walk_temporaries(root: str, folder: str, depth: int) -> Iterator[str]:
    """Go through what is called like our temporary files below a folder; no link is followed."""
    path = os.path.join(root, folder)
    if os.path.islink(path):
        return
    with suppress(OSError), os.scandir(path) as entries:  # reading the project says what cannot be read
        for entry in entries:
            if NAME.fullmatch(entry.name):
                yield f"{folder}/{entry.name}"
            elif depth > 1 and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
                yield from walk_temporaries(root, f"{folder}/{entry.name}", depth - 1)


def is_left(root: str, path: str, now: float) -> bool:
    """Whether a file with a name of ours was left behind."""
    match = NAME.fullmatch(path.rpartition("/")[2])
    try:
        status = os.lstat(os.path.join(root, path))
    except OSError:  # its own run is through
        return False
    return (
        match is not None
        and stat.S_ISREG(status.st_mode)
        and now - status.st_mtime > AGE
        and not is_running(int(match[1]))
    )


def is_running(process: int) -> bool:
    """Whether another process of this host has a number. Our own was that of a run before us, as in containers."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)  # sends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # of somebody else
        pass
    return True


def remove_leftovers(root: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Remove temporary files that were found, and give those that are gone; one that cannot be removed stays."""
    removed = []
    for path in paths:
        name = path.rpartition("/")[2]
        with suppress(OSError, InputError), open_folder(root, path, purpose="delete") as folder:
            status = find_status(folder, name)
            if status is not None and stat.S_ISREG(status.st_mode):
                os.unlink(name, dir_fd=folder)
                removed.append(path)
    return tuple(removed)
