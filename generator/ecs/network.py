"""What each network mode omits, the ports that an instance keeps, and what the proxy of App Mesh has to know, as data.

Sources: the docstrings of `ContainerDefinition` and `PortMapping` in botocore 1.44.5; badmintoncryer/cdk-preflight, which tried `awsvpc`
with ECS in 2026-09; for the ports, "Amazon ECS container agent configuration" on
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html (`ECS_RESERVED_PORTS`; none are kept for UDP) and
`ip_local_port_range` on https://docs.kernel.org/networking/ip-sysctl.html; for the proxy, aws/aws-app-mesh-roadmap issue 467 and
aws/amazon-ecs-agent pull request 2230, by which what is ignored on the way out may be omitted. Read 2026-11-24.
"""

from __future__ import annotations

from collections.abc import Mapping

UNSUPPORTED: Mapping[str, tuple[str, ...]] = {
    "awsvpc": ("links", "hostname", "extraHosts", "dnsServers", "dnsSearchDomains", "disableNetworking"),
    "host": ("links",),
    "none": ("links", "portMappings"),
}
"""By network mode: the members of a container that ECS refuses with it, unless they are empty or false."""

SHARED = ("awsvpc", "host")
"""The modes in which the containers of a task have one network, and a port is mapped to itself."""

FAULTS = ("awsvpc", "host")
"""The modes with which faults are injected, on Linux. Source: "Use fault injection with your Amazon ECS and Fargate workloads" on
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fault-injection.html, read 2026-11-29."""

PORTS = range(1, 65536)
"""The ports that a container can listen on."""

FARGATE_WINDOWS_PORT = 3150
"""The port that Windows on Fargate keeps for itself."""

RESERVED: Mapping[int, str] = {
    22: "SSH",
    2375: "Docker",
    2376: "Docker",
    51678: "the container agent",
    51679: "the container agent",
    51680: "the container agent",
}
"""The TCP ports that an instance with Linux keeps, and what for."""

RESERVED_WINDOWS: Mapping[int, str] = {
    53: "DNS",
    135: "RPC",
    139: "NetBIOS",
    445: "file sharing",
    2375: "Docker",
    2376: "Docker",
    3389: "Remote Desktop",
    5985: "remote management",
    51678: "the container agent",
    51679: "the container agent",
}
"""The TCP ports that an instance with Windows keeps, and what for."""

EPHEMERAL = range(32768, 61000)
"""The ports that Linux hands out by itself."""

EPHEMERAL_WINDOWS = range(49152, 65536)
"""The ports that Windows hands out by itself."""

PROXY_PROPERTIES = ("ProxyIngressPort", "ProxyEgressPort", "AppPorts")
"""The properties that the proxy of App Mesh cannot be without."""

PROXY_IGNORED = ("IgnoredUID", "IgnoredGID")
"""The properties by which App Mesh knows the traffic of the proxy itself; it wants one of them."""
