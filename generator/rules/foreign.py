"""Roles, secrets, images and logs of another account or region than that of the environment: often one of another environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.rules.task import Target, Task, find_references

ARN = Pattern(r"arn:[\w-]+:[\w-]+:([a-z0-9-]*):(\d{12}):", re.ASCII)
REGISTRY = Pattern(r"\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|on\.aws)", re.ASCII)
"""The host of an image in ECR, with its region. Its account may well be another: many have one registry for all."""


def check(task: Task) -> Iterator[Problem]:
    target = task.target
    if target is None or not (target.account or target.region):
        return
    for path, value in find_names(task):
        yield from check_reference(path, value, target)
    for path, container in task.containers:
        yield from check_regions(path, container, target)


def find_names(task: Task) -> Iterator[tuple[Path, str]]:
    """Find what names something of AWS that the task is given: not the values of the application, which may name anything."""
    document = task.document
    for member in ("taskRoleArn", "executionRoleArn"):
        if member in document:
            yield (member,), document[member]
    for path, container in task.containers:
        yield from find_references(path, container)
        parameter = container.get("repositoryCredentials", {}).get("credentialsParameter")
        if parameter:
            yield (*path, "repositoryCredentials", "credentialsParameter"), parameter
        for index, spec in enumerate(container.get("credentialSpecs", ())):
            yield (*path, "credentialSpecs", index), spec
    for path, volume in task.volumes:
        fsx = volume.get("fsxWindowsFileServerVolumeConfiguration", {}).get("authorizationConfig", {})
        if "credentialsParameter" in fsx:
            where = (*path, "fsxWindowsFileServerVolumeConfiguration", "authorizationConfig", "credentialsParameter")
            yield where, fsx["credentialsParameter"]
        system = volume.get("s3filesVolumeConfiguration", {}).get("fileSystemArn")
        if system:
            yield (*path, "s3filesVolumeConfiguration", "fileSystemArn"), system


def check_reference(path: Path, value: str, target: Target) -> Iterator[Problem]:
    """Compare the account and region of an ARN, if it has them, with those of the environment."""
    match = ARN.search(value)
    if match is None:
        return
    region, account = match.groups()
    other = account if target.account and account != target.account else ""
    elsewhere = region if target.region and region and region != target.region else ""
    if other or elsewhere:
        where = " and ".join(filter(None, (other and f"in account {other}", elsewhere and f"in {elsewhere}")))
        fact = state_target(target, account=bool(other), region=bool(elsewhere))
        yield Problem("W611", path, f"`{HERE}` is {where}", (fact,), cause=where)


def check_regions(path: Path, container: Value, target: Target) -> Iterator[Problem]:
    """Compare the regions of a container's image and logs with that of the environment."""
    if not target.region:
        return
    fact = state_target(target, account=False, region=True)
    match = REGISTRY.match(container.get("image", ""))
    if match is not None and match[1] != target.region:
        yield Problem("W612", (*path, "image"), f"`{HERE}` is pulled from {match[1]}", (fact,), cause=match[1])
    logging = container.get("logConfiguration", {})
    region = logging.get("options", {}).get("awslogs-region") if logging.get("logDriver") == "awslogs" else None
    if region and region != target.region:
        where = (*path, "logConfiguration", "options", "awslogs-region")
        yield Problem("W612", where, f"`{HERE}` sends logs to {region}", (fact,), cause=region)


def state_target(target: Target, *, account: bool, region: bool) -> Fact:
    """State where an environment is, as far as that is of interest."""
    where = " and ".join(filter(None, (f"in account {target.account}" * account, f"in {target.region}" * region)))
    return Fact(f"`{target.environment}` is {where}, by `aws` in its overlay")
