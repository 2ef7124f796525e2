"""`taskdef revisions`: lists revisions with their origin, uses and changes. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import iterate_revisions, list_arns, number_arn
from generator.aws.calls.usage import list_clusters, list_uses
from generator.aws.retirement import find_uses
from generator.commands.account.orders import find_strangers
from generator.commands.account.provenance import find_as_committed, weigh
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.targets import (
    NO_CLUSTER,
    Unregistered,
    load_targets,
    refuse_cluster,
    refuse_family,
)
from generator.model.account import Access, Revision, Use
from generator.model.account_answers import Listings
from generator.model.account_events import OnAccountEvent, ignore_account_event
from generator.model.comparison import Comparison
from generator.model.findings import Finding
from generator.model.releases import Listed, Listing, Release
from generator.model.result import Result
from generator.project.commits import find_history
from generator.project.loading import load_project
from generator.review.compare import Tracer, compare_pair, view_revision

STATUSES = {
    "active": ("ACTIVE",),
    "inactive": ("INACTIVE",),
    "all": ("ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"),
}
"""Statuses that ECS lists, by their word in options."""


@refuses("revisions")
def revisions(
    root: str,
    *,
    words: Sequence[str],
    access: Access,
    limit: int = 20,
    status: str = "active",
    cluster: str | None = None,
    changes: bool = False,
    strict: bool = False,
    on_event: OnAccountEvent = ignore_account_event,
) -> Result:
    """List the newest revisions of some environments or tasks. Their uses are looked up in a cluster, or in all.

    A family without revisions is reported beside the others. With `changes`, each difference is shown in full.
    """
    order = accept_order(load_targets(load_project(root), words))
    clients = Clients(access, on_event=on_event)
    order = accept_order(order, find_strangers((each.claim for each in order.releases), clients))
    listings: list[Listing] = []
    findings: list[Finding] = []
    missing: list[Unregistered] = []
    for release in order.releases:
        within = clients.within(release.region)
        try:
            listing, found = list_release(
                root, within, release, limit=limit, statuses=STATUSES[status], cluster=cluster
            )
        except Unregistered as error:
            missing.append(error)
            continue
        listings.append(listing)
        findings += found
    if not listings:
        raise missing[0]
    code = 2 if missing else 1 if strict and findings else 0
    answer = Listings(tuple(listings), changes)
    return Result("revisions", unite(findings), code, refused=tuple(map(str, missing)), answer=answer)


def list_release(
    root: str, clients: Clients, release: Release, *, limit: int, statuses: tuple[str, ...], cluster: str | None
) -> tuple[Listing, tuple[Finding, ...]]:
    """List the newest revisions of a release's family; each is compared with the next older one of those that were asked for."""
    arns = [arn for status in statuses for arn in list_arns(clients, release.family, status=status)]
    arns.sort(key=number_arn, reverse=True)
    if not arns and (statuses == STATUSES["active"] or not list_arns(clients, release.family)):
        refuse_family(clients, release)
    found = list(iterate_revisions(clients, arns[: limit + 1]))
    where = cluster or release.cluster
    clusters = (where,) if where else None
    uses, findings = find_all_uses(clients, release, clusters, given=cluster is not None) if found else ((), ())
    shown = found[:limit]
    known = zip(find_as_committed(release, shown), weigh(find_history(root), release, shown), strict=True)
    listed = [
        Listed(
            revision,
            None if uses is None else find_uses(uses, revision.arn),
            committed,
            compare_revisions(older, revision) if older else None,
            provenance,
        )
        for revision, older, (committed, provenance) in zip_longest(shown, found[1 : limit + 1], known)
    ]
    older_ones = max(len(arns) - limit, 0)
    return Listing(release, clients.region, statuses, clusters, tuple(listed), older_ones), findings


def find_all_uses(
    clients: Clients, release: Release, clusters: tuple[str, ...] | None, *, given: bool
) -> tuple[tuple[Use, ...] | None, tuple[Finding, ...]]:
    """Find the uses of a family's revisions, or the reason why they are unknown. A `given` cluster has to exist."""
    try:
        return list_uses(clients, list_clusters(clients) if clusters is None else clusters, [release.family]), ()
    except AwsError as error:
        if error.code == NO_CLUSTER and given and clusters:
            refuse_cluster(clients, clusters[0])
        message, help = f"it is unknown what uses the revisions of `{release.family}`: {error}", error.help
        if error.code == NO_CLUSTER and clusters:  # which the environments of other families may have too
            message = f"it is unknown what uses the revisions: there is no cluster `{clusters[0]}` in {clients.region}"
            help = "`aws ecs list-clusters` lists them"
        where = (release.environment,)
        return None, (Finding("unknown-use", "warning", message, help=help, environments=where),)


def unite(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Join findings that differ only in their environments."""
    groups: dict[Finding, list[str]] = {}
    for each in findings:
        groups.setdefault(each._replace(environments=()), []).extend(each.environments)
    return tuple(each._replace(environments=tuple(dict.fromkeys(names))) for each, names in groups.items())


def compare_revisions(older: Revision, newer: Revision) -> Comparison:
    """Compare a revision with an older one, as AWS sees both."""
    return compare_pair(view_revision(older), view_revision(newer), Tracer())
