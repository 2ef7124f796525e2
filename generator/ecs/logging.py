"""What log drivers take, as data: the drivers of Fargate, the options of awslogs, the options that a driver cannot do without.

Sources, read 2026-11-24: the members of LogConfiguration in botocore 1.44.5; badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-awslogs-*` and
`pf-ecs-fargate-log-driver-unsupported`, run against ECS in 2026-09; cfn-lint for the options of awslogs, and code that quotes the server
for `awslogs-endpoint`; hashicorp/terraform-provider-aws issue 8596 for splunk; moby/moby, `daemon/logger`, for modes and truth values.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.patterns import Pattern

FARGATE_DRIVERS = ("awslogs", "splunk", "awsfirelens")
MANAGED_DRIVERS = (*FARGATE_DRIVERS, "json-file", "none")
"""The drivers of Managed Instances, by LogConfiguration in botocore 1.44.5; `none` is let through, of which no page speaks."""

AWSLOGS_OPTIONS = (
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-group",
    "awslogs-multiline-pattern",
    "awslogs-region",
    "awslogs-stream-prefix",
    "max-buffer-size",
    "mode",
)

REQUIRED_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "awslogs": ("awslogs-group", "awslogs-region"),
    "splunk": ("splunk-url", "splunk-token"),
}
"""By driver: the options that it wants wherever it runs."""

FARGATE_OPTIONS: Mapping[str, tuple[str, ...]] = {
    **REQUIRED_OPTIONS,
    "awslogs": ("awslogs-group", "awslogs-region", "awslogs-stream-prefix"),
}
"""By driver: the options that it wants on Fargate."""

MODES = ("blocking", "non-blocking")

TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
"""What Docker reads as true in an option."""

TRUTHS = TRUE | {"0", "f", "F", "FALSE", "false", "False"}
"""What Docker reads as true or false in an option."""

LOG_GROUP = Pattern(r"[A-Za-z0-9_./#-]{1,512}")

CONFIG_TYPES = ("file", "s3")
"""Where the configuration of a FireLens router may lie: in its image, or in S3."""

CONFIG_OPTIONS = frozenset(("config-file-type", "config-file-value"))
"""The options by which a router is given a configuration."""

OUTPUTS: Mapping[str, tuple[str, str]] = {"fluentbit": ("Name", "Fluent Bit"), "fluentd": ("@type", "Fluentd")}
"""By type of router: the option that names an output, spelt exactly so, and the program. Source: aws/amazon-ecs-agent,
`agent/taskresource/firelens/firelensconfig_unix.go`; aws-samples/amazon-ecs-firelens-examples issue 12; read 2026-11-29."""

FILTERS = frozenset(("include-pattern", "exclude-pattern", "log-driver-buffer-limit"))
"""Options of `awsfirelens` that are none of an output. Source: the same file."""
