"""Two task definitions have one fingerprint if and only if a comparison finds no difference, tags aside."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st

from generator.model.nodes import MapNode, Value
from generator.review.compare import view_file
from generator.review.diff import diff_documents
from generator.review.fingerprint import has_fingerprint, make_fingerprint
from tests.laws.task_definitions import task_definitions
from tests.support import read_json

ROLES = ("taskRoleArn", "executionRoleArn")
"""What may differ in its spelling alone: its own tests are in tests/unit/review/test_fingerprint.py."""


def view(document: Value) -> MapNode:
    return view_file("a.json", read_json(json.dumps(document))).document


def differ(left: Value, right: Value) -> bool:
    """Whether a comparison finds a difference, tags aside."""
    return any(not row.path.startswith("tags") for row in diff_documents(view(left), view(right)))


@given(task_definitions(), task_definitions(), st.data())
def test_a_fingerprint_is_shared_by_what_is_the_same(one: Value, other: Value, data: st.DataObject) -> None:
    member = data.draw(st.sampled_from(sorted({*one, *other}.difference(ROLES))))
    taken = {member: other[member]} if member in other else {}
    mixed = {**{name: value for name, value in one.items() if name != member}, **taken}
    fingerprint = make_fingerprint(view(one))
    assert has_fingerprint(view(mixed), fingerprint) == (not differ(one, mixed))


@given(task_definitions())
def test_no_order_of_members_counts(document: Value) -> None:
    turned = dict(reversed(document.items()))
    assert make_fingerprint(view(turned)) == make_fingerprint(view(document))
