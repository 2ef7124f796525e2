"""`taskdef show`: one registered revision, as a file that could be registered again. Changes nothing."""

from __future__ import annotations

from generator.aws.calls.clients import Clients
from generator.commands.account.families import name_environment
from generator.commands.account.orders import find_strangers
from generator.commands.account.provenance import find_as_committed, weigh
from generator.commands.account.refusals import accept_order, refuses
from generator.commands.account.targets import find_ambiguous, find_wanted, load_targets
from generator.commands.revision_words import LIVE, ONLY_LIVE, split_revision, state_unknown_revision
from generator.documents.hiding import make_secrets, mask_document
from generator.documents.ordering import order_document
from generator.model.account import Access
from generator.model.account_answers import ShownRevision
from generator.model.account_events import OnAccountEvent, ignore_account_event
from generator.model.findings import WrongUsage
from generator.model.result import Result
from generator.project.commits import find_history
from generator.project.loading import load_project


@refuses("show")
def show(
    root: str,
    *,
    word: str,
    access: Access,
    cluster: str | None = None,
    service: str | None = None,
    unmasked: bool = False,
    on_event: OnAccountEvent = ignore_account_event,
) -> Result:
    """Show the revision that a word stands for, in the form of an artifact, with what else is known of it beside.

    Values under secret-looking names are masked unless it is `unmasked`, and then it is what can be registered.
    """
    project = load_project(root)
    word = name_environment(project, word)
    where, wanted = split_revision(word)
    if ":" in where:
        raise WrongUsage(state_unknown_revision(word))
    if wanted != LIVE and (cluster, service) != (None, None):
        raise WrongUsage(ONLY_LIVE)
    order = accept_order(load_targets(project, [where]))
    if len(order.releases) > 1:
        example = f"{order.releases[0].name}{word.removeprefix(where)}"
        raise WrongUsage(f"`{where}` has {len(order.releases)} tasks: name one, like `{example}`")
    (release,) = order.releases
    if wanted == LIVE and service is None:
        order = accept_order(order, find_ambiguous(order.planned, [(release.environment, release.task)]))
    clients = Clients(access, on_event=on_event)
    accept_order(order, find_strangers([release.claim], clients))
    revision, note = find_wanted(clients, release, wanted, cluster=cluster, service=service)
    document = order_document(revision.document)
    shown, masked = (document, ()) if unmasked else mask_document(document, make_secrets([document]))
    (committed,) = find_as_committed(release, [revision])
    (provenance,) = weigh(find_history(root), release, [revision])
    answer = ShownRevision(release, revision, shown, masked, note, committed, provenance)
    return Result("show", (), 0, answer=answer)
