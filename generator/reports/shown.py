"""One registered revision, in lines for people beside what is registered, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from json import loads

from generator.documents.serializing import serialize_document
from generator.model.account import COMMIT_TAG, HASH_TAG, VERSION_TAG, Revision
from generator.model.nodes import MapNode
from generator.model.releases import Release
from generator.model.result import state_number
from generator.reports.json import VERSION, write_json
from generator.reports.revisions import describe_revision, list_tags


def list_facts(revision: Revision, masked: Sequence[str], note: str, *, committed: bool) -> tuple[str, ...]:
    """List what is known of a revision beside what is registered, for a person."""
    by = f" by {revision.registered_by}" if revision.registered_by else ""
    commit, version, digest = (revision.find_tag(key) for key in (COMMIT_TAG, VERSION_TAG, HASH_TAG))
    came = [f"commit {commit}" if commit else "", version, f"content {digest}" if digest else ""]
    came.append("as it is committed now" if committed else "")
    tags = ", ".join(f"{key}={value}" for key, value in list_tags(revision))
    facts = [
        f"{revision.arn}, {revision.status}",
        f"  registered {revision.registered_at or 'at no known time'}{by}",
        f"  from {', '.join(filter(None, came))}" if any(came) else "",
        f"  tags {tags}" if tags else "",
        f"  {note}" if note else "",
    ]
    if masked:
        number = state_number(len(masked), "value")
        facts.append(f"  {number} masked, so this is not to be registered: `--unmasked` gives it as it is")
    return tuple(filter(None, facts))


def format_shown(
    release: Release, revision: Revision, shown: MapNode, masked: Sequence[str], note: str, *, committed: bool
) -> str:
    """Write a revision and what is known of it as one JSON object."""
    report = {
        "version": VERSION,
        "command": "show",
        "environment": release.environment,
        "task": release.task,
        **describe_revision(revision),
        "committed": committed,
        "note": note or None,
        "masked": list(masked),
        "document": loads(serialize_document(shown)),
        "summary": {"status": 0},
    }
    return write_json(report)
