"""What members of a container may say, as data: images, environment files, health checks, limits, system controls, users.

Sources: the documentation of `ContainerDefinition`, `HealthCheck`, `SystemControl` and `EnvironmentFile` in botocore 1.44.5;
hashicorp/terraform-provider-aws issue 22629 for the length of an image; aws/amazon-ecs-agent, `agent/s3/s3.go`, for ARNs of files in S3;
reown-com/blockchain-api pull request 1183 for the open files that Fargate has; moby/sys, `user/user.go`, for users. All read 2026-11-24.
"""

from __future__ import annotations

from generator.model.patterns import Pattern

IMAGE_MEANING = "letters, digits, `-`, `_`, `:`, `.`, `/`, `#` and `@`"
IMAGE = r"[A-Za-z0-9_:./#@-]+"
"""What an image is made of."""

IMAGE_LENGTH = 255
"""The most characters of an image; of one with a digest, of what is before the `@`."""

DIGEST = r"sha256:[0-9A-Fa-f]{64}"
"""The one kind of digest that ECS takes."""

VARIABLES = 100
"""More variables than this in a container were seen to get lost. Source: aws/aws-cdk issue 38225, which nobody at AWS has confirmed."""

FILE = r"arn:[^:]+:s3:::[^/]+/.+"
"""The ARN of an object in S3."""

FILE_ENDING = ".env"

INTERVAL, TIMEOUT = 30, 5
"""Seconds of a health check that does not say."""

TOOLS = ("curl", "wget")
"""Programs that health checks call, and that small images do not have."""

OPEN_FILES = 1024 * 1024
"""The most open files, `nofile`, that a container on Fargate can have."""

IPC_CONTROLS = frozenset(
    f"kernel.{name}" for name in ("msgmax", "msgmnb", "msgmni", "sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced")
)
"""The system controls that belong to the IPC of a container, beside those that begin with IPC_PREFIX."""

IPC_PREFIX = "fs.mqueue."
NETWORK_PREFIX = "net."

HIGHEST_ID = 2**31 - 1
"""The highest number of a user or a group."""

BASE64 = Pattern(r"[A-Za-z0-9+/_-]+={0,2}")
"""What base64 is made of, in either of its alphabets and without white space: the attestation policy of a task is."""
