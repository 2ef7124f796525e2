"""What `--fix` mends of what is found in a text, and in place: tables of what is mended, what stays, and why."""

from __future__ import annotations

import json

import pytest

from generator.documents.editing import apply_edits
from generator.model.findings import Finding, Note, Source
from generator.model.nodes import Value
from generator.review.fix import spell_difference
from generator.review.lint import Linter

LINTER = Linter({}, fixing=True)
WEB: Value = {"family": "web", "containerDefinitions": [{"name": "web", "image": "nginx:1.29", "memory": 128}]}


def fix(text: str, linter: Linter = LINTER) -> str:
    """What becomes of a text."""
    return apply_edits(text, linter.find_edits(Source("web.json", text)))


def lint(text: str) -> tuple[Finding, ...]:
    return LINTER.lint(Source("web.json", text)) or ()


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
    "a null beside one that is missing": (
        {**contain(command=["a", None]), "taskRoleArn": None},
        contain(command=["a", None]),
    ),
    "nulls beside what ECS sets": ({"revision": 3, "taskRoleArn": None, "status": "x", **WEB, "cpu": None}, WEB),
    "an answer with nulls in its tags": (
        {"taskDefinition": {**WEB, "cpu": None}, "tags": [{"key": "team", "value": None}]},
        {**WEB, "tags": [{"key": "team"}]},
    ),
    "an answer with nothing to register": (
        {"taskDefinition": {"revision": 3}, "tags": [{"key": "a"}]},
        {"tags": [{"key": "a"}]},
    ),
    "an answer with empty tags in it": ({"taskDefinition": {**WEB, "tags": []}, "tags": []}, WEB),
    "an answer with empty tags in it and others beside": (
        {"taskDefinition": {**WEB, "tags": []}, "tags": [{"key": "a", "value": "1"}]},
        {**WEB, "tags": [{"key": "a", "value": "1"}]},
    ),
    "an empty list of tags": ({**WEB, "tags": []}, WEB),
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(("before", "after"), MENDED.values(), ids=MENDED.keys())
def test_is_mended(before: Value, after: Value, indent: int | None) -> None:
    assert fix(json.dumps(before, indent=indent)) == json.dumps(after, indent=indent)


STAYS: dict[str, Value] = {
    "empty lists and mappings": {**contain(environment=[], dockerLabels={}, links=[]), "volumes": []},
    "empty text": contain(environment=[{"name": "A", "value": ""}]),
    "defaults": contain(privileged=False, cpu=0, essential=True),
    "a member that there is not": contain(comand=["a"]),
    "a value of another type": contain(cpu="128", image=5),
    "a mapping for a list": {**WEB, "containerDefinitions": {"web": {"name": "web"}}},
    "a tag twice": {**WEB, "tags": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]},
    "tags that are no list": {"family": "web", "tags": {}},
    "a null for what ECS requires": {**WEB, "family": None},
    "a null in a list": contain(command=["a", None]),
    "a null in a member that nobody knows": {**WEB, "new": {"a": None}},
    "a null for all": None,
    "no mapping": [],
    "tags in an answer and beside": {"taskDefinition": {**WEB, "tags": [{}]}, "tags": [{"key": "a", "value": "1"}]},
    "a name that ECS sets, but deeper": contain(status="ACTIVE"),
    "what only looks like an answer": {"taskDefinition": {"family": "web"}, "family": "web"},
}


@pytest.mark.parametrize("document", STAYS.values(), ids=STAYS.keys())
def test_stays(document: Value) -> None:
    assert fix(json.dumps(document)) == json.dumps(document)


UNTOUCHED = {
    "no JSON": '{"family": "web", "revision": 3,}',
    "a member twice": '{"family": "web", "family": "web", "revision": 3}',
    "half a character": '{"family": "\\ud83d", "revision": 3}',
    "something else": '{"cpu": null}',
    "a comment": '{"family": "web", /* why */ "revision": 3}',
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_is_not_touched(text: str) -> None:
    assert fix(text) == text


def test_what_stands_twice_keeps_nothing_else_from_being_mended() -> None:
    text = '{"family": "web", "revision": 3, "containerDefinitions": [{"name": "a", "cpu": null, "name": "b"}]}'
    assert fix(text) == text.replace(' "revision": 3,', "")


def test_what_is_admitted_or_off_is_not_mended() -> None:
    text = json.dumps({**WEB, "new": None, "tags": []})
    assert fix(text, Linter({"E404": "off"}, allow=("new",))) == text
    assert fix(text, Linter({"E404": "note"}, allow=("new",))) == json.dumps({**WEB, "new": None})


LEFT = {
    "a null in a list": (
        json.dumps(contain(command=["a", None])),
        "an item of a list is missing, or there is one too many",
    ),
    "a null for what ECS requires": (
        json.dumps({**WEB, "family": None}),
        "ECS requires `family`, so a value is missing",
    ),
    "a member twice": (
        '{"family": "web", "cpu": null, "cpu": null, "containerDefinitions": []}',
        "a member is there twice, and it is not certain which one counts",
    ),
    "tags twice": (
        json.dumps({"taskDefinition": {**WEB, "tags": [{}]}, "tags": [{"key": "a", "value": "1"}]}),
        "there are `tags` in it and beside it",
    ),
    "no JSON": ('{"family": "web", "revision": 3,}', "nothing in a file is while it cannot be read"),
    "half a character": ('{"family": "\\ud83d"}', "nothing in a file is while it cannot be read"),
}


@pytest.mark.parametrize(("text", "reason"), LEFT.values(), ids=LEFT)
def test_what_is_not_mended_says_why(text: str, reason: str) -> None:
    assert [finding for finding in lint(text) if Note(f"not mended: {reason}") in finding.notes]


def test_reasons_are_given_where_mending_is_asked_for() -> None:
    found = Linter({}).lint(Source("web.json", LEFT["a null in a list"][0])) or ()
    assert [note for finding in found for note in finding.notes if note.text.startswith("not mended")] == []


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
