"""Each folder here is a project with what it renders to; its README is the rule it proves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import botocore.session
import pytest
from botocore.validate import ParamValidator

from generator.build.pipeline import build_project
from generator.build.planning import plan_project
from generator.model.nodes import Value
from generator.project.loading import load_project
from generator.review.extras import is_ours

FOLDER = Path(__file__).parent
CASES = sorted(path.parent.name for path in FOLDER.glob("*/README.md"))


def read_expected(case: str) -> dict[str, str]:
    """The expected artifacts of a case by `<env>/<task>.json`, byte for byte."""
    folder = FOLDER / case / "expected"
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*.json")}


def write_expected(case: str, artifacts: dict[str, str]) -> None:
    """Write the expected artifacts of a case anew."""
    folder = FOLDER / case / "expected"
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in artifacts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def validate(document: Value) -> str:
    """What botocore has against a document, which is nothing if it is good."""
    service = botocore.session.get_session().get_service_model("ecs")
    report: str = (
        ParamValidator()
        .validate(document, service.operation_model("RegisterTaskDefinition").input_shape)
        .generate_report()
    )
    return report


def drop_members(value: Value, names: tuple[str, ...]) -> Value:
    """Leave out members that the settings of a case admit: botocore does not know them."""
    if isinstance(value, dict):
        return {name: drop_members(child, names) for name, child in value.items() if name not in names}
    return [drop_members(child, names) for child in value] if isinstance(value, list) else value


def test_there_are_cases() -> None:
    assert len(CASES) >= 25
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__") == CASES


@pytest.mark.parametrize("case", CASES)
def test_readme_is_one_sentence(case: str) -> None:
    text = (FOLDER / case / "README.md").read_text(encoding="utf-8")

    assert text.count("\n") == 1 and text.endswith(".\n") and ". " not in text


@pytest.mark.parametrize("case", CASES)
def test_case_renders_to_what_is_expected(case: str, rewrite_golden: bool) -> None:
    project = load_project(str(FOLDER / case))

    built = build_project(project)

    assert built.findings == ()
    prefix = f"{project.settings.rendered}/"
    artifacts = {artifact.path.removeprefix(prefix): artifact.text for artifact in built.artifacts}
    if rewrite_golden:
        write_expected(case, artifacts)
    assert artifacts == read_expected(case)


@pytest.mark.parametrize("case", CASES)
def test_expected_artifacts_are_valid(case: str) -> None:
    project = load_project(str(FOLDER / case), artifacts=False)
    expected = read_expected(case)

    assert expected != {}
    for name, text in expected.items():
        assert validate(drop_members(json.loads(text), project.settings.allow_members)) == "", name


def test_map_form_and_list_form_give_the_same_bytes() -> None:
    by_list, by_map = read_expected("map-form-is-list-form").values()

    assert by_list == by_map


@pytest.mark.parametrize("case", CASES)
def test_what_is_expected_is_taken_for_ours_once_no_task_produces_it(case: str) -> None:
    expected = {name: text.encode() for name, text in read_expected(case).items()}
    planned = plan_project(load_project(str(FOLDER / case))._replace(artifacts=expected))
    rendered = planned.project.settings.rendered
    assert [name for name in expected if not is_ours(planned, f"{rendered}/{name}")] == []
