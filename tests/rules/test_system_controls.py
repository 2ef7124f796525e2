"""Kernel parameters of a container: E449 and E515."""

from __future__ import annotations

import pytest

from generator.ecs.containers import INSTANCE_CONTROLS, IPC_CONTROLS, MESSAGE_QUEUES
from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

NAME = "containerDefinitions[app].systemControls"
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
HELP = (
    "use `net.…`, `fs.mqueue.…`, or one of `kernel.msgmax`, `kernel.msgmnb`, `kernel.msgmni`, `kernel.sem`, "
    "`kernel.shm_rmid_forced`, `kernel.shmall`, `kernel.shmmax`, `kernel.shmmni`"
)


def controls(*names: str) -> Value:
    return {"systemControls": [{"namespace": name, "value": "1"} for name in names]}


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"systemControls": []}),
        fargate({"systemControls": [{}, {"value": "1"}]}),
        fargate(controls("net.core.somaxconn", "net.ipv4.tcp_keepalive_time", "fs.mqueue.msg_max")),
        fargate(controls(*sorted(IPC_CONTROLS))),
        fargate(controls(*sorted(MESSAGE_QUEUES))),
        fargate(controls("net.core.optmem_max", "net.ipv4.tcp_rmem", "net.ipv4.ip_local_port_range")),
        fargate(controls("net.ipv4.conf.all.rp_filter", "net.ipv6.conf.all.disable_ipv6", "net.unix.max_dgram_qlen")),
        ec2(controls("net.core.somaxconn")),
        ec2(controls("net.core.somaxconn"), networkMode="none"),
        ec2(controls("net.core.somaxconn"), ipcMode="host"),
        ec2(controls("kernel.sem", "fs.mqueue.msg_max"), networkMode="host"),
        ec2(controls("kernel.sem", "fs.mqueue.msg_max"), ipcMode="task"),
        ec2(controls("vm.max_map_count"), runtimePlatform=WINDOWS),  # E423
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E449", "E515") == []


@pytest.mark.parametrize("name", sorted(INSTANCE_CONTROLS))
def test_what_an_instance_has_once_fails(name: str) -> None:
    path = f"{NAME}[{name}].namespace"
    message = f"`{path}` is `{name}`, which an instance has once and no container for itself"
    help = "leave it out; on an instance of your own set it there"
    assert say(fargate(controls(name)), "E449", "E515") == [Said("E515", path, message, (), help)]


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("fs.mqueue.msgmax", "write `fs.mqueue.msg_max`"),
        (
            "fs.mqueue.depth",
            "use one of `fs.mqueue.msg_default`, `fs.mqueue.msg_max`, `fs.mqueue.msgsize_default`, `fs.mqueue.msgsize_max`, "
            "`fs.mqueue.queues_max`",
        ),
    ],
)
def test_what_message_queues_do_not_have_fails(name: str, help: str) -> None:
    path = f"{NAME}[{name}].namespace"
    message = f"`{path}` is `{name}`, and Linux has no such parameter of message queues"
    assert say(fargate(controls(name)), "E449", "E515") == [Said("E515", path, message, (), help)]


def test_what_the_host_shares_is_said_once() -> None:
    assert [said.code for said in say(ec2(controls("net.core.rmem_max"), networkMode="host"))][:1] == ["E449"]


@pytest.mark.parametrize(
    ("value", "name", "state", "notes", "help"),
    [
        (
            ec2(controls("vm.max_map_count")),
            "vm.max_map_count",
            "is `vm.max_map_count`, which is no parameter that a container has for itself",
            (),
            HELP,
        ),
        (
            fargate(controls("kernel.pid_max")),
            "kernel.pid_max",
            "is `kernel.pid_max`, which is no parameter that a container has for itself",
            (),
            HELP,
        ),
        (ec2(controls("")), "", "is empty", (), HELP),
        (
            ec2(controls("net.core.somaxconn"), networkMode="host"),
            "net.core.somaxconn",
            "is `net.core.somaxconn`, and the containers share the network of the host",
            ("`networkMode` is `host`",),
            "set it on the host, or leave it out",
        ),
        (
            ec2(controls("fs.mqueue.msg_max"), ipcMode="host"),
            "fs.mqueue.msg_max",
            "is `fs.mqueue.msg_max`, and the containers share the IPC of the host",
            ("`ipcMode` is `host`",),
            "set it on the host, or leave it out",
        ),
        (
            ec2(controls("kernel.shmmax"), ipcMode="host"),
            "kernel.shmmax",
            "is `kernel.shmmax`, and the containers share the IPC of the host",
            ("`ipcMode` is `host`",),
            "set it on the host, or leave it out",
        ),
    ],
)
def test_fails(value: Value, name: str, state: str, notes: tuple[str, ...], help: str) -> None:
    place = f"{NAME}[{name or 0}].namespace"
    assert say(value, "E449") == [Said("E449", place, f"`{place}` {state}", notes, help)]
