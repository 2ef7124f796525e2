"""Credentials of private registries and of Active Directory: the references to them are of the kind that ECS reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.references import BARE_SECRET, OBJECT_ARN, PARAMETER_ARN, SECRET_ARN
from generator.model.findings import HERE, Change, Path, Problem
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.rules.task import Task

SPEC = Pattern(r"(credentialspec|credentialspecdomainless):(.*)", re.DOTALL)


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        for index, spec in enumerate(container.get("credentialSpecs", ())):
            yield from check_spec(task, (*path, "credentialSpecs", index), spec)
        if "repositoryCredentials" in container:
            yield from check_registry(path, container["repositoryCredentials"])


def check_spec(task: Task, path: Path, spec: str) -> Iterator[Problem]:
    """Check the reference to a credential spec; a file of the instance is one too, though no page says so."""
    match = SPEC.fullmatch(spec)
    if match is None:
        message = f"`{HERE}` is `{spec}`, which does not begin with `credentialspec:` or `credentialspecdomainless:`"
        bare = OBJECT_ARN.fullmatch(spec) or PARAMETER_ARN.fullmatch(spec)
        written = f"credentialspecdomainless:{spec}"
        change = Change("text", written) if bare else None
        yield Problem("E450", path, message, help=f"write `{written}`" if bare else None, change=change)
    elif task.fargate and match[1] == "credentialspec":
        message = f"`{HERE}` needs an instance that has joined a domain, and Fargate has none"
        written = f"credentialspecdomainless:{match[2]}"
        yield Problem("E450", path, message, help=f"write `{written}`", change=Change("text", written))
    elif not (
        OBJECT_ARN.fullmatch(match[2])
        or PARAMETER_ARN.fullmatch(match[2])
        or (match[2].startswith("file://") and not task.fargate)
    ):
        message = f"`{HERE}` names `{match[2]}`, which is the ARN neither of an object in S3 nor of a parameter"
        yield Problem("E450", path, message, help=f"write `{match[1]}:arn:aws:s3:::BUCKET/KEY`")


def check_registry(path: Path, credentials: Value) -> Iterator[Problem]:
    """Check the reference to the secret with the user and password of a registry: it is the whole secret."""
    text = credentials.get("credentialsParameter")
    if text is None or SECRET_ARN.fullmatch(text) or BARE_SECRET.fullmatch(text):
        return
    path = (*path, "repositoryCredentials", "credentialsParameter")
    whole = ":".join(text.split(":")[:7])
    if whole != text and SECRET_ARN.fullmatch(whole):
        message = f"`{HERE}` names a part of secret `{whole.split(':')[6]}`, and ECS reads only the whole of it"
        yield Problem("E451", path, message, help=f"write `{whole}`", change=Change("text", whole))
    else:
        given = f"`{text}`" if text else "empty"
        message = f"`{HERE}` is {given}, neither the ARN nor the name of a secret in Secrets Manager"
        yield Problem("E451", path, message)
