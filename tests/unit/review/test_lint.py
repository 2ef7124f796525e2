"""What is said of texts from anywhere: task definitions right and wrong, answers of ECS, and what is something else."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from generator.documents.recognizing import hints_at_task_definition
from generator.model.findings import Finding, Source
from generator.model.nodes import Value
from generator.review.lint import Linter

WEB: Value = {
    "family": "web",
    "requiresCompatibilities": ["EC2"],
    "containerDefinitions": [{"name": "web", "image": "nginx:1.29", "memory": 128}],
}
LINTER = Linter({}, least="warning")


class Said(NamedTuple):
    """A finding: its code, where it is, what it says and advises."""

    code: str
    where: str
    message: str
    help: str | None = None


def lint(text: str | Value, linter: Linter = LINTER) -> list[Said]:
    """What is said of a text, or of a value written with two spaces."""
    text = text if isinstance(text, str) else json.dumps(text, indent=2)
    findings = linter.lint(Source("web.json", text))
    assert findings is not None
    return [state(finding) for finding in findings]


def state(finding: Finding) -> Said:
    assert finding.location is not None and finding.location.file == "web.json"
    where = f"{finding.location.line}:{finding.location.column}"
    return Said(finding.code, where, finding.message, finding.help)


# Task definitions.

RIGHT: dict[str, str | Value] = {
    "the least": WEB,
    "in one line": json.dumps(WEB),
    "with characters spelt out": json.dumps(WEB).replace("128}", '128, "command": ["\\ud83d\\ude00"]}'),
    "with empty lists, as describe gives them": {**WEB, "volumes": [], "placementConstraints": []},
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_of_what_is_right_nothing_is_said(text: str | Value) -> None:
    assert lint(text) == []


def test_findings_stand_at_their_lines_in_their_order() -> None:
    document = {**WEB, "memory": 512, "netwrokMode": "bridge", "taskRoleArn": None}
    document["containerDefinitions"] = [{**WEB["containerDefinitions"][0], "portMappings": [{"containerPort": "80"}]}]
    assert lint(document) == [
        Said(
            "E303",
            "13:28",
            "`containerDefinitions[web].portMappings[80/tcp].containerPort` takes a whole number, not text",
            "write it without quotes",
        ),
        Said("E303", "18:13", "`memory` takes text, not a number", "put it in double quotes"),
        Said("E301", "19:3", "a task definition has no member `netwrokMode`", "write `networkMode`"),
        Said("E306", "20:18", "`taskRoleArn` is null, which ECS accepts for no member", "remove it"),
    ]


def test_rules_speak_too_and_name_the_other_side() -> None:
    document = {**WEB, "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "300"}
    findings = LINTER.lint(Source("web.json", json.dumps(document, indent=2)))
    assert findings is not None
    found = next(finding for finding in findings if finding.code == "E402")
    assert [str(note.location) for note in found.notes] == ["web.json:14:10"]


def test_levels_and_admitted_members_are_those_of_the_settings() -> None:
    document = {
        **WEB,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "1",
        "memory": "1",
        "new": 1,
    }
    codes = [said.code for said in lint(document, Linter({"E402": "off"}, allow=("new",)))]
    assert ("E402" in codes, "E301" in codes) == (False, False)
    levels = Linter({"E402": "warning"}).lint(Source("web.json", json.dumps(document)))
    assert levels is not None
    assert {finding.code: finding.severity for finding in levels}["E402"] == "warning"


def test_a_key_that_stands_twice_is_told_beside_all_else() -> None:
    text = '{"family": "web",\n "family": "web",\n "containerDefinitions": [{"name": "web", "image": "i:1", "memory": "5"}]}'
    assert [(said.code, said.where) for said in lint(text)] == [("E106", "2:2"), ("E303", "3:69")]


def test_half_a_character_is_told_alone() -> None:
    assert [said.code for said in lint('{"family": "\\ud83d", "containerDefinitions": 5}')] == ["E108"]


def test_a_secret_beside_a_finding_is_masked() -> None:
    text = json.dumps({"containerDefinitions": [{"environment": [{"name": "DB_PASSWORD", "value": 12345}]}]}, indent=2)
    findings = LINTER.lint(Source("web.json", text))
    assert findings is not None
    assert "12345" not in str(findings) and "***" in str(findings)


# Answers of ECS.


def test_members_that_ecs_sets_are_one_finding() -> None:
    assert lint(
        {**WEB, "revision": 3, "status": "ACTIVE", "registeredAt": "2026-01-01", "compatibilities": ["EC2"]}
    ) == [
        Said(
            "E305",
            "13:3",
            "`revision`, `status`, `registeredAt`, `compatibilities` are set by ECS and cannot be registered",
            "delete them: only the output of describe-task-definition has such members",
        )
    ]


ANSWER = "this is the output of describe-task-definition, and ECS does not register it as it is"


def test_the_answer_of_describe_is_one_finding_and_what_is_in_it_is_looked_at() -> None:
    document = {"taskDefinition": {**WEB, "revision": 3, "status": "ACTIVE", "memory": 5}, "tags": [{"key": 5}]}
    assert lint(document) == [
        Said(
            "E305",
            "2:3",
            ANSWER,
            "keep the content of `taskDefinition`, without `revision`, `status`, or let `taskdef lint --fix` do it",
        ),
        Said("E303", "16:15", "`memory` takes text, not a number", "put it in double quotes"),
        Said("E303", "20:14", "`tags[5].key` takes text, not a number", "put it in double quotes"),
    ]


def test_tags_that_are_none_belong_to_the_answer() -> None:
    assert [said.code for said in lint({"taskDefinition": WEB, "tags": []})] == ["E305"]
    assert [said.code for said in lint({"taskDefinition": WEB, "ResponseMetadata": {"RequestId": "1"}})] == ["E305"]


# What is no JSON.

ASKED = "lint the JSON that is registered"

NO_JSON: dict[str, tuple[str, Said]] = {
    "nothing": ("", Said("E104", "1:1", "this file is empty", "put a task definition into it, or delete it")),
    "blanks": (" \n\n", Said("E104", "1:1", "this file is empty", "put a task definition into it, or delete it")),
    "a comment": ('{\n  // the name\n  "family": "web"}', Said("E104", "2:3", "JSON has no comments", "remove it")),
    "a comma too many": (
        '{"family": "web",\n  "volumes": [\n  ],\n}',
        Said("E104", "3:4", "there is a `,` before `}`", "remove it"),
    ),
    "Jinja, a value": (
        '{"family": "web", "cpu": {{ cpu }}}',
        Said(
            "E104",
            "1:26",
            "this is a template, not JSON: `{{` is outside all strings",
            "lint the rendered file",
        ),
    ),
    "Jinja, a statement": (
        '{"family": "web",\n{% if gpu %}"a": 1{% endif %}}',
        Said(
            "E104",
            "2:1",
            "this is a template, not JSON: `{%` is outside all strings",
            "lint the rendered file",
        ),
    ),
    "Jinja, in a list": (
        '{"containerDefinitions": [{% for name in names %}]}',
        Said(
            "E104",
            "1:27",
            "this is a template, not JSON: `{%` is outside all strings",
            "lint the rendered file",
        ),
    ),
    "Jinja, from the start": (
        '{%- set a = 1 %}\n{"family": "web"}',
        Said(
            "E104",
            "1:1",
            "this is a template, not JSON: `{%` is outside all strings",
            "lint the rendered file",
        ),
    ),
    **{
        f"a placeholder {word}": (
            f'{{"cpu": {word}, "family": "web"}}',
            Said(
                "E104",
                "1:9",
                f"`{word}` is a placeholder, and nothing was put in its place",
                "lint the file that has the value",
            ),
        )
        for word in (
            "${CPU}",
            "${var.cpu}",
            "$CPU",
            "$(CPU)",
            "#{CPU}#",
            "__CPU_UNITS__",
            "<CPU units>",
            "%CPU%",
            "@CPU@",
        )
    },
    "YAML": (
        "family: web\ncontainerDefinitions: []\n",
        Said("E104", "1:1", "this is YAML, not JSON", "convert it to JSON"),
    ),
    "YAML with a header": ("---\nfamily: web\n", Said("E104", "1:1", "this is YAML, not JSON", "convert it to JSON")),
    "CloudFormation in YAML": (
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n",
        Said(
            "E104",
            "1:1",
            "this is a CloudFormation template, not a task definition in JSON",
            "lint the JSON that is registered",
        ),
    ),
    "Terraform": (
        '\nresource "aws_ecs_task_definition" "web" {\n  family = "web"\n}\n',
        Said(
            "E104",
            "2:1",
            "this is Terraform's language, not JSON",
            "lint the JSON that is registered",
        ),
    ),
    "some words": ("hello", Said("E104", "1:1", "this is not a task definition: it is not JSON", ASKED)),
    "some lines of a program": (
        "PASSWORD=a\nTASK_DEFINITION=b",
        Said("E104", "1:1", "this is not a task definition: it is not JSON", ASKED),
    ),
    "other YAML": ("pin: 4711\n", Said("E104", "1:1", "this is YAML, not JSON", "convert it to JSON")),
    "an end too early": ('{"family": "web"', Said("E104", "1:1", "`{` is never closed")),
    "no value": ('{"family": NaN}', Said("E104", "1:12", "`NaN` is not JSON", "put text in double quotes")),
}


@pytest.mark.parametrize(("text", "said"), NO_JSON.values(), ids=NO_JSON.keys())
def test_what_is_no_json_is_told_for_what_it_seems_to_be(text: str, said: Said) -> None:
    assert lint(text) == [said]


# JSON that is something else.

CLOUDFORMATION = "lint the JSON that is registered"
ELSE: dict[str, tuple[Value, Said]] = {
    "a template of CloudFormation": (
        {"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": "web"}}}},
        Said("E301", "2:3", "this is a CloudFormation template, not a task definition", CLOUDFORMATION),
    ),
    "a resource of CloudFormation": (
        {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": "web"}},
        Said(
            "E301",
            "3:3",
            "`Properties` is CloudFormation's, and ECS spells no member with a capital letter",
            CLOUDFORMATION,
        ),
    ),
    "properties of CloudFormation": (
        {"Family": "web", "ContainerDefinitions": []},
        Said(
            "E301",
            "3:3",
            "`ContainerDefinitions` is CloudFormation's, and ECS spells no member with a capital letter",
            CLOUDFORMATION,
        ),
    ),
    "a list of containers": (
        [{"name": "web", "image": "nginx:1.29"}],
        Said(
            "E302",
            "1:1",
            "this is a list of containers, as Terraform's `container_definitions` has it, not a task definition",
            "put it under `containerDefinitions`, beside `family`",
        ),
    ),
    "other members": (
        {"pin": 4711, "users": []},
        Said("E304", "1:1", "this is not a task definition: it has neither `family` nor `containerDefinitions`", ASKED),
    ),
    "a task definition somewhere inside": (
        {"schema": 1, "resource": {"properties": {"containerDefinitions": [{"name": "web"}]}}, "expected": []},
        Said("E304", "1:1", "this is not a task definition: it has neither `family` nor `containerDefinitions`", ASKED),
    ),
    "a list of other things": ([1], Said("E302", "1:1", "a task definition is a mapping, not a list")),
    "text": ("web", Said("E302", "1:1", "a task definition is a mapping, not text")),
}


@pytest.mark.parametrize(("document", "said"), ELSE.values(), ids=ELSE.keys())
def test_json_that_is_something_else_is_one_finding(document: Value, said: Said) -> None:
    assert lint(json.dumps(document, indent=2)) == [said]


# Files that nobody named.

LOOKED_AT: dict[str, str | Value] = {
    "a task definition": WEB,
    "one that is wrong": {"containerDefinitions": 5},
    "one whose containers are misspelt": {"family": "web", "containerDefinition": []},
    "an answer": {"taskDefinition": {}},
    "one that is no JSON": '{"containerDefinitions": [],}',
    "one with a key twice": '{"family": "a", "family": "b", "containerDefinitions": []}',
}
LEFT_OUT: dict[str, str | Value] = {
    "a package": {"name": "web", "version": "1.0.0", "dependencies": {}},
    "a list": [WEB],
    "a list of containers": WEB["containerDefinitions"],
    "CloudFormation": {"Resources": {}},
    "a service": {"serviceName": "web", "taskDefinition": "web:3"},
    "a font": {"family": "Helvetica", "size": 12},
    "JSON with comments": '{\n  // "family": a comment\n}',
    "a key twice": '{"family": "a", "family": "b"}',
    "text": '"containerDefinitions"',
}


def dump(text: str | Value) -> Source:
    return Source("web.json", text if isinstance(text, str) else json.dumps(text))


@pytest.mark.parametrize("text", LOOKED_AT.values(), ids=LOOKED_AT.keys())
def test_a_file_that_looks_like_a_task_definition_is_linted(text: str | Value) -> None:
    assert LINTER.lint(dump(text), sure=False) == LINTER.lint(dump(text))
    assert hints_at_task_definition(dump(text).text.encode())


@pytest.mark.parametrize("text", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_a_file_that_does_not_is_left_out(text: str | Value) -> None:
    assert LINTER.lint(dump(text), sure=False) is None


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b'{"containerDefinitions": []}', True),
        ('\ufeff{"containerDefinitions": []}'.encode("utf-16"), True),
        ('{"name": "web"}'.encode("utf-16"), False),
        (b"\xff\x00", False),
        (b"", False),
    ],
)
def test_bytes_hint_at_a_task_definition_from_afar(data: bytes, hint: bool) -> None:
    assert hints_at_task_definition(data) == hint


def test_a_credential_that_a_rule_would_quote_is_masked() -> None:
    token = "ghp_" + "a" * 36
    container = {"name": "web", "image": "nginx:1.29", "memory": 128, "user": f"{token} x"}
    findings = LINTER.lint(Source("web.json", json.dumps({**WEB, "containerDefinitions": [container]})))
    assert findings
    assert [finding.message.partition(",")[0] for finding in findings] == [
        "`containerDefinitions[web].user` is `*** x`"
    ]
    assert token not in repr(findings)


def test_a_literal_is_masked_though_its_name_is_written_in_escapes() -> None:
    text = '{"revision": 1, "x": [{"name": "DB_P\\u0041SSWORD", "value": "hunter2"}]}'
    assert "hunter2" not in repr(LINTER.lint(Source("web.json", text)))
