"""What AWS says about a denied request, kind by kind, and the one thing that its help names.

The texts have the forms of AWS's own page and blog post, which the module names. Names and accounts are made up.
"""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from generator.aws.calls.denials import Denial, read_denial
from generator.aws.calls.errors import AwsError, tell_answer

ASKED = "ecs:RegisterTaskDefinition"
USER = "User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: "
FAMILY = "arn:aws:ecs:us-east-1:111122223333:task-definition/web:*"
ROLE = "arn:aws:iam::111122223333:role/exec"
SCP = "arn:aws:organizations::444455556666:policy/o-exampleorg/service_control_policy/p-example1"
OWN = "arn:aws:iam::111122223333:policy/NoTags"

DENIALS: list[tuple[str, Denial, str]] = [
    (
        f"{USER}{ASKED} on resource: * because no identity-based policy allows the {ASKED} action",
        Denial(ASKED, "*", "identity-based"),
        f"the role or user needs `{ASKED}` in its policy",
    ),
    (
        f"{USER}ecs:TagResource on resource: {FAMILY} because no identity-based policy allows the ecs:TagResource action",
        Denial("ecs:TagResource", FAMILY, "identity-based"),
        f"the role or user needs `ecs:TagResource` on `{FAMILY}` in its policy",
    ),
    (
        f"{USER}iam:PassRole on resource: {ROLE} because no identity-based policy allows the iam:PassRole action.",
        Denial("iam:PassRole", ROLE, "identity-based"),
        f"the role or user needs `iam:PassRole` on `{ROLE}` in its policy",
    ),
    (
        f"{USER}iam:PassRole on resource: {ROLE}",  # older answers do not say why
        Denial("iam:PassRole", ROLE),
        f"the role or user needs `iam:PassRole` on `{ROLE}` in its policy",
    ),
    (
        f"{USER}ecs:TagResource on resource: {FAMILY} with an explicit deny in an identity-based policy",
        Denial("ecs:TagResource", FAMILY, "identity-based", explicit=True),
        f"a policy of the role or user denies `ecs:TagResource` on `{FAMILY}`, and nothing that allows it helps",
    ),
    (
        f"{USER}ecs:TagResource on resource: {FAMILY} with an explicit deny in an identity-based policy: {OWN}",
        Denial("ecs:TagResource", FAMILY, "identity-based", True, OWN),
        f"a policy of the role or user (`{OWN}`) denies `ecs:TagResource` on `{FAMILY}`, and nothing that allows it helps",
    ),
    (
        f"{USER}{ASKED} on resource: * with an explicit deny in a service control policy",
        Denial(ASKED, "*", "service control", explicit=True),
        f"a service control policy of the organization denies `{ASKED}`, and nothing that allows it helps: only the organization's "
        "management account can change that",
    ),
    (
        f"{USER}{ASKED} on resource: * with an explicit deny in a service control policy: {SCP}",
        Denial(ASKED, "*", "service control", True, SCP),
        f"a service control policy of the organization (`{SCP}`) denies `{ASKED}`, and nothing that allows it helps: only the "
        "organization's management account can change that",
    ),
    (
        f"{USER}{ASKED} because no service control policy allows the {ASKED} action",
        Denial(ASKED, "", "service control"),
        "the service control policies of the organization, which only its management account can change, have to allow "
        f"`{ASKED}`",
    ),
    (
        f"{USER}secretsmanager:GetSecretValue on resource: x with an explicit deny in a resource control policy",
        Denial("secretsmanager:GetSecretValue", "x", "resource control", explicit=True),
        "a resource control policy of the organization denies `secretsmanager:GetSecretValue` on `x`, and nothing that allows it "
        "helps: only the organization's management account can change that",
    ),
    (
        f"{USER}{ASKED} on resource: * because no permissions boundary allows the {ASKED} action",
        Denial(ASKED, "*", "permissions boundary"),
        f"the permissions boundary of the role or user has to allow `{ASKED}`",
    ),
    (
        f"{USER}{ASKED} on resource: * with an explicit deny in a permissions boundary: {OWN}",
        Denial(ASKED, "*", "permissions boundary", True, OWN),
        f"the permissions boundary of the role or user (`{OWN}`) denies `{ASKED}`, and nothing that allows it helps",
    ),
    (
        f"{USER}{ASKED} on resource: * because no session policy allows the {ASKED} action",
        Denial(ASKED, "*", "session"),
        f"the policy that the session is given when the role is assumed has to allow `{ASKED}`",
    ),
    (
        f"{USER}{ASKED} on resource: * with an explicit deny in a session policy",
        Denial(ASKED, "*", "session", explicit=True),
        f"the policy that the session was given when the role was assumed denies `{ASKED}`, and nothing that allows it helps",
    ),
    (
        f"{USER}{ASKED} on resource: * because no VPC endpoint policy allows the {ASKED} action",
        Denial(ASKED, "*", "VPC endpoint"),
        f"the policy of the VPC endpoint on the way has to allow `{ASKED}`",
    ),
    (
        f"{USER}ecr:DescribeImages on resource: y because no resource-based policy allows the ecr:DescribeImages action",
        Denial("ecr:DescribeImages", "y", "resource-based"),
        "the policy of the resource itself has to allow `ecr:DescribeImages` on `y`",
    ),
    (
        f"{USER}kms:Decrypt on resource: z because no resource-based policy allows the kms:Decrypt action",
        Denial("kms:Decrypt", "z", "resource-based"),
        "the policy of the resource itself has to allow `kms:Decrypt` on `z`",
    ),
    (
        "Access to KMS is not allowed",
        Denial("kms:Decrypt", kind="key"),
        "the role or user needs `kms:Decrypt` in its policy, and the policy of the KMS key has to let it",
    ),
    (
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to "
        "access.",
        Denial("kms:Decrypt", kind="key"),
        "the role or user needs `kms:Decrypt` in its policy, and the policy of the KMS key has to let it",
    ),
    (
        f"{USER}sts:AssumeRole on resource: {ROLE} because no role trust policy allows the sts:AssumeRole action",
        Denial("sts:AssumeRole", ROLE, "role trust"),
        f"the trust policy of the role has to allow `sts:AssumeRole` on `{ROLE}`",
    ),
]


def tell(text: str, code: str = "AccessDeniedException") -> AwsError:
    return tell_answer(ClientError({"Error": {"Code": code, "Message": text}}, "RegisterTaskDefinition"), ASKED)


@pytest.mark.parametrize(("text", "denial", "help"), DENIALS, ids=[help for _, _, help in DENIALS])
def test_the_answer_says_what_is_denied_and_by_what(text: str, denial: Denial, help: str) -> None:
    assert read_denial(text) == denial
    error = tell(text)
    assert (error.help, error.operation, error.denied) == (help, denial.action, True)
    needing = "" if denial.action == ASKED else f", which `{ASKED}` needs"
    assert str(error).startswith(f"AWS denies `{denial.action}`{needing}: ")


def test_a_denial_under_another_code_is_one_all_the_same() -> None:
    """ECS answers with a ClientException where the caller may not pass a role."""
    error = tell(f"{USER}iam:PassRole on resource: {ROLE}", "ClientException")
    assert (error.denied, error.operation) == (True, "iam:PassRole")


@pytest.mark.parametrize(
    "text", ["", "no", "User ci may not", "You are not authorized to use the requested launch type"]
)
def test_an_answer_that_names_nothing_is_about_what_was_asked(text: str) -> None:
    assert read_denial(text) is None
    error = tell(text)
    assert (error.operation, error.help) == (ASKED, f"the role or user needs `{ASKED}` in its policy")


def test_an_action_is_called_as_iam_calls_it() -> None:
    denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "DescribeFileSystems")
    error = tell_answer(denied, "efs:DescribeFileSystems")
    assert str(error) == "AWS denies `elasticfilesystem:DescribeFileSystems`: AccessDeniedException"


def test_an_account_without_the_service_needs_no_policy() -> None:
    assert tell("The AWS Access Key Id needs a subscription for the service", "OptInRequired").help == (
        "let the account sign up for that service"
    )
