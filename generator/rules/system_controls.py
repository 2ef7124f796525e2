"""System controls: kernel parameters that a container has for itself, and not those of a host whose namespaces it shares."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.containers import INSTANCE_CONTROLS, IPC_CONTROLS, IPC_PREFIX, MESSAGE_QUEUES, NETWORK_PREFIX
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.model.misspelling import find_misspelt
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    if task.windows:
        return
    for path, container in task.containers:
        for index, control in enumerate(container.get("systemControls", ())):
            name = control.get("namespace")
            if name is not None:
                yield from check_name(name, task, (*path, "systemControls", index, "namespace"))


def check_name(name: str, task: Task, path: Path) -> Iterator[Problem]:
    """Check one parameter: it has a namespace, and the container has it to itself."""
    if name.startswith(NETWORK_PREFIX):
        member, mode, whose = "networkMode", task.network, "network"
    elif name in IPC_CONTROLS or name.startswith(IPC_PREFIX):
        member, mode, whose = "ipcMode", task.document.get("ipcMode"), "IPC"
    else:
        message = f"`{HERE}` is `{name}`, which a container cannot set for itself" if name else f"`{HERE}` is empty"
        known = ", ".join(f"`{each}`" for each in sorted(IPC_CONTROLS))
        yield Problem("E449", path, message, help=f"use `net.…`, `fs.mqueue.…`, or one of {known}")
        return
    if mode == "host":
        message = f"`{HERE}` is `{name}`, and the containers share the {whose} of the host"
        fact = Fact(f"`{member}` is `host`", (member,))
        yield Problem("E449", path, message, (fact,), "set it on the host, or remove it")
    elif name in INSTANCE_CONTROLS:
        message = f"`{HERE}` is `{name}`, which an instance has once and no container for itself"
        help = "remove it; on an instance of your own set it there"
        yield Problem("E515", path, message, help=help)
    elif name.startswith(IPC_PREFIX) and name not in MESSAGE_QUEUES:
        message = f"`{HERE}` is `{name}`, and Linux has no such parameter of message queues"
        queues = sorted(each.removeprefix(IPC_PREFIX) for each in MESSAGE_QUEUES)
        near = find_misspelt(name.removeprefix(IPC_PREFIX), queues)
        listed = ", ".join(f"`{IPC_PREFIX}{each}`" for each in queues)
        help = f"write `{IPC_PREFIX}{near}`" if near else f"use one of {listed}"
        change = Change("text", IPC_PREFIX + near) if near else None
        yield Problem("E515", path, message, help=help, change=change)
