"""`taskdef show`: one registered revision, as a file that could be registered again. Changes nothing."""

from __future__ import annotations

from generator.aws.calls.clients import Clients, Tell, tell_nobody
from generator.commands.account.orders import find_strangers
from generator.commands.account.registrations import make_refusal
from generator.commands.account.targets import find_ambiguous, find_wanted, is_from_committed, load_targets
from generator.commands.words import LIVE, ONLY_LIVE, split_revision, state_unknown_revision
from generator.documents.hiding import make_secrets, mask_document
from generator.documents.ordering import order_document
from generator.documents.serializing import serialize_document
from generator.model.account import Access
from generator.model.findings import WrongUsage
from generator.model.result import Result
from generator.project.loading import load_project
from generator.reports.json import escape_json
from generator.reports.shown import format_shown, list_facts


def show(
    root: str,
    *,
    word: str,
    access: Access,
    cluster: str | None = None,
    service: str | None = None,
    unmasked: bool = False,
    json: bool = False,
    tell: Tell = tell_nobody,
) -> Result:
    """Show the revision that a word stands for, in the form of an artifact, with what else is known of it beside.

    Values under secret-looking names are masked unless it is `unmasked`, and then it is what can be registered.
    """
    where, wanted = split_revision(word)
    if ":" in where:
        raise WrongUsage(state_unknown_revision(word))
    if wanted != LIVE and (cluster, service) != (None, None):
        raise WrongUsage(ONLY_LIVE)
    order = load_targets(load_project(root), [where])
    if order.failed:
        return make_refusal(order, "show")
    if len(order.releases) > 1:
        example = f"{order.releases[0].name}{word.removeprefix(where)}"
        raise WrongUsage(f"`{where}` has {len(order.releases)} tasks: name one, like `{example}`")
    (release,) = order.releases
    if wanted == LIVE and service is None:
        order = order._replace(findings=find_ambiguous(order.planned, [(release.environment, release.task)]))
    if order.failed:
        return make_refusal(order, "show")
    clients = Clients(access, tell=tell)
    order = order._replace(findings=find_strangers([release.claim], clients))
    if order.failed:
        return make_refusal(order, "show")
    revision, note = find_wanted(clients, release, wanted, cluster=cluster, service=service)
    document = order_document(revision.document)
    shown, masked = (document, ()) if unmasked else mask_document(document, make_secrets([document]))
    committed = is_from_committed(revision, release)
    if json:
        product = format_shown(release, revision, shown, masked, note, committed=committed)
        return Result("show", (), 0, product=product)
    lines = list_facts(revision, masked, note, committed=committed)
    return Result("show", (), 0, lines=lines, product=escape_json(serialize_document(shown)))
