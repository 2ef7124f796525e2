"""What the schemas of `<env>.yaml` and `<env>/<task>.yaml` admit beside patches, and what they name."""

from __future__ import annotations

import pytest

from generator.build.rendering import RESERVED
from generator.documents.parsing.aws_section import AWS_KEYS
from generator.documents.parsing.scalars import JINJA_WORDS
from generator.documents.parsing.sections import OVERLAY_KEYS, TASK_KEYS
from generator.ecs.runs import SETTINGS
from generator.model.nodes import Value
from tests.schemas import find_faults, make_validator, read_core

RIGHT = [
    "# nothing here",
    "extends: _common",
    "extends: 2026",
    "{vars: null, patch: null, aws: null, tasks: null}",
    "vars: {image_tag: v1, größe: 2, _a1: [x, {y: null}], off: null, n: 1.10}",
    "aws: {account: 012345678901, region: us-gov-west-1, cluster: main, service: web, previous_family: old}",
    "aws: {account: '123456789012', service: {web: web, job: null}, previous_family: [old, older]}",
    "aws: {cluster: null, service: null, run: {subnets: subnet-12345678, assign_public_ip: 'false'}}",
    "aws: {run: {subnets: [subnet-12345678], security_groups: [sg-12345678], launch_type: FARGATE, platform_version: 1.4.0}}",
    "tasks: {web: null, job: {vars: {a: 1}, patch: {cpu: 256}}, 'odd.name': {}}",
]


@pytest.mark.parametrize("text", RIGHT)
def test_an_overlay_that_may_be_right_is_admitted(text: str) -> None:
    assert find_faults("overlay", read_core(text)) == []


WRONG = [
    ("[a]", ": ['a'] is not of type 'object', 'null'"),
    ("var: {a: 1}", ": Additional properties are not allowed ('var' was unexpected)"),
    ("extends: [a, b]", "extends: ['a', 'b'] is not of type 'string', 'number', 'null'"),
    ("vars: [a]", "vars: ['a'] is not of type 'object', 'null'"),
    ("vars: {image-tag: v1}", "vars: False schema does not allow 'v1'"),
    ("vars: {1st: v1}", "vars: False schema does not allow 'v1'"),
    ("vars: {$render: v1}", "vars: False schema does not allow 'v1'"),
    ("vars: {env: v1}", "vars: False schema does not allow 'v1'"),
    ("vars: {not: v1}", "vars: False schema does not allow 'v1'"),
    ("aws: {acount: 1}", "aws: Additional properties are not allowed ('acount' was unexpected)"),
    ("aws: {service: [web]}", "aws.service: ['web'] is not of type 'string', 'object', 'number', 'boolean', 'null'"),
    ("aws: {region: {$render: a}}", "aws.region: {'$render': 'a'} is not of type 'string', 'null'"),
    (
        "aws: {run: {launch_type: fargate}}",
        "aws.run.launch_type: 'fargate' is not one of ['EC2', 'EXTERNAL', 'FARGATE', None]",
    ),
    (
        "aws: {run: {assign_public_ip: yes}}",
        "aws.run.assign_public_ip: 'yes' is not one of [True, False, 'true', 'false', None]",
    ),
    ("tasks: {web: off}", "tasks.web: 'off' is not of type 'object', 'null'"),
    ("tasks: {web: {patches: {}}}", "tasks.web: Additional properties are not allowed ('patches' was unexpected)"),
]


@pytest.mark.parametrize(("text", "fault"), WRONG)
def test_what_is_wrong_in_an_overlay_is_named(text: str, fault: str) -> None:
    assert find_faults("overlay", read_core(text)) == [fault]


def test_a_file_of_a_single_task_has_variables_and_a_patch_only() -> None:
    assert find_faults("task", read_core("{vars: {a: 1}, patch: {cpu: 1}}")) == find_faults("task", None) == []
    assert find_faults("task", {"aws": {}}) == [": Additional properties are not allowed ('aws' was unexpected)"]


def test_every_key_that_is_read_is_completed_and_described() -> None:
    overlay, task = (make_validator(kind).schema for kind in ("overlay", "task"))
    aws: Value = overlay["properties"]["aws"]["properties"]
    sections = (
        (overlay["properties"], OVERLAY_KEYS),
        (task["properties"], TASK_KEYS),
        (aws, AWS_KEYS),
        (aws["run"]["properties"], tuple(SETTINGS)),
    )
    for known, keys in sections:
        assert sorted(known) == sorted(keys)
        assert all(each["description"].endswith(".") for each in known.values())


def test_no_word_that_a_template_cannot_use_is_the_name_of_a_variable() -> None:
    assert {word for word in {*RESERVED, *JINJA_WORDS} if find_faults("overlay", {"vars": {word: 1}}) == []} == set()
    assert find_faults("overlay", {"vars": {f"{word}s": 1 for word in RESERVED}}) == []
