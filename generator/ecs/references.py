"""How references to what lies outside of a task definition are spelt: secrets, parameters, roles, objects in S3. Patterns; others judge.

Sources, read 2026-11-24: aws/amazon-ecs-agent, `agent/taskresource/asmsecret/asmsecret.go` and `agent/ssm/ssm.go`; the members in the
service model of botocore 1.44.5; the API references of IAM and Secrets Manager for the characters of names.
"""

from __future__ import annotations

import re

from generator.model.patterns import Pattern

REGION = r"[a-z]{2,}(?:-[a-z]+)+-\d+"
ACCOUNT = r"\d{12}"
PARTITION = r"aws(?:-[a-z0-9]+)*"

NAME = r"[A-Za-z0-9/_+=.@!-]{1,519}"
"""The name of a secret: in an ARN with the hyphen and six characters that Secrets Manager adds to it."""

SECRET_ARN = Pattern(rf"arn:{PARTITION}:secretsmanager:{REGION}:{ACCOUNT}:secret:{NAME}", re.ASCII)
USUAL_REFERENCE = Pattern(
    rf"arn:{PARTITION}:secretsmanager:{REGION}:{ACCOUNT}:secret:{NAME}"
    r"(?::[^:]*:(?:[^:]*:|:[^:]*))?",
    re.ASCII,
)
"""A reference to a secret of which there is nothing to say: with one match most need not be taken apart."""

BARE_SECRET = Pattern(NAME, re.ASCII)

SECRET_PARTS = (7, 10)
"""The parts between colons of a reference to a secret: up to its name, or up to `NAME:KEY:STAGE:VERSION`."""

SUFFIX = Pattern(r"-[A-Za-z0-9]{6}\Z")
"""What Secrets Manager adds to the name of a secret in its ARN."""

STAGES = ("AWSCURRENT", "AWSPENDING", "AWSPREVIOUS")
"""The stages of a secret that Secrets Manager names by itself."""

PARAMETER_NAME = Pattern(r"[A-Za-z0-9_./-]+")
PARAMETER_ARN = Pattern(rf"arn:{PARTITION}:ssm:{REGION}:{ACCOUNT}:parameter/[^/].*", re.ASCII)

ROLE_NAME = r"[A-Za-z0-9_+=,.@-]{1,64}"
ROLE_ARN = Pattern(rf"arn:{PARTITION}:iam::{ACCOUNT}:role/(?:[!-~]+/)?{ROLE_NAME}", re.ASCII)
BARE_ROLE = Pattern(rf"/?(?:[A-Za-z0-9_+=,.@-]+/)*{ROLE_NAME}", re.ASCII)

OBJECT_ARN = Pattern(rf"arn:{PARTITION}:s3:::[^/]+/.+", re.ASCII)

ECR_IMAGE = Pattern(rf"{ACCOUNT}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/", re.ASCII)

ECR_PARTS = Pattern(r"(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.-]+/(.+)", re.ASCII)
"""The registry, region and repository of an image in ECR, in all partitions, dual-stack hosts (`.dkr-ecr.REGION.on.aws`) included."""
