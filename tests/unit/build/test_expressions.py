"""A value of a patch with an expression in it is told once: by what is wrong with it, or else by the expression."""

from __future__ import annotations

import pytest

from generator.build.pipeline import build_project
from tests.support import make_project

TEMPLATE = """{"family": "web", "executionRoleArn": "arn:aws:iam::111122223333:role/x", "containerDefinitions": [
  {"name": "web", "image": "web:v1", "memory": 512}
]}"""


def find(patch: str, variables: str = "{}") -> list[tuple[str, int]]:
    """Find what is wrong with a patch of container `web`: codes and lines, W623 apart."""
    overlay = f"vars: {variables}\npatch:\n  containerDefinitions:\n    web:\n      {patch}\n"
    project = make_project({"web.json.j2": TEMPLATE}, {"dev.yaml": overlay}, rules=True)
    found = build_project(project, least="note").findings
    return [(each.code, each.location.line if each.location else 0) for each in found if each.code != "W623"]


@pytest.mark.parametrize(
    ("patch", "codes"),
    [
        ('image: "web:{{ tag }}"', ["E517"]),
        ('cpu: "{{ size }}"', ["E303"]),
        ('secrets: {A: "{% if x %}a b{% endif %}"}', ["E454"]),
        ('environment: {A: "{{ x }}"}', ["W118"]),
        ('command: ["{{ x }}"]', ["W118"]),
        ('environment: {"{{ x }}": a}', ["W118"]),
        ('image: "web:{{ tag }}"\n      environment: {A: "{{ tag }}"}', ["E517", "W118"]),
        ('image: "web"\n      environment: {A: "{{ tag }}"}', ["W601", "W118"]),
        ('cpu: x\n      environment: {A: "{{ tag }}"}', ["E303", "W118"]),
    ],
)
def test_an_expression_is_told_once(patch: str, codes: list[str]) -> None:
    assert [code for code, _ in find(patch)] == codes


def test_what_is_wrong_stands_in_the_patch_though_a_variable_has_that_name() -> None:
    assert find('image: "web:{{ tag }}"', "{tag: v2}") == [("E517", 5)]


def test_where_the_template_cannot_be_rendered_it_is_told_once_too() -> None:
    overlay = 'patch: {cpu: 1, containerDefinitions: {web: {cpu: "{{ size }}"}}}\n'
    project = make_project({"web.json.j2": '{"family": {{ x }}}'}, {"dev.yaml": overlay})
    assert [finding.code for finding in build_project(project).findings] == ["E303", "E102"]
