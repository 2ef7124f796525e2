"""Which answers a new project can be made of: names that its files may have, and values in which `taskdef check` finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from generator.adopt.init.proof import Proof, prove
from generator.model.findings import WrongUsage
from generator.model.new_project import NewProject
from generator.project.inputs import check_names

OWNER = re.compile(r"@[\w-]+(?:/[\w.-]+)?|[^@\s#]+@[^@\s#]+", re.ASCII)
"""A user, a team or an address, as `CODEOWNERS` has them."""


def check_project(project: NewProject) -> Proof:
    """Prove a project; raises WrongUsage where its answers cannot make one."""
    check_name("task", project.name)
    check_environments(project.environments)
    for owner in project.owners:
        check_owner(owner)
    for option, text in (("account", project.account), ("region", project.region), ("install", project.source)):
        if not text.isprintable():
            raise WrongUsage(f"`--{option}` has characters that cannot be printed")
    proof = prove(project)
    for finding in proof.findings:
        unread = finding.code.startswith("E1")  # a value that no overlay may have
        raise WrongUsage(
            finding.message if unread else f"`taskdef check` would report {finding.code}: {finding.message}"
        )
    return proof


def check_environments(environments: Iterable[str]) -> None:
    """Refuse names that no environment may have, and two that are one file where systems ignore case."""
    seen: dict[str, str] = {}
    for env in environments:
        check_name("environment", env)
        if env.casefold() in seen:
            raise WrongUsage(f"`{seen[env.casefold()]}` and `{env}` name the same environment")
        seen[env.casefold()] = env
    if not seen:
        raise WrongUsage("a project has at least one environment")


def check_name(kind: Literal["task", "environment"], name: str) -> None:
    """Refuse a name that no file of the project may have, or that cannot be a part of a family."""
    check_names("", name) if kind == "task" else check_names(name, "")
    if not name:
        raise WrongUsage(f"the name of {'a task' if kind == 'task' else 'an environment'} is empty")
    if "." in name:
        raise WrongUsage(f"`{name}` has a dot, but becomes part of the family, which cannot have one")


def check_owner(owner: str) -> None:
    """Refuse what `CODEOWNERS` does not have."""
    if not OWNER.fullmatch(owner):
        raise WrongUsage(f"`{owner}` is not an owner: write `@user`, `@organization/team` or an email address")
