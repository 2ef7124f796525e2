"""Registered revisions: their list as a table for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.aws.retirement import group_uses
from generator.documents.hiding import make_secrets
from generator.documents.tree import list_leaves
from generator.model.account import Revision
from generator.model.account_answers import Listings, Prunings
from generator.model.comparison import Comparison, name_container
from generator.model.nodes import Scalar, Value
from generator.model.releases import Listed, Listing
from generator.model.result import Result, state_counts, state_number
from generator.model.secrets.names import MASK
from generator.model.tags import COMMIT_TAG, HASH_TAG, OWN_TAGS, VERSION_TAG
from generator.reports.differences.json import describe_changes
from generator.reports.differences.text import format_comparison, state_change
from generator.reports.differences.values import split_image
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, describe_findings, write_json
from generator.reports.matrix.text import GAP, cut_middle, share_room
from generator.reports.text import escape, measure
from generator.reports.uses import describe_uses, state_holder

HEADINGS = ("revision", "registered", "by", "status", "commit", "hash", "image tags", "in use by")
ABSENT, UNKNOWN = "–", "?"
SHORT = 8
"""Characters of a hash that tell it from others."""

FEW = 3
"""Fields that are named where it is only said what changed."""

MARK = "*"

DOUBTS: Mapping[str, tuple[str, str]] = {
    "contradicted": (
        "!",
        "marks tags that do not match the content: another tool copied them, or somebody set them",
    ),
    "unchecked": ("?", "marks tags that cannot be verified here"),
}
"""By what is known of a revision's tags: how they are marked where they are not sure, and what that means."""


# The list.


def write_answer(answer: Listings | Prunings, result: Result, view: View) -> Written:
    """Write which revisions there are, or what became of old ones."""
    if isinstance(answer, Prunings):
        from generator.reports.prunings import write_prunings

        return write_prunings(answer, result, view)
    if view.form == "json":
        return Written(format_json(answer.listings, result), whole=True)
    text = format_text(answer, color=view.color, width=view.width)
    return Written(text, summary=state_counts(result.findings))


def format_text(answer: Listings, *, color: bool, width: int) -> str:
    """Write a table for each family, each revision with what it changed below it."""
    changes = answer.changes
    return "\n".join(
        "".join(f"{line}\n" for line in format_listing(each, changes=changes, color=color, width=width))
        for each in answer.listings
    )


def format_listing(listing: Listing, *, changes: bool, color: bool, width: int) -> Iterator[str]:
    release = listing.release
    yield escape(f"{release.name}: {release.family}, newest first, and what uses it in {state_scope(listing)}")
    if not listing.listed:
        yield f"  none is {' or '.join(listing.statuses)}"
        return
    kept = [number for number, name in enumerate(HEADINGS) if name != "status" or len(listing.statuses) > 1]
    rows = [HEADINGS, *(describe_cells(each) for each in listing.listed)]
    table = [[escape(row[number]) for number in kept] for row in rows]
    wishes = {number: max(measure(row[number]) for row in table) for number in range(len(kept))}
    shares = share_room(wishes, width) if width else wishes
    for row, listed in zip(table, [None, *listing.listed], strict=True):
        yield (" " * GAP).join(fit(text, shares[number]) for number, text in enumerate(row)).rstrip()
        if listed is not None and listed.comparison is not None:
            yield from tell_change(listed.comparison, changes=changes, color=color, width=width)
    if any(each.committed for each in listing.listed):
        yield f"{MARK} is the same as the committed artifact"
    states = {each.provenance.state for each in listing.listed}
    yield from (f"{mark} {meaning}" for state, (mark, meaning) in DOUBTS.items() if state in states)
    if listing.older:
        yield f"{state_number(listing.older, 'older one')}: `--limit` shows more"


def state_scope(listing: Listing) -> str:
    """State where it was looked for what uses the revisions."""
    if listing.clusters is None:
        return "all clusters"
    return f"the cluster {', '.join(name_cluster(each) for each in listing.clusters)}"


def name_cluster(cluster: str) -> str:
    return cluster.rpartition("/")[2]


def describe_cells(listed: Listed) -> tuple[str, ...]:
    """Describe a revision in the cells of its row."""
    revision = listed.revision
    commit, version = revision.find_tag(COMMIT_TAG), revision.find_tag(VERSION_TAG)
    digest = revision.find_tag(HASH_TAG)[:SHORT]
    doubt, _ = DOUBTS.get(listed.provenance.state, ("", ""))
    came, content = " ".join(filter(None, (shorten_commit(commit), version))), f"{digest}{doubt if digest else ''}"
    return (
        str(revision.number),
        revision.registered_at.replace("T", " ")[:16] or ABSENT,
        name_caller(revision.registered_by) or ABSENT,
        revision.status,
        f"{came}{doubt}" if came else ABSENT,
        f"{content or ABSENT}{MARK if listed.committed else ''}",
        ", ".join(list_image_tags(revision)) or ABSENT,
        UNKNOWN if listed.uses is None else ", ".join(map(state_holder, group_uses(listed.uses))) or ABSENT,
    )


def shorten_commit(commit: str) -> str:
    """Shorten the hash of a commit; what is not in it yet is said all the same."""
    digest, dash, rest = commit.partition("-")
    return f"{digest[:SHORT]}{dash}{rest}"


def name_caller(arn: str) -> str:
    """Name who registered a revision as short as it can be: `ci/run-7` of an assumed role, `ann` of a user."""
    kind, _, name = arn.rpartition(":")[2].partition("/")
    return name if kind in ("assumed-role", "user", "federated-user") else name or kind


def list_images(revision: Revision) -> list[tuple[str, str]]:
    """List the image of each container, by the container's name; one that has a credential or a secret in it is masked."""
    secrets = make_secrets([revision.document])
    found = []
    for path, node in list_leaves(revision.document):
        container, rest = path.removeprefix("containerDefinitions[").rpartition("].image")[:2]
        if rest and path.endswith("].image") and isinstance(node, Scalar):
            found.append((container, secrets.mask(path, node)))
    return found


def list_image_tags(revision: Revision) -> list[str]:
    """List the tags of a revision's images, or the beginnings of their digests; of several each with its container."""
    images = list_images(revision)
    tags = [(container, name_image_version(image)) for container, image in images]
    return [tag if len(tags) == 1 else f"{container} {tag}" for container, tag in tags]


def name_image_version(image: str) -> str:
    """Name the version of an image: its tag, or the beginning of its digest; one that is masked has none to show."""
    if image == MASK:
        return MASK
    parts = split_image(image)
    algorithm, _, digest = parts["digest"].partition(":")
    return parts["tag"] or (f"{algorithm}:{digest[:SHORT]}" if digest else "no tag")


def tell_change(comparison: Comparison, *, changes: bool, color: bool, width: int) -> Iterator[str]:
    """Report what a revision changed: in a line, or in full."""
    if changes:
        for line in format_comparison(comparison, color=color):
            yield f"  {line}"
        return
    line = escape(summarize_comparison(comparison))
    yield f"  {cut_middle(line, width - GAP) if width > 2 * GAP else line}"


def summarize_comparison(comparison: Comparison) -> str:
    """Say in a line how many fields a revision changed, and which are the first of them."""
    number = len(comparison.changes)
    if not number:
        return f"as {comparison.left}"
    several = len({name_container(path) for document in comparison.documents for path, _ in list_leaves(document)}) > 2
    stated = [
        (change.row.container, state_change(change, comparison.secrets)[0]) for change in comparison.changes[:FEW]
    ]
    said = [f"{container} {text}".strip() if several else text for container, text in stated]
    more = f", and {number - FEW} more" if number > FEW else ""
    return f"changes {state_number(number, 'field')}: {', '.join(said)}{more}"


def fit(text: str, width: int) -> str:
    """Cut a text that is too wide, and fill up one that is not."""
    cut = cut_middle(text, width)
    return cut + " " * (width - measure(cut))


def format_json(listings: Iterable[Listing], result: Result) -> str:
    """Write one JSON object."""
    report = {
        "version": VERSION,
        "command": "revisions",
        "families": [describe_listing(each) for each in listings],
        **describe_findings(result.findings),
        "refused": list(result.refused),
        "summary": {"status": result.status},
    }
    return write_json(report)


def describe_listing(listing: Listing) -> Value:
    release = listing.release
    return {
        "environment": release.environment,
        "task": release.task,
        "family": release.family,
        "region": listing.region,
        "statuses": list(listing.statuses),
        "clusters": None if listing.clusters is None else [name_cluster(each) for each in listing.clusters],
        "older": listing.older,
        "revisions": [
            {
                **describe_revision(each.revision),
                "committed": each.committed,
                "provenance": each.provenance.state or None,
                "uses": None if each.uses is None else describe_uses(each.uses),
                "compared_with": each.comparison and each.comparison.left,
                "changes": each.comparison and describe_changes(each.comparison),
            }
            for each in listing.listed
        ],
    }


def describe_revision(revision: Revision) -> dict[str, Value]:
    """Describe a revision, but for its document."""
    return {
        "arn": revision.arn,
        "family": revision.family,
        "revision": revision.number,
        "status": revision.status,
        "registered_at": revision.registered_at or None,
        "registered_by": revision.registered_by or None,
        "commit": revision.find_tag(COMMIT_TAG) or None,
        "describe": revision.find_tag(VERSION_TAG) or None,
        "hash": revision.find_tag(HASH_TAG) or None,
        "tags": dict(list_tags(revision)),
        "images": [
            {
                "container": container,
                "image": image,
                **{name: text or None for name, text in split_image(image).items()},
            }
            for container, image in list_images(revision)
        ],
    }


def list_tags(revision: Revision) -> list[tuple[str, str]]:
    """List the tags that are not ours."""
    secrets = make_secrets([revision.document])
    return [
        (key, secrets.mask_text(f"tags[{key}].value", value)) for key, value in revision.tags if key not in OWN_TAGS
    ]
