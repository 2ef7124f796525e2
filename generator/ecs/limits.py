"""What one value may be, whatever stands around it: ranges of numbers, characters of names, lengths of lists. Data; others look it up.

"botocore" is the documentation of the member in the service model of botocore 1.44.5, "cdk-preflight" a folder of
badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-…`, whose authors ran it against ECS in 2026-09. All read 2026-11-24.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.records import Record


class Range(Record):
    """The least and the greatest whole number that a member takes, None if none is known, and what it counts."""

    least: int
    most: int | None
    unit: str = ""
    code: str = "E420"


class Characters(Record):
    """What a text may be made of: a pattern for the whole of it, what that means in words, and the most characters."""

    pattern: str
    meaning: str
    longest: int
    code: str = "E424"


class Count(Record):
    """How many items a list takes, and what they are called."""

    most: int
    items: str


PORT = Range(1, 65535)

LOWEST, HIGHEST = -(2**31), 2**31 - 1
"""What any whole number can be: the model has none but `integer`, which is one of 32 bits. Source: simple types in the specification of
Smithy, https://smithy.io/2.0/spec/simple-types.html, read 2026-11-29."""

RANGES: Mapping[tuple[str, str], Range] = {
    # cdk-preflight ephemeral-storage-range.
    ("EphemeralStorage", "sizeInGiB"): Range(21, 200, "GiB"),
    # cdk-preflight healthcheck-interval-range, -timeout-range, -retries-range, -start-period-range.
    ("HealthCheck", "interval"): Range(5, 300, "seconds"),
    ("HealthCheck", "timeout"): Range(2, 60, "seconds"),
    ("HealthCheck", "retries"): Range(1, 10),
    ("HealthCheck", "startPeriod"): Range(0, 300, "seconds"),
    # botocore; radkawar/stackd quotes the server for 1 second. What Fargate takes at most is FARGATE_TIMEOUTS.
    ("ContainerDefinition", "startTimeout"): Range(2, None, "seconds"),
    ("ContainerDefinition", "stopTimeout"): Range(2, None, "seconds"),
    # cdk-preflight restart-policy-attempt-period-range.
    ("ContainerRestartPolicy", "restartAttemptPeriod"): Range(60, 1800, "seconds"),
    # botocore.
    ("LinuxParameters", "swappiness"): Range(0, 100),
    # None can be less than nothing; what is too little is E501.
    ("ContainerDefinition", "cpu"): Range(0, None, "CPU units"),
    ("ContainerDefinition", "memory"): Range(0, None, "MiB"),
    ("ContainerDefinition", "memoryReservation"): Range(0, None, "MiB"),
    # botocore; 0 lets ECS choose. `containerPort` is E434, beside `containerPortRange`.
    ("PortMapping", "hostPort"): Range(0, 65535),
    ("EFSVolumeConfiguration", "transitEncryptionPort"): PORT,
    ("S3FilesVolumeConfiguration", "transitEncryptionPort"): PORT,
    # botocore: the shape's own bounds, of which its client checks the lower one only.
    ("NvidiaMpsAllocation", "maxComputePercent"): Range(1, 100),
}
"""By the shape of the structure and its member."""

FARGATE_TIMEOUTS: Mapping[str, Range] = {
    "startTimeout": Range(2, 120, "seconds"),
    "stopTimeout": Range(2, 120, "seconds"),
}
"""By member of a container: what Fargate takes. Source: botocore; radkawar/stackd quotes the server, which takes 120 itself."""

NAME = r"[A-Za-z0-9_-]+"
NAME_MEANING = "letters, digits, `-` and `_`"

CHARACTERS: Mapping[tuple[str, str], Characters] = {
    # aws/amazon-ecs-cli issue 37; cdk-preflight taskdef-family.
    ("RegisterTaskDefinitionRequest", "family"): Characters(NAME, NAME_MEANING, 255),
    # hashicorp/terraform-provider-aws issue 5950.
    ("ContainerDefinition", "name"): Characters(NAME, NAME_MEANING, 255),
    # botocore.
    ("Volume", "name"): Characters(NAME, NAME_MEANING, 255),
    ("PortMapping", "name"): Characters(
        r"[a-z0-9_][a-z0-9_-]*", "lower-case letters, digits, `_` and, but for the first, `-`", 64
    ),
}
"""By the shape of the structure and its member."""

CONTAINERS = Count(10, "containers")
"""Source: aws/amazon-ecs-cli issue 184, and the quotas of ECS."""

COUNTS: Mapping[str, Count] = {
    # cdk-preflight environment-files-max.
    "environmentFiles": Count(10, "files"),
    # botocore.
    "credentialSpecs": Count(1, "credential specs"),
}
"""By member of a container: how long its list may be."""

PORT_RANGES = Count(100, "ranges of ports")
"""In the port mappings of one container. Source: botocore, `PortMapping.containerPortRange`."""

EXIT_CODES = Count(50, "exit codes")
"""That a restart policy ignores. Source: botocore."""

MEANT: Mapping[str, str] = {
    "amd64": "X86_64",
    "x64": "X86_64",
    "x86": "X86_64",
    "aarch64": "ARM64",
    "completed": "COMPLETE",
    "succeeded": "SUCCESS",
    "started": "START",
}
"""Words that ECS does not know, in lower case, and those that it has for the same."""

UNLISTED: Mapping[str, tuple[str, ...]] = {
    "LogDriver": ("none",),
}
"""By shape: words that its list in the service model lacks and ECS takes. Source: aws/aws-cdk issue 35795 and pull request 35819, which
gives tasks on EC2 the driver; aws/amazon-ecs-agent pull request 1041, since which every instance has it. Read 2026-11-24."""

BYTES = 65536
"""How long a task definition may be. Source: awsdocs/amazon-ecs-developer-guide pull request 149, which quotes the server."""

TAGS = 50
TAG_KEY, TAG_VALUE = 128, 256
"""How many tags there may be, and how many characters each part has. Source: botocore."""

CONSTRAINTS = 10
"""How many placement constraints there may be. Source: botocore."""
