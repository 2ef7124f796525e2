"""What counts as a difference between a built document and a committed one, and how it is named."""

from __future__ import annotations

import pytest

from generator.build.merging import view_document
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.review.check import compare_documents
from tests.support import read_json

BUILT = """
{"family": "f", "cpu": "256", "requiresCompatibilities": ["FARGATE"],
 "containerDefinitions": [
  {"$id": "app", "name": "app-dev", "image": "i", "command": ["a", "b"], "portMappings": [{"containerPort": 80}],
   "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]},
  {"name": "side", "image": "s"}]}
"""
COMMITTED = BUILT.replace('"$id": "app", ', "")
CASES = {
    "nothing": (COMMITTED, []),
    "members in another order": (COMMITTED.replace('"family": "f", "cpu": "256"', '"cpu": "256", "family": "f"'), []),
    "a list without order in another order": (
        COMMITTED.replace(
            '{"name": "A", "value": "1"}, {"name": "B", "value": "2"}',
            '{"name": "B", "value": "2"}, {"name": "A", "value": "1"}',
        ),
        [],
    ),
    "a value": (COMMITTED.replace('"value": "2"', '"value": "3"'), ["containerDefinitions[app].environment[B].value"]),
    "a number for text": (COMMITTED.replace('"256"', "256"), ["cpu"]),
    "a missing member": (COMMITTED.replace('"cpu": "256", ', ""), ["cpu"]),
    "an extra member": (COMMITTED.replace('"cpu"', '"memory": "1", "cpu"'), ["memory"]),
    "a missing item": (
        COMMITTED.replace('{"name": "A", "value": "1"}, ', ""),
        ["containerDefinitions[app].environment[A]"],
    ),
    "an extra item": (
        COMMITTED.replace('{"name": "A"', '{"name": "X", "value": "0"}, {"name": "A"'),
        ["containerDefinitions[app].environment[X]"],
    ),
    "a renamed container": (
        COMMITTED.replace("app-dev", "app-old"),
        ["containerDefinitions[app]", "containerDefinitions[app-old]"],
    ),
    "an item of a plain list": (COMMITTED.replace('"a", "b"', '"a", "c"'), ["containerDefinitions[app].command[1]"]),
    "the length of a plain list": (COMMITTED.replace('"a", "b"', '"a"'), ["containerDefinitions[app].command"]),
    "another kind": (COMMITTED.replace('["FARGATE"]', '"FARGATE"'), ["requiresCompatibilities"]),
    "an item without identity": (
        COMMITTED.replace('{"containerPort": 80}', "{}"),
        ["containerDefinitions[app].portMappings[80/tcp]", "containerDefinitions[app].portMappings[#0]"],
    ),
}


@pytest.mark.parametrize(("committed", "paths"), CASES.values(), ids=CASES.keys())
def test_difference_is_named_by_its_path(committed: str, paths: list[str]) -> None:
    viewed, _ = view_document(read_json(BUILT))
    assert viewed is not None
    built = order_document(coerce_document(viewed)[0])

    assert [difference.path for difference in compare_documents(built, read_json(committed))] == paths


def test_order_of_containers_counts() -> None:
    viewed, _ = view_document(read_json(BUILT))
    assert viewed is not None
    start = COMMITTED.index('{"name": "app-dev"')
    end = COMMITTED.index(',\n  {"name": "side"')
    swapped = COMMITTED[:start] + '{"name": "side", "image": "s"}, ' + COMMITTED[start:end] + "]}"

    assert [difference.path for difference in compare_documents(viewed, read_json(swapped))] == ["containerDefinitions"]
