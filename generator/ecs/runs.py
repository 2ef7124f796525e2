"""What a run of a task is told besides its task definition, as data: the shapes of settings, the limits, and why ECS starts none.

Sources, read 2026-11-29: the docstrings of RunTask, `AwsVpcConfiguration` and `TaskOverride` in botocore 1.44.5; "API failure reasons"
(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model.patterns import Pattern
from generator.model.records import Record


class Setting(Record):
    """One setting of a run: what it is in words, what each value looks like, and how many there may be."""

    words: str
    pattern: Pattern
    most: int = 1


SETTINGS: Mapping[str, Setting] = {
    "subnets": Setting("the id of a subnet, or a list of up to 16", Pattern(r"subnet-[0-9a-f]{8,17}", re.ASCII), 16),
    "security_groups": Setting(
        "the id of a security group, or a list of up to 5", Pattern(r"sg-[0-9a-f]{8,17}", re.ASCII), 5
    ),
    "assign_public_ip": Setting("`true` or `false`", Pattern(r"true|false")),
    "launch_type": Setting("`EC2`, `EXTERNAL` or `FARGATE`", Pattern(r"EC2|EXTERNAL|FARGATE")),
    "capacity_provider": Setting("the name of a capacity provider", Pattern(r"[\w-]{1,255}", re.ASCII)),
    "platform_version": Setting("`LATEST`, or three numbers such as `1.4.0`", Pattern(r"LATEST|\d{1,3}(?:\.\d{1,3}){2}", re.ASCII)),
}  # fmt: skip
"""The keys of `aws.run`, and the options of the same names. Managed instances have no launch type in RunTask, but a capacity provider."""

EXCLUSIVE = ("launch_type", "capacity_provider")
"""Settings of which RunTask takes one."""

MOST_OVERRIDDEN = 8192
"""Characters that the overrides of a run may have, as JSON."""

UNPLACED: Mapping[str, str] = {
    "LOCATION": "the subnets are in another zone than the instance that would take the task",
    "MISSING": "ECS does not find an instance, or something else that the task needs",
}
"""Reasons of RunTask that say something that no line fixes, in words."""
