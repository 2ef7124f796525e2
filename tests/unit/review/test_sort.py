"""What `--fix --sort` makes of a text: the form of artifacts, which says the same; and what has no such form."""

from __future__ import annotations

import json

import pytest

from generator.model.findings import Source
from generator.model.nodes import Value
from generator.review.sort import Unsorted, sort_text

WEB: Value = {"family": "web", "containerDefinitions": [{"name": "web", "image": "nginx:1.29", "memory": 128}]}


def sort(value: Value) -> Value:
    """What becomes of a document, in the order in which it is then written."""
    text = sort_text(Source("web.json", json.dumps(value)))
    assert isinstance(text, str)
    return json.loads(text)


def contain(**members: Value) -> Value:
    """A task definition whose container has members more."""
    return {**WEB, "containerDefinitions": [{**WEB["containerDefinitions"][0], **members}]}


STAYS: dict[str, Value] = {
    "empty lists and mappings": {**contain(environment=[], dockerLabels={}, links=[]), "volumes": []},
    "empty text": contain(environment=[{"name": "A", "value": ""}]),
    "defaults": contain(privileged=False, cpu=0, essential=True),
    "a member that there is not": contain(comand=["a"]),
    "a value of another type": contain(cpu="128", image=5),
    "a mapping for a list": {**WEB, "containerDefinitions": {"web": {"name": "web"}}},
    "a tag twice": {**WEB, "tags": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]},
    "tags that are no list": {"family": "web", "tags": {}},
    "a name that ECS sets, but deeper": contain(status="ACTIVE"),
    "what only looks like an answer": {"taskDefinition": {"family": "web"}, "family": "web"},
}


@pytest.mark.parametrize("document", STAYS.values(), ids=STAYS.keys())
def test_stays(document: Value) -> None:
    assert sort(document) == document


UNSORTED = {
    "no JSON": ('{"family": "web",}', "it is not JSON"),
    "a member twice": ('{"family": "web", "family": "web"}', "its meaning is not certain"),
    "half a character": ('{"family": "\\ud83d"}', "its meaning is not certain"),
    "no mapping": ("[]", "its meaning is not certain"),
    "something else": ('{"name": "x"}', "its meaning is not certain"),
    "a null in a list": (
        '{"containerDefinitions": [{"command": ["a", null]}]}',
        "it has a null, which artifacts do not have",
    ),
    "a null in a member that nobody knows": (
        '{"family": "w", "n": {"a": null}}',
        "it has a null, which artifacts do not have",
    ),
}


@pytest.mark.parametrize(("text", "reason"), UNSORTED.values(), ids=UNSORTED)
def test_is_not_sorted(text: str, reason: str) -> None:
    assert sort_text(Source("web.json", text)) == Unsorted(reason)


def test_the_form_is_that_of_artifacts() -> None:
    text = (
        '{"memory": "512", "requiresCompatibilities": ["FARGATE", "EC2", "EC2"], "family": "wéb", "containerDefinitions": [{"image": "i:1",'
        ' "environment": [{"value": "2", "name": "B"}, {"name": "A", "value": "\\u0031"}], "cpu": 1e2, "name": "web"}]}'
    )
    assert sort_text(Source("web.json", text)) == (
        """\
{
  "family": "wéb",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "i:1",
      "cpu": 1e2,
      "environment": [
        {
          "name": "A",
          "value": "1"
        },
        {
          "name": "B",
          "value": "2"
        }
      ]
    }
  ],
  "requiresCompatibilities": [
    "EC2",
    "FARGATE"
  ],
  "memory": "512"
}
"""
    )


def test_items_of_one_identity_keep_their_order() -> None:
    document = contain(
        environment=[{"name": "B", "value": "2"}, {"name": "A", "value": "9"}, {"name": "A", "value": "1"}]
    )
    assert [item["value"] for item in sort(document)["containerDefinitions"][0]["environment"]] == ["9", "1", "2"]


def test_a_list_in_which_an_item_has_no_identity_keeps_its_order() -> None:
    items = [{"name": "B", "value": "2"}, {"value": "1"}, {"name": "A", "value": "1"}]
    assert sort(contain(environment=items))["containerDefinitions"][0]["environment"] == items
