"""What Fargate, Windows and older platform versions of Fargate do not support, as data.

Sources, read 2026-11-24: the docstrings of botocore 1.44.5; "Task definition differences for Fargate" on
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html; awsdocs/amazon-ecs-developer-guide for Windows
(`windows_task_definitions.md`) and for the operating systems of Fargate (`AWS_Fargate.md`); badmintoncryer/cdk-preflight,
`rules/ecs/pf-ecs-fargate-*`, run against ECS in 2026-09. Fargate takes `tmpfs` since 2026-01-06, whatever older pages say.

For external instances and for the network modes of Windows, read 2026-11-29: "Considerations" on
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html (awsdocs/amazon-ecs-developer-guide, `ecs-anywhere.md`, commit
024df00), for `awsvpc`, volumes of EFS and App Mesh, which `proxyConfiguration` is for, and the same page for FSx, which they can use;
aws/aws-cdk, `ExternalTaskDefinition`; the page on volumes of EBS, which names other launch types only; the table of network modes on
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html; `ResourceRequirement.sharingStrategy` in botocore 1.44.5.
"""

from __future__ import annotations

from generator.model.records import Record


class Feature(Record):
    """A member that some platform does not support: the way to it, through every item of the lists on it.

    `only` are the values that are not supported, where others are; `but` those that are, where others are not. `help` is what to
    do instead.
    """

    members: tuple[str, ...]
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    help: str = "remove it"


class Features(Record):
    """Features by what their way starts from."""

    task: tuple[Feature, ...]
    containers: tuple[Feature, ...]
    volumes: tuple[Feature, ...]


FARGATE = Features(
    task=(
        Feature(("pidMode",), only=("host",), help="write `task`"),
        Feature(("ipcMode",)),
        Feature(("placementConstraints",)),
    ),
    containers=(
        Feature(("privileged",)),
        Feature(("dockerSecurityOptions",)),
        Feature(("resourceRequirements", "type"), only=("GPU",), help="delete this item of `resourceRequirements`"),
        Feature(
            ("firelensConfiguration", "options", "config-file-type"),
            only=("s3",),
            help="write `file`, and put the configuration into the image",
        ),
        Feature(("linuxParameters", "devices")),
        Feature(("linuxParameters", "sharedMemorySize")),
        Feature(("linuxParameters", "maxSwap")),
        Feature(("linuxParameters", "swappiness")),
        Feature(
            ("linuxParameters", "capabilities", "add"),
            but=("SYS_PTRACE", "CAP_SYS_PTRACE"),
            help="remove it: `SYS_PTRACE` is the one capability that can be added",
        ),
    ),
    volumes=(
        Feature(
            ("host", "sourcePath"),
            help="remove it: the volume is then a folder of the task's own",
        ),
        Feature(("dockerVolumeConfiguration",)),
        Feature(("fsxWindowsFileServerVolumeConfiguration",)),
    ),
)
"""What Fargate does not support. What depends on the network mode stands in `network`, what logs need in `logging`."""

EXTERNAL = Features(
    task=(
        Feature(("networkMode",), only=("awsvpc",), help="write `bridge`, `host` or `none`"),
        Feature(("proxyConfiguration",)),
    ),
    containers=(Feature(("resourceRequirements", "sharingStrategy"), help="write `value`, the number of GPUs"),),
    volumes=(
        Feature(("efsVolumeConfiguration",)),
        Feature(("configuredAtLaunch",)),
    ),
)
"""What external instances do not support. FSx is reached through a connection to the VPC; of S3 Files no page says otherwise.
Ephemeral storage, which Fargate alone has, stands in the rule about it."""

WINDOWS = Features(
    task=(
        Feature(("networkMode",), only=("host", "none"), help="remove it, or write `awsvpc`"),
        Feature(("pidMode",)),
        Feature(("ipcMode",)),
        Feature(("proxyConfiguration",)),
    ),
    containers=(
        Feature(("linuxParameters",)),
        Feature(("privileged",)),
        # aws/aws-cdk issue 34560: a user of Linux stops the container; these two every image for Windows has.
        Feature(("user",), but=("ContainerAdministrator", "ContainerUser")),
        Feature(("ulimits",)),
        Feature(("links",)),
        Feature(("dnsServers",)),
        Feature(("dnsSearchDomains",)),
        Feature(("extraHosts",)),
        Feature(("readonlyRootFilesystem",)),
        Feature(("disableNetworking",)),
        Feature(("systemControls",)),
        Feature(("firelensConfiguration",)),
    ),
    volumes=(
        Feature(("efsVolumeConfiguration",)),
        Feature(("dockerVolumeConfiguration", "driver"), but=("local",), help="write `local`"),
    ),
)
"""What containers with Windows do not support."""


def leave_out(features: tuple[Feature, ...], others: tuple[Feature, ...]) -> tuple[Feature, ...]:
    """Omit the features inside of members that others are about."""
    covered = {other.members[0] for other in others}
    return tuple(feature for feature in features if feature.members[0] not in covered)


FARGATE_WINDOWS = Features(*(leave_out(own, other) for own, other in zip(FARGATE, WINDOWS, strict=True)))
"""What Fargate does not support of what Windows does."""

LATER = Features(
    task=(
        Feature(("runtimePlatform", "cpuArchitecture"), only=("ARM64",)),
        Feature(("pidMode",), only=("task",)),
        Feature(("ephemeralStorage",)),
    ),
    containers=(
        Feature(("environmentFiles",)),
        Feature(("systemControls",)),
        Feature(("linuxParameters", "capabilities", "add"), only=("SYS_PTRACE",)),
    ),
    volumes=(Feature(("efsVolumeConfiguration",)),),
)
"""What Fargate supports from platform version 1.4.0 on."""

LATER_CPU = 8192
"""From so many CPU units on, a size needs platform version 1.4.0."""

FAMILIES = (
    "LINUX",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2025_CORE",
    "WINDOWS_SERVER_2025_FULL",
)
"""The operating systems of Fargate. No page lists those of 2025 yet; they have been in the service model since 2025-07."""
