"""Files that take their places together: each is whole on the disk under a name of its own before the first one does."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from itertools import groupby

from generator.model.findings import InputError, describe_error
from generator.model.records import Record
from generator.project.folders import find_fault, find_status, make_error, open_folder, sync_together
from generator.project.leftovers import name_temporary

FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

MOST_OPEN = 64
"""Files and folders that are open at once; some systems allow 256."""

UNSYNCABLE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What file systems say that do not sync folders."""


class Ready(Record):
    """A file that is written and has not taken its place; `number` is how the disk knows it wherever it is."""

    path: str
    temporary: str
    number: int


class Replacement:
    """The files of one run below one root, in the order in which they take their places."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.ready: list[Ready] = []
        self.unsynced: list[tuple[str, int]] = []
        self.begun = False

    def prepare(self, path: str, data: bytes, mode: int | None) -> None:
        """Write a file beside where it goes. Without a mode the file must be there, and its mode stays."""
        name = path.rpartition("/")[2]
        with open_folder(self.root, path, make=True) as folder:
            try:
                status = find_status(folder, name)
                fault = find_fault(status, path)
                if fault is not None:
                    raise make_error("write", self.root, path, fault)
                if mode is None:
                    if status is None:
                        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
                    mode = stat.S_IMODE(status.st_mode)
                self.write(folder, path, data, mode)
            except OSError as error:
                raise make_error("write", self.root, path, describe_error(error)) from None
        if len(self.unsynced) >= MOST_OPEN:
            self.sync_files()

    def write(self, folder: int, path: str, data: bytes, mode: int) -> None:
        """Write a temporary file, noted before it is there: so no interrupt leaves one that nobody knows of."""
        name = path.rpartition("/")[2]
        for count in range(1000):
            temporary = name_temporary(name, count)
            self.ready.append(Ready(path, temporary, 0))
            try:
                file = os.open(temporary, FLAGS, mode, dir_fd=folder)
            except FileExistsError:  # of a run that was killed, or one elsewhere that has our number
                self.ready.pop()
                continue
            self.unsynced.append((path, file))
            self.ready[-1] = Ready(path, temporary, os.fstat(file).st_ino)
            write_all(file, data, mode)
            return
        raise make_error("write", self.root, path, f"too many files like {temporary} were left behind")

    def sync_files(self) -> None:
        """Put the files that are open on the disk, and close them."""
        files, self.unsynced = self.unsynced, []
        try:
            failures = sync_together([file for _, file in files])
        finally:
            for _, file in files:
                os.close(file)
        for (path, _), failure in zip(files, failures, strict=True):
            if failure is not None:
                raise make_error("write", self.root, path, describe_error(failure))

    def take_places(self) -> None:
        """Let each file take its place, once all are on the disk."""
        self.sync_files()
        self.begun = True
        for _, group in groupby(self.ready, key=lambda file: file.path.rpartition("/")[0]):
            files = tuple(group)
            with open_folder(self.root, files[0].path) as folder:
                for file in files:
                    name = file.path.rpartition("/")[2]
                    try:
                        os.replace(file.temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
                    except OSError as error:
                        raise make_error("write", self.root, file.path, describe_error(error)) from None
        self.sync_folders()

    def sync_folders(self) -> None:
        """Put the names on the disk: those of the files, and those of folders that may have been made for them."""
        folders: dict[str, None] = {}
        for file in self.ready:
            parts = file.path.split("/")
            folders |= dict.fromkeys("/".join((*parts[:count], "")) for count in range(len(parts)))
        paths = list(folders)
        for start in range(0, len(paths), MOST_OPEN):
            with ExitStack() as stack:
                some = paths[start : start + MOST_OPEN]
                handles = [stack.enter_context(open_folder(self.root, path)) for path in some]
                for path, failure in zip(some, sync_together(handles), strict=True):
                    if failure is not None and failure.errno not in UNSYNCABLE:
                        raise make_error("write", self.root, path, describe_error(failure))

    def abandon(self) -> str:
        """Remove what has not taken its place, and say which files have, if there are any."""
        for _, handle in self.unsynced:
            os.close(handle)
        self.unsynced = []
        new = []
        for file in self.ready:
            with suppress(OSError, InputError), open_folder(self.root, file.path) as folder:
                status = find_status(folder, file.path.rpartition("/")[2])
                if self.begun and status is not None and status.st_ino == file.number:
                    new.append(file.path)
                else:
                    os.unlink(file.temporary, dir_fd=folder)
        return state_new(new, len(self.ready), self.root)


def write_all(file: int, data: bytes, mode: int) -> None:
    """Write all bytes to an open file, and set its mode."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    if hasattr(os, "fchmod"):  # not on every system
        os.fchmod(file, mode)


def state_new(paths: Iterable[str], number: int, root: str) -> str:
    """State which files of a run that did not come to its end are new; nothing if none is."""
    new = [os.path.normpath(os.path.join(root, path)) for path in paths]
    if not new:
        return ""
    if len(new) == number > 1:
        return f"all {number} files are new"
    verb = "is" if len(new) == 1 else "are"
    return f"{len(new)} of {number} files {verb} new: {', '.join(new)}"
