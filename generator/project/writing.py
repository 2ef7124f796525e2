"""Writes files, artifacts above all: whole or not at all, and never through a symbolic link. The only writer."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from generator.model.findings import InputError, describe_error
from generator.model.project import Artifact, ArtifactText
from generator.model.records import Record
from generator.project.folders import FolderMissing, find_fault, find_status, make_error, open_folder
from generator.project.links import LinkOut, lies_in

Action = Literal["wrote", "unchanged", "deleted", "left"]

MODE = 0o644
"""The mode that git gives a file that is not a program, regardless of the umask."""


class Written(Record):
    """The action on one artifact. `path` is relative to the folder that was written to."""

    path: str
    action: Action


def write_artifacts(
    root: str,
    artifacts: Iterable[Artifact | ArtifactText],
    existing: Mapping[str, bytes],
    *,
    hold: Callable[[], None] | None = None,
) -> tuple[Written, ...]:
    """Write the artifacts that are not up to date; `existing` is `Project.artifacts`, by `<env>/<task>.json`.

    All bytes are on the disk before the first file is replaced, so a full disk or an interrupt changes nothing, and a power failure
    leaves each file old or new and whole. Waiting for the disk costs little: on a busy ext4 22 ms instead of 16 for 3 files, and for 300
    1.8 s instead of 2.0, since it renames what is not synced slowly. `hold` is called before the first is replaced. A failure from
    then on says which files are new: a failure is an InputError, an interrupt has it as a note.
    """
    done: list[Written] = []
    files: dict[str, bytes] = {}
    for artifact in artifacts:
        data = artifact.data
        same = existing.get(f"{artifact.environment}/{artifact.task}.json") == data
        if not same:
            files[artifact.path] = data
        done.append(Written(artifact.path, "unchanged" if same else "wrote"))
    if files:
        replace_files(root, files, MODE, hold)
    elif hold is not None:
        hold()
    return tuple(done)


def replace_files(
    root: str,
    files: Mapping[str, bytes],
    mode: int | None,
    hold: Callable[[], None] | None = None,
    *,
    kept: Container[str] = (),
) -> None:
    """Replace files together. After a failure no temporary file is left, and the files that were replaced are reported.

    Without a mode, and for `kept` files, the files must exist, and their modes stay.
    """
    from generator.project.replacement import Replacement  # only if something is written

    replacement = Replacement(root)
    try:
        for path, data in files.items():
            replacement.prepare(path, data, None if path in kept else mode)
        if hold is not None:
            hold()
        replacement.take_places()
    except InputError as error:
        new = replacement.abandon()
        raise (InputError(f"{error}; {new}") if new else error) from None
    except BaseException as error:  # an interrupt
        new = replacement.abandon()
        if new:
            error.add_note(new)
        raise


def delete_artifacts(root: str, extras: Mapping[str, bytes], done: Sequence[Written] = ()) -> tuple[Written, ...]:
    """Delete artifacts, each if it still has the bytes that were looked at; otherwise it is left.

    A failure lists the actions so far, `done` included.
    """
    deleted: list[Written] = []
    try:
        for path, data in extras.items():
            deleted.append(delete_artifact(root, path, data))
    except InputError as error:
        changed = [each for each in (*done, *deleted) if each.action in ("wrote", "deleted")]
        if not changed:
            raise
        told = ", ".join(f"{each.action} {os.path.normpath(os.path.join(root, each.path))}" for each in changed)
        raise InputError(f"{error}; before that: {told}") from None
    return tuple(deleted)


def delete_artifact(root: str, path: str, data: bytes) -> Written:
    """Delete one artifact, and its folder if nothing else is in it. One that is gone already is as good as deleted."""
    parent = path.rpartition("/")[0]
    try:
        with open_folder(root, path, purpose="delete") as folder:
            action = delete_file(folder, root, path, data)
    except FolderMissing:
        return Written(path, "deleted")
    with suppress(OSError, InputError), open_folder(root, parent, purpose="delete") as above:
        os.rmdir(parent.rpartition("/")[2], dir_fd=above)
    return Written(path, action)


def delete_file(folder: int, root: str, path: str, data: bytes) -> Action:
    """Delete a file in an open folder if it has these bytes."""
    name = path.rpartition("/")[2]
    try:
        status = find_status(folder, name)
        if status is None:
            return "deleted"
        fault = find_fault(status, path)
        if fault is not None:
            raise make_error("delete", root, path, fault)
        if read_whole(folder, name, len(data) + 1) != data:
            return "left"
        os.unlink(name, dir_fd=folder)
    except FileNotFoundError:  # another run deleted it just now
        pass
    except OSError as error:
        raise make_error("delete", root, path, describe_error(error)) from None
    return "deleted"


def read_whole(folder: int, name: str, limit: int) -> bytes:
    """Read a file in an open folder, at most so many bytes; no link is followed, and no pipe waited for."""
    file = os.open(name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), dir_fd=folder)
    try:
        return os.read(file, limit)
    finally:
        os.close(file)


def write_file(path: str, text: str) -> None:
    """Write one file, new or again, and the folders above it. Any failure is an InputError, one that is there and is no file too."""
    there = os.path.lexists(path)
    if there and not os.path.isfile(path):
        raise make_error("write", "", path, "it is there, and no file")
    rewrite_file(path, text, None if there else MODE)


def rewrite_file(path: str, text: str, mode: int | None = None) -> None:
    """Write one file again, whole or not at all; its mode stays, unless one is given. Any failure is an InputError.

    In the working directory a link may lead to another folder in it, and to none elsewhere.
    """
    root, inner = find_root(path)
    replace_files(root, {inner: text.encode()}, mode)


def find_root(path: str) -> tuple[str, str]:
    """Split a path into a folder that may be reached through links, and what is below it without any."""
    folder, name = os.path.split(path)
    here, real = os.path.realpath(os.curdir), os.path.realpath(folder)
    if lies_in(real, here):
        inner = os.path.relpath(real, here)
        return "", name if inner == os.curdir else f"{inner.replace(os.sep, '/')}/{name}"
    if lies_in(os.path.normpath(os.path.join(here, folder)), here):
        raise LinkOut(folder)
    return folder, name
