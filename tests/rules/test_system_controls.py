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

NAMESPACED = (
    "core.optmem_max", "core.somaxconn", "core.txrehash", "core.xfrm_acq_expires", "ipv4.conf.all.accept_redirects",
    "ipv4.conf.all.rp_filter", "ipv4.conf.default.arp_ignore", "ipv4.conf.eth0.send_redirects",
    "ipv4.fib_multipath_hash_policy", "ipv4.icmp_echo_ignore_all", "ipv4.icmp_echo_ignore_broadcasts",
    "ipv4.igmp_max_memberships", "ipv4.ip_default_ttl", "ipv4.ip_forward", "ipv4.ip_local_port_range",
    "ipv4.ip_local_reserved_ports", "ipv4.ip_nonlocal_bind", "ipv4.ip_unprivileged_port_start",
    "ipv4.neigh.default.gc_stale_time", "ipv4.ping_group_range", "ipv4.tcp_abort_on_overflow",
    "ipv4.tcp_congestion_control", "ipv4.tcp_ecn", "ipv4.tcp_fastopen", "ipv4.tcp_fin_timeout",
    "ipv4.tcp_keepalive_intvl", "ipv4.tcp_keepalive_probes", "ipv4.tcp_keepalive_time", "ipv4.tcp_max_syn_backlog",
    "ipv4.tcp_max_tw_buckets", "ipv4.tcp_mtu_probing", "ipv4.tcp_notsent_lowat", "ipv4.tcp_orphan_retries",
    "ipv4.tcp_retries2", "ipv4.tcp_rmem", "ipv4.tcp_sack", "ipv4.tcp_slow_start_after_idle", "ipv4.tcp_syn_retries",
    "ipv4.tcp_synack_retries", "ipv4.tcp_syncookies", "ipv4.tcp_timestamps", "ipv4.tcp_tw_reuse",
    "ipv4.tcp_window_scaling", "ipv4.tcp_wmem", "ipv4.udp_rmem_min", "ipv4.udp_wmem_min",
    "ipv4.vs.expire_nodest_conn", "ipv6.bindv6only", "ipv6.conf.all.disable_ipv6", "ipv6.conf.all.forwarding",
    "ipv6.conf.default.accept_ra", "netfilter.nf_conntrack_tcp_timeout_established",
    "netfilter.nf_conntrack_tcp_timeout_time_wait", "unix.max_dgram_qlen",
)  # fmt: skip
"""What each network namespace has for itself, after `net.`."""


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
        *(fargate(controls(name)) for name in sorted(IPC_CONTROLS | MESSAGE_QUEUES)),
        *(fargate(controls(f"net.{name}")) for name in NAMESPACED),
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
    help = "remove it; on an instance of your own set it there"
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
            "is `vm.max_map_count`, which a container cannot set for itself",
            (),
            HELP,
        ),
        (
            fargate(controls("kernel.pid_max")),
            "kernel.pid_max",
            "is `kernel.pid_max`, which a container cannot set for itself",
            (),
            HELP,
        ),
        (ec2(controls("")), "", "is empty", (), HELP),
        (
            ec2(controls("net.core.somaxconn"), networkMode="host"),
            "net.core.somaxconn",
            "is `net.core.somaxconn`, and the containers share the network of the host",
            ("`networkMode` is `host`",),
            "set it on the host, or remove it",
        ),
        (
            ec2(controls("fs.mqueue.msg_max"), ipcMode="host"),
            "fs.mqueue.msg_max",
            "is `fs.mqueue.msg_max`, and the containers share the IPC of the host",
            ("`ipcMode` is `host`",),
            "set it on the host, or remove it",
        ),
        (
            ec2(controls("kernel.shmmax"), ipcMode="host"),
            "kernel.shmmax",
            "is `kernel.shmmax`, and the containers share the IPC of the host",
            ("`ipcMode` is `host`",),
            "set it on the host, or remove it",
        ),
    ],
)
def test_fails(value: Value, name: str, state: str, notes: tuple[str, ...], help: str) -> None:
    place = f"{NAME}[{name or 0}].namespace"
    assert say(value, "E449") == [Said("E449", place, f"`{place}` {state}", notes, help)]
