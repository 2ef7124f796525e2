"""The folders that a project is read from, watched for changes: the only home of watchfiles, which the extra `watch` brings.

Reports only that something may have changed. What did is known when the project is read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.model.findings import InputError, describe_error
from generator.model.project import Settings
from generator.project.loading import leads_into, load_settings

QUIET = 50
"""Milliseconds without a change after which a burst of them is over. Editors write a copy and rename it, git writes many files."""

LONGEST = 2000
"""Milliseconds after which a burst that goes on is not waited for."""

SETTINGS = ("taskdef.toml", "pyproject.toml")


def watch_project(root: str) -> Iterator[None]:
    """Yield once the folders of a project are watched, and again after each burst of changes in them.

    Anyone who reads the project after each yield misses no change: a change after the yield ends the next wait. The folders are found again
    for each wait, since a folder that was replaced is another one. Raises InputError if a folder cannot be watched.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        message = f"`--watch` needs watchfiles, which is not installed ({error.name})"
        raise InputError(message, "install the extra `watch`: `pip install '.[watch]'` in a clone of taskdef") from None
    while True:
        folders = list_folders(root)
        changes = watch(
            *folders,
            watch_filter=None,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=QUIET,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )
        try:
            next(changes)  # only from here on is anything watched
            if list_folders(root) != folders:
                continue
            yield
            while not next(changes):
                pass
        except OSError as error:
            if not os.path.isdir(root):
                raise InputError(f"{root}: no such folder") from None
            if isinstance(error, FileNotFoundError):  # a folder went before it was watched
                continue
            raise InputError(f"cannot watch the project: {describe_error(error)}") from None
        finally:
            changes.close()


def list_folders(root: str) -> tuple[str, ...]:
    """List the folders that hold the files of a project, and those on the way to them, as far as they are there; none below these is.

    A folder is listed by its real path, also where a link leads to it, or to a file in it.
    """
    try:
        settings, _ = load_settings(root)
    except InputError:
        settings = Settings()
    found: dict[str, None] = {os.path.realpath(root): None}
    for name in SETTINGS:
        add_target(root, os.path.join(root, name), found)
    for folder in (settings.templates, settings.environments):
        path = root
        for part in folder.split("/"):
            path = os.path.join(path, part)
            add_target(root, path, found)
            if os.path.isdir(path) and leads_into(path, root):
                found[os.path.realpath(path)] = None
        add_below(root, path, found, set())
    return tuple(sorted(found))


def add_below(root: str, folder: str, found: dict[str, None], seen: set[str]) -> None:
    """Add a folder and all below it that may hold sources. Links are followed inside of the project, each folder once."""
    real = os.path.realpath(folder)
    if real in seen or not os.path.isdir(real) or not leads_into(real, root):
        return
    seen.add(real)
    found[real] = None
    try:
        with os.scandir(folder) as entries:
            inner = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:  # reading the project reports it
        return
    for entry in inner:
        if entry.is_symlink():
            add_target(root, entry.path, found)
        if entry.is_dir():
            add_below(root, entry.path, found, seen)


def add_target(root: str, path: str, found: dict[str, None]) -> None:
    """Add the folder that a link leads into, if it is one of the project."""
    if os.path.islink(path):
        folder = os.path.dirname(os.path.realpath(path))
        if os.path.isdir(folder) and leads_into(folder, root):
            found[folder] = None
