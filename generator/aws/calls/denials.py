"""Messages of AWS where it denies a request: which action, on what, by which kind of policy; and what to do about each kind. Asks nothing.

Sources: "Troubleshoot access denied error messages" (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html),
whose forms the patterns have; "Enhanced access denied error messages with policy ARNs" on the AWS Security Blog, for the ARN after the
kind; https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html for keys of KMS. Read 2026-11-29.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from generator.model.patterns import Pattern
from generator.model.records import Record

Kind: TypeAlias = Literal[
    "", "identity-based", "resource-based", "permissions boundary", "session", "service control", "resource control",
    "VPC endpoint", "role trust", "key",
]  # fmt: skip
"""The kind of policy that decided; empty if AWS does not say, `key` for what KMS did not give."""


class Denial(Record):
    """One request that was denied. `action` is what IAM calls it, empty if AWS does not say; `policy` is an ARN.

    `explicit` is that a statement denies it, so that no statement which allows it helps.
    """

    action: str = ""
    resource: str = ""
    kind: Kind = ""
    explicit: bool = False
    policy: str = ""


ACTION = Pattern(
    r"not authorized to perform:? (?P<action>[\w-]+:\w+)(?: on (?:the )?resource:? (?P<resource>[^\s,]+))?"
)
POLICY = Pattern(
    r"(?P<deny>with an explicit deny in|because no) (?:an? )?"
    r"(?P<kind>identity-based|resource-based|permissions boundary|session|service control|resource control|VPC endpoint|role trust)"
    r"(?: policy| policies)?(?:: (?P<policy>arn:[^\s,]+))?"
)
KEY = Pattern(r"Access to KMS is not allowed|ciphertext refers to a customer master key that does not exist")
DECRYPT = "kms:Decrypt"
"""What a reader of something encrypted needs, where AWS only says that KMS did not give the key."""


def read_denial(text: str) -> Denial | None:
    """Read what a text of AWS says about a denial; None if it is about none."""
    if KEY.search(text):
        return Denial(DECRYPT, kind="key")
    found = ACTION.search(text)
    if found is None:
        return None
    policy = POLICY.search(text)
    if policy is None:
        kind: Kind = "key" if found["action"].startswith("kms:") else ""
        return Denial(found["action"], cut_end(found["resource"]), kind)
    return Denial(
        found["action"],
        cut_end(found["resource"]),
        policy["kind"],  # type: ignore[arg-type]  # the pattern has just these
        policy["deny"] != "because no",
        cut_end(policy["policy"]),
    )


def cut_end(text: str | None) -> str:
    """Cut off the end of a sentence."""
    return (text or "").rstrip(".:;")


WHERE: Mapping[Kind, tuple[str, str]] = {
    "identity-based": ("a policy of the role or user", "a policy of the role or user"),
    "resource-based": ("the policy of the resource itself", "the policy of the resource itself"),
    "permissions boundary": ("the permissions boundary of the role or user", "the permissions boundary of the role or user"),
    "session": (
        "the policy that the session was given when the role was assumed",
        "the policy that the session is given when the role is assumed",
    ),
    "service control": (
        "a service control policy of the organization",
        "the service control policies of the organization, which only its management account can change,",
    ),
    "resource control": (
        "a resource control policy of the organization",
        "the resource control policies of the organization, which only its management account can change,",
    ),
    "VPC endpoint": ("the policy of the VPC endpoint on the way", "the policy of the VPC endpoint on the way"),
    "role trust": ("the trust policy of the role", "the trust policy of the role"),
}  # fmt: skip
"""By kind: who denies, and who does not allow."""

BEYOND = ("service control", "resource control")
"""Kinds of policies that the account itself cannot change."""


def advise_denied(denial: Denial, action: str) -> str:
    """State what has to change. `action` is the one to name."""
    what = f"`{action}`{f' on `{denial.resource}`' if denial.resource not in ('', '*') else ''}"
    if denial.kind == "key":
        return f"the role or user needs {what} in its policy, and the policy of the KMS key has to let it"
    if denial.kind == "" or (denial.kind == "identity-based" and not denial.explicit):
        return f"the role or user needs {what} in its policy"
    denies, allows = WHERE[denial.kind]
    if not denial.explicit:
        has = "have" if denial.kind in BEYOND else "has"
        return f"{allows} {has} to allow {what}"
    named = f" (`{denial.policy}`)" if denial.policy else ""
    change = ": only the organization's management account can change that" if denial.kind in BEYOND else ""
    return f"{denies}{named} denies {what}, and nothing that allows it helps{change}"
