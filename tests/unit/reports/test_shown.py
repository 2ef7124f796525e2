"""One registered revision as it is shown: without its secrets, with what is known of it beside."""

from __future__ import annotations

import json

from generator.documents.hiding import make_secrets, mask_document
from generator.documents.serializing import serialize_document
from generator.model.account import Revision
from generator.model.account_answers import ShownRevision
from generator.model.nodes import MapNode, Value
from generator.model.releases import Provenance, Release
from generator.model.tags import COMMIT_TAG, HASH_TAG, VERSION_TAG
from generator.reports.shown import list_facts
from generator.review.compare import view_file
from tests.support import read_json

ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/bot"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "a1b2c3d4" * 8
OWN = ((HASH_TAG, DIGEST), (COMMIT_TAG, f"{COMMIT}-dirty"), (VERSION_TAG, "v1.2.0-3-g0123456-dirty"))


def view(document: Value) -> MapNode:
    return view_file("", read_json(json.dumps(document), "")).document


REVISION = Revision(
    f"{ARN}:4",
    "bot",
    4,
    "ACTIVE",
    "2026-11-24T08:15:00Z",
    "arn:aws:sts::123456789012:assumed-role/ci/run-7",
    view({"family": "bot"}),
)

RELEASE = Release("dev", "bot", "rendered/dev/bot.json", b"", view_file("", read_json("{}", "")), "bot", None)

SECRET = {
    "family": "bot",
    "containerDefinitions": [
        {
            "name": "bot",
            "image": "a:v1",
            "command": ["run", "--url", "postgres://bot:correct-horse-battery@db/bot"],
            "environment": [
                {"name": "DB_PASSWORD", "value": "correct-horse-battery"},
                {"name": "LOG_LEVEL", "value": "INFO"},
            ],
            "secrets": [{"name": "API_KEY", "valueFrom": "/bot/key"}],
        }
    ],
    "tags": [{"key": "team", "value": "x"}],
}


def test_a_document_is_shown_without_its_secrets() -> None:
    document = view(SECRET)
    before = serialize_document(document)
    shown, masked = mask_document(document, make_secrets([document]))
    text = serialize_document(shown)
    assert "correct-horse" not in text
    assert json.loads(text)["containerDefinitions"][0]["environment"] == [
        {"name": "DB_PASSWORD", "value": "***"},
        {"name": "LOG_LEVEL", "value": "INFO"},
    ]
    assert json.loads(text)["containerDefinitions"][0]["secrets"] == SECRET["containerDefinitions"][0]["secrets"]  # type: ignore[index]  # a list
    assert masked == (
        "containerDefinitions[bot].command[2]",
        "containerDefinitions[bot].environment[DB_PASSWORD].value",
    )
    assert serialize_document(document) == before


def test_a_document_without_secrets_is_shown_as_it_is() -> None:
    document = view({"family": "bot", "containerDefinitions": [{"name": "bot", "image": "a:v1"}]})
    assert mask_document(document, make_secrets([document])) == (document, ())


def test_facts_stand_beside_a_revision() -> None:
    tags = (*OWN, ("team", "x"), ("api-token", "correct-horse-battery"))
    assert list_facts(
        ShownRevision(
            RELEASE,
            REVISION._replace(tags=tags),
            REVISION.document,
            ("a", "b"),
            "why",
            committed=True,
            provenance=Provenance(True, True, None),
        )
    ) == (
        f"{ARN}:4, ACTIVE",
        "  registered 2026-11-24T08:15:00Z by arn:aws:sts::123456789012:assumed-role/ci/run-7",
        f"  from commit {COMMIT}-dirty, v1.2.0-3-g0123456-dirty, content {DIGEST}, the same as the committed artifact",
        "  tags team=x, api-token=***",
        "  why",
        "  2 values masked, so do not register this text: `--unmasked` shows the values",
    )
    plain = REVISION._replace(registered_at="", registered_by="")
    assert list_facts(ShownRevision(RELEASE, plain, plain.document)) == (
        f"{ARN}:4, ACTIVE",
        "  registered at no known time",
    )
