"""Registers artifacts in an account: the plan, the refusals, and the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from shlex import quote

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import find_newest, make_tags, register_revision
from generator.build.planning import PlannedProject, Texts
from generator.commands.account.orders import view_committed
from generator.documents.hiding import make_secrets
from generator.model.account import Revision
from generator.model.account_events import ChangePlanned
from generator.model.comparison import Comparison
from generator.model.findings import Finding, InputError
from generator.model.releases import Filled, Halt, Registration, Release
from generator.model.tags import COMMIT_TAG, CONTENT_TAG, DIRTY, HASH_TAG
from generator.project.history import Checkout, is_committed
from generator.review.compare import Tracer, compare_pair, find_assumed, view_revision
from generator.review.fingerprint import has_fingerprint, make_fingerprint
from generator.review.normalizing import list_filled


def plan(
    clients: Clients, checkout: Checkout, planned: PlannedProject, release: Release, *, force: bool
) -> Registration:
    """Compare a release with the newest revision of its family, and plan the action."""
    newest = find_newest(clients.within(release.region), release.family)
    tags = tuple(make_own_tags(checkout, release, planned.texts).items())
    if newest is None:
        return Registration(release, "planned", None, tags=tags)
    comparison = compare_with(newest, release, planned)
    made = Registration(
        release, "planned", newest, comparison, fill(comparison), tags, find_assumed(comparison).assumed
    )
    return made if comparison.differs or force else made._replace(action="unchanged", tags=())


def find_uncommitted(checkout: Checkout, planned: Iterable[Registration]) -> Iterator[Finding]:
    """Find releases that are not in the commit that they would be tagged with, or whose commit is unknown."""
    changing = [each for each in planned if each.action == "planned"]
    if any(COMMIT_TAG not in dict(each.tags) for each in changing):
        yield from find_unknown(checkout)
    for each in changing:
        commit = dict(each.tags).get(COMMIT_TAG, "")
        if commit.endswith(DIRTY):
            release = each.release
            message = (
                f"`{release.path}` differs from commit {commit[:12]}, so its revision is tagged `{commit[:12]}…{DIRTY}`"
            )
            help = "commit it first, so that the revision names the commit that it comes from"
            yield Finding(
                "uncommitted", "warning", message, help=help, environments=(release.environment,), task=release.task
            )


def find_unknown(checkout: Checkout) -> Iterator[Finding]:
    """Find that git refuses to tell the commit of a repository: one of another user's, as in many a container, or without git."""
    why = checkout.refusal
    if why:
        message = f"the commit is not known, so the revision is tagged with its hash alone: {why}"
        folder = why.partition("'")[2].rpartition("'")[0] if "ownership" in why else ""
        help = f"`git config --global --add safe.directory {quote(folder)}` lets git read it" if folder else None
        yield Finding("unknown-commit", "warning", message, help=help)


def list_changes(planned: Iterable[Registration], release: Release) -> Iterator[ChangePlanned]:
    """List the changes by a new revision of a release."""
    for each in planned:
        if each.release is release and each.comparison is not None:
            yield ChangePlanned(each.comparison)


def compare_with(revision: Revision, release: Release, planned: PlannedProject) -> Comparison:
    """Compare a revision with the committed artifact, as AWS sees both."""
    compared = compare_pair(view_revision(revision), release.side, Tracer(planned))
    return compared._replace(environment=release.environment, task=release.task)


def fill(comparison: Comparison) -> tuple[Filled, ...]:
    """List the values that ECS fills in on either side."""
    filled = {path: value for document in comparison.documents for path, value in list_filled(document)}
    return tuple(Filled(path, value) for path, value in filled.items())


def make_own_tags(checkout: Checkout, release: Release, texts: Texts) -> dict[str, str]:
    """Make the tags that a revision of a release gets: what it hashes to, and the commit it is from, `-dirty` if it is not in that yet.

    The fingerprint is that of the file as it is: what gives containers another identity than their names is in the sources alone.
    """
    dirty = "" if is_committed(checkout, release.path, release.committed) else DIRTY
    commit, version = (f"{each}{dirty}" if each else "" for each in checkout.head)
    side = view_committed(release.path, release.committed, texts)
    fingerprint = make_fingerprint(side.document) if side is not None else ""
    return make_tags(sha256(release.committed).hexdigest(), commit, version, fingerprint)


def carry_out_all(
    clients: Clients, planned: Sequence[Registration], announce: Callable[[Registration], None]
) -> tuple[tuple[Registration, ...], Halt | None]:
    """Register the planned artifacts in turn, and return the outcomes, and the error that ended it early, if any.

    `announce` is called for each as soon as it is done: nobody could find out later what a revision was registered for.
    """
    done: list[Registration] = []
    for each in planned:
        name = each.release.name
        try:
            made = carry_out(clients, each)
        except InputError as error:
            return tuple(done), state_refusal(each, error)
        except KeyboardInterrupt:
            message = f"interrupted while `{name}` was being registered, perhaps before ECS received it"
            return tuple(done), Halt(message, f"`taskdef revisions {name}` shows whether it is there", 130)
        done.append(made)
        announce(made)
    return tuple(done), None


def state_refusal(planned: Registration, error: InputError) -> Halt:
    """Report that something was not registered or, if the response was lost, perhaps was; without its secrets."""
    name, said = planned.release.name, make_secrets(planned.documents).scrub(str(error))
    if isinstance(error, AwsError) and error.unsure:
        return Halt(
            f"`{name}` may have been registered: {said}", f"`taskdef revisions {name}` shows whether it is there", 2
        )
    return Halt(f"`{name}` was not registered: {said}", error.help or "", 2)


def carry_out(clients: Clients, planned: Registration) -> Registration:
    """Register a planned artifact; an unchanged one is skipped."""
    if planned.action != "planned":
        return planned
    release, within = planned.release, clients.within(planned.release.region)
    try:
        revision = register_revision(within, release.committed, dict(planned.tags))
    except AwsError as error:
        revision = look_whether_registered(within, planned, error)
    return planned._replace(action="registered", revision=revision)


def look_whether_registered(clients: Clients, planned: Registration, error: AwsError) -> Revision:
    """Check whether a revision exists although the response was lost; otherwise raise the error."""
    if not error.unsure:
        raise error
    before = planned.revision.number if planned.revision is not None else 0
    try:
        newest = find_newest(clients, planned.release.family)
    except AwsError:
        newest = None
    wanted = dict(planned.tags)[HASH_TAG]
    if newest is None or newest.number <= before or newest.find_tag(HASH_TAG) != wanted:
        raise error
    if not has_fingerprint(
        newest.document, dict(planned.tags).get(CONTENT_TAG, "")
    ):  # another tool has copied the tags
        raise error
    return newest
