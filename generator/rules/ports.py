"""Port mappings, each on its own: a port that can be mapped where the task runs. What two of them share is for `shared_ports`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.network import (
    EPHEMERAL,
    EPHEMERAL_WINDOWS,
    FARGATE_WINDOWS_PORT,
    PORTS,
    RESERVED,
    RESERVED_WINDOWS,
    SHARED,
)
from generator.model.findings import HERE, PARENT, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task

USUAL_MEMBERS = frozenset(("containerPort", "name", "protocol"))
"""Of most mappings."""

ANOTHER_PORT = "let the container listen on another port"
FREE_PORT = "remove `hostPort` to get a free port"


def check(task: Task) -> Iterator[Problem]:
    mode = "awsvpc" if task.fargate else task.network
    if mode == "none":
        return  # E422
    mappings: list[tuple[Path, Value]] = []
    for path, container in task.containers:
        for index, mapping in enumerate(container.get("portMappings", ())):
            mappings.append(((*path, "portMappings", index), mapping))
    for place, mapping in mappings:
        if mode == "host" or not is_usual(mapping):
            yield from check_mapping(task, mode, place, mapping)
    if len(mappings) > 1:
        from generator.rules.shared_ports import check_shared  # most tasks have one port

        yield from check_shared(mappings, mode)


def is_usual(mapping: Value) -> bool:
    """Report whether there is nothing to say of a mapping, as of most, unless the network is that of the instance."""
    port = mapping.get("containerPort", 0)
    return port in PORTS and port != FARGATE_WINDOWS_PORT and USUAL_MEMBERS.issuperset(mapping)


def check_mapping(task: Task, mode: str, path: Path, mapping: Value) -> Iterator[Problem]:
    port = mapping.get("containerPort")
    if "containerPortRange" in mapping:
        yield from check_range(mode, path, mapping)
    elif port is None:
        message = f"`{HERE}` has neither `containerPort` nor `containerPortRange`"
        yield Problem("E434", path, message, help="add `containerPort`", missing="containerPort")
    elif port not in PORTS:
        message = f"`{HERE}` is {port}, and a container listens on 1 to 65535"
        yield Problem("E434", (*path, "containerPort"), message)
    else:
        yield from check_port(task, mode, path, mapping)
    if "appProtocol" in mapping and not mapping.get("name"):
        yield Problem(
            "W618",
            (*path, "appProtocol"),
            f"`{HERE}` is for Service Connect, which finds a port by its `name`, and this one has none",
            help="add `name`, or remove `appProtocol`",
            key=True,
            missing="name",
        )


def check_port(task: Task, mode: str, path: Path, mapping: Value) -> Iterator[Problem]:
    """Check a mapping of one port, which is one that a container can listen on."""
    port, host_port = mapping["containerPort"], mapping.get("hostPort", 0)
    place = (*path, "hostPort" if host_port else "containerPort")
    if task.fargate and task.windows and port == FARGATE_WINDOWS_PORT:
        message = f"`{HERE}` is {port}, which Windows on Fargate keeps for itself"
        yield Problem("E438", (*path, "containerPort"), message, help=ANOTHER_PORT)
    if mode in SHARED and host_port not in (0, port):
        yield Problem(
            "E433",
            place,
            f"`{HERE}` is {host_port}, and the network mode `{mode}` maps a port to itself only",
            (Fact(f"`{HERE}` is {port}", (*path, "containerPort")),),
            "remove `hostPort`",
        )
    elif mode == "host":
        yield from check_instance_port(task, mode, place, port, mapping)
    elif mode != "awsvpc" and host_port:
        yield from check_instance_port(task, mode, place, host_port, mapping)


def check_instance_port(task: Task, mode: str, path: Path, port: int, mapping: Value) -> Iterator[Problem]:
    """Check a port that the task wants of its instance; what an instance that ECS manages keeps is not documented."""
    if task.managed and not task.ec2 and not task.external:
        return
    reserved = RESERVED_WINDOWS if task.windows else RESERVED
    ephemeral = EPHEMERAL_WINDOWS if task.windows else EPHEMERAL
    if port in reserved and mapping.get("protocol") != "udp":
        message = f"`{HERE}` is {port}, which an instance keeps for {reserved[port]}, so none takes the task"
        yield Problem("E504", path, message, help=ANOTHER_PORT if mode == "host" else FREE_PORT)
    elif port in ephemeral and mode != "host":
        message = (
            f"`{HERE}` is {port}, and an instance may have given that port away: "
            f"it hands out {ephemeral[0]} to {ephemeral[-1]} by itself"
        )
        yield Problem("W620", path, message, help=f"use a port below {ephemeral[0]}, or {FREE_PORT}")


def check_range(mode: str, path: Path, mapping: Value) -> Iterator[Problem]:
    text = mapping["containerPortRange"]
    place = (*path, "containerPortRange")
    from generator.rules.shared_ports import read_range

    first, last = read_range(text) or (0, 0)
    if mode == "host":
        message = f"`{HERE}` is set, and the network mode `host` has no ranges of ports"
        fact = Fact(f"`{HERE}` is `host`", ("networkMode",))
        yield Problem("E437", place, message, (fact,), "map each port by its `containerPort`", key=True)
    elif not last:
        message = f"`{HERE}` is `{text}`, and a range is its first and its last port with a hyphen between"
        yield Problem("E437", place, message, help="write it as `8000-8010`")
    elif first not in PORTS or last not in PORTS:
        yield Problem("E437", place, f"`{HERE}` is `{text}`, and a container listens on 1 to 65535")
    elif first >= last:
        help = f"write `{last}-{first}`" if last < first else f"write `containerPort` and {first} instead"
        message = f"`{HERE}` is `{text}`, and the first port of a range is less than its last"
        change = Change("text", f"{last}-{first}") if last < first else None
        yield Problem("E437", place, message, help=help, change=change)
    beside = [member for member in ("containerPort", "hostPort") if mapping.get(member)]
    for member in beside:
        message = f"`{PARENT}` has `{member}` beside `containerPortRange`, and they exclude each other"
        yield Problem("E437", (*path, member), message, help=f"delete `{member}`", key=True, change=Change("remove"))
