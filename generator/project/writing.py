"""Files on the disk, artifacts above all: written whole or not at all, and never through a symbolic link. The only writer."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Literal, NamedTuple

from generator.model.findings import InputError, describe_error
from generator.model.project import Artifact

Action = Literal["wrote", "unchanged", "deleted"]

FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
MODE = 0o644
"""What git gives a file that is not a program, whatever the umask."""


class Written(NamedTuple):
    """What was done about one artifact. `path` is relative to the folder that was written to."""

    path: str
    action: Action


def write_artifacts(root: str, artifacts: Iterable[Artifact], existing: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Write the artifacts that are not as they should be; `existing` is `Project.artifacts`, by `<env>/<task>.json`.

    All bytes are on the disk before the first file is replaced, so a full disk or an interrupt changes nothing. Any failure is
    an InputError.
    """
    done: list[Written] = []
    ready: dict[str, tuple[str, str]] = {}
    try:
        for artifact in artifacts:
            data = artifact.text.encode()
            same = existing.get(f"{artifact.environment}/{artifact.task}.json") == data
            if not same:
                prepare_file(root, artifact.path, data, ready)
            done.append(Written(artifact.path, "unchanged" if same else "wrote"))
        for temporary, (target, path) in ready.items():
            try:
                os.replace(temporary, target)
            except OSError as error:
                raise make_write_error("write", root, path, describe_error(error)) from None
    except BaseException:  # an interrupt too
        for temporary in ready:
            with suppress(OSError):  # the ones that took their places are gone
                os.unlink(temporary)
        raise
    return tuple(done)


def delete_artifact(root: str, path: str) -> Written:
    """Delete one artifact, and its folder if nothing else is in it. One that is gone already is as good as deleted."""
    target = find_target(root, path, "delete")
    try:
        with suppress(FileNotFoundError):
            os.unlink(target)
    except OSError as error:
        raise make_write_error("delete", root, path, describe_error(error)) from None
    with suppress(OSError):
        os.rmdir(os.path.dirname(target))
    return Written(path, "deleted")


def write_file(path: str, text: str) -> None:
    """Write one file, new or anew, and the folders above it. Any failure is an InputError, one that is there and is no file too."""
    if os.path.lexists(path):
        if not os.path.isfile(path):
            raise make_write_error("write", "", path, "it is there, and no file")
        rewrite_file(path, text)
    else:
        rewrite_file(path, text, MODE)


def rewrite_file(path: str, text: str, mode: int | None = None) -> None:
    """Write one file anew, whole or not at all; its mode stays, unless one is given. Any failure is an InputError."""
    root, name = os.path.split(path)
    ready: dict[str, tuple[str, str]] = {}
    try:
        mode = stat.S_IMODE(os.stat(path).st_mode) if mode is None else mode
        prepare_file(root or ".", name, text.encode(), ready, mode)
        for temporary, (target, _) in ready.items():
            os.replace(temporary, target)
    except OSError as error:
        raise make_write_error("write", root, name, describe_error(error)) from None
    finally:
        for temporary in ready:
            with suppress(OSError):  # the one that took its place is gone
                os.unlink(temporary)


def find_target(root: str, path: str, purpose: str) -> str:
    """Find where an artifact is; neither it nor a folder below the root may be a symbolic link."""
    target, so_far = root, ""
    for part in path.split("/"):
        target, so_far = os.path.join(target, part), f"{so_far}/{part}"
        if os.path.islink(target):
            raise make_write_error(purpose, root, path, f"{so_far[1:]} is a symbolic link")
    return target


def prepare_file(root: str, path: str, data: bytes, ready: dict[str, tuple[str, str]], mode: int = MODE) -> None:
    """Write a file beside where it goes, and note it: before it is there, so that no interrupt leaves one that nobody knows of."""
    target = find_target(root, path, "write")
    folder, name = os.path.split(target)
    try:
        os.makedirs(folder, exist_ok=True)
        for count in range(1000):
            temporary = os.path.join(folder, f".{name}.{os.getpid()}.{count}.tmp")
            ready[temporary] = target, path
            try:
                handle = os.open(temporary, FLAGS, mode)
            except FileExistsError:  # of a run that was killed, or one elsewhere that has our number
                del ready[temporary]
                continue
            try:
                write_all(handle, data, mode)
            finally:
                os.close(handle)
            return
    except OSError as error:
        raise make_write_error("write", root, path, describe_error(error)) from None
    raise make_write_error("write", root, path, f"too many files like {temporary} were left behind")


def write_all(handle: int, data: bytes, mode: int = MODE) -> None:
    """Write all bytes to an open file, and set its mode."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    if hasattr(os, "fchmod"):  # not on every system
        os.fchmod(handle, mode)


def make_write_error(purpose: str, root: str, path: str, why: str) -> InputError:
    """Say what could not be done to a file, which is named as one could open it from where the command runs."""
    return InputError(f"cannot {purpose} {os.path.normpath(os.path.join(root, path))}: {why}")
