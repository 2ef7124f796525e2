"""A build of which only the bytes of artifacts are kept gives what a build that keeps all gives, findings and secrets included."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from generator.build.judging import Judge
from generator.build.pipeline import build_planned, build_staged
from generator.build.planning import plan_project
from generator.build.streaming import TextRun
from generator.model.findings import Severity
from generator.project.loading import load_project
from tests.laws.secret_projects import SecretProject, secret_projects
from tests.laws.test_remembering_laws import Steps, edits, list_states
from tests.laws.test_reusing_law import right
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
        built = TextRun(planned, {}, Judge(planned, least=least), kept).build_texts(environments, task)
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
    run = TextRun(planned, {}, Judge(planned), 0)
    run.stages = {} if staged else None
    whole = build_staged(plan_project(loaded)).build if staged else build_planned(plan_project(loaded))
    built = run.build_texts((), None)
    assert (built.findings, built.secrets.look()) == (whole.findings, whole.secrets.look())
