"""What ECS fills in, and what it reorders, when it registers a task definition, and the units that sizes count in, as data.

For comparison only: nothing of this is ever written. Sources, read 2026-11-24: the docstrings of `ContainerDefinition`, `PortMapping`,
`HealthCheck`, `MountPoint`, `Volume` with all that is in it, and `RegisterTaskDefinition` in botocore 1.44.5; for `essential`, `cpu`,
health checks and empty lists the state functions of hashicorp/terraform-provider-aws (`internal/service/ecs`); for `essential`
PrefectHQ/prefect issue 20161, for `cpu` eagletmt/hako pull request 17; for what is reordered cdk-real-drift, `src/normalize/noise.ts`,
which watched ECS do it. A variable with an empty value is left alone: accounts of what ECS makes of it contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from generator.model.patterns import Pattern
from generator.model.records import Record


class Default(Record):
    """A value that stands for an absent one, as JSON would have it."""

    kind: Literal["text", "number", "boolean"]
    text: str


DEFAULTS: Mapping[str, Mapping[str, Default]] = {
    "ContainerDefinition": {"cpu": Default("number", "0"), "essential": Default("boolean", "true")},
    "PortMapping": {"protocol": Default("text", "tcp")},
    "HealthCheck": {
        "interval": Default("number", "30"),
        "timeout": Default("number", "5"),
        "retries": Default("number", "3"),
    },
}
"""By structure: what ECS takes for a member that is not there."""

SAME_AS_NONE: Mapping[tuple[str, str], str] = {
    ("RegisterTaskDefinitionRequest", "enableFaultInjection"): "false",
    ("MountPoint", "readOnly"): "false",
    ("VolumeFrom", "readOnly"): "false",
    ("Volume", "host"): "{}",
    ("EFSVolumeConfiguration", "rootDirectory"): "/",
    ("EFSVolumeConfiguration", "transitEncryption"): "DISABLED",
    ("EFSAuthorizationConfig", "iam"): "DISABLED",
    ("S3FilesVolumeConfiguration", "rootDirectory"): "/",
}
"""By structure and member: a value that says no more than a member that is not there, of which it is not known that ECS always fills it in.
Source: the docstrings of these members in botocore 1.44.5, read 2026-11-27; `enableFaultInjection` stands as `false` in what ECS describes
though nobody wrote it."""

NETWORK_MODE = Default("text", "bridge")
"""What `networkMode` is on an instance with Linux. Fargate has to be told, and Windows has a mode of its own.

An instance without `runtimePlatform` may be either, and is taken for Linux unless the definition says Windows in another way. Whether ECS
describes the `bridge` that nobody wrote, nobody tells; without it, whatever was registered by a tool that writes it would differ for ever.
A `bridge` that is added there is told as no change; on Windows that is so with agents from 2023 on, which take it for `nat`.
Sources: the docstring of `RegisterTaskDefinition` in botocore 1.44.5; aws/amazon-ecs-agent pull request 3564; read 2026-11-27."""

WINDOWS_ONLY = frozenset(("fsxWindowsFileServerVolumeConfiguration",))
"""Members of a volume that only Windows has. Source: the docstring of `Volume` in botocore 1.44.5."""

ON_WINDOWS = Pattern(r"\becs\.os-(?:type|family)\s*(?:==|=~|in)\s*\[?[\w\s,.*-]*?windows", re.IGNORECASE)
"""A placement constraint that asks for an instance with Windows, by an attribute that each instance has. Sources, read 2026-11-27: for
`ecs.os-type` the page of `BuiltInAttributes` in the CDK, for `ecs.os-family` awsdocs/amazon-ecs-developer-guide on Windows containers."""

ANY_PORT = Default("number", "0")
"""What `hostPort` is where a container's ports are not the task's: any free one."""

EMPTY_COUNTS = frozenset((("ContainerDefinition", "entryPoint"), ("ContainerDefinition", "command")))
"""Lists that mean something when they are empty; any other is the same as none."""

REORDERED = frozenset((("ContainerDefinition", "links"),))
"""Plain lists that ECS reorders. Those of named things are compared by name in any case."""

ROLES = frozenset(("taskRoleArn", "executionRoleArn"))
"""Members that take the bare name of a role, and stand with its whole ARN once they are registered."""

NO_VALUE = ""
"""The text that is no value: where it stands for a role or one of fixed values, there is none. No enumeration in botocore 1.44.5 has it,
and no role is called so; ministack 1.5.33 answers it for members that nobody wrote. Read 2026-11-29."""

UNITS: Mapping[tuple[str, str], str] = {
    ("RegisterTaskDefinitionRequest", "cpu"): "CPU units",
    ("RegisterTaskDefinitionRequest", "memory"): "MiB",
    ("EphemeralStorage", "sizeInGiB"): "GiB",
    ("ContainerDefinition", "cpu"): "CPU units",
    ("ContainerDefinition", "memory"): "MiB",
    ("ContainerDefinition", "memoryReservation"): "MiB",
    ("ContainerDefinition", "startTimeout"): "s",
    ("ContainerDefinition", "stopTimeout"): "s",
    ("HealthCheck", "interval"): "s",
    ("HealthCheck", "timeout"): "s",
    ("HealthCheck", "startPeriod"): "s",
    ("ContainerRestartPolicy", "restartAttemptPeriod"): "s",
    ("LinuxParameters", "sharedMemorySize"): "MiB",
    ("LinuxParameters", "maxSwap"): "MiB",
    ("Tmpfs", "size"): "MiB",
}
"""By structure and member: what a number counts."""
