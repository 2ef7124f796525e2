"""Registered revisions as texts, for commands that take files: each as ECS describes it. Decides nothing about them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.aws.calls.clients import Clients
from generator.aws.calls.revisions import describe_revision, write_described
from generator.build.planning import PlannedProject
from generator.commands.account.asking import Asking
from generator.commands.account.families import ARN
from generator.commands.account.orders import find_strangers
from generator.commands.account.refusals import Refused
from generator.model.account_events import OnAccountEvent
from generator.model.findings import InputError
from generator.model.nodes import Scalar
from generator.model.records import Record
from generator.model.releases import Claim


class Recalled(Record):
    """A revision: its environment, its name (`family:3`), the region if an ARN has it, and its text."""

    environment: str
    name: str
    region: str = ""
    text: str = ""


def recall_revisions(
    planned: PlannedProject, words: Iterable[tuple[str, str]], asking: Asking, on_event: OnAccountEvent
) -> tuple[Recalled, ...]:
    """Ask for revisions, each by its environment and a word, `family:3` or an ARN. Raises Refused if an overlay names another account."""
    named = tuple(read_name(env, word) for env, word in words)
    clients = Clients(asking.access, on_event=on_event)
    strangers = find_strangers([make_claim(planned, each) for each in named], clients)
    if strangers:
        raise Refused(strangers)
    return tuple(each._replace(text=recall_text(planned, each, clients)) for each in named)


def read_name(environment: str, word: str) -> Recalled:
    """Read a word that names a revision."""
    match = ARN.fullmatch(word)
    return Recalled(environment, match[1], word.split(":")[3]) if match else Recalled(environment, word)


def make_claim(planned: PlannedProject, named: Recalled) -> Claim:
    """Find the account and region of an environment: from its overlays, else the region from the ARN of the revision."""
    env = named.environment
    found: dict[str, Scalar] = {}
    if env in planned.project.environments:
        for overlay in planned.find_chain(env).overlays:
            found |= overlay.aws
    given = {name: found[name].text for name in ("account", "region") if name in found}
    places = tuple((name, found[name].place) for name in given)
    return Claim(env, given.get("account", ""), given.get("region", "") or named.region, places)


def recall_text(planned: PlannedProject, named: Recalled, clients: Clients) -> str:
    """Ask for one revision. Raises InputError if there is none."""
    region = named.region or make_claim(planned, named).region
    clients = clients.within(region)
    answer = describe_revision(clients, named.name, region=named.region)
    if answer is not None:
        return write_described(answer)
    where = f"account {clients.find_caller().account}, {named.region or clients.region}"
    family = named.name.partition(":")[0]
    help = f"`aws ecs list-task-definitions --family-prefix {family}` lists the existing ones"
    raise InputError(f"there is no revision `{named.name}` in {where}", help)
