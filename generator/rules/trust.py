"""Trusted execution: only Managed Instances have it, and a confidential task needs its attestation policy."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.containers import BASE64
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, find_others

PATH = ("trustedExecutionConfiguration",)
POLICY = "attestationPolicy"
CONFIDENTIAL = "CONFIDENTIAL_SANDBOX"


def check(task: Task) -> Iterator[Problem]:
    trust = task.document.get(PATH[0])
    if not trust:
        return
    others = find_others(task, "MANAGED_INSTANCES")
    if others:
        message = f"`{HERE}` is set, which only Managed Instances support"
        facts = tuple(Fact(f"`{HERE}` has `{other}`", ("requiresCompatibilities",)) for other in others)
        yield Problem("E468", PATH, message, facts, "remove it", key=True, change=Change("remove"))
    yield from check_policy(trust)


def check_policy(trust: Value) -> Iterator[Problem]:
    """Check that there is a policy where a task is confidential, and that a policy is base64."""
    policy, path = trust.get(POLICY), (*PATH, POLICY)
    if policy:
        if not BASE64.fullmatch("".join(policy.split())):
            yield Problem("E468", path, f"`{HERE}` is not base64", help="encode the policy with base64")
    elif trust.get("isolationMode") == CONFIDENTIAL:
        where: Path = path if policy == "" else (*PATH, "isolationMode")
        message = f"the isolation mode `{CONFIDENTIAL}` requires an attestation policy, and there is none"
        missing = None if policy == "" else POLICY
        yield Problem("E468", where, message, help=f"add `{POLICY}`", missing=missing)
