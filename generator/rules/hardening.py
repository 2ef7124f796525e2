"""What makes a container that was broken into worth less: a file system that cannot be written, a user that is not root."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container

ROOT = ("root", "0")


def check(task: Task) -> Iterator[Problem]:
    if task.windows:  # has neither member: E423
        return
    for path, container in task.containers:
        yield from check_file_system(path, container)
        yield from check_user(path, container)


def check_file_system(path: Path, container: Value) -> Iterator[Problem]:
    """Ask for a root file system that cannot be written."""
    if container.get("readonlyRootFilesystem"):
        return
    message = f"{name_container(container)} can write to its root file system"
    help = "set `readonlyRootFilesystem: true`, and mount a volume where it has to write"
    if "readonlyRootFilesystem" in container:
        yield Problem("W609", (*path, "readonlyRootFilesystem"), message, help=help)
    else:
        yield Problem("W609", path, message, help=help, missing="readonlyRootFilesystem")


def check_user(path: Path, container: Value) -> Iterator[Problem]:
    """Ask for a user that is not root; a group may stand behind a colon."""
    user = container.get("user", "").partition(":")[0]
    help = "set `user` to one that is not root"
    if not user:
        message = f"{name_container(container)} has no `user`: it runs as root unless its image sets a user"
        yield Problem("W610", path, message, help=help, missing="user")
    elif user in ROOT:
        yield Problem("W610", (*path, "user"), f"{name_container(container)} runs as root", help=help)
