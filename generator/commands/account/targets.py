"""The targets of a command in an account: from words to families, and one registered revision of each. Changes nothing.

Errors in artifacts do not matter here: the family comes from the committed artifact, else from the one rendered now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import find_newest, find_revision, list_arns, list_families, number_arn
from generator.aws.calls.usage import find_running, list_clusters, list_services
from generator.build.planning import PlannedProject, plan_project
from generator.commands.account.orders import Order, Pair, locate_release, make_release, name_artifact, select_pairs
from generator.commands.revision_words import LIVE
from generator.model.account import Revision
from generator.model.findings import Finding, InputError, WrongUsage, did_you_mean
from generator.model.gathering import gather
from generator.model.project import Project
from generator.model.records import Record
from generator.model.releases import Release
from generator.review.compare import build_for_comparison, make_side

NO_CLUSTER = "ClusterNotFoundException"

FEW = 4
"""Stretches of numbers that are reported one by one."""

MANY = 20
"""The number of existing names that are listed."""


class Unregistered(InputError):
    """A family has no revision, or none that is ACTIVE."""


class Found(Record):
    """The revision that a word names; `note` has the reason if it is not obvious."""

    revision: Revision
    note: str = ""


# From words to families.


def load_targets(project: Project, words: Sequence[str]) -> Order:
    """Find the family of each task that some words, `ENV` or `ENV/TASK`, stand for, and where it goes."""
    if not project.environments or not project.tasks:  # its findings say why
        return Order(plan_project(project), (), project.findings)
    planned = plan_project(project)
    pairs = select_pairs(project, words)
    environments = tuple(dict.fromkeys(environment for environment, _ in pairs))
    there = {(plan.environment, plan.task) for plan in planned.list_plans(environments, project.tasks)}
    reports = planned.list_reports(environments, project.tasks, placed=False)
    found = planned.secrets.hide_all(gather([each for each in reports if each.finding.severity == "error"]))
    if found:
        return Order(planned, (), found)
    if not there & set(pairs):
        raise WrongUsage(f"there is nothing to look at: {' and '.join(f'`{word}`' for word in words)} is switched off")
    return Order(planned, tuple(make_target(planned, pair) for pair in pairs if pair in there), ())


def find_ambiguous(planned: PlannedProject, pairs: Iterable[Pair]) -> tuple[Finding, ...]:
    """Find that the service of a task is named for others too, inherited or elsewhere (E133, E136, E139), where a command needs it."""
    found: dict[Finding, None] = {}
    for environment, task in pairs:
        places = planned.find_places(environment)
        misplaced = places.find_misplaced()
        if misplaced is not None and (misplaced.code == "E139" or places.find_service(task) is None):
            found[misplaced._replace(environments=(environment,))] = None
    return tuple(found)


def make_target(planned: PlannedProject, pair: Pair) -> Release:
    """Make a release from the committed artifact, or from the one rendered now if none is committed."""
    project, (environment, task) = planned.project, pair
    if f"{environment}/{task}.json" in project.artifacts:
        release = make_release(planned, pair, None)
        if release is None:
            raise InputError(
                f"{name_artifact(project, pair)}: no task definition", f"run `taskdef render {environment}`"
            )
        return release
    built = build_for_comparison(planned, [environment], task)
    side = make_side(project, built.artifacts[0] if built.artifacts else None, name_artifact(project, pair))
    if side is None:
        message = f"`{environment}/{task}` is not committed, and its sources do not render to a task definition"
        raise InputError(message, f"`taskdef check {environment}` shows why")
    return locate_release(planned, pair, side)


# From families to revisions.


def find_wanted(
    clients: Clients, release: Release, revision: str, *, cluster: str | None = None, service: str | None = None
) -> Found:
    """Find the revision that a number, `live` or nothing (the newest ACTIVE one) stands for; raises InputError if there is none."""
    clients = clients.within(release.region)
    if revision == LIVE:
        return find_live(clients, release, cluster or release.cluster, service or release.service)
    found = find_revision(clients, f"{release.family}:{revision}") if revision else find_newest(clients, release.family)
    if found is None and revision:
        refuse_number(clients, release, int(revision))
    if found is None:
        refuse_family(clients, release)
    return Found(found)


def find_live(clients: Clients, release: Release, cluster: str, service: str) -> Found:
    """Find the revision that a service runs; without a known service, the newest ACTIVE one."""
    if not service:
        newest = find_wanted(clients, release, "").revision
        why = "no service runs" if release.unserved else "no service is set for"
        note = f"{why} `{release.name}`: `{newest.name}` is the newest ACTIVE revision"
        return Found(newest, note)
    if not cluster:
        message = f"no cluster is set for the service `{service}`"
        raise InputError(message, f"set `aws.cluster` in the overlay of `{release.environment}`, or pass `--cluster`")
    try:
        arn = find_running(clients, cluster, service)
    except AwsError as error:
        if error.code != NO_CLUSTER:
            raise
        refuse_cluster(clients, cluster)
    if arn is None:
        refuse_service(clients, cluster, service)
    revision = find_revision(clients, arn) if arn else None
    if revision is None:
        raise InputError(f"the service `{service}` in the cluster `{cluster}` runs no revision")
    note = f"the service `{service}` in the cluster `{cluster}` runs `{revision.name}`"
    if revision.family != release.family:
        note += f", though the family of `{release.name}` is `{release.family}`"
    return Found(revision, note)


# What there is instead.


def refuse_number(clients: Clients, release: Release, number: int) -> NoReturn:
    """List the existing revisions, if the named one does not exist."""
    family = release.family
    active, inactive = (list_numbers(clients, family, status) for status in ("ACTIVE", "INACTIVE"))
    if not active and not inactive:
        refuse_family(clients, release)
    said = [
        f"{state_numbers(numbers, number)} {'is' if len(numbers) == 1 else 'are'} {status}"
        for numbers, status in ((active, "ACTIVE"), (inactive, "INACTIVE"))
        if numbers
    ]
    raise InputError(f"there is no revision {number} of `{family}`: {', '.join(said)}")


def list_numbers(clients: Clients, family: str, status: str) -> list[int]:
    return [number_arn(arn) for arn in list_arns(clients, family, status=status)]


def state_numbers(numbers: Iterable[int], near: int) -> str:
    """List the existing numbers, as ranges; of many, the first, the last, and those around another number."""
    stretches: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    if len(stretches) > FEW:
        below = [each for each in stretches if each[1] < near][-1:]
        above = [each for each in stretches if each[0] > near][:1]
        stretches = sorted({stretches[0], *below, *above, stretches[-1]})
        said = [state_stretch(each) for each in stretches]
        return f"among others {' and '.join(filter(None, (', '.join(said[:-1]), said[-1])))}"
    said = [state_stretch(each) for each in stretches]
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def state_stretch(stretch: tuple[int, int]) -> str:
    first, last = stretch
    return str(first) if first == last else f"{first} to {last}"


def refuse_family(clients: Clients, release: Release) -> NoReturn:
    """Report that a family has no ACTIVE revision, and a likely reason: another name, or all were deregistered."""
    family = release.family
    caller = clients.find_caller()
    where = f"account {caller.account}, {clients.region}"
    inactive = list_arns(clients, family, status="INACTIVE")
    if inactive:
        newest = number_arn(inactive[0])
        help = f"`taskdef show {release.name}:{newest}` shows the newest of these"
        count = f"{len(inactive)} are INACTIVE" if len(inactive) > 1 else f"{newest} is INACTIVE"
        raise Unregistered(f"`{family}` has no ACTIVE revision in {where}: {count}", help)
    message = f"no revision of `{family}` was ever registered in {where}"
    near = find_near_family(clients, family)
    raise Unregistered(f"{message}; there is `{near}`" if near else message, f"`taskdef register {release.name}` does")


def find_near_family(clients: Clients, family: str) -> str | None:
    """Find a family with a similar name; none if the caller may not list them."""
    try:
        return did_you_mean(family, list_families(clients))
    except AwsError as error:
        if not error.denied:
            raise
        return None


def refuse_cluster(clients: Clients, cluster: str) -> NoReturn:
    """List the existing clusters."""
    names = tuple(sorted(arn.rpartition("/")[2] for arn in list_clusters(clients)))
    raise InputError(state_unknown("cluster", cluster, names, clients.region))


def refuse_service(clients: Clients, cluster: str, service: str) -> NoReturn:
    """List the services of a cluster."""
    raise InputError(state_unknown("service", service, list_services(clients, cluster), f"the cluster `{cluster}`"))


def state_unknown(kind: str, name: str, known: tuple[str, ...], where: str) -> str:
    """Report that a thing does not exist, with a similar name and the existing ones."""
    near = did_you_mean(name, known)
    meant = f"; did you mean `{near}`?" if near else ""
    listed = ", ".join(f"`{each}`" for each in known[:MANY])
    rest = f" and {len(known) - MANY} more" if len(known) > MANY else ""
    return f"there is no {kind} `{name}` in {where}{meant} ({f'there is {listed}{rest}' if known else 'it has none'})"
