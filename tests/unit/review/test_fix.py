"""What `--fix` makes of a text: tables of what is mended, what stays, and what is not touched at all."""

from __future__ import annotations

import json

import pytest

from generator.model.findings import Source
from generator.model.nodes import Value
from generator.review.fix import fix_text, spell_difference

WEB: Value = {"family": "web", "containerDefinitions": [{"name": "web", "image": "nginx:1.29", "memory": 128}]}


def fix(value: Value) -> Value:
    """What becomes of a document, in the order in which it is then written."""
    text = fix_text(Source("web.json", json.dumps(value)))
    return None if text is None else json.loads(text)


def contain(**members: Value) -> Value:
    """A task definition whose container has members more."""
    return {**WEB, "containerDefinitions": [{**WEB["containerDefinitions"][0], **members}]}


MENDED: dict[str, tuple[Value, Value]] = {
    "members that ECS sets": ({**WEB, "revision": 3, "status": "ACTIVE", "compatibilities": ["EC2"]}, WEB),
    "the answer of describe": ({"taskDefinition": {**WEB, "revision": 3}}, WEB),
    "the answer with tags": (
        {"taskDefinition": WEB, "tags": [{"key": "team", "value": "a"}]},
        {**WEB, "tags": [{"key": "team", "value": "a"}]},
    ),
    "the answer without tags": ({"taskDefinition": WEB, "tags": []}, WEB),
    "the answer as boto3 gives it": ({"ResponseMetadata": {"RetryAttempts": 0}, "taskDefinition": WEB}, WEB),
    "a null": ({**WEB, "taskRoleArn": None}, WEB),
    "a null in a container": (contain(command=None, healthCheck=None), WEB),
    "a null in a map": (contain(dockerLabels={"a": None, "b": "c"}), contain(dockerLabels={"b": "c"})),
    "a null of a member that there is not": (contain(comand=None), WEB),
    "an empty list of tags": ({**WEB, "tags": []}, WEB),
}


@pytest.mark.parametrize(("before", "after"), MENDED.values(), ids=MENDED.keys())
def test_is_mended(before: Value, after: Value) -> None:
    assert fix(before) == after


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
    assert fix(document) == document


UNTOUCHED = {
    "no JSON": '{"family": "web",}',
    "a member twice": '{"family": "web", "family": "web"}',
    "half a character": '{"family": "\\ud83d"}',
    "no mapping": "[]",
    "a null in a list": '{"family": "web", "containerDefinitions": [{"command": ["a", null]}]}',
    "a null for what ECS requires": '{"family": null, "containerDefinitions": []}',
    "a null in a member that nobody knows": '{"family": "web", "new": {"a": null}}',
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_is_not_touched(text: str) -> None:
    assert fix_text(Source("web.json", text)) is None


def test_the_form_is_that_of_artifacts() -> None:
    text = (
        '{"memory": "512", "requiresCompatibilities": ["FARGATE", "EC2", "EC2"], "family": "wéb", "containerDefinitions": [{"image": "i:1",'
        ' "environment": [{"value": "2", "name": "B"}, {"name": "A", "value": "\\u0031"}], "cpu": 1e2, "name": "web"}]}'
    )
    assert fix_text(Source("web.json", text)) == (
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
    assert [item["value"] for item in fix(document)["containerDefinitions"][0]["environment"]] == ["9", "1", "2"]


def test_a_list_in_which_an_item_has_no_identity_keeps_its_order() -> None:
    items = [{"name": "B", "value": "2"}, {"value": "1"}, {"name": "A", "value": "1"}]
    assert fix(contain(environment=items))["containerDefinitions"][0]["environment"] == items


def test_a_difference_shows_lines_and_no_secret() -> None:
    old = '{"name": "DB_PASSWORD", "value": "hunter2"}'
    new = '{\n  "name": "DB_PASSWORD",\n  "value": "hunter2"\n}\n'
    assert spell_difference("web.json", old, new) == (
        """\
--- web.json
+++ web.json
@@ -1 +1,4 @@
-{"name": "DB_PASSWORD", "value": "***"}
\\ No newline at end of file
+{
+  "name": "DB_PASSWORD",
+  "value": "***"
+}
"""
    )


def test_texts_that_are_alike_have_no_difference() -> None:
    assert spell_difference("web.json", "{}\n", "{}\n") == ""


def test_a_line_of_a_difference_ends_at_a_line_feed_only() -> None:
    difference = spell_difference("web.json", '{"a": "x\u2028y"}\n', '{\n  "a": "x\u2028y"\n}\n')
    assert difference.split("\n")[3:] == ['-{"a": "x\u2028y"}', "+{", '+  "a": "x\u2028y"', "+}", ""]
