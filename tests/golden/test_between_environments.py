"""What is said between the environments of the projects here: they show one thing each, so it is what they show that is reported."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.inputs import write_project
from generator.build.pipeline import build_project, build_staged
from generator.build.planning import plan_project
from generator.documents.coercing import Coercer, coerce_document
from generator.documents.tree import walk
from generator.ecs.paths import Step, first_step
from generator.model.nodes import Scalar
from generator.project.loading import load_project
from generator.review.environments.evidence import type_stages
from generator.rules import RULES
from tests.golden.test_golden import CASES, FOLDER
from tests.support import agree_on

SAID = {
    "ec2-with-everything": {"W707": 2},  # the sizes in its template are for reading
    "extends-three-layers": {"W703": 1},  # its parent repeats the template
    "firelens-type-changes": {"W703": 1},  # that nothing happens is what one of them shows
    "id-in-every-environment": {"W707": 1},  # its only parent has another folder
    "loops-and-conditionals": {"W701": 3},  # one environment gives the loop nothing
    "map-form-is-list-form": {"W704": 22},  # both environments say the same in two ways
    "order-of-layers": {"W703": 1, "W707": 1},
}


@pytest.mark.parametrize("case", CASES)
def test_no_more_is_said_than_is_so(case: str) -> None:
    project = load_project(str(FOLDER / case), artifacts=False)
    off = tuple((code, "off") for code in RULES if code[1] != "7")
    project = project._replace(settings=project.settings._replace(levels=off))  # type: ignore[arg-type]
    built = build_project(project)
    assert not built.failed
    found = agree_on(project).findings
    assert Counter(finding.code for finding in found) == SAID.get(case, {})


def test_an_anchor_has_the_type_of_each_place(tmp_path: Path) -> None:
    write_project(tmp_path, 1, shared=False)
    overlay = tmp_path / "environments/prod/svc-00000.yaml"
    overlay.write_text(
        "patch: {containerDefinitions: {app: {cpu: &n 64, environment: {RETRIES: *n}}, metrics: {cpu: *n}}}\n",
        encoding="utf-8",
    )
    check_stages(str(tmp_path))


@pytest.mark.parametrize("case", CASES)
def test_stages_have_the_types_that_each_has_alone(case: str) -> None:
    check_stages(str(FOLDER / case))


def check_stages(root: str) -> None:
    """Compare the stages of a project, typed together, with each one typed alone."""
    planned = plan_project(load_project(root, artifacts=False))
    staged = build_staged(planned, judged=False)
    plans = planned.list_plans(planned.project.environments, planned.project.tasks)
    alone = {
        pair: tuple(stage._replace(document=coerce_document(stage.document)[0]) for stage in stages)
        for pair, stages in staged.stages.items()
    }
    assert type_stages(staged.stages, plans) == alone


def test_a_value_of_a_template_is_typed_once_for_all_stages_and_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, 2, shared=False)
    planned = plan_project(load_project(str(tmp_path), artifacts=False))
    staged = build_staged(planned, judged=False)
    plans = planned.list_plans(planned.project.environments, planned.project.tasks)
    count = 0

    def coerce_scalar(self: Coercer, scalar: Scalar, path: list[Step]) -> Scalar:
        nonlocal count
        count += 1
        return original(self, scalar, path)

    original = Coercer.coerce_scalar
    monkeypatch.setattr(Coercer, "coerce_scalar", coerce_scalar)
    assert len(type_stages(staged.stages, plans)) == 6
    scalars = sum(
        1
        for stages in staged.stages.values()
        for _, node in walk(stages[0].document, (first_step(),))
        if isinstance(node, Scalar)
    )
    assert count < scalars
