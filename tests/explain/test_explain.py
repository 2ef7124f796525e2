"""Each folder here is a project and a question about it, with the answer: one for each kind of step a value can go through."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from generator.build.pipeline import build_planned, trace
from generator.build.planning import plan_project
from generator.documents.parsing.document import parse_json
from generator.documents.places import find_path
from generator.model.findings import Source
from generator.model.nodes import MapNode
from generator.project.loading import load_project
from generator.review.explain import explain_paths
from tests.errors.cases import copy_case, read_own, run

FOLDER = Path(__file__).parent
CASES = sorted(path.parent for path in FOLDER.glob("*/command"))


def test_there_are_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer_is_as_expected(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rewrite_golden: bool,
) -> None:
    copy_case(case, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    out, err, status = run([*shlex.split(read_own(case, "command", "")), "--color", "never"], capsys)
    said = f"{out}{err}exit {status}\n"
    expected = case / "expected.txt"
    if rewrite_golden:
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")


GOLDEN = FOLDER.parent / "golden"


@pytest.mark.parametrize("case", sorted(path.parent.name for path in GOLDEN.glob("*/README.md")))
def test_every_line_of_every_artifact_is_explained(case: str) -> None:
    project = load_project(str(GOLDEN / case), artifacts=False)

    planned = plan_project(project)
    for artifact in build_planned(planned).artifacts:
        traced = trace(planned, artifact.environment, artifact.task)
        committed, _ = parse_json(Source(artifact.path, artifact.text))
        assert traced is not None and isinstance(committed, MapNode)
        for number, line in enumerate(artifact.text.removesuffix("\n").split("\n"), 1):
            path = find_path(artifact.document, committed, number)
            assert path is not None, line
        whole = explain_paths(planned, traced, artifact.path, "")
        assert whole is not None and all(origin.location and origin.steps for origin in whole.origins)
