"""Paths inside of a container: E448, E511 and E512."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

POINTS = "containerDefinitions[app].mountPoints"
TMPFS = "containerDefinitions[app].linuxParameters.tmpfs"
DEVICES = "containerDefinitions[app].linuxParameters.devices"
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
LINUX = {"operatingSystemFamily": "LINUX"}


def mount(path: str) -> Value:
    return {"mountPoints": [{"sourceVolume": "data", "containerPath": path}]}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"mountPoints": [], "linuxParameters": {}}),
        fargate({"mountPoints": [{}], "linuxParameters": {"tmpfs": [{}], "devices": [{"hostPath": "/dev/fuse"}]}}),
        fargate(mount("/data")),
        fargate(mount("/data/")),
        fargate(mount("//data")),
        fargate({"linuxParameters": {"tmpfs": [{"containerPath": "/run", "size": 64}]}}),
        ec2({"linuxParameters": {"devices": [{"hostPath": "/dev/fuse", "containerPath": "/dev/fuse"}]}}),
        ec2(mount("C:\\data")),
        ec2(mount("C:\\data"), runtimePlatform=WINDOWS),
        ec2(mount("d:/data"), runtimePlatform=WINDOWS),
        ec2(mount("D:"), runtimePlatform=WINDOWS),
        ec2(mount("/data"), runtimePlatform=WINDOWS),
        ec2(mount("\\\\.\\pipe\\docker_engine"), runtimePlatform=WINDOWS),
        fargate(mount("C:\\data"), runtimePlatform=WINDOWS),
        ec2({"linuxParameters": {"tmpfs": [{"containerPath": "run", "size": 1}]}}, runtimePlatform=WINDOWS),  # E423
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E448", "E511") == []


@pytest.mark.parametrize(
    ("value", "code", "place", "state", "help"),
    [
        (
            fargate(mount("data")),
            "E511",
            f"{POINTS}[data].containerPath",
            "is `data`, which does not begin with `/`",
            "write the path from `/` on",
        ),
        (
            fargate(mount("./data")),
            "E511",
            f"{POINTS}[./data].containerPath",
            "is `./data`, which does not begin with `/`",
            "write the path from `/` on",
        ),
        (fargate(mount("")), "E511", f"{POINTS}[0].containerPath", "is empty", "write the path, from `/` on"),
        (
            fargate(mount("C:\\data")),
            "E511",
            f"{POINTS}[C:\\data].containerPath",
            "is `C:\\data`, which does not begin with `/`",
            "write the path from `/` on",
        ),
        (
            ec2(mount("C:\\data"), runtimePlatform=LINUX),
            "E511",
            f"{POINTS}[C:\\data].containerPath",
            "is `C:\\data`, which does not begin with `/`",
            "write the path from `/` on",
        ),
        (
            ec2(mount("/")),
            "E511",
            f"{POINTS}[/].containerPath",
            "is `/`, the root of the container, where nothing can be mounted",
            "name a folder in it",
        ),
        (
            fargate({"linuxParameters": {"tmpfs": [{"containerPath": "run", "size": 64}]}}),
            "E448",
            f"{TMPFS}[run].containerPath",
            "is `run`, which does not begin with `/`",
            "write the path from `/` on",
        ),
        (
            ec2({"linuxParameters": {"devices": [{"hostPath": "/dev/fuse", "containerPath": "dev/fuse"}]}}),
            "E448",
            f"{DEVICES}[dev/fuse].containerPath",
            "is `dev/fuse`, which does not begin with `/`",
            "write the path from `/` on",
        ),
    ],
)
def test_fails(value: Value, code: str, place: str, state: str, help: str) -> None:
    assert say(value, "E448", "E511") == [Said(code, place, f"`{place}` {state}", (), help)]


def test_a_mount_point_without_a_path_is_reported() -> None:
    message = "a mount point of `data` in container `app` has no path inside of the container"
    said = Said("E511", f"{POINTS}[0]", message, (), "add `containerPath`")
    assert say(fargate({"mountPoints": [{"sourceVolume": "data"}]}), "E511") == [said]


def mounts(*paths: str) -> Value:
    return {"mountPoints": [{"sourceVolume": "data", "containerPath": path} for path in paths]}


@pytest.mark.parametrize("value", [fargate(mounts("/a", "/b", "/A")), fargate({"mountPoints": [{}, {}]})])
def test_paths_that_differ_pass(value: Value) -> None:
    assert say(value, "E512") == []


def test_a_path_is_there_once() -> None:
    assert say(fargate(mounts("/a", "/b", "/a/")), "E512") == [
        Said(
            "E512",
            f"{POINTS}[/a/].containerPath",
            f"`{POINTS}[/a/].containerPath` is `/a/`, where something is mounted already",
            ("the first one",),
            "keep one of them, or mount it at another path",
        )
    ]
