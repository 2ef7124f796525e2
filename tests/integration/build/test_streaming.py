"""What is kept of a build of many artifacts, and what goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from benchmarks.inputs import write_project
from generator.build.judging import Judge
from generator.build.layering import Plan
from generator.build.pipeline import Run
from generator.build.planning import PlannedProject, plan_project
from generator.build.streaming import TextRun
from generator.documents.parsing.assembly import Assembly
from generator.model.nodes import Piece
from generator.project.loading import load_project


def plan(root: Path, *, shared: bool = False) -> PlannedProject:
    write_project(root, 3, shared=shared)
    return plan_project(load_project(str(root)))


def test_documents_and_templates_go_when_a_task_is_done(tmp_path: Path) -> None:
    planned = plan(tmp_path)
    run = TextRun(planned, {}, Judge(planned), most=0)

    built = run.build_texts((), None)

    assert len(built.artifacts) == 9
    assert (run.documents, run.artifacts, dict(run.shared)) == ({}, {}, {})
    assert planned.texts.templates.read_before == {}


def test_of_a_compiled_template_nothing_is_left_but_of_what_others_include(tmp_path: Path) -> None:
    plan(tmp_path, shared=True)
    for path in (tmp_path / "templates").glob("svc-*"):
        path.write_text(
            path.read_text(encoding="utf-8") + "{% if port %} {{ '' | safe }}{% endif %}\n", encoding="utf-8"
        )
    planned = plan_project(load_project(str(tmp_path)))
    run = TextRun(planned, {}, Judge(planned), most=0)

    run.build_texts((), None)

    library = planned.templates._sandbox.library
    assert [*library.compiled] == [*library.faults] == [*library.numbers] == ["_service.j2"]
    assert {*library.constants.texts, *library.constants.tags} == {*library.numbers["_service.j2"]}
    assert [source.path for source in planned.texts.templates.read_before] == ["templates/_service.j2"]


def test_what_is_made_again_for_secrets_is_shared_by_environments_and_goes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = plan(tmp_path)
    run = TextRun(planned, {}, Judge(planned), most=0)
    built = run.build_texts((), None)
    begun: list[Iterable[Piece]] = []

    def begin(self: Assembly, pieces: Iterable[Piece]) -> None:
        begun.append(pieces)
        original(self, pieces)

    original = Assembly.__init__
    monkeypatch.setattr(Assembly, "__init__", begin)

    assert len(built.secrets.look().sources) > 0
    assert (len(begun), planned.texts.templates.read_before, run.documents) == (3, {}, {})


def test_few_are_kept(tmp_path: Path) -> None:
    planned = plan(tmp_path)
    run = TextRun(planned, {}, Judge(planned), most=9)

    run.build_texts((), None)

    assert (len(run.documents), len(planned.texts.templates.read_before)) == (9, 3)


def test_bytes_that_are_committed_are_not_kept_twice(tmp_path: Path) -> None:
    planned = plan(tmp_path)
    first = TextRun(planned, {}, Judge(planned)).build_texts((), None)
    committed = {f"{each.environment}/{each.task}.json": bytes(bytearray(each.data)) for each in first.artifacts}
    committed["dev/svc-00001.json"] += b" "
    again = plan_project(planned.project._replace(artifacts=committed))

    second = TextRun(again, {}, Judge(again)).build_texts((), None)

    assert [each.data for each in second.artifacts] == [each.data for each in first.artifacts]
    kept = [each for each in second.artifacts if each.data is committed[f"{each.environment}/{each.task}.json"]]
    assert len(kept) == 8


def test_tasks_are_looked_at_in_their_order_once_each_is_built(tmp_path: Path) -> None:
    plan(tmp_path)
    overlay = tmp_path / "environments/dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8") + "tasks: {svc-00000: null}\n", encoding="utf-8")
    (tmp_path / "environments/dev/svc-00000.yaml").unlink()
    looked: list[tuple[str, list[str], int]] = []

    def look(run: Run, plans: Sequence[Plan]) -> None:
        pairs = [(each.environment, each.task) for each in plans]
        assert [*run.artifacts] == [*(run.stages or ())] == pairs
        looked.append((plans[0].task, [each.environment for each in plans], len(run.documents)))

    planned = plan_project(load_project(str(tmp_path)))
    run = TextRun(planned, {}, Judge(planned), look, 0)

    assert len(run.build_texts((), None).artifacts) == 8
    assert looked == [
        ("svc-00000", ["prod", "test"], 2),
        ("svc-00001", ["dev", "prod", "test"], 3),
        ("svc-00002", ["dev", "prod", "test"], 3),
    ]
