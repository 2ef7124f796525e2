"""What counts as the same as a member that is not there, and what ECS reorders: one table for comparing, rules and documents.

For comparison only: nothing of this is ever written. A row says who saw that ECS stores or answers a value for a member that nobody
wrote, and when that was read. One without such evidence is not `proven`: the service model says that the value means no more, and
`--why` names it where it decides. A value stands in `APART` if hiding it can keep a change from being made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.model.records import Record

EXAMPLE = "the answer in `awscli/examples/ecs/register-task-definition.rst` of awscli 1.46.3, read 2026-11-29"
RECORDED = "answers recorded in `tests/corpus` of go-to-k/cdk-real-drift, commit c00ed982, read 2026-11-29"
MODEL = "botocore 1.44.5 says that it means no more, read 2026-11-27; nobody shows what ECS answers"


class Default(Record):
    """A value that stands for an absent one, as JSON would have it, and who says so.

    `filled` is that ECS answers it wherever nobody wrote a value; any other is the same as none, and may be answered or not. `proven` is
    that somebody saw ECS store or answer it.
    """

    kind: Literal["text", "number", "boolean", "mapping"]
    text: str
    source: str
    filled: bool = False
    proven: bool = True


HEALTH = "the plan in terraform-aws-modules/terraform-aws-ecs issue 148 (2023-12), which finds it where nobody wrote it, read 2026-11-29"

DEFAULTS: Mapping[tuple[str, str], Default] = {
    ("ContainerDefinition", "cpu"): Default("number", "0", f"{RECORDED}: `Cpu` is 0 in all of them", filled=True),
    ("ContainerDefinition", "essential"): Default(
        "boolean", "true", f"{RECORDED}: `HuntTaskDef` of 2026-07-14; PrefectHQ/prefect issue 20161", filled=True
    ),
    ("PortMapping", "protocol"): Default(
        "text", "tcp", "the state in hashicorp/terraform issue 17737 (2018), read 2026-11-29", filled=True
    ),
    ("PortMapping", "hostPort"): Default("number", "0", MODEL, filled=True, proven=False),
    ("HealthCheck", "interval"): Default("number", "30", f"{HEALTH}; eagletmt/hako pull request 56", filled=True),
    ("HealthCheck", "timeout"): Default("number", "5", HEALTH, filled=True),
    ("HealthCheck", "retries"): Default("number", "3", HEALTH, filled=True),
    ("RegisterTaskDefinitionRequest", "enableFaultInjection"): Default(
        "boolean",
        "false",
        "aws-actions/amazon-ecs-deploy-task-definition issue 704 and pull request 706 (2025-01): "
        "what is described has it though nobody wrote it, read 2026-11-29",
    ),
    ("MountPoint", "readOnly"): Default("boolean", "false", MODEL, proven=False),
    ("VolumeFrom", "readOnly"): Default("boolean", "false", MODEL, proven=False),
    ("Volume", "host"): Default("mapping", "{}", f"{RECORDED}: `TaskDef.mounts` of 2026-06-23"),
    ("Volume", "configuredAtLaunch"): Default(
        "boolean",
        "false",
        "hashicorp/terraform-provider-aws pull request 46132 (2026-01), closed, calls it what the API has for none; "
        "the answers in cdk-real-drift do not have it; read 2026-11-29",
        proven=False,
    ),
    ("DockerVolumeConfiguration", "scope"): Default(
        "text",
        "task",
        "hashicorp/terraform-provider-aws takes it from the answer where nobody wrote it (`Computed`, `task_definition.go`), without "
        "saying which; read 2026-11-29",
        proven=False,
    ),
    ("EFSVolumeConfiguration", "rootDirectory"): Default(
        "text", "/", "CircleCI-Public/aws-ecs-orb issue 105 (2020-06): AWS adds it to the new revision, read 2026-11-29"
    ),
    ("EFSVolumeConfiguration", "transitEncryption"): Default("text", "DISABLED", MODEL, proven=False),
    ("EFSAuthorizationConfig", "iam"): Default("text", "DISABLED", MODEL, proven=False),
    ("S3FilesVolumeConfiguration", "rootDirectory"): Default("text", "/", MODEL, proven=False),
}
"""By structure and member: what ECS takes for a member that is not there."""

SHARED_PORT = (
    "turnerlabs/terraform-ecs-fargate pull request 11 (2018-08), hashicorp/terraform issue 17737 (2018): ECS puts the port of the "
    "container there; kayac/ecspresso `diff.go` does so before it compares; read 2026-11-29"
)
"""Why `hostPort` is the container's own port where containers have the network of the task."""

ANSWERED = frozenset(
    (
        ("ContainerDefinition", "environment"),
        ("ContainerDefinition", "mountPoints"),
        ("ContainerDefinition", "portMappings"),
        ("ContainerDefinition", "systemControls"),
        ("ContainerDefinition", "volumesFrom"),
        ("RegisterTaskDefinitionRequest", "placementConstraints"),
        ("RegisterTaskDefinitionRequest", "volumes"),
    )
)
"""Lists that ECS answers, with nothing in them, where nobody wrote one."""


class Empty(Record):
    """A value with nothing in it that is the same as none: what it is, how it is written, and who says so."""

    what: str
    text: str
    source: str
    proven: bool = True


NULL = Empty(
    "a member", "null", "no client sends one: botocore refuses it, and the deploy action drops it; read 2026-11-29"
)
ANSWERED_LIST = Empty(
    "a list that ECS answers",
    "[]",
    f"{EXAMPLE}; for `systemControls` go-to-k/cdkd issue 1169 (2026-07), which saw it live",
)
LIST = Empty("any other list", "[]", "nothing is in it; an answer may have it if it was written", proven=False)
MAP = Empty(
    "a map, such as `dockerLabels`", "{}", "nothing is in it; an answer may have it if it was written", proven=False
)
CHOICE = Empty(
    "a role, or a member of fixed values",
    '""',
    "no enumeration in botocore 1.44.5 has it, and no role is called so; ecs-deploy 1.15.2 registers it for roles that there are "
    "none of; ministack 1.5.33 answers it for members that nobody wrote; read 2026-11-29",
    proven=False,
)
EMPTY = (NULL, ANSWERED_LIST, LIST, MAP, CHOICE)
"""Values with nothing in them that count as none."""


class Apart(Record):
    """A value that may seem to say no more than none, and counts as a difference, with the reason. `written` is how JSON has it."""

    structure: str
    member: str
    written: str
    reason: str


APART = (
    Apart(
        "RegisterTaskDefinitionRequest",
        "networkMode",
        "bridge",
        f"ECS answers no mode where nobody wrote one ({EXAMPLE}), and a service with Service Connect is refused without one "
        "(mreferre/yelb issue 86, 2023-11); only where an answer has it and the artifact has none is it the same, since emulators "
        "such as moto 5.2.5 and ministack 1.5.33 answer it; read 2026-11-29",
    ),
    Apart(
        "ContainerDefinition",
        "entryPoint",
        "[]",
        "a described revision keeps it where it was written (`taskdef.json` in public repositories), others have none; "
        "aws/amazon-ecs-agent tells both apart (`container.EntryPoint != nil`); read 2026-11-29",
    ),
    Apart(
        "ContainerDefinition", "command", "[]", "a described revision keeps it where it was written; read 2026-11-29"
    ),
    Apart(
        "KeyValuePair",
        "value",
        "",
        "accounts contradict each other: by hashicorp/terraform-provider-aws issue 39533 (2024-09) ECS drops the variable, by "
        "aws-actions/amazon-ecs-deploy-task-definition pull request 224 (2021-06) only one that has no `value`; read 2026-11-29",
    ),
)
"""Values that count as a difference though another tool takes them for none."""

ANSWERED_MODE = "bridge"
"""The network mode that an answer may have though nobody wrote one; the first row of `APART` says who answers it."""

REORDERED = frozenset((("ContainerDefinition", "links"),))
"""Plain lists that ECS reorders, as cdk-real-drift watched it do (`src/normalize/noise.ts`, read 2026-11-24).

Those of named things are compared by name in any case."""

ROLES = frozenset(("taskRoleArn", "executionRoleArn"))
"""Members that take the bare name of a role, and stand with its whole ARN once they are registered."""

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
