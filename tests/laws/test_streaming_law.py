"""A build of which only the bytes of artifacts are kept gives what a build that keeps all gives, findings and secrets included."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from generator.build.judging import Judge
from generator.build.pipeline import build_planned, build_staged
from generator.build.planning import plan_project
from generator.build.streaming import TextRun
from generator.commands.check import Look
from generator.model.events import ignore_event
from generator.model.findings import Severity
from generator.project.loading import load_project
from generator.review.check import compare
from generator.review.environments import agree
from tests.laws.secret_projects import SecretProject, secret_projects
from tests.laws.test_remembering_laws import Steps, edits, list_states
from tests.laws.test_reusing_law import right, spoilt
from tests.laws.test_secrets_law import share

least = st.sampled_from(["note", "warning", "error"])
kept = st.sampled_from([0, 1, 100])
chosen = st.sampled_from([((), None), (("prod",), None), (("prod", "dev"), None), ((), "web")])


@given(st.one_of(right, edits), least, kept, chosen)
def test_what_is_dropped_is_not_missed(
    steps: Steps, least: Severity, kept: int, chosen: tuple[tuple[str, ...], str | None]
) -> None:
    environments, task = chosen
    for project in list_states(steps):
        if (task is not None and task not in project.tasks) or not {*environments} <= {*project.environments}:
            continue
        whole = build_planned(plan_project(project), environments=environments, task=task, least=least)
        planned = plan_project(project)
        built = TextRun(planned, {}, Judge(planned, least=least), most=kept).build_texts(environments, task)
        assert (built.findings, built.planned) == (whole.findings, whole.planned)
        assert [each[:3] for each in built.artifacts] == [each[:3] for each in whole.artifacts]
        assert [each.text for each in built.artifacts] == [each.text for each in whole.artifacts]


@settings(max_examples=share(10))
@given(secret_projects(), st.booleans())
def test_what_is_dropped_is_as_secret_as_what_is_kept(project: SecretProject, staged: bool) -> None:
    with TemporaryDirectory() as root:
        project.write(Path(root), project.files)
        loaded = load_project(root)
    planned = plan_project(loaded)
    run = TextRun(planned, {}, Judge(planned), (lambda *_: None) if staged else None, 0)
    whole = build_staged(plan_project(loaded)).build if staged else build_planned(plan_project(loaded))
    built = run.build_texts((), None)
    assert (built.findings, built.secrets.look()) == (whole.findings, whole.secrets.look())


@given(st.one_of(right, edits), least, spoilt)
def test_a_look_at_each_task_finds_what_a_look_at_all_finds(steps: Steps, least: Severity, edited: list[str]) -> None:
    committed: dict[str, bytes] = {}
    for project, name in zip(list_states(steps), edited, strict=False):
        if name in committed:
            committed[name] = committed[name].replace(b'"app"', b'"apt"')
        project = project._replace(artifacts=dict(committed))
        staged = build_staged(plan_project(project), least=least)
        look = Look(plan_project(project), whole=True)
        built = look.build(least=least, on_event=ignore_event)
        assert look.comparison.conclude(built) == compare(project, staged.build, whole=False)
        if staged.build.artifacts and not staged.build.failed:
            assert look.between is not None
            agreement = agree(plan_project(project), staged, least=least)
            assert look.between.conclude(built.secrets, least=least) == agreement
            committed = {f"{each.environment}/{each.task}.json": each.data for each in staged.build.artifacts}
