"""Secrets whose ARN may not be whole: it lacks what Secrets Manager adds to the name."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.references import SECRET_ARN, SUFFIX
from generator.model.findings import HERE, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, find_references


def check(task: Task) -> Iterator[Problem]:
    """Note each secret once, where it is first referred to; a name may end like a suffix too."""
    told: set[str] = set()
    for path, container in task.containers:
        for place, text in find_names(path, container):
            parts = text.split(":")
            arn = ":".join(parts[:7])
            if len(parts) < 7 or parts[2] != "secretsmanager" or parts[5] != "secret" or not parts[6] or arn in told:
                continue
            told.add(arn)
            if not SUFFIX.search(parts[6]):
                message = f"`{HERE}` names secret `{parts[6]}` without the hyphen and six characters that end its ARN"
                help = f"use the whole ARN: `aws secretsmanager describe-secret --secret-id {parts[6]} --query ARN`"
                yield Problem("W603", place, message, help=help)


def find_names(path: Path, container: Value) -> Iterator[tuple[Path, str]]:
    """Find what may refer to secrets."""
    yield from find_references(path, container)
    parameter = container.get("repositoryCredentials", {}).get("credentialsParameter", "")
    if SECRET_ARN.fullmatch(parameter):  # anything else is E451
        yield (*path, "repositoryCredentials", "credentialsParameter"), parameter
