"""The line to change where something cannot be mounted: EFS file systems, mount points, volumes."""

from __future__ import annotations

import re

from generator.aws.diagnose.case import Blame, Case
from generator.model.findings import HERE, Fact, Path
from generator.model.nodes import Value

ROOT = "/"


def find_system(case: Case, directory: str = "") -> tuple[Path, Value] | None:
    """Find the file system that the reason names, or the one with the directory that it names, or the first."""
    systems: list[tuple[Path, Value]] = [
        (("volumes", index, "efsVolumeConfiguration"), volume["efsVolumeConfiguration"])
        for index, volume in enumerate(case.document.get("volumes", ()))
        if "efsVolumeConfiguration" in volume
    ]
    said = case.failure.said
    named = [each for each in systems if each[1].get("fileSystemId", "-") in said] or systems
    same = [each for each in named if directory and is_same(each[1].get("rootDirectory", ROOT), directory)]
    return next(iter(same or named), None)


def is_same(one: str, other: str) -> bool:
    return one.strip("/") == other.strip("/")


def blame_efs(case: Case) -> Blame:
    """Blame the file system that cannot be reached."""
    found = find_system(case)
    if found is None:
        return Blame((), "an EFS file system cannot be mounted")
    path, system = found
    place = (*path, "fileSystemId")
    message = f"`{HERE}` is `{system.get('fileSystemId', '')}`, which cannot be mounted"
    if "Failed to resolve" in case.failure.said:
        return Blame(place, f"{message}: its name is not known in the task's VPC")
    return Blame(place, message)


def blame_directory(case: Case) -> Blame:
    """Blame the directory that the file system does not have; below an access point it is the access point's own."""
    directory = case.find_detail("directory")
    found = find_system(case, directory)
    if found is None:
        return Blame((), f"an EFS file system does not have the directory `{directory}`")
    path, system = found
    name = f"EFS file system `{system.get('fileSystemId', '')}`"
    access = system.get("authorizationConfig", {}).get("accessPointId")
    if access:
        place = (*path, "authorizationConfig", "accessPointId")
        help = "create the directory of the access point, or let the access point create it (`CreationInfo`)"
        return Blame(place, f"`{HERE}` is `{access}`, and {name} does not have its directory `{directory}`", help=help)
    if "rootDirectory" in system:
        return Blame((*path, "rootDirectory"), f"`{HERE}` is `{system['rootDirectory']}`, which {name} does not have")
    return Blame((*path, "fileSystemId"), f"{name} does not have the directory `{directory}`")


def blame_access(case: Case) -> Blame:
    """Blame what keeps the task's role from the file system, which asks for it; else the role itself."""
    found = find_system(case)
    if found is None:
        return Blame((), "an EFS file system does not let the task in")
    path, system = found
    denied = f"EFS file system `{system.get('fileSystemId', '')}` does not let the task in"
    config = system.get("authorizationConfig", {})
    help = "write `iam: ENABLED` and `transitEncryption: ENABLED`, and let the task role mount it"
    if config.get("iam") != "ENABLED":
        if "iam" in config:
            place = (*path, "authorizationConfig", "iam")
            return Blame(place, f"`{HERE}` is `{config['iam']}`, so the task shows no role, and {denied}", help=help)
        place = (
            (*path, "authorizationConfig", "iam") if "authorizationConfig" in system else (*path, "authorizationConfig")
        )
        message = f"`{HERE}` is not set, so the task shows no role, and {denied}"
        return Blame(place, message, help=help, missing=str(place[-1]))
    facts = (
        (Fact(f"`{HERE}` is `{config['accessPointId']}`", (*path, "authorizationConfig", "accessPointId")),)
        if ("accessPointId" in config)
        else ()
    )
    role = case.document.get("taskRoleArn")
    if role:
        return Blame(("taskRoleArn",), f"`{HERE}` is `{role}`, and {denied}", facts)
    message = f"`{HERE}` is not set, so the task shows no role, and {denied}"
    return Blame(("taskRoleArn",), message, facts, missing="taskRoleArn")


def blame_mount(case: Case) -> Blame:
    """Blame the mount point that the reason names by its path."""
    target, host = case.find_detail("target"), case.find_detail("host")
    for index, container in enumerate(case.document.get("containerDefinitions", ())):
        for number, mount in enumerate(container.get("mountPoints", ())):
            if target and mount.get("containerPath", "-").rstrip("/") == target.rstrip("/"):
                path: Path = ("containerDefinitions", index, "mountPoints", number, "containerPath")
                help = HELP_READ_ONLY if "read-only file system" in case.failure.said else ""
                message = f"`{HERE}` is `{mount['containerPath']}`, and nothing can be mounted there"
                return Blame(path, message, help=help)
    for index, volume in enumerate(case.document.get("volumes", ())):
        if host and volume.get("host", {}).get("sourcePath") == host:
            return Blame(
                ("volumes", index, "host", "sourcePath"), f"`{HERE}` is `{host}`, which the instance does not have"
            )
    if case.find_detail("volume"):
        return blame_driver(case)
    return Blame((), f"`{target or host}` cannot be mounted" if target or host else "a volume cannot be mounted")


HELP_READ_ONLY = "create that directory in the image, or in the volume mounted above it: none can be created on a read-only file system"


def blame_driver(case: Case) -> Blame:
    """Blame the volume whose driver fails; the reason names a folder of the driver only."""
    drivers = [
        (("volumes", index, "dockerVolumeConfiguration"), volume)
        for index, volume in enumerate(case.document.get("volumes", ()))
        if "dockerVolumeConfiguration" in volume
    ]
    if len(drivers) != 1:
        return Blame((), "the driver of a volume cannot mount it")
    path, volume = drivers[0]
    return Blame(
        path,
        f"the driver that `{HERE}` names cannot mount volume `{volume.get('name', '')}`",
        help="look at the driver on the instance, and at its options",
    )


def blame_volume(case: Case) -> Blame:
    """Blame the volume that the reason names, alone or within the name that Docker knows it by, or the only one."""
    volumes = [(each.get("name", ""), index) for index, each in enumerate(case.document.get("volumes", ()))]
    named = [each for each in volumes if names_volume(case.failure.said, each[0])] or volumes[: len(volumes) == 1]
    if not named:
        return Blame((), "a volume of the task cannot be created")
    name, index = max(named, key=lambda each: len(each[0]))
    return Blame(("volumes", index), f"volume `{name}` cannot be created")


def names_volume(said: str, name: str) -> bool:
    """Whether a text has the name of a volume as a word, or as a part between hyphens."""
    return bool(name) and re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", said) is not None
