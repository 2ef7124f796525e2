"""Files that are imported: their canonical form, what it leaves out, and what is refused."""

from __future__ import annotations

import json

import pytest

from generator.adopt.reading import Given, LeftOut, Original, Refused, read_original
from generator.model.findings import Source
from generator.model.nodes import Value

WEB = {"family": "web", "containerDefinitions": [{"name": "web", "image": "web:1"}]}


def read(text: str, *, exact: bool = False) -> Original | Refused:
    return read_original(Given("dev", "web", Source("dev.json", text)), exact=exact)


@pytest.mark.parametrize(
    ("more", "value", "left_out"),
    [
        ({}, {}, LeftOut()),
        ({"cpu": 256, "memory": "2GB"}, {"cpu": "256", "memory": "2048"}, LeftOut()),
        ({"revision": 3, "status": "ACTIVE"}, {}, LeftOut(read_only=2)),
        ({"taskRoleArn": None, "pidMode": None}, {}, LeftOut(nulls=2)),
        ({"volumes": [], "tags": []}, {}, LeftOut(empty=2)),
        ({"requiresCompatibilities": ["FARGATE", "EC2"]}, {"requiresCompatibilities": ["EC2", "FARGATE"]}, LeftOut()),
    ],
)
def test_a_file_is_brought_into_the_canonical_form(more: Value, value: Value, left_out: LeftOut) -> None:
    original = read(json.dumps({**WEB, **more}))
    assert isinstance(original, Original)
    assert (original.value, original.left_out) == ({**WEB, **value}, left_out)
    assert json.loads(original.text) == original.value


def test_empty_lists_are_kept_where_that_is_wanted_and_commands_always() -> None:
    container: Value = {"name": "web", "image": "web:1", "command": [], "links": []}
    text = json.dumps({**WEB, "containerDefinitions": [container], "volumes": []})
    default, exact = read(text), read(text, exact=True)
    assert isinstance(default, Original) and isinstance(exact, Original)
    assert default.value["containerDefinitions"] == [{"name": "web", "image": "web:1", "command": []}]
    assert exact.value["volumes"] == [] and exact.value["containerDefinitions"][0]["links"] == []


def test_an_answer_is_unwrapped_and_its_tags_move_in() -> None:
    original = read(json.dumps({"taskDefinition": {**WEB, "revision": 1}, "tags": [{"key": "a", "value": "b"}]}))
    assert isinstance(original, Original)
    assert original.value == {**WEB, "tags": [{"key": "a", "value": "b"}]}
    assert original.left_out == LeftOut(read_only=1, described=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1 E104 this file is empty"),
        ("// x", "1:1 E104 this file has only comments in it"),
        ('{"family": "web",\n "containerDefinitions": {"web": {}}}', "2:26 E302 `containerDefinitions` is a list, not a mapping"),
        (json.dumps({**WEB, "tags": [{"key": "", "value": "x"}]}), "1:97 E307 `tags[#0].key` is empty"),
        (json.dumps({**WEB, "cpu": True}), "1:87 E303 `cpu` is text, and `true` is not"),
        ('{"family": "web", "containerDefinitions": [{"$id": "a", "name": "a", "image": "a:1"}]}',
         "1:45 E301 a task definition has no `$id`: only templates have"),
        ('{"family": "web", "containerDefinitions": [{"image": "a:1"}]}',
         "1:44 E206 item 0 of `containerDefinitions` has no identity"),
        (json.dumps({**WEB, "volumes": [{"name": "a"}, {"name": None}]}),
         "1:107 E206 item 1 of `volumes` has no identity"),
        ('services:\n  web: {}\n', "1:1 E104 this is a Compose file: it lacks the family, the sizes and the "
         "roles of a task definition"),
    ],
)  # fmt: skip
def test_what_is_no_task_definition_is_refused_by_line(text: str, said: str) -> None:
    refused = read(text)
    assert isinstance(refused, Refused)
    finding = refused.findings[0]
    assert finding.location is not None
    assert f"{finding.location.line}:{finding.location.column} {finding.code} {finding.message}" == said
