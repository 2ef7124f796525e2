"""What another tool that registers would change in an artifact, and what it leaves as it is."""

from __future__ import annotations

import pytest

from generator.ecs.actions import ACTIONS, NEWEST, REGISTRARS
from generator.ecs.shapes import shape
from generator.model.nodes import Value
from generator.review.actions import apply_actions
from generator.rules.registrars import find_changed


def with_container(**members: Value) -> Value:
    return {"family": "f", "containerDefinitions": [{"name": "app", **members}]}


APP = ("containerDefinitions", 0)
NEW: Value = {"family": "f", "trustedExecutionConfiguration": {}}
SHARED = with_container(resourceRequirements=[{"type": "GPU", "value": "1", "sharingStrategy": {}}])
CHANGED: dict[str, tuple[str, Value, list[tuple[str | int, ...]]]] = {
    "an empty argument": (
        "deploy-action",
        with_container(command=["a", "", "b", ""]),
        [(*APP, "command", 1), (*APP, "command", 3)],
    ),
    "an empty label": (
        "deploy-action",
        with_container(dockerLabels={"a": "", "b": "c"}),
        [(*APP, "dockerLabels", "a")],
    ),
    "an empty option": (
        "deploy-action",
        with_container(logConfiguration={"logDriver": "splunk", "options": {"tag": ""}}),
        [(*APP, "logConfiguration", "options", "tag")],
    ),
    "an empty command": (
        "deploy-action",
        with_container(command=[], entryPoint=[]),
        [(*APP, "command"), (*APP, "entryPoint")],
    ),
    "a newer member": ("deploy-action", NEW, [("trustedExecutionConfiguration",)]),
    "a newer member, deeper": ("awscli", SHARED, [(*APP, "resourceRequirements", 0, "sharingStrategy")]),
    "a newer member that is refused": ("awscli", NEW, [("trustedExecutionConfiguration",)]),
}
UNCHANGED: dict[str, tuple[str, Value]] = {
    "nothing is empty": ("deploy-action", with_container(command=["a"], essential=False, cpu=0)),
    "a variable without a value": ("deploy-action", with_container(environment=[{"name": "A", "value": ""}])),
    "an empty list that is the same as none": ("deploy-action", with_container(mountPoints=[], dockerLabels={})),
    "a label called like a newer member": ("deploy-action", with_container(dockerLabels={"sharingStrategy": "x"})),
    "what is empty, for a tool that keeps it": ("awscli", with_container(command=["a", ""], dockerLabels={"a": ""})),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_the_tool_would_change_is_reported(name: str) -> None:
    tool, document, paths = CHANGED[name]
    problems = list(find_changed(document, tool))
    assert [problem.path for problem in problems] == paths
    assert {problem.code for problem in problems} == {"W636"}


@pytest.mark.parametrize("name", UNCHANGED)
def test_what_the_tool_leaves_alone_passes(name: str) -> None:
    tool, document = UNCHANGED[name]
    assert list(find_changed(document, tool)) == []


def test_lint_and_check_go_by_one_table() -> None:
    assert REGISTRARS["deploy-action"] is ACTIONS["deploy-action"]
    assert all(member in shape(structure).members for structure, member in NEWEST)


def test_an_empty_argument_goes_and_those_behind_it_move() -> None:
    changed = apply_actions(with_container(command=["a", "", "b"]), ("deploy-action",))
    assert changed.document["containerDefinitions"][0]["command"] == ["a", "b"]


def test_messages_say_what_the_tool_does() -> None:
    assert [problem.message for problem in find_changed(with_container(command=["", "b"]), "deploy-action")] == [
        "aws-actions/amazon-ecs-deploy-task-definition 2.6.3 drops this empty text, and the items behind it move up"
    ]
    assert [problem.message for problem in find_changed(NEW, "deploy-action")] == [
        "aws-actions/amazon-ecs-deploy-task-definition 2.6.3 silently drops `trustedExecutionConfiguration`, "
        "which its model of ECS does not have"
    ]
    assert [problem.message for problem in find_changed(NEW, "awscli")] == [
        "aws/aws-cli 1.46.3 refuses `trustedExecutionConfiguration`, which its model of ECS does not have"
    ]
