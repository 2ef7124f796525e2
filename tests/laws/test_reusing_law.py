"""A build that leaves out what no edit touched gives what a whole build gives, findings included."""

from __future__ import annotations

from hypothesis import example, given, strategies as st

from generator.build.parts import Origins
from generator.build.pipeline import build_planned
from generator.build.planning import plan_project
from generator.build.reusing import build_reusing
from generator.model.findings import Severity
from tests.laws.test_remembering_laws import Steps, edits, list_states
from tests.support import make_project

RIGHT: dict[str, tuple[int | None, ...]] = {
    "web.json.j2": (0, 1, 3, 4, 5, None),
    "job.json.j2": (0, 1, None),
    "_memory.j2": (0, 1, 3),
    "_other.j2": (0, None),
    "_base.yaml": (0, 1, 2),
    "dev.yaml": (0, 4),
    "prod.yaml": (0, 1, 3),
    "dev/web.yaml": (0, None),
    "_base/job.yaml": (0, None),
}
"""Texts with nothing wrong in them, as far as it goes by each alone: what is left out matters only where nothing is reported."""

right = st.lists(
    st.lists(
        st.one_of(*(st.tuples(st.just(name), st.sampled_from(numbers)) for name, numbers in RIGHT.items())),
        min_size=1,
        max_size=2,
    ),
    min_size=1,
    max_size=8,
)

spoilt = st.lists(st.sampled_from(["", "dev/web.json", "prod/web.json", "dev/job.json"]), min_size=9, max_size=9)


NOTHING = [""] * 9


@given(st.one_of(right, right, edits), spoilt, st.sampled_from(["note", "warning", "error"]))
@example([[("web.json.j2", 3)], [("_memory.j2", 1)]], NOTHING, "note")
def test_what_is_left_out_is_what_would_be_built(steps: Steps, edited: list[str], least: Severity) -> None:
    origins: Origins = {}
    committed: dict[str, bytes] = {}
    for project, name in zip(list_states(steps), edited, strict=False):
        if name in committed:
            committed[name] += b" "
        project = project._replace(artifacts=dict(committed))
        planned = plan_project(project)
        whole = build_planned(planned, least=least)
        reused = build_reusing(plan_project(project), origins, least=least)
        assert (reused.build.findings, reused.build.planned) == (whole.findings, whole.planned)
        texts = {each.path: each.text for each in reused.build.artifacts}
        left = {f"{plan.environment}/{plan.task}.json" for plan in reused.untouched}
        texts |= {f"{project.settings.rendered}/{name}": committed[name].decode() for name in left}
        assert texts == {each.path: each.text for each in whole.artifacts}
        origins = reused.origins or origins
        if not whole.failed:
            folder = f"{project.settings.rendered}/"
            committed = {each.path.removeprefix(folder): each.text.encode() for each in whole.artifacts}


@given(st.sampled_from(["note", "warning", "error"]))
def test_only_what_an_edit_touches_is_built(least: Severity) -> None:
    before, *_ = list_states([])
    first = build_reusing(plan_project(before), {}, least=least)
    files = {f"{each.environment}/{each.task}.json": each.text.encode() for each in first.build.artifacts}
    after = list_states([[("dev/web.yaml", 0)]])[-1]._replace(artifacts=files)
    second = build_reusing(plan_project(after), first.origins, least=least)
    assert [each.path for each in second.build.artifacts] == ["rendered/dev/web.json"]
    assert [(plan.environment, plan.task) for plan in second.untouched] == [
        ("dev", "job"),
        ("prod", "job"),
        ("prod", "web"),
    ]
    again = build_reusing(plan_project(after), second.origins, least=least)
    assert [each.path for each in again.build.artifacts] == [
        "rendered/dev/web.json"
    ]  # what is committed is the old one


def test_a_patch_that_met_something_in_another_task_only_is_looked_at_again() -> None:
    container = '{"family": "f", "containerDefinitions": [{"name": "%s", "image": "a:1", "memory": 64}]}'
    templates = {"web.json.j2": container % "app", "job.json.j2": container % "side"}
    base = {"_base.yaml": "patch: {containerDefinitions: {side: {cpu: 8}}}"}
    base |= {"dev.yaml": "extends: _base\ntasks: {job: null}", "prod.yaml": "extends: _base\ntasks: {web: null}"}
    first = build_reusing(plan_project(make_project(templates, base)), {})
    assert not first.build.findings
    files = {f"{each.environment}/{each.task}.json": each.text.encode() for each in first.build.artifacts}
    without = make_project(templates, {**base, "prod.yaml": "tasks: {web: null}"})
    without = without._replace(artifacts=files)
    whole = build_planned(plan_project(without))
    assert whole.failed
    assert build_reusing(plan_project(without), first.origins).build.findings == whole.findings
