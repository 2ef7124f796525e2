"""The line to change where a container cannot have what it asks for: kernel parameters, limits, a user, a working directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.aws.diagnose.case import Blame, Case, find_container, name_of
from generator.model.findings import HERE, Path
from generator.model.nodes import Value

LIMITS: Mapping[int, str] = {
    0: "cpu", 1: "fsize", 2: "data", 3: "stack", 4: "core", 5: "rss", 6: "nproc", 7: "nofile", 8: "memlock", 9: "locks",
    10: "sigpending", 11: "msgqueue", 12: "nice", 13: "rtprio", 14: "rttime",
}  # fmt: skip
"""The limits of ECS by what Linux calls them: RLIMIT_… of include/uapi/asm-generic/resource.h (Linux 6.12), read 2026-11-29."""


def list_containers(case: Case) -> Iterator[tuple[Path, Value]]:
    """List the container that failed, or all where none is named."""
    found = find_container(case.document, case.failure.container)
    if found:
        yield found
        return
    for index, container in enumerate(case.document.get("containerDefinitions", ())):
        yield ("containerDefinitions", index), container


def blame_parameter(case: Case) -> Blame:
    """Blame the system control of the kernel parameter, which the reason names by its file."""
    name = case.find_detail("key") or case.find_detail("parameter").replace("/", ".")
    for path, container in list_containers(case):
        for number, control in enumerate(container.get("systemControls", ())):
            if control.get("namespace") == name:
                place = (*path, "systemControls", number, "namespace")
                return Blame(place, f"`{HERE}` is `{name}`, which {name_of(container)} does not have")
    return Blame((), f"a container does not have the kernel parameter `{name}`")


def blame_limit(case: Case) -> Blame:
    """Blame the limit that the reason names by its number."""
    name = LIMITS.get(int(case.find_detail("limit")[:3]), "")
    for path, container in list_containers(case):
        for number, limit in enumerate(container.get("ulimits", ())):
            if limit.get("name") == name:
                value = limit.get("hardLimit", "")
                return Blame(
                    (*path, "ulimits", number),
                    f"`{HERE}` is {value}, and {name_of(container)} may not have so high a limit of `{name}`",
                )
    return Blame((), f"a container may not have so high a limit{f' of `{name}`' if name else ''}")


def blame_user(case: Case) -> Blame:
    user = case.find_detail("user")
    for path, container in list_containers(case):
        if "user" in container and user in str(container["user"]).split(":"):
            return Blame((*path, "user"), f"`{HERE}` is `{container['user']}`, and the image has no `{user}`")
    return blame_image(case, f"runs as `{user}`, which it does not have")


def blame_workplace(case: Case) -> Blame:
    directory = case.find_detail("directory")
    for path, container in list_containers(case):
        if container.get("workingDirectory") == directory:
            what = "may not enter" if "permission denied" in case.failure.said else "does not have"
            return Blame((*path, "workingDirectory"), f"`{HERE}` is `{directory}`, which {name_of(container)} {what}")
    return blame_image(case, f"works in `{directory}`, which it does not have, or may not enter")


def blame_image(case: Case, what: str) -> Blame:
    """Blame the image, where the task definition does not say what the reason is about."""
    found = find_container(case.document, case.failure.container)
    if found is None or "image" not in found[1]:
        return Blame((), f"an image {what}")
    path, container = found
    return Blame((*path, "image"), f"`{HERE}` is `{container['image']}`, and it {what}")
