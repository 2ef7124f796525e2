"""What AWS's actions for GitHub make of a task definition, and where a problem of that stands in the file."""

from __future__ import annotations

import pytest

from generator.ecs.actions import ACTIONS, FILLED_IN
from generator.ecs.shapes import read_only
from generator.model.findings import Fact, Level, Problem, Source
from generator.model.nodes import Value
from generator.review.actions import Changed, apply_actions, move_back
from generator.review.lint import Linter

RENDER, DEPLOY = "render-action", "deploy-action"
BOTH = (RENDER, DEPLOY)


def test_actions_are_named_in_the_order_of_a_workflow() -> None:
    assert tuple(ACTIONS) == BOTH
    assert all(set(action.removed) < set(read_only()) for action in ACTIONS.values())


DEPLOYED: dict[str, tuple[Value, Value]] = {
    "what ECS sets": ({"family": "a", "revision": 3, "taskDefinitionArn": "x", "status": "ACTIVE"}, {"family": "a"}),
    "what ECS sets and the action does not know": ({"deleteRequestedAt": "x"}, {"deleteRequestedAt": "x"}),
    "what ECS sets, but deeper": ({"volumes": [{"status": "x"}]}, {"volumes": [{"status": "x"}]}),
    "what ECS sets and does not count as true": ({"revision": 0, "status": False}, {"revision": 0, "status": False}),
    "nulls": ({"family": "a", "cpu": None, "volumes": [{"name": "v", "host": None}]}, {"family": "a", "volumes": [{"name": "v"}]}),
    "empty text": ({"family": "a", "cpu": ""}, {"family": "a"}),
    "no tags": ({"family": "a", "tags": []}, {"family": "a"}),
    "what holds nothing": ({"family": "a", "volumes": [{"host": {}}, {"name": ""}]}, {"family": "a"}),
    "empty items": ({"volumes": [{}, {"name": "v"}, None]}, {"volumes": [{"name": "v"}]}),
    "zero and false": ({"cpu": 0, "x": False, "y": [0]}, {"cpu": 0, "x": False, "y": [0]}),
    "a variable without a value": (
        {"containerDefinitions": [{"environment": [{"name": "A", "value": ""}, {"name": "", "value": ""}]}]},
        {"containerDefinitions": [{"environment": [{"value": "", "name": "A"}]}]},
    ),
    "a secret without a value": (
        {"containerDefinitions": [{"secrets": [{"name": "A", "valueFrom": ""}]}]},
        {"containerDefinitions": [{"secrets": [{"name": "A"}]}]},
    ),
    "a proxy": (
        {"proxyConfiguration": {"type": "APPMESH", "properties": [{"name": "A", "value": ""}, {"value": "b"}]}},
        {"proxyConfiguration": {"type": "APPMESH", "properties": [{"name": "A", "value": ""}, {"name": "", "value": "b"}]}},
    ),
    "another proxy": (
        {"proxyConfiguration": {"type": "", "properties": [{"name": "A", "value": ""}]}},
        {"proxyConfiguration": {"properties": [{"name": "A"}]}},
    ),
    "nothing": ({"family": None}, {}),
    "containers that are none": ({"containerDefinitions": ["a", {"environment": ["b", {"name": "c"}]}]},) * 2,
    "no mapping": ([None], [None]),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), DEPLOYED.values(), ids=DEPLOYED)
def test_the_deploy_action_removes_what_is_empty(before: Value, after: Value) -> None:
    after = (
        {"containerDefinitions": ["a", {"environment": ["b", {"name": "c", "value": ""}]}]}
        if before is after
        else after
    )
    assert apply_actions(before, (DEPLOY,)).document == after


def render(*images: Value) -> list[Value]:
    """The images of containers after the render action."""
    containers = [{} if image is Ellipsis else {"image": image} for image in images]
    return [
        each.get("image")
        for each in apply_actions({"containerDefinitions": containers}, (RENDER,)).document["containerDefinitions"]
    ]


@pytest.mark.parametrize("image", ["nginx:1.29", "nginx", "", None, ..., 5, "<IMAGE>"])
def test_the_render_action_fills_in_the_image_of_the_only_container(image: Value) -> None:
    assert render(image) == [FILLED_IN]


@pytest.mark.parametrize(
    "image",
    [
        None,
        ...,
        "",
        "<IMAGE>",
        "${IMAGE}",
        "IMAGE_URI",
        "PLACEHOLDER",
        "image_placeholder",
        "x/{{ y }}",
        "YOUR_ECR_REPO_URI:latest",
    ],
)
def test_of_several_containers_the_render_action_fills_in_those_that_wait_for_it(image: Value) -> None:
    assert render("log:1", image, "nginx") == ["log:1", FILLED_IN, "nginx"]


@pytest.mark.parametrize(
    "image", ["nginx", "nginx:latest", "host.example.com/Team/app:1", "me/placeholder-service:1", 5]
)
def test_of_several_containers_images_stay(image: Value) -> None:
    assert render(image, "log:1") == [image, "log:1"]


def test_the_render_action_removes_what_ecs_sets_and_no_null() -> None:
    assert apply_actions({"revision": 0, "cpu": None, "tags": []}, (RENDER,)).document == {"cpu": None, "tags": []}
    assert apply_actions({"containerDefinitions": {}, "registeredBy": "x"}, (RENDER,)).document == {
        "containerDefinitions": {}
    }


def test_what_is_filled_in_is_filled_in_before_what_is_empty_goes() -> None:
    assert apply_actions({"containerDefinitions": [{"image": ""}]}, (DEPLOY, RENDER)) == Changed(
        {"containerDefinitions": [{"image": FILLED_IN}]}, {}
    )


def test_problems_stand_where_the_file_has_them() -> None:
    document = {"a": [None, {"b": [[], "x", None, ["", "y"]]}, {}, "z"]}
    changed = apply_actions(document, (DEPLOY,))
    assert changed.document == {"a": [{"b": ["x", ["y"]]}, "z"]}
    paths = {
        ("a", 0): ("a", 1),
        ("a", 0, "b", 0): ("a", 1, "b", 1),
        ("a", 0, "b", 1, 0): ("a", 1, "b", 3, 1),
        ("a", 1): ("a", 3),
        ("c", 7): ("c", 7),
    }
    assert {path: move_back(Problem("E999", path, ""), changed).path for path in paths} == paths
    problem = Problem("E999", (), "", (Fact("x"), Fact("y", ("a", 1))))
    assert move_back(problem, changed).facts == (Fact("x"), Fact("y", ("a", 3)))


MENDED = (
    '{"family": "web", "revision": 3, "cpu": null, "tags": [], "requiresCompatibilities": ["EC2"],'
    ' "containerDefinitions": [{"name": "web", "image": "<IMAGE>", "memory": 128, "mountPoints": []},'
    ' {"name": "w.b", "image": "i:1", "memory": 64}]}'
)


@pytest.mark.parametrize(
    ("actions", "codes"),
    [
        ((), ["E305", "E306", "E404", "E517", "E424"]),
        ((RENDER,), ["E306", "E404", "E424"]),
        ((DEPLOY,), ["E517", "E424"]),
        (BOTH, ["E424"]),
    ],
)
def test_nothing_is_said_of_what_an_action_mends(actions: tuple[str, ...], codes: list[str]) -> None:
    found = Linter({}, least="error", actions=actions).lint(Source("web.json", MENDED)) or ()
    assert [finding.code for finding in found] == codes


def test_what_is_found_stands_at_its_line() -> None:
    text = '{"family": "w", "containerDefinitions": [\nnull,\n{"name": "w.b", "image": "i:1", "memory": 64}\n]}'
    found = Linter({}, least="error", actions=(DEPLOY,)).lint(Source("web.json", text)) or ()
    assert [(str(each.location), each.code) for each in found] == [("web.json:3:10", "E424")]


def test_no_action_takes_a_task_definition_out_of_an_answer() -> None:
    text = '{"taskDefinition": {"family": "w", "revision": 3, "containerDefinitions": [{"name": "w", "image": "i:1", "memory": 64}]}}'
    assert [each.code for each in Linter({}, least="error", actions=BOTH).lint(Source("a.json", text)) or ()] == [
        "E305"
    ]


def test_a_document_is_looked_through_as_deep_as_any_task_definition_goes() -> None:
    for depth, empty in ((40, True), (400, False)):
        document: Value = {"new": None}
        for _ in range(depth):
            document = {"new": [document]}
        assert (apply_actions(document, BOTH).document == {}) is empty


LEVELS = (
    '{"family": "w", "revision": 3, "cpu": null, "containerDefinitions": [{"name": "w", "image": "i:1", "memory": 64}]}'
)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({}, [("E305", "error"), ("E306", "error")]),
        ({"E305": "warning", "E306": "off"}, [("E305", "warning")]),
        ({"E305": "off", "E306": "warning"}, [("E306", "warning")]),
        ({"E305": "off", "E306": "off"}, []),
    ],
)
def test_lint_goes_by_the_levels_of_what_a_tool_may_mend(levels: Value, said: list[tuple[str, str]]) -> None:
    found = Linter(levels, least="warning").lint(Source("web.json", LEVELS)) or ()
    assert [(finding.code, finding.severity) for finding in found] == said


def test_an_answer_of_describe_has_the_level_of_its_code() -> None:
    text = '{"taskDefinition": ' + LEVELS.replace('"cpu": null, ', "") + "}"
    levels: tuple[tuple[Level, list[str]], ...] = (("warning", ["warning"]), ("off", []))
    for level, said in levels:
        linter = Linter({"E305": level}, least="warning")
        assert [each.severity for each in linter.lint(Source("web.json", text)) or ()] == said
        assert bool(linter.find_edits(Source("web.json", text))) is bool(said)


def test_a_null_that_nobody_reports_counts_as_absent() -> None:
    text = '{"family": "w", "cpu": null, "containerDefinitions": [{"name": "w", "image": null}]}'
    codes = {each.code for each in Linter({"E306": "off"}, least="error").lint(Source("web.json", text)) or ()}
    assert "E440" in codes
