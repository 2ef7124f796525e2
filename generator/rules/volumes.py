"""Volumes: each of one kind, and what the members of a kind ask of each other and of the task."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.lists import UNIONS
from generator.model.findings import HERE, PARENT, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task

KINDS = UNIONS["Volume"].members
EFS = "efsVolumeConfiguration"
S3_FILES = "s3filesVolumeConfiguration"
ROOTS = ("", "/")
"""Root directories that leave it to the access point which one it is."""


def check(task: Task) -> Iterator[Problem]:
    late: list[tuple[Path, Value]] = []
    for path, volume in task.volumes:
        if len(volume) - ("name" in volume) > 1:
            yield from check_kinds(volume, path)
        if "dockerVolumeConfiguration" in volume:
            yield from check_docker(volume["dockerVolumeConfiguration"], (*path, "dockerVolumeConfiguration"))
        if EFS in volume:
            yield from check_efs(volume[EFS], (*path, EFS))
        access = volume[S3_FILES].get("accessPointArn") if S3_FILES in volume else None
        if access:
            access_path = (*path, S3_FILES, "accessPointArn")
            yield from check_root(volume[S3_FILES], access, access_path, (*path, S3_FILES))
        if volume.get("configuredAtLaunch"):
            late.append((path, volume))
    if late:
        yield from check_late(task, late)
    yield from check_role(task)


def check_kinds(volume: Value, path: Path) -> Iterator[Problem]:
    """Check that a volume is of one kind; the second is where it is not. `"configuredAtLaunch": false` is none."""
    kinds = [kind for kind in KINDS if kind in volume and volume[kind] is not False]
    if len(kinds) > 1:
        first, second, *others = kinds
        message = f"`{PARENT}` is of one kind, and has both `{first}` and `{second}`"
        facts = tuple(Fact(f"the kind `{kind}`", (*path, kind)) for kind in (first, *others))
        yield Problem("E431", (*path, second), message, facts, "keep one of them", key=True)


def check_docker(volume: Value, path: Path) -> Iterator[Problem]:
    """Check that only a shared volume says whether it is provisioned: ECS refuses `false` beside `task`, its agent `true`."""
    scope = volume.get("scope")
    if "autoprovision" not in volume or scope == "shared":
        return
    if scope is None and not volume["autoprovision"]:
        return  # no answer of ECS to that is known
    message = f"`{HERE}` is only for volumes of the scope `shared`"
    if scope is None:
        fact, missing = Fact("`scope` is `task` by default"), "scope"
    else:
        fact, missing = Fact(f"`scope` is `{scope}`", (*path, "scope")), None
    yield Problem("E461", (*path, "autoprovision"), message, (fact,), "remove it", key=True, missing=missing)


def check_efs(volume: Value, path: Path) -> Iterator[Problem]:
    """Check what asks for encryption in transit, and the root beside an access point."""
    access, access_path = volume.get("authorizationConfig", {}), (*path, "authorizationConfig")
    if volume.get("transitEncryption") != "ENABLED":
        asking: list[Path] = []
        if access.get("iam") == "ENABLED":
            asking.append((*access_path, "iam"))
        if access.get("accessPointId"):
            asking.append((*access_path, "accessPointId"))
        if "transitEncryptionPort" in volume:
            asking.append((*path, "transitEncryptionPort"))
        if asking:
            yield report_plain(volume.get("transitEncryption"), asking, path)
    if access.get("accessPointId"):
        yield from check_root(volume, access["accessPointId"], (*access_path, "accessPointId"), path)


def report_plain(encryption: str | None, asking: list[Path], path: Path) -> Problem:
    """Say once that members ask for encryption in transit, which is off, at the first of them."""
    if encryption is None:
        state = Fact("`transitEncryption` is `DISABLED` by default")
    else:
        state = Fact(f"`transitEncryption` is `{encryption}`", (*path, "transitEncryption"))
    return Problem(
        "E462",
        asking[0],
        f"`{HERE}` asks for encryption in transit, which is off",
        (state, *(Fact(f"so does `{HERE}`", other) for other in asking[1:])),
        'write `"transitEncryption": "ENABLED"`',
        missing="transitEncryption" if encryption is None else None,
    )


def check_root(volume: Value, access: str, access_path: Path, path: Path) -> Iterator[Problem]:
    """Check that beside an access point there is no root directory but `/`: the access point has its own."""
    root = volume.get("rootDirectory", "/")
    if root not in ROOTS:
        message = f"`{HERE}` is `{root}`, and an access point has a root of its own"
        facts = (Fact(f"`{access_path[-1]}` is `{access}`", access_path),)
        yield Problem("E463", (*path, "rootDirectory"), message, facts, "remove it, or write `/`")


def check_late(task: Task, late: list[tuple[Path, Value]]) -> Iterator[Problem]:
    """Check that at most one volume is configured at launch, and that some container mounts it."""
    first, _ = late[0]
    for path, _ in late[1:]:
        message = f"`{HERE}` makes a second volume that is configured at launch, but ECS accepts one"
        facts = (Fact(f"the first is `{HERE}`", (*first, "configuredAtLaunch")),)
        yield Problem("E464", (*path, "configuredAtLaunch"), message, facts, "keep one of them", key=True)
    mounted = {
        mount.get("sourceVolume") for _, container in task.containers for mount in container.get("mountPoints", ())
    }
    for path, volume in late:
        if "name" in volume and volume["name"] not in mounted:
            message = f"no container mounts the volume `{volume['name']}`, which is configured at launch"
            help = f"add a mount point with `{volume['name']}` as its `sourceVolume`"
            yield Problem("E464", (*path, "configuredAtLaunch"), message, help=help, key=True, missing="mountPoints")


def check_role(task: Task) -> Iterator[Problem]:
    """Check that there is a task role where a volume of S3 Files is mounted with it."""
    if "taskRoleArn" in task.document:
        return
    for path, volume in task.volumes:
        if S3_FILES in volume:
            message = "a volume of S3 Files is mounted with the task's role, and there is none"
            yield Problem("E465", (*path, S3_FILES), message, help="add `taskRoleArn`", key=True, missing="taskRoleArn")
            return
    if not task.windows and not task.external:
        yield from check_efs_role(task)


def check_efs_role(task: Task) -> Iterator[Problem]:
    """Check that there is a task role where EFS asks for it. An instance has a role of its own to fall back on, Fargate has none."""
    asking = [
        (*path, EFS, "authorizationConfig", "iam")
        for path, volume in task.volumes
        if volume.get(EFS, {}).get("authorizationConfig", {}).get("iam") == "ENABLED"
    ]
    if asking:
        code = "E513" if task.fargate else "W632"
        message = f"`{HERE}` is `ENABLED`, which mounts the file system with the task's role, and there is none"
        facts = tuple(Fact(f"so is `{HERE}`", other) for other in asking[1:])
        yield Problem(code, asking[0], message, facts, "add `taskRoleArn`", missing="taskRoleArn")
