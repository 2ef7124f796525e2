"""A way from a document written as Python values to what the rules say of it, so that a test shows both on one screen."""

from __future__ import annotations

import json
from typing import NamedTuple

from generator.documents.parsing.document import parse_json
from generator.documents.places import locate_problem
from generator.model.findings import Finding, Level, Source
from generator.model.nodes import Value
from generator.rules import RULES, Target
from generator.rules.validating import Validator

ROLE = "arn:aws:iam::123456789012:role/App"
FARGATE: Value = {
    "family": "app",
    "executionRoleArn": ROLE,
    "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "512",
    "memory": "1024",
}
"""What a task definition for Fargate has beside its containers; with one that has a name, an image and logs nothing is said of it."""
LOGS: Value = {
    "logDriver": "awslogs",
    "options": {"awslogs-group": "/app", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app"},
}
CONTAINER: Value = {"name": "app", "image": "app:v1", "logConfiguration": LOGS}


class Said(NamedTuple):
    """A finding, without what the reporters need."""

    code: str
    path: str
    message: str
    notes: tuple[str, ...] = ()
    help: str | None = None


def fargate(container: Value | None = None, **members: Value) -> Value:
    """A task definition for Fargate with one container, the given members put in; a member that is None is left out."""
    return document({**FARGATE, **members}, {**CONTAINER, **(container or {})})


def ec2(container: Value | None = None, **members: Value) -> Value:
    """A task definition for EC2 with one container of 256 MiB, the given members put in; a member that is None is left out."""
    base = {"family": "app", "requiresCompatibilities": ["EC2"], **members}
    return document(base, {"name": "app", "image": "app:v1", "memory": 256, **(container or {})})


def document(members: Value, *containers: Value) -> Value:
    """A task definition of members and containers, without those that are None."""
    kept = [{name: value for name, value in container.items() if value is not None} for container in containers]
    whole = {"containerDefinitions": kept, **members} if containers else members
    return {name: value for name, value in whole.items() if value is not None}


def find(
    value: Value, *codes: str, target: Target | None = None, levels: dict[str, Level] | None = None
) -> tuple[Finding, ...]:
    """Find what is said of a document; with codes, only by these rules, which are switched on if they are off."""
    unknown = set(codes) - set(RULES)
    assert not unknown, f"there is no rule {unknown}"
    chosen: dict[str, Level] = {code: "warning" for code in codes if RULES[code].level == "off"}
    validator = Validator({**chosen, **(levels or {})})
    node, findings = parse_json(Source("app.json", json.dumps(value, indent=2)))
    assert node is not None and findings == ()
    found = (
        locate_problem(problem, node, validator.weigh(problem.code))[0]
        for problem in validator.validate(value, target)
        if not codes or problem.code in codes
    )
    return tuple(found)


def say(value: Value, *codes: str, target: Target | None = None, levels: dict[str, Level] | None = None) -> list[Said]:
    """Say what is found of a document, in the words of the findings."""
    return [
        Said(
            finding.code,
            finding.path or "",
            finding.message,
            tuple(note.text.partition(", set in ")[0] for note in finding.notes),
            finding.help,
        )
        for finding in find(value, *codes, target=target, levels=levels)
    ]
