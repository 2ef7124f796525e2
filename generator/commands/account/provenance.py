"""Checks whether revisions fit their tags: other tools copy tags to revisions with other content, so tags alone prove nothing.

Compares a revision with the artifact in the commit, and with the registered fingerprint. Asks AWS nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.planning import Texts
from generator.commands.account.orders import view_committed
from generator.model.account import Revision
from generator.model.nodes import MapNode
from generator.model.releases import Provenance, Release
from generator.model.tags import COMMIT_TAG, CONTENT_TAG, OWN_TAGS
from generator.project.commits import read_from_commits
from generator.project.git import Repository
from generator.review.diff import diff_documents, leave_answered
from generator.review.fingerprint import has_fingerprint


def weigh(history: Repository | None, release: Release, revisions: Sequence[Revision]) -> tuple[Provenance, ...]:
    """Compare the tags of some revisions with their content."""
    commits = {each.find_tag(COMMIT_TAG) for each in revisions} - {""}
    texts, documents = Texts(), dict[str, MapNode]()
    for commit, data in (read_from_commits(history, release.path, commits) if history else {}).items():
        side = view_committed(f"{commit}:{release.path}", data, texts)
        if side is not None:
            documents[commit] = side.document
    return tuple(weigh_one(each, documents.get(each.find_tag(COMMIT_TAG))) for each in revisions)


def find_as_committed(release: Release, revisions: Sequence[Revision]) -> tuple[bool, ...]:
    """Find whether each revision has the committed content, as `taskdef register` sees it."""
    side = view_committed(release.path, release.committed, Texts()) if release.committed else None
    if side is None:
        return (False,) * len(revisions)
    return tuple(is_same_definition(each.document, side.document, tags=each.has_tags) for each in revisions)


def weigh_one(revision: Revision, committed: MapNode | None) -> Provenance:
    """Compare the tags of a revision with its content and its commit."""
    if not any(revision.find_tag(key) for key in OWN_TAGS):
        return Provenance()
    by_git = None if committed is None else is_same_definition(revision.document, committed)
    return Provenance(True, by_git, has_fingerprint(revision.document, revision.find_tag(CONTENT_TAG)))


def is_same_definition(revision: MapNode, written: MapNode, *, tags: bool = False) -> bool:
    """Whether a revision is what is written; unless `tags` count, these aside: anybody may add one to a revision."""
    rows = diff_documents(leave_answered(revision, written), written)
    return not any(tags or not row.path.startswith("tags") for row in rows)
