"""Laws of comparing: nothing differs from itself or from what ECS makes of it, and both sides see the same differences."""

from __future__ import annotations

import json

from hypothesis import given

from generator.build.merging import view_document
from generator.documents.ordering import order_document
from generator.model.nodes import MapNode, Value
from generator.review.diff import diff_documents
from generator.review.normalizing import normalize_document
from tests.laws.strategies import documents
from tests.support import read_json


def view(value: Value) -> MapNode:
    viewed, _ = view_document(read_json(json.dumps(value)))
    assert viewed is not None
    return viewed


@given(documents())
def test_nothing_differs_from_itself_or_from_itself_in_order(document: Value) -> None:
    viewed = view(document)
    assert diff_documents(viewed, viewed) == ()
    assert diff_documents(viewed, order_document(viewed)) == ()


@given(documents())
def test_what_is_in_order_stays_as_it_is(document: Value) -> None:
    once = order_document(view(document))
    assert order_document(once) == once


@given(documents())
def test_nothing_differs_from_what_ecs_makes_of_it(document: Value) -> None:
    viewed = view(document)
    assert diff_documents(viewed, normalize_document(viewed)) == ()
    once = normalize_document(viewed)
    assert diff_documents(once, normalize_document(once)) == ()


@given(documents(), documents())
def test_both_sides_see_the_same_differences(left: Value, right: Value) -> None:
    rows = diff_documents(view(left), view(right))
    mirrored = diff_documents(view(right), view(left))
    assert sorted((row.path, repr(row.left), repr(row.right)) for row in rows) == sorted(
        (row.path, repr(row.right), repr(row.left)) for row in mirrored
    )
    assert len({row.path for row in rows}) == len(rows)
