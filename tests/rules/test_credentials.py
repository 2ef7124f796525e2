"""Credentials of registries and of Active Directory: E450 and E451."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

OBJECT = "arn:aws:s3:::credentials/app.json"
PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/app/spec"
SPEC = "containerDefinitions[app].credentialSpecs[0]"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-a1B2c3"
PARAMETER_OF_REGISTRY = "containerDefinitions[app].repositoryCredentials.credentialsParameter"


def login(reference: str) -> Value:
    """A task definition with an image of a private registry."""
    return ec2({"repositoryCredentials": {"credentialsParameter": reference}}, executionRoleArn="Ops")


@pytest.mark.parametrize(
    "value",
    [
        ec2({"credentialSpecs": [f"credentialspec:{OBJECT}"]}),
        ec2({"credentialSpecs": [f"credentialspec:{PARAMETER}"]}),
        ec2({"credentialSpecs": [f"credentialspecdomainless:{OBJECT}"]}),
        ec2({"credentialSpecs": ["credentialspec:arn:aws-cn:s3:::credentials/app.json"]}),
        ec2({"credentialSpecs": ["credentialspec:file://app.json"]}),
        ec2({"credentialSpecs": []}),
        ec2(),
        fargate({"credentialSpecs": [f"credentialspecdomainless:{OBJECT}"]}),
        fargate({"credentialSpecs": [f"credentialspecdomainless:{PARAMETER}"]}),
        login(SECRET),
        login("arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:registry"),
        login("registry"),
        login("prod/registry+v2@shop"),
        ec2({"repositoryCredentials": {}}),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E450", "E451") == []


BEGINNING = "which does not begin with `credentialspec:` or `credentialspecdomainless:`"
NEITHER = "which is the ARN neither of an object in S3 nor of a parameter"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            ec2({"credentialSpecs": [OBJECT]}),
            Said(
                "E450", SPEC, f"`{SPEC}` is `{OBJECT}`, {BEGINNING}", (), f"write `credentialspecdomainless:{OBJECT}`"
            ),
        ),
        (
            ec2({"credentialSpecs": ["app.json"]}),
            Said("E450", SPEC, f"`{SPEC}` is `app.json`, {BEGINNING}"),
        ),
        (
            ec2({"credentialSpecs": [""]}),
            Said("E450", SPEC, f"`{SPEC}` is ``, {BEGINNING}"),
        ),
        (
            ec2({"credentialSpecs": ["credentialspec:s3://credentials/app.json"]}),
            Said(
                "E450",
                SPEC,
                f"`{SPEC}` names `s3://credentials/app.json`, {NEITHER}",
                (),
                "write `credentialspec:arn:aws:s3:::BUCKET/KEY`",
            ),
        ),
        (
            fargate({"credentialSpecs": ["credentialspecdomainless:file://app.json"]}),
            Said(
                "E450",
                SPEC,
                f"`{SPEC}` names `file://app.json`, {NEITHER}",
                (),
                "write `credentialspecdomainless:arn:aws:s3:::BUCKET/KEY`",
            ),
        ),
        (
            fargate({"credentialSpecs": [f"credentialspec:{OBJECT}"]}),
            Said(
                "E450",
                SPEC,
                f"`{SPEC}` needs an instance that has joined a domain, and Fargate has none",
                (),
                f"write `credentialspecdomainless:{OBJECT}`",
            ),
        ),
        (
            login(f"{SECRET}:password::"),
            Said(
                "E451",
                PARAMETER_OF_REGISTRY,
                f"`{PARAMETER_OF_REGISTRY}` names a part of secret `registry-a1B2c3`, and ECS reads only the whole of it",
                (),
                f"write `{SECRET}`",
            ),
        ),
        (
            login(""),
            Said(
                "E451",
                PARAMETER_OF_REGISTRY,
                f"`{PARAMETER_OF_REGISTRY}` is empty, neither the ARN nor the name of a secret in Secrets Manager",
            ),
        ),
        *(
            (
                login(text),
                Said(
                    "E451",
                    PARAMETER_OF_REGISTRY,
                    f"`{PARAMETER_OF_REGISTRY}` is `{text}`, neither the ARN nor the name of a secret in Secrets Manager",
                ),
            )
            for text in (PARAMETER, "registry:password")
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E450", "E451") == [said]
