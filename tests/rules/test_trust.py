"""Trusted execution: E468."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

TRUST = "trustedExecutionConfiguration"
SANDBOX = {"isolationMode": "ISOLATED_SANDBOX"}
POLICY = "eyJ2ZXJzaW9uIjogMX0="
CONFIDENTIAL = {"isolationMode": "CONFIDENTIAL_SANDBOX", "attestationPolicy": POLICY}
NO_POLICY = "the isolation mode `CONFIDENTIAL_SANDBOX` requires an attestation policy, and there is none"
ADD = "add `attestationPolicy`"


def managed(trust: Value) -> Value:
    return ec2(requiresCompatibilities=["MANAGED_INSTANCES"], networkMode="awsvpc", trustedExecutionConfiguration=trust)


@pytest.mark.parametrize(
    "value",
    [
        managed(None),
        managed({}),  # E304
        managed({"isolationMode": "SHARED"}),
        managed({"isolationMode": "SHARED", "attestationPolicy": ""}),
        managed(SANDBOX),
        managed(CONFIDENTIAL),
        managed({**CONFIDENTIAL, "attestationPolicy": "eyJ2\nZXJz\n"}),
        managed({**CONFIDENTIAL, "attestationPolicy": "eyJ-_w"}),
        managed({**SANDBOX, "attestationPolicy": POLICY}),
        managed({"isolationMode": "confidential_sandbox"}),  # E401
        ec2(requiresCompatibilities=None, trustedExecutionConfiguration=SANDBOX),
        ec2(requiresCompatibilities=[], trustedExecutionConfiguration=CONFIDENTIAL),
        ec2(trustedExecutionConfiguration={}),
        fargate(),
        ec2(),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E468") == []


@pytest.mark.parametrize(
    ("launch", "others"),
    [
        (["EC2"], ["EC2"]),
        (["FARGATE"], ["FARGATE"]),
        (["EXTERNAL"], ["EXTERNAL"]),
        (["EC2", "MANAGED_INSTANCES"], ["EC2"]),
        (["EC2", "FARGATE"], ["EC2", "FARGATE"]),
    ],
)
def test_other_launch_types_fail(launch: list[str], others: list[str]) -> None:
    value = ec2(requiresCompatibilities=launch, networkMode="awsvpc", trustedExecutionConfiguration=SANDBOX)
    notes = tuple(f"`requiresCompatibilities` has `{other}`" for other in others)
    message = f"`{TRUST}` is set, which only Managed Instances support"
    assert say(value, "E468") == [Said("E468", TRUST, message, notes, "remove it")]


@pytest.mark.parametrize(
    ("trust", "said"),
    [
        ({"isolationMode": "CONFIDENTIAL_SANDBOX"}, Said("E468", f"{TRUST}.isolationMode", NO_POLICY, (), ADD)),
        ({**CONFIDENTIAL, "attestationPolicy": ""}, Said("E468", f"{TRUST}.attestationPolicy", NO_POLICY, (), ADD)),
        (
            {**CONFIDENTIAL, "attestationPolicy": '{"version": 1}'},
            Said(
                "E468",
                f"{TRUST}.attestationPolicy",
                f"`{TRUST}.attestationPolicy` is not base64",
                (),
                "encode the policy with base64",
            ),
        ),
    ],
)
def test_policies_that_fail(trust: Value, said: Said) -> None:
    assert say(managed(trust), "E468") == [said]


def test_a_policy_that_may_only_be_misspelt_is_not_missed() -> None:
    assert say(managed({"isolationMode": "CONFIDENTIAL_SANDBOX", "attestationpolicy": POLICY}), "E468") == []
