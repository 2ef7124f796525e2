"""What stands on a line of an artifact: by the names that overlays know, in a file that is not as the sources say too."""

from __future__ import annotations

import json

import pytest

from generator.build.pipeline import build_project
from generator.documents.parsing.document import parse_json
from generator.documents.places import find_path
from generator.model.findings import Source
from generator.model.nodes import MapNode
from generator.model.project import Artifact
from tests.support import make_project

TEMPLATE = """\
{
  "family": "web",
  "containerDefinitions": [
    {
      "$id": "web",
      "name": "web-{{ env }}",
      "image": "web:v1",
      "command": ["serve", "fast"],
      "environment": [{"name": "A", "value": "1"}, {"name": "LEVEL", "value": "info"}],
      "logConfiguration": {"logDriver": "json-file", "options": {"max-size": "1m"}}
    }
  ]
}
"""
CONTAINER = "containerDefinitions[web]"


def build_prod() -> Artifact:
    (artifact,) = build_project(make_project({"web.json.j2": TEMPLATE}, {"prod.yaml": ""})).artifacts
    return artifact


def number_lines(text: str, document: MapNode) -> dict[str, str | None]:
    committed, _ = parse_json(Source("rendered/prod/web.json", text))
    assert isinstance(committed, MapNode)
    return {line.strip(): find_path(document, committed, number) for number, line in enumerate(text.splitlines(), 1)}


def test_line_of_an_artifact_has_the_path_that_overlays_know() -> None:
    artifact = build_prod()

    found = number_lines(artifact.text, artifact.document)

    assert found['"name": "web-prod",'] == f"{CONTAINER}.name"
    assert found['"environment": ['] == f"{CONTAINER}.environment"
    assert found['"value": "info"'] == f"{CONTAINER}.environment[LEVEL].value"
    assert found['"fast"'] == f"{CONTAINER}.command[1]"
    assert found['"max-size": "1m"'] == f"{CONTAINER}.logConfiguration.options.max-size"


def test_line_of_a_file_that_is_not_as_the_sources_say_has_its_own_path() -> None:
    artifact = build_prod()
    stale = json.dumps(
        {"family": "web", "containerDefinitions": [{"name": "old", "image": "i"}, {"name": "web-prod", "image": "i2"}]},
        indent=1,
    )

    found = number_lines(stale, artifact.document)

    assert found['"image": "i"'] == "containerDefinitions[old].image"
    assert found['"image": "i2"'] == f"{CONTAINER}.image"
    assert found["{"] == CONTAINER
    assert found["]"] == "containerDefinitions"


def test_line_that_is_not_there_has_no_path() -> None:
    artifact = build_prod()
    committed, _ = parse_json(Source("rendered/prod/web.json", artifact.text))
    assert isinstance(committed, MapNode)

    assert find_path(artifact.document, committed, 999) is None


ROLE = "arn:aws:iam::%s:role/web-{{ stage }}"


@pytest.mark.parametrize(
    ("account", "stage", "file"),
    [
        ("${ACCOUNT}", "live", "templates/web.json.j2"),
        ("123456789012", "${STAGE}", "environments/prod.yaml"),
    ],
)
def test_a_placeholder_is_where_it_is_written_also_beside_a_variable(account: str, stage: str, file: str) -> None:
    template = json.dumps({"family": "web", "containerDefinitions": [], "executionRoleArn": ROLE % account})
    overlay = f"vars: {{stage: '{stage}'}}\n"
    findings = build_project(make_project({"web.json.j2": template}, {"prod.yaml": overlay}, rules=True)).findings
    assert [each.location.file for each in findings if each.code == "E517" and each.location] == [file]


def test_what_a_variable_prints_is_not_the_tag_that_prints_it() -> None:
    template = '{"family": "web", "memory": "{{ size }} GB", "containerDefinitions": []}'
    overlay = 'vars: {size: "{{ size }}"}\n'
    project = make_project({"web.json.j2": template}, {"dev.yaml": overlay, "prod.yaml": overlay}, rules=True)
    findings = build_project(project).findings
    files = [each.location.file for each in findings if each.code == "E517" and each.location]
    assert files == ["environments/dev.yaml", "environments/prod.yaml"]
