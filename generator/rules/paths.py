"""Paths inside of containers, where volumes, file systems in memory and devices are mounted: they begin at the root."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container

MOUNTS = ("tmpfs", "devices")
"""Members of `linuxParameters` whose items have a path inside of the container."""


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        if len(container.get("mountPoints", ())) > 1:
            yield from check_twice(container["mountPoints"], (*path, "mountPoints"))
        for index, point in enumerate(container.get("mountPoints", ())):
            target, place = point.get("containerPath"), (*path, "mountPoints", index)
            if target is None:
                if point:
                    yield report_pathless(container, point, place)
            elif target[:1] != "/" and not (may_be_windows(task) and is_windows_path(target)):
                yield report_relative("E511", target, (*place, "containerPath"))
            elif target.strip("/") == "" and not task.windows:
                message = f"`{HERE}` is `{target}`, the root of the container, where nothing can be mounted"
                yield Problem("E511", (*place, "containerPath"), message, help="name a folder in it")
        if "linuxParameters" in container and not task.windows:
            yield from check_linux(container["linuxParameters"], (*path, "linuxParameters"))


def check_twice(points: Value, path: Path) -> Iterator[Problem]:
    """Check that no two volumes are mounted at one path; a slash at its end makes no other one."""
    first: dict[str, Path] = {}
    for index, point in enumerate(points):
        target, place = point.get("containerPath"), (*path, index, "containerPath")
        if target and first.setdefault(target.rstrip("/"), place) is not place:
            message = f"`{HERE}` is `{target}`, where something is mounted already"
            facts = (Fact("the first one", first[target.rstrip("/")]),)
            yield Problem("E512", place, message, facts, "keep one of them, or mount it at another path")


def check_linux(parameters: Value, path: Path) -> Iterator[Problem]:
    """Check the paths that only Linux has."""
    for member in MOUNTS:
        for index, item in enumerate(parameters.get(member, ())):
            target = item.get("containerPath")
            if target is not None and target[:1] != "/":
                yield report_relative("E448", target, (*path, member, index, "containerPath"))


def report_relative(code: str, target: str, path: Path) -> Problem:
    """State that a path does not begin at the root."""
    if not target:
        return Problem(code, path, f"`{HERE}` is empty", help="write the path, from `/` on")
    message = f"`{HERE}` is `{target}`, which does not begin with `/`"
    return Problem(code, path, message, help="write the path from `/` on")


def report_pathless(container: Value, point: Value, path: Path) -> Problem:
    """State that a mount point does not say where."""
    volume = f" of `{point['sourceVolume']}`" if "sourceVolume" in point else ""
    message = f"a mount point{volume} in {name_container(container)} has no path inside of the container"
    return Problem("E511", path, message, help="add `containerPath`", missing="containerPath")


def may_be_windows(task: Task) -> bool:
    """Report whether a task may run on Windows: it says so, or may run on an instance without saying."""
    return task.windows or not (task.fargate or "runtimePlatform" in task.document)


def is_windows_path(path: str) -> bool:
    r"""Report whether a path is one of Windows, from a drive or a share on: `C:\data`, `\\.\pipe\docker`."""
    return path[:1] == "\\" or (path[:1].isalpha() and path[1:2] == ":" and path[2:3] in ("\\", "/", ""))
