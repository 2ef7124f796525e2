"""Chooses the revision for a rollback. Reports skipped ones with the reason; chooses none if two fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import USABLE, find_revision, iterate_revisions, list_arns, name_family
from generator.aws.calls.services import Steady, list_steady
from generator.aws.rollout import is_taken_back
from generator.build.planning import PlannedProject
from generator.commands.account.families import find_number, spell_update
from generator.commands.account.fitting import find_misfits
from generator.commands.account.provenance import weigh
from generator.documents.hiding import make_secrets
from generator.model.account import Deployment, Revision, Service, name_revision
from generator.model.account_events import Choice
from generator.model.findings import InputError, WrongUsage
from generator.model.records import Record
from generator.model.releases import Provenance, Release
from generator.model.tags import COMMIT_TAG, DIRTY, VERSION_TAG
from generator.project.commits import find_history, resolve_tag
from generator.project.git import Repository
from generator.review.fingerprint import make_fingerprint

WHOLE = 40
"""Digits of a commit that is spelt out."""

MOST_INACTIVE = 50
"""The number of deregistered revisions to check, newest first, if no ACTIVE one fits: only to report that one does."""


class Errand(Record):
    """A service to roll back, and its owner."""

    root: str
    clients: Clients
    planned: PlannedProject
    release: Release
    service: Service


class Destination(Record):
    """The revision for a rollback, and the reason, as in `DestinationChosen`. `passed` has the reasons for skipping others."""

    revision: Revision
    choice: Choice
    mark: str = ""
    passed: tuple[str, ...] = ()


def choose_named(errand: Errand, to: str) -> Destination:
    """Choose the revision that a number, a name, an ARN, a commit or a version stands for, of the task's own family."""
    release = errand.release
    number = find_number(errand.planned, release, errand.service, to)
    if number is None:
        return choose_tagged(errand, to)
    name = f"{release.family}:{number}"
    revision = find_revision(errand.clients, to if to.startswith("arn:") else name)
    if revision is None and could_be_commit(to):
        return choose_tagged(errand, to)
    if revision is None:
        raise WrongUsage(f"there is no revision `{name}`")
    if to.startswith("arn:") and revision.arn != to:
        raise WrongUsage(
            f"`{to}` is in another account or region than `{release.name}`, whose revision is {revision.arn}"
        )
    if revision.status not in USABLE:
        raise WrongUsage(f"`{revision.name}` is {revision.status}: ECS starts no task from it")
    return Destination(revision, "named")


def could_be_commit(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{7,40}", text) is not None


# The last that was steady.


def choose_steady(errand: Errand) -> Destination:
    """Choose the last revision that was steady, other than the one that the service has now."""
    service, current = errand.service, name_revision(errand.service.revision)
    if is_taken_back(service):
        raise InputError(
            f"ECS has already rolled the last deployment back: `{service.name}` is on `{current}`",
            "name a revision with `--to` to go back further",
        )
    steady, untold = ask_steady(errand)
    passed: list[str] = []
    for arn, at in list_candidates(service, steady):
        revision = find_revision(errand.clients, arn) if name_family(arn) == errand.release.family else None
        fault = find_fault(errand.release, arn, revision) or find_misfit(errand, revision)
        if fault:
            passed.append(fault)
        elif revision is not None:
            newer = (*find_unfinished(service, steady, since=at), *passed)
            return Destination(revision, "steady" if at else "before", at, tuple(newer))
    passed = [*find_unfinished(service, steady), *passed]
    help = advise(errand, steady)
    if passed:
        said = "; ".join((*passed, *([f"ECS does not report others: {untold}"] if untold else ())))
        raise InputError(f"no revision is left that `{service.name}` could go back to from `{current}`: {said}", help)
    if untold:
        message = f"ECS does not report which revision of `{service.name}` was steady before `{current}`: {untold}"
        raise InputError(message, help)
    raise InputError(f"ECS remembers no revision of `{service.name}` that was steady before `{current}`", help)


def advise(errand: Errand, steady: Iterable[Steady]) -> str:
    """Suggest what to do if no revision is chosen: the last one may belong to a renamed family."""
    service, family = errand.service, errand.release.family
    foreign = [arn for arn, _ in list_candidates(service, steady) if name_family(arn) != family]
    if not foreign:
        return f"`taskdef revisions {errand.release.name}` lists them: name one with `--to`"
    return f"`{spell_update(errand.release, service, name_revision(foreign[0]))}` goes to the last one, which is of another family"


def ask_steady(errand: Errand) -> tuple[tuple[Steady, ...], str]:
    """Find which revisions were steady, newest first, or why ECS does not report it."""
    try:
        return list_steady(errand.clients, errand.service), ""
    except AwsError as error:
        if not error.denied:
            raise InputError(str(error), error.help or "name a revision with `--to`") from None
        return (), str(error)


def list_candidates(service: Service, steady: Iterable[Steady]) -> Iterator[tuple[str, str]]:
    """List the ARNs of revisions that were steady, and since when if that is known; last those that only the service remembers."""
    times: dict[str, str] = {}
    for each in steady:
        times.setdefault(each.revision, each.at)
    for deployment in service.deployments:
        if deployment.rollout in ("COMPLETED", ""):
            times.setdefault(deployment.revision, "")
    yield from ((arn, at) for arn, at in times.items() if arn != service.revision)


def find_unfinished(service: Service, steady: Iterable[Steady], *, since: str = "") -> Iterator[str]:
    """List the revisions with deployments, started after some time, that were never steady."""
    known = {service.revision, *(each.revision for each in steady)}
    for each in unite_deployments(service.deployments):
        if each.revision not in known and each.rollout not in ("COMPLETED", "") and each.created_at > since:
            yield f"`{name_revision(each.revision)}` was never steady: its deployment is {each.rollout}"


def unite_deployments(deployments: Iterable[Deployment]) -> Iterable[Deployment]:
    """Keep the newest deployment of each revision."""
    found: dict[str, Deployment] = {}
    for each in deployments:
        found.setdefault(each.revision, each)
    return found.values()


def find_fault(release: Release, arn: str, revision: Revision | None) -> str:
    """Find why a service cannot return to a revision that was steady; empty if it can."""
    name = name_revision(arn)
    if name_family(arn) != release.family:
        return f"`{name}` is not in the family `{release.family}`"
    if revision is None:
        return f"ECS no longer knows `{name}`"
    if revision.status not in USABLE:
        return f"`{name}` is {revision.status}, so ECS starts no task from it"
    return ""


def find_misfit(errand: Errand, revision: Revision | None) -> str:
    """Find the demand of the changed service that a former revision does not meet; empty if it fits."""
    if revision is None:
        return ""
    texts = [each.message for each in find_misfits(errand.clients, errand.service, revision)]
    more = f" (and {len(texts) - 1} more)" if len(texts) > 1 else ""
    return make_secrets([revision.document]).scrub(f"{texts[0]}{more}") if texts else ""


# By a commit or version.


class Claims(Record):
    """Revisions that were registered from a commit or version, by their tags and by their content."""

    good: tuple[tuple[Revision, Provenance], ...] = ()
    passed: tuple[str, ...] = ()


def choose_tagged(errand: Errand, to: str) -> Destination:
    """Choose the newest revision that was registered from a commit or version, by its tags and its content.

    ECS is asked for all of them, since another may say the same, unless git shows that one is what that commit has.
    """
    history = find_history(errand.root)
    tagged = resolve_tag(history, to) if history is not None else ""
    claims = collect_claims(errand, history, to, tagged)
    if not claims.good:
        refuse_claims(errand, to, tagged, claims)
    good = [each for each in claims.good if each[1].by_git] or list(claims.good)
    commits = sorted({revision.find_tag(COMMIT_TAG) for revision, _ in good})
    if len(commits) > 1 and not is_version(good, to):
        raise WrongUsage(f"`{to}` begins {len(commits)} commits: {', '.join(f'`{each}`' for each in commits)}")
    if len({make_fingerprint(revision.document) for revision, _ in good}) > 1:
        names = ", ".join(f"`{revision.name}`" for revision, _ in good)
        message = f"{names} are all tagged as registered from `{to}`, and differ: nothing here shows which one was"
        raise InputError(message, "name one of these numbers with `--to`")
    revision = good[0][0]
    mark = to if is_version(good, to) else commits[0][:12]
    return Destination(revision, "registered", mark, claims.passed)


def is_version(good: Iterable[tuple[Revision, Provenance]], to: str) -> bool:
    """Whether the requested version is the one that a revision was registered from."""
    return any(revision.find_tag(VERSION_TAG) == to for revision, _ in good)


def collect_claims(errand: Errand, history: Repository | None, to: str, tagged: str) -> Claims:
    """Collect the ACTIVE revisions whose tags name a commit or version: the right ones, and why the others are not."""
    good: list[tuple[Revision, Provenance]] = []
    passed: list[str] = []
    for revision in iterate_revisions(errand.clients, list_arns(errand.clients, errand.release.family)):
        if revision.status not in USABLE or not says_so(revision, to, tagged):
            continue
        (provenance,) = weigh(history, errand.release, [revision])
        fault = find_contradiction(revision, provenance, to, tagged)
        if fault:
            passed += [] if good else [fault]  # older ones do not matter any more
            continue
        good.append((revision, provenance))
        if provenance.by_git and (tagged or len(to) == WHOLE):
            break
    return Claims(tuple(good), tuple(passed))


def says_so(revision: Revision, to: str, tagged: str) -> bool:
    """Whether the tags of a revision say that it was registered from a commit or version; `tagged` is the commit that git has for that."""
    commit = revision.find_tag(COMMIT_TAG)
    if revision.find_tag(VERSION_TAG) == to or (tagged and commit.removesuffix(DIRTY) == tagged):
        return True
    return could_be_commit(to) and commit.startswith(to)


def find_contradiction(revision: Revision, provenance: Provenance, to: str, tagged: str) -> str:
    """Find why a revision does not fit its tags; empty if it does."""
    name, commit = revision.name, revision.find_tag(COMMIT_TAG)
    if commit.endswith(DIRTY):
        return f"`{name}` was registered from uncommitted changes"
    if tagged and commit and commit != tagged:
        return f"`{name}` was registered when `{to}` was commit {commit[:12]}, and here that is {tagged[:12]}"
    if provenance.by_git is False or provenance.state == "contradicted":
        return f"`{name}` has its tags, but other content"
    if provenance.state != "confirmed":
        return f"`{name}` is tagged so, which cannot be verified here"
    return ""


def refuse_claims(errand: Errand, to: str, tagged: str, claims: Claims) -> NoReturn:
    """Report why no revision has the content of a commit or version."""
    family, name = errand.release.family, errand.release.name
    passed = [*claims.passed]
    arns = list_arns(errand.clients, family, status="INACTIVE")[:MOST_INACTIVE]
    gone = [
        each
        for each in iterate_revisions(errand.clients, arns)
        if each.status not in USABLE and says_so(each, to, tagged)
    ]
    passed += [f"`{each.name}` is {each.status}" for each in gone]
    if not passed:
        raise WrongUsage(f"no active revision of `{family}` was registered from a commit or version `{to}`")
    message = f"no active revision of `{family}` has the content registered from `{to}`: {'; '.join(passed)}"
    raise InputError(message, f"name a number with `--to`, or check out `{to}` and run `taskdef deploy {name}`")
