"""Words that name a revision by a family, like `trading-bot-prod:3`: which task of which environment that is one of. Asks AWS nothing."""

from __future__ import annotations

import re
from shlex import quote

from generator.build.planning import PlannedProject, plan_project
from generator.commands.account.orders import Pair
from generator.commands.account.targets import make_target
from generator.commands.revision_words import LIVE, split_revision, state_unknown_revision
from generator.model.account import Service
from generator.model.findings import InputError, WrongUsage
from generator.model.project import Project
from generator.model.releases import Release

ARN = re.compile(r"arn:[^:]+:ecs:[^:]*:[^:]*:task-definition/([^:/]+:[0-9]+)")


def name_environment(project: Project, word: str) -> str:
    """Spell a revision that is named by its family, `trading-bot-prod:3`, by its environment: `prod/web:3`. Others stay as they are."""
    where, revision = split_revision(word)
    if not revision or where.partition("/")[0] in project.environments:
        return word
    releases = list_family(plan_project(project), where)
    if len(releases) > 1:
        names = ", ".join(f"`{each.name}`" for each in releases)
        raise WrongUsage(f"`{where}` is the family of {names}: name one, like `{releases[0].name}:{revision}`")
    return f"{releases[0].name}:{revision}" if releases else word


def list_family(planned: PlannedProject, family: str) -> tuple[Release, ...]:
    """List the tasks of environments that have a family."""
    return tuple(each for pair in list_pairs(planned) for each in find_target(planned, pair) if each.family == family)


def list_pairs(planned: PlannedProject) -> tuple[Pair, ...]:
    """List all tasks of all environments."""
    project = planned.project
    return tuple((plan.environment, plan.task) for plan in planned.list_plans(project.environments, project.tasks))


def find_target(planned: PlannedProject, pair: Pair) -> tuple[Release, ...]:
    """Find the family of a task and its destination; none if its sources cannot be rendered."""
    try:
        return (make_target(planned, pair),)
    except InputError:
        return ()


def find_number(planned: PlannedProject, release: Release, service: Service, word: str) -> int | None:
    """Find which revision of its own family a task is to go to: `3`, `prod:3`, `prod/web:3`, `family:3` or an ARN.

    None stands for a word that names none. A revision of another family is refused with the command that goes there.
    """
    if word.isascii() and word.isdecimal():
        return int(word)
    if ":" not in word:
        return None
    match = ARN.fullmatch(word)
    where, revision = split_revision(match[1] if match else word)
    if not revision or revision == LIVE:
        raise WrongUsage(state_unknown_revision(word).partition(", or")[0])
    if where in (release.family, release.environment, release.name):
        return int(revision)
    others = find_others(planned, where)
    if any(each.family == release.family and is_beside(each, release) for each in others):
        return int(revision)
    if others:
        named = " and ".join(f"`{each.name}`" for each in others)
        message = f"`{word}` is a revision of {named}, and `{release.name}` is `{release.family}`"
        raise InputError(message, f"`taskdef rollback {others[0].name} --to {revision}` brings its own service there")
    message = f"`{word}` is in no family of this project, and `{release.name}` is `{release.family}`"
    raise InputError(
        message, f"`{spell_update(release, service, f'{where}:{revision}')}` brings the service there anyway"
    )


def spell_update(release: Release, service: Service, revision: str) -> str:
    """Write the command of the AWS command line that updates a service to any revision."""
    region = f"--region {quote(release.region)} " if release.region else ""
    where = f"{region}--cluster {quote(service.cluster)} --service {quote(service.name)}"
    return f"aws ecs update-service {where} --task-definition {quote(revision)}"


def find_others(planned: PlannedProject, where: str) -> tuple[Release, ...]:
    """Find the tasks that a name stands for: an environment, a task of one, or a family."""
    environment, _, task = where.partition("/")
    if environment in planned.project.environments:
        pairs = (pair for pair in list_pairs(planned) if pair[0] == environment and task in ("", pair[1]))
        return tuple(each for pair in pairs for each in find_target(planned, pair))
    return list_family(planned, where)


def is_beside(one: Release, other: Release) -> bool:
    """Whether two tasks go to the same account and region, so that one family is the same family."""
    return (one.account, one.region) == (other.account, other.region)
