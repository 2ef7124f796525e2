"""One registered revision, in lines for people beside what is registered, and as JSON for programs."""

from __future__ import annotations

from json import loads

from generator.documents.serializing import serialize_document
from generator.model.account_answers import ShownRevision
from generator.model.result import Result, state_number
from generator.model.tags import COMMIT_TAG, HASH_TAG, VERSION_TAG
from generator.reports.forms import View, Written
from generator.reports.json import VERSION, write_json
from generator.reports.revisions import describe_revision, list_tags
from generator.reports.spelling import escape_json

CAME = {
    "": "",
    "confirmed": "  from {}",
    "contradicted": "  not from {}, though its tags name it: the content differs",
    "unchecked": "  from {}, according to its tags, which cannot be verified here",
}
"""By what is known of a revision's tags: what is said of them."""


def write_answer(shown: ShownRevision, _: Result, view: View) -> Written:
    """Write a revision in the form of an artifact, and what is known of it beside."""
    if view.form == "json":
        return Written(format_json(shown), whole=True)
    return Written(escape_json(serialize_document(shown.document)), lines=list_facts(shown))


def list_facts(shown: ShownRevision) -> tuple[str, ...]:
    """List what is known of a revision beside what is registered, for a person."""
    revision = shown.revision
    by = f" by {revision.registered_by}" if revision.registered_by else ""
    commit, version, digest = (revision.find_tag(key) for key in (COMMIT_TAG, VERSION_TAG, HASH_TAG))
    came = [f"commit {commit}" if commit else "", version, f"content {digest}" if digest else ""]
    came.append(
        "the same as the committed artifact" if shown.committed and shown.provenance.state == "confirmed" else ""
    )
    tags = ", ".join(f"{key}={value}" for key, value in list_tags(revision))
    facts = [
        f"{revision.arn}, {revision.status}",
        f"  registered {revision.registered_at or 'at no known time'}{by}",
        CAME[shown.provenance.state].format(", ".join(filter(None, came))),
        "  the same as the committed artifact" if shown.committed and shown.provenance.state != "confirmed" else "",
        f"  tags {tags}" if tags else "",
        f"  {shown.note}" if shown.note else "",
    ]
    if shown.masked:
        number = state_number(len(shown.masked), "value")
        facts.append(f"  {number} masked, so do not register this text: `--unmasked` shows the values")
    return tuple(filter(None, facts))


def format_json(shown: ShownRevision) -> str:
    """Write a revision and what is known of it as one JSON object."""
    report = {
        "version": VERSION,
        "command": "show",
        "environment": shown.release.environment,
        "task": shown.release.task,
        **describe_revision(shown.revision),
        "committed": shown.committed,
        "provenance": shown.provenance.state or None,
        "note": shown.note or None,
        "masked": list(shown.masked),
        "document": loads(serialize_document(shown.document)),
        "summary": {"status": 0},
    }
    return write_json(report)
