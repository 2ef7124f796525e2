"""Laws of origins: every value has one, what is written there is the value, and its way leads from there to the artifact."""

from __future__ import annotations

import json
from collections.abc import Iterator

import yaml
from hypothesis import given

from generator.build.pipeline import Trace, build_staged, trace
from generator.build.planning import plan_project
from generator.commands.matrix import find_origins, gather_columns
from generator.documents.tree import Leaf, list_leaves
from generator.ecs.sizes import convert_size
from generator.model.nodes import Scalar
from generator.model.origins import Origin
from generator.model.project import Project
from generator.model.secrets.names import MASK
from generator.review.explain import ArtifactIndex, Explainer, explain_artifact, list_paths
from generator.review.matrix import arrange, spell_number
from tests.laws.strategies import Drawn, projects
from tests.support import make_project


def trace_all(project: Project) -> Iterator[Trace]:
    """Trace every artifact of a project that builds without an error."""
    planned = plan_project(project)
    for environment in project.environments:
        for task in project.tasks:
            traced = trace(planned, environment, task)
            assert traced is not None and traced.artifact is not None
            yield traced


def pair_origins(project: Project, traced: Trace) -> list[tuple[Leaf, Origin]]:
    """Pair the values of an artifact with their origins, in the order of the artifact."""
    assert traced.artifact is not None
    origins = explain_artifact(plan_project(project), traced, traced.artifact.path).origins
    leaves = list(list_leaves(traced.artifact.document))
    assert sorted(origin.path for origin in origins) == sorted(leaf.path for leaf in leaves)
    rest = list(origins)
    pairs = []
    for leaf in leaves:
        found = next(origin for origin in rest if origin.path == leaf.path)
        rest.remove(found)
        pairs.append((leaf, found))
    return pairs


def read_place(node: Scalar, environment: str) -> str:
    """Read again what is written at a place: JSON with an expression in a template, YAML in an overlay."""
    source, start, end = node.place
    written = source.text[start:end]
    if source.path.startswith("templates/"):
        rendered = written.replace("{{ env }}", environment)
        value = json.loads(rendered)
        return value if isinstance(value, str) else rendered
    text: str = yaml.load(written, Loader=yaml.BaseLoader)
    return text


@given(projects())
def test_every_value_has_an_origin_and_reading_there_gives_the_value(drawn: Drawn) -> None:
    project = make_project(*drawn)

    for traced in trace_all(project):
        for leaf, origin in pair_origins(project, traced):
            assert origin.location == leaf.node.place.location
            if isinstance(leaf.node, Scalar):
                text = read_place(leaf.node, traced.plan.environment)
                assert leaf.node.text in (
                    text,
                    convert_size(leaf.path, text) if leaf.path in ("cpu", "memory") else text,
                    f"{text}-{traced.plan.environment}" if refers(leaf.path) else text,  # an `$id`
                )


def refers(path: str) -> bool:
    """Whether what stands at a path names a container or a volume."""
    return path.endswith((".containerName", ".sourceContainer", ".sourceVolume")) or ".links[" in path


@given(projects())
def test_way_of_a_value_has_no_gap_and_ends_in_the_value(drawn: Drawn) -> None:
    project = make_project(*drawn)

    for traced in trace_all(project):
        for leaf, origin in pair_origins(project, traced):
            steps = origin.steps
            assert steps[0].before is None
            assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]
            if isinstance(leaf.node, Scalar) and not str(steps[-1].after).startswith("["):  # it is told of the list
                assert steps[-1].after == origin.value
                written = json.dumps(leaf.node.text, ensure_ascii=False) if leaf.node.kind == "text" else leaf.node.text
                assert origin.value in (MASK, written)


@given(projects())
def test_every_path_of_every_stage_is_explained_and_what_is_gone_has_a_reason(drawn: Drawn) -> None:
    project = make_project(*drawn)

    for traced in trace_all(project):
        index = ArtifactIndex(plan_project(project), traced)
        explainer = Explainer(index)
        for path in list_paths(traced):
            leaves = index.list_leaves(path)
            assert leaves != []
            for origin in (explainer.explain(*leaf) for leaf in leaves):
                last = origin.steps[-1]
                assert (origin.value is None) == (last.kind in ("delete", "drop", "replace"))
                assert all(step.location for step in origin.steps if step.kind != "convert")


@given(projects())
def test_what_environments_share_is_explained_as_each_is_by_itself(drawn: Drawn) -> None:
    planned = plan_project(make_project(*drawn))
    staged = build_staged(planned)
    columns = gather_columns(planned, staged, planned.project.environments, None)
    secrets = staged.build.secrets
    origins = find_origins(planned, staged, columns, arrange(columns, secrets))
    for column in columns:
        plan, _ = planned.plan_task(column.environment, column.task)
        assert plan is not None
        index = ArtifactIndex(planned, staged.make_trace(plan))
        found = origins[column.environment, column.task]
        for path, number in index.list_leaves():
            assert found[secrets.scrub(spell_number(path, number))] == Explainer(index).explain(path, number)
