"""How an overlay merges into each list, map and union of a task definition: the table, and identities of list items.

Refuses to merge anything itself. Source of the lists, maps, member names and enums: the ECS service model in botocore
1.44.5, read 2026-11-24, and the pages of the API reference that `documentation.json` names. How each merges is a
decision of this product, for the reason that `note` gives where it is not obvious.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from generator.model.records import Record

Order = Literal["kept", "identity", "numeric set", "sorted set", "model set"]
"""How a list stands in the artifact.

`kept`: as in the base, additions last. `identity`: by `order_key`. Sets lose doubles, and are ordered by number, by
text, or as the enum of the service model is.
"""


class ListRow(Record):
    """One list. With identity members it merges item by item and has a map form; without, an overlay replaces it whole.

    `strict`: an overlay item that matches nothing is an error unless it has `$add: true`. `unique`: the same identity
    twice in one source is an error; otherwise only if an overlay addresses it. `shorthand`: the member that a bare
    value in the map form stands for.
    """

    path: str
    identity: tuple[str, ...] = ()
    order: Order = "kept"
    strict: bool = False
    unique: bool = False
    shorthand: str | None = None
    note: str = ""


class Union(Record):
    """Members of a structure that exclude each other: a later layer that sets one side drops the other.

    `one member`: at most one of `members` is there. `one list a name`: a name is in at most one of the lists `members`.
    `switch`: a changed value of the only member drops `drops`.
    """

    kind: Literal["one member", "one list a name", "switch"]
    members: tuple[str, ...]
    drops: tuple[str, ...] = ()


_C = "containerDefinitions[]"

PORT_MAPPINGS = ("containerPort", "containerPortRange", "protocol")
DEVICES = ("containerPath", "hostPath")

ROWS: Mapping[tuple[str, str], ListRow] = {
    ("RegisterTaskDefinitionRequest", "containerDefinitions"): ListRow(
        "containerDefinitions", ("name",), strict=True, unique=True, note="people and tools index the first container"
    ),
    ("ContainerDefinition", "links"): ListRow(f"{_C}.links"),
    ("ContainerDefinition", "portMappings"): ListRow(
        f"{_C}.portMappings",
        PORT_MAPPINGS,
        "identity",
        note="the port or the range, and the protocol, whose default is tcp; an item has either a port or a range",
    ),
    ("ContainerRestartPolicy", "ignoredExitCodes"): ListRow(
        f"{_C}.restartPolicy.ignoredExitCodes", order="numeric set"
    ),
    ("ContainerDefinition", "entryPoint"): ListRow(
        f"{_C}.entryPoint", note="an argument vector; the empty one is a value"
    ),
    ("ContainerDefinition", "command"): ListRow(f"{_C}.command", note="an argument vector; the empty one is a value"),
    ("ContainerDefinition", "environment"): ListRow(
        f"{_C}.environment", ("name",), "identity", unique=True, shorthand="value"
    ),
    ("ContainerDefinition", "environmentFiles"): ListRow(f"{_C}.environmentFiles", note="processed from the top down"),
    ("ContainerDefinition", "mountPoints"): ListRow(f"{_C}.mountPoints", ("containerPath",), "identity"),
    ("ContainerDefinition", "volumesFrom"): ListRow(f"{_C}.volumesFrom", ("sourceContainer",), "identity", unique=True),
    ("KernelCapabilities", "add"): ListRow(
        f"{_C}.linuxParameters.capabilities.add",
        order="sorted set",
        note="a reviewer must see the whole privilege list",
    ),
    ("KernelCapabilities", "drop"): ListRow(f"{_C}.linuxParameters.capabilities.drop", order="sorted set"),
    ("LinuxParameters", "devices"): ListRow(
        f"{_C}.linuxParameters.devices",
        DEVICES,
        "identity",
        note="the path in the container, which is the path on the host where none is given",
    ),
    ("Device", "permissions"): ListRow(f"{_C}.linuxParameters.devices[].permissions", order="model set"),
    ("LinuxParameters", "tmpfs"): ListRow(f"{_C}.linuxParameters.tmpfs", ("containerPath",), "identity"),
    ("Tmpfs", "mountOptions"): ListRow(f"{_C}.linuxParameters.tmpfs[].mountOptions", note="later options win"),
    ("ContainerDefinition", "secrets"): ListRow(
        f"{_C}.secrets", ("name",), "identity", unique=True, shorthand="valueFrom"
    ),
    ("ContainerDefinition", "dependsOn"): ListRow(
        f"{_C}.dependsOn", ("containerName",), unique=True, shorthand="condition"
    ),
    ("ContainerDefinition", "dnsServers"): ListRow(f"{_C}.dnsServers"),
    ("ContainerDefinition", "dnsSearchDomains"): ListRow(f"{_C}.dnsSearchDomains"),
    ("ContainerDefinition", "extraHosts"): ListRow(
        f"{_C}.extraHosts",
        ("hostname",),
        shorthand="ipAddress",
        note="a hostname may be there twice, for both families of addresses; then only `$replace` may touch the list",
    ),
    ("ContainerDefinition", "dockerSecurityOptions"): ListRow(f"{_C}.dockerSecurityOptions"),
    ("ContainerDefinition", "ulimits"): ListRow(f"{_C}.ulimits", ("name",), "identity", unique=True),
    ("LogConfiguration", "secretOptions"): ListRow(
        f"{_C}.logConfiguration.secretOptions", ("name",), "identity", unique=True, shorthand="valueFrom"
    ),
    ("HealthCheck", "command"): ListRow(f"{_C}.healthCheck.command", note="an argument vector"),
    ("ContainerDefinition", "systemControls"): ListRow(
        f"{_C}.systemControls", ("namespace",), "identity", unique=True, shorthand="value"
    ),
    ("ContainerDefinition", "resourceRequirements"): ListRow(
        f"{_C}.resourceRequirements",
        ("type",),
        "identity",
        shorthand="value",
        note="several items of the retired type InferenceAccelerator are legal; a list with one may only be replaced",
    ),
    ("ContainerDefinition", "credentialSpecs"): ListRow(f"{_C}.credentialSpecs"),
    ("RegisterTaskDefinitionRequest", "volumes"): ListRow("volumes", ("name",), strict=True, unique=True),
    ("RegisterTaskDefinitionRequest", "placementConstraints"): ListRow("placementConstraints"),
    ("RegisterTaskDefinitionRequest", "requiresCompatibilities"): ListRow("requiresCompatibilities", order="model set"),
    ("RegisterTaskDefinitionRequest", "tags"): ListRow("tags", ("key",), "identity", unique=True, shorthand="value"),
    ("ProxyConfiguration", "properties"): ListRow(
        "proxyConfiguration.properties", ("name",), "identity", unique=True, shorthand="value"
    ),
    ("RegisterTaskDefinitionRequest", "inferenceAccelerators"): ListRow(
        "inferenceAccelerators", ("deviceName",), "identity", unique=True
    ),
}
"""Every list, by the shape of the structure that holds it and its member name there."""

MAPS: frozenset[tuple[str, str]] = frozenset(
    (
        ("ContainerDefinition", "dockerLabels"),
        ("LogConfiguration", "options"),
        ("FirelensConfiguration", "options"),
        ("DockerVolumeConfiguration", "driverOpts"),
        ("DockerVolumeConfiguration", "labels"),
    )
)
"""Every map: merged key by key, values are strings, keys are data and never checked against member names."""

UNIONS: Mapping[str, Union] = {
    "ContainerDefinition": Union("one list a name", ("environment", "secrets")),
    "Volume": Union(
        "one member",
        (
            "host",
            "dockerVolumeConfiguration",
            "efsVolumeConfiguration",
            "s3filesVolumeConfiguration",
            "fsxWindowsFileServerVolumeConfiguration",
            "configuredAtLaunch",
        ),
    ),
    "ResourceRequirement": Union("one member", ("value", "sharingStrategy")),
    "LogConfiguration": Union("switch", ("logDriver",), ("options", "secretOptions")),
    "FirelensConfiguration": Union("switch", ("type",), ("options",)),
}
"""Every union, by the shape of the structure it is in."""


def identity_of(row: ListRow, members: Mapping[str, str]) -> str | None:
    """Find the identity of an item from the texts of its scalar members, or None when a member it needs is missing."""
    if row.identity == PORT_MAPPINGS:
        port = members.get("containerPort") or members.get("containerPortRange")
        return f"{port}/{members.get('protocol', 'tcp')}" if port else None
    return next((members[member] for member in row.identity if member in members), None)


def identity_members(row: ListRow, members: Iterable[str]) -> tuple[str, ...]:
    """Report which of these members of an item identify it: a device's path on the host only if it has no other."""
    return DEVICES[:1] if row.identity == DEVICES and DEVICES[0] in members else row.identity


def match_key(row: ListRow, key: str) -> str:
    """Normalise a key of the map form to the identity it looks for."""
    return f"{key}/tcp" if row.identity == PORT_MAPPINGS and "/" not in key else key


def spell_identity(row: ListRow, key: str) -> dict[str, str] | None:
    """Find the identity members of a new item from its key in the map form, or None when the key is malformed."""
    if row.identity != PORT_MAPPINGS:
        return {row.identity[0]: key} if key else None
    port, slash, protocol = key.partition("/")
    first, dash, last = port.partition("-")
    if not _is_port(first) or (dash and not _is_port(last)) or (slash and protocol not in ("tcp", "udp")):
        return None
    spelt = {"containerPortRange" if dash else "containerPort": port}
    return spelt | {"protocol": protocol} if slash else spelt


def order_key(row: ListRow, identity: str) -> tuple[int, str]:
    """Return the sort key of an identity for the order `identity`: ports as numbers, the rest by code point."""
    first = identity.partition("/")[0].partition("-")[0]
    return (int(first) if row.identity == PORT_MAPPINGS and _is_port(first) else 0, identity)


def _is_port(text: str) -> bool:
    """Whether a text spells a port in decimal digits, without sign or leading zero; 0 asks for any port."""
    return text.isascii() and text.isdecimal() and len(text) <= 5 and (text == "0" or text[0] != "0")
