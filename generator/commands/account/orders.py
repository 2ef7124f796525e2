"""Orders of a command: from words to committed artifacts, with checks of their freshness and their account.

Everything here comes before the first change in an account. Asks AWS only who the caller is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set as AbstractSet
from typing import TYPE_CHECKING, Protocol

from generator.build.pipeline import build_planned
from generator.build.planning import PlannedProject, Texts, plan_project
from generator.commands.words import select_environments
from generator.documents.tree import read_text
from generator.model.account_events import AccountEvent, Change, Question, WarningFound
from generator.model.comparison import Side
from generator.model.findings import Finding, Note, Source, WrongUsage, finding_at
from generator.model.nodes import Keyed, MapNode, Scalar
from generator.model.project import Artifact, Project
from generator.model.records import Record
from generator.model.releases import Claim, Release
from generator.model.secrecy import NO_SECRETS, Secrets
from generator.model.tags import OWN_TAGS
from generator.project.loading import load_project
from generator.review.check import compare_committed, report_committed
from generator.review.compare import make_side, view_file

if TYPE_CHECKING:
    from generator.aws.calls.clients import Caller, Clients


class Confirm(Protocol):
    """Asks a person a question; returns whether the answer is yes."""

    def __call__(self, question: Question, before: Iterable[AccountEvent] = ()) -> bool:
        """Ask, after showing the events `before`."""


Pair = tuple[str, str]
"""An environment and a task."""


NO_ARTIFACT = ("E803", "E807")
"""The codes of an artifact that is missing, and of one that is no task definition."""


class Order(Record):
    """The requested releases, and the findings about them.

    Nothing may change in an account where it failed: by an error, or if `strict`, a warning.
    """

    planned: PlannedProject
    releases: tuple[Release, ...]
    findings: tuple[Finding, ...]
    strict: bool = False
    secrets: Secrets = NO_SECRETS

    @property
    def project(self) -> Project:
        return self.planned.project

    @property
    def failed(self) -> bool:
        fatal = ("error", "warning") if self.strict else ("error",)
        return any(finding.severity in fatal for finding in self.findings)


# From words to releases.


def load_order(root: str, words: Sequence[str], *, allow_stale: bool = False, strict: bool = False) -> Order:
    """Read the releases that some words, `ENV` or `ENV/TASK`, name, and check them like `taskdef check`.

    With `allow_stale`, errors in the sources are only warnings, and the committed artifact is released as it is. A
    missing or invalid artifact stays an error.
    """
    project = load_project(root)
    planned = plan_project(project)
    if not project.environments or not project.tasks:  # its findings say why
        return Order(planned, (), project.findings)
    pairs = select_pairs(project, words)
    environments = tuple(dict.fromkeys(environment for environment, _ in pairs))
    tasks = {task for _, task in pairs}
    built = build_planned(planned, environments=environments, task=tasks.pop() if len(tasks) == 1 else None)
    artifacts = {
        (each.environment, each.task): each for each in built.artifacts if (each.environment, each.task) in pairs
    }
    compared = compare_committed(planned, built._replace(artifacts=tuple(artifacts.values())))
    found = (*(each for each in built.findings if concerns(each, pairs)), *compared)
    paths = frozenset(built.planned)
    there = [pair for pair in pairs if name_artifact(project, pair) in paths]
    releases = [make_release(planned, pair, artifacts.get(pair)) for pair in there]
    if allow_stale:
        unread = {environment for environment in environments if environment not in {each for each, _ in there}}
        found = excuse(found, unread)
        lost = [pair for pair, release in zip(there, releases, strict=True) if release is None]
        found = (*found, *(report_pair(planned, pair) for pair in lost))
    if not there and not built.failed:
        raise WrongUsage(f"there is nothing to release: {' and '.join(f'`{word}`' for word in words)} is switched off")
    made = tuple(each for each in releases if each is not None)
    tagged = built.secrets.hide_all(finding for each in made for finding in check_tags(each))
    return Order(planned, made, (*found, *tagged), strict, built.secrets)


def excuse(findings: Iterable[Finding], unread: AbstractSet[str]) -> tuple[Finding, ...]:
    """Turn errors in the sources into warnings, except for environments that could not be read, whose account is unknown.

    Missing artifacts are omitted: each has its own error.
    """
    kept = (each for each in findings if each.code not in NO_ARTIFACT)
    return tuple(
        each._replace(severity="warning") if each.severity == "error" and not is_about(each, unread) else each
        for each in kept
    )


def is_about(finding: Finding, environments: AbstractSet[str]) -> bool:
    """Whether a finding is about one of some environments, or may be."""
    return bool(environments) and (not finding.environments or bool(environments & {*finding.environments}))


def report_pair(planned: PlannedProject, pair: Pair) -> Finding:
    """Report why the committed artifact of a task, if any, cannot be released."""
    committed = planned.project.artifacts.get(f"{pair[0]}/{pair[1]}.json")
    help = f"run `taskdef render {pair[0]}`"
    finding = report_committed(name_artifact(planned.project, pair), committed, help, planned.texts)
    return finding._replace(environments=(pair[0],), task=pair[1])


def select_pairs(project: Project, words: Sequence[str]) -> tuple[Pair, ...]:
    """Find the environments and tasks that some words name; an environment alone means all its tasks."""
    pairs: dict[Pair, None] = {}
    for word in words:
        environment, slash, task = word.partition("/")
        if ":" in word:
            where, _, revision = word.partition(":")
            raise WrongUsage(f"`{word}` names revision {revision}, and this command takes `{where}` without one")
        if slash and not task:
            raise WrongUsage(f"`{word}` names no task: remove the slash to mean all of `{environment}`")
        select_environments(project, [environment], task or None)
        pairs |= dict.fromkeys((environment, name) for name in ((task,) if task else project.tasks))
    return tuple(pairs)


def concerns(finding: Finding, pairs: Iterable[Pair]) -> bool:
    """Whether a finding is about one of some artifacts, or may be about any."""
    return any(
        (not finding.environments or environment in finding.environments) and finding.task in (None, task)
        for environment, task in pairs
    )


def name_artifact(project: Project, pair: Pair) -> str:
    return f"{project.settings.rendered}/{pair[0]}/{pair[1]}.json"


def make_release(planned: PlannedProject, pair: Pair, artifact: Artifact | None) -> Release | None:
    """Make a release from the committed artifact; None if it is not a task definition, which is a finding already."""
    project = planned.project
    path = name_artifact(project, pair)
    committed = project.artifacts.get(f"{pair[0]}/{pair[1]}.json")
    side = view_committed(path, committed, planned.texts) if committed is not None else None
    if committed is None or side is None:
        return None
    if artifact is not None and committed == artifact.text.encode():
        made = make_side(project, artifact, path)
        assert made is not None
        side = made
    return locate_release(planned, pair, side)._replace(committed=committed, artifact=artifact)


def locate_release(planned: PlannedProject, pair: Pair, side: Side) -> Release:
    """Make a release of an uncommitted task definition, with its destination from the overlays."""
    settings = find_settings(planned, pair)
    null = planned.find_places(pair[0]).find_null(pair[1])
    unserved = (("service", null.place),) if null is not None else ()
    return Release(
        environment=pair[0],
        task=pair[1],
        path=name_artifact(planned.project, pair),
        committed=b"",
        side=side,
        family=read_text(side.document, "family"),
        artifact=None,
        places=(*((name, scalar.place) for name, scalar in settings.items()), *unserved),
        previous_families=planned.find_places(pair[0]).list_previous_families(),
        unserved=null is not None,
        **{name: scalar.text for name, scalar in settings.items()},
    )


def view_committed(path: str, committed: bytes, texts: Texts) -> Side | None:
    """View a committed artifact; None if it is not a task definition."""
    try:
        source = Source(path, committed.decode())
    except UnicodeDecodeError:
        return None
    node, findings = texts.parse_json(source)
    return view_file(path, node) if isinstance(node, MapNode) and not findings else None


def find_settings(planned: PlannedProject, pair: Pair) -> dict[str, Scalar]:
    """Find account, region, cluster and service of a task in the overlays, each from the layer that sets it last."""
    environment, task = pair
    found: dict[str, Scalar] = {}
    for overlay in planned.find_chain(environment).overlays:
        found |= overlay.aws
    places = planned.find_places(environment)
    named = {"cluster": places.find_cluster(), "service": places.find_service(task)}
    return found | {name: scalar for name, scalar in named.items() if scalar is not None}


# Guards.


def check_caller(releases: Iterable[Release], clients: Clients) -> tuple[Finding, ...]:
    """Find differences between account and region in the overlays and those of the caller, and missing settings."""
    return check_claims((release.claim for release in releases), clients)


def find_strangers(claims: Iterable[Claim], clients: Clients) -> tuple[Finding, ...]:
    """Find why a caller gets no answer about environments: another account may have a service of the same name."""
    return tuple(each for each in check_claims(claims, clients) if each.severity == "error")


def check_claims(claims: Iterable[Claim], clients: Clients) -> tuple[Finding, ...]:
    """Compare the account and region of environments with the caller's."""
    by_environment = {claim.environment: claim for claim in reversed(tuple(claims))}
    claims = [claim for _, claim in sorted(by_environment.items())]
    lost = [find_lost(claim) for claim in claims if not claim.region and not clients.chosen_region]
    if lost or not claims:
        return tuple(lost)
    caller = find_caller(clients, claims[0].region)
    found: list[Finding] = []
    for claim in claims:
        found += check_setting(claim, "account", claim.account, caller.account, f"the caller is `{caller.arn}`")
        region = clients.chosen_region or claim.region
        found += check_setting(claim, "region", claim.region, region, clients.region_source)
    return tuple(found)


def find_caller(clients: Clients, region: str) -> Caller:
    """Ask who the caller is: the answer is the same in every region of the account."""
    return clients.within(region).find_caller()


def find_lost(claim: Claim) -> Finding:
    """Report that the region of an environment is unknown. It never uses the region of another."""
    message = f"no region is set for `{claim.environment}`"
    help = "set `aws.region` in its overlay, or pass `--region`"
    return Finding("unknown-region", "error", message, help=help, environments=(claim.environment,))


def check_tags(release: Release) -> Iterator[Finding]:
    """Find tags with a key that `register` sets itself."""
    tags = release.side.document.items.get("tags")
    for item in tags.items if isinstance(tags, Keyed) else ():
        if item.identity in OWN_TAGS:
            message = f"`taskdef register` sets the tag `{item.identity}` itself, so the value here is not used"
            finding = finding_at(item.node.place, "own-tag", message, severity="warning", help="remove it")
            yield finding._replace(environments=(release.environment,), task=release.task)


def check_setting(claim: Claim, setting: str, wanted: str, given: str, why: str) -> Iterator[Finding]:
    """Compare the account or region of an overlay with the caller's."""
    place, environment = claim.find_place(setting), claim.environment
    if place is None:
        message = f"`{environment}` sets no {setting}, so any {setting} is accepted"
        help = f"set `aws.{setting}` in its overlay"
        yield Finding(f"unknown-{setting}", "warning", message, help=help, environments=(environment,))
    elif wanted != given:
        message = f"`{environment}` is in {setting} {wanted}, and this is {given}"
        help = (
            "use the credentials of that account"
            if setting == "account"
            else f"remove that setting, or pass `--region {wanted}`"
        )
        finding = finding_at(place, f"wrong-{setting}", message, severity="error", notes=(Note(why),), help=help)
        yield finding._replace(environments=(environment,))


def list_warnings(findings: Iterable[Finding]) -> tuple[WarningFound, ...]:
    """List the events to show before a change."""
    return tuple(WarningFound(finding) for finding in findings if finding.severity == "warning")


def ask_once(
    order: Order,
    change: Change,
    confirm: Confirm,
    before: Callable[[Release], Iterable[AccountEvent]] | None = None,
    *,
    revision: str = "",
) -> None:
    """Ask about all production-like environments in one question; a no ends the command. `before` lists the events to show for one."""
    asked = [release for release in order.releases if order.project.settings.asks_about(release.environment)]
    if not asked:
        return
    question = Question(change, tuple(each.name for each in asked), list_accounts(asked), revision)
    insist(confirm, question, [event for release in asked for event in before(release)] if before else ())


def list_accounts(releases: Iterable[Release]) -> tuple[str, ...]:
    """List the accounts of some releases, each once, as far as the overlays name them."""
    return tuple(dict.fromkeys(release.account for release in releases if release.account))


def insist(confirm: Confirm, question: Question, before: Iterable[AccountEvent] = ()) -> None:
    """Ask a question to which a no ends the command."""
    if not confirm(question, before):
        raise WrongUsage("nothing was done, since the answer was no")
