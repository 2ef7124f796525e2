"""Laws of the schemas for editors: what builds without an error, they admit, in every form that it can be written in."""

from __future__ import annotations

import json

from hypothesis import assume, given, strategies as st

from generator.build.pipeline import build_project
from generator.model.nodes import Value
from generator.model.project import Build
from tests.laws.strategies import Drawn, documents, dump_yaml, projects, write_maps
from tests.laws.test_rendered_patches_laws import DRAWN, rendered
from tests.schemas import find_faults, find_kind, read_core
from tests.support import make_project


def expect_admitted(built: Build, overlays: dict[str, str]) -> None:
    """Expect that a build has no error, that its overlays are admitted, and that its artifacts are task definitions."""
    assert [finding for finding in built.findings if finding.severity == "error"] == []
    assert [find_faults(find_kind(name), read_core(text)) for name, text in overlays.items()] == [[]] * len(overlays)
    assert built.artifacts
    assert [find_faults("task-definition", json.loads(each.text)) for each in built.artifacts] == (
        [[]] * len(built.artifacts)
    )


@given(projects())
def test_overlays_that_build_are_admitted(drawn: Drawn) -> None:
    expect_admitted(build_project(make_project(*drawn)), drawn.overlays)


@given(documents())
def test_a_task_definition_over_itself_is_admitted_in_both_forms(document: Value) -> None:
    assume("InferenceAccelerator" not in json.dumps(document))  # several of which are legal, so no patch finds one
    template = {"app.json.j2": json.dumps(document)}
    for patch in (document, write_maps(document)):
        overlays = {"dev.yaml": dump_yaml({"patch": patch}), "dev/app.yaml": dump_yaml({"patch": patch})}
        expect_admitted(build_project(make_project(template, overlays)), overlays)


@given(DRAWN, st.data())
def test_rendered_texts_are_admitted_wherever_they_may_stand(drawn: tuple[Value, Value], data: st.DataObject) -> None:
    document, patch = drawn
    variables: dict[str, Value] = {}
    patch = {key: data.draw(rendered(value, variables)) for key, value in patch.items()}
    template = {"app.json.j2": "{% raw %}" + json.dumps(document) + "{% endraw %}"}
    overlays = {"dev.yaml": dump_yaml({"vars": json.loads(json.dumps(variables)), "patch": patch})}
    expect_admitted(build_project(make_project(template, overlays)), overlays)
