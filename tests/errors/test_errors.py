"""Every code has cases: a project that is wrong in one way, what the command line says of it, and no other finding beside."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.reports import forms
from generator.reports.pages import PAGES
from tests.errors.cases import CASES, ROOT, copy_case, read_own, run


def list_codes() -> set[str]:
    """List the codes that the package can give."""
    files = [path for path in (ROOT / "generator").rglob("*.py") if "catalogue" not in path.parts]
    return {code for path in files for code in re.findall(r'"([EWN]\d{3})"', path.read_text(encoding="utf-8"))}


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One case; the current folder is a copy of its project."""
    folder: Path = request.param
    copy_case(folder, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return folder


def test_there_are_cases() -> None:
    assert len(CASES) > 100


def test_every_code_has_a_page_a_case_and_a_document() -> None:
    codes = list_codes()
    assert set(PAGES) == codes
    assert {folder.name[:4] for folder in CASES} == codes
    assert {path.stem for path in (ROOT / "docs" / "errors").glob("[EWN]*.md")} == codes


def test_output_is_as_expected(case: Path, capsys: pytest.CaptureFixture[str], rewrite_golden: bool) -> None:
    out, err, status = run([*read_own(case, "command", "check").split(), "--color", "never"], capsys)
    said = f"{out}{err}exit {status}\n"
    expected = case / "expected.txt"
    if rewrite_golden:
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")


PLACELESS = {"E132", "E803", "E804", "E806", "E807", "E808"}
"""Findings about what is not there, or what nobody wrote as text."""


def test_every_finding_has_the_place_that_the_user_wrote(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err, _ = run([*read_own(case, "command", "check").split(), "--format", "json"], capsys)
    findings = json.loads(err or out)["findings"]
    lost = [finding["code"] for finding in findings if finding["location"] is None]
    assert [code for code in lost if code not in PLACELESS] == []


def test_one_cause_gives_one_finding(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err, _ = run([*read_own(case, "command", "check").split(), "--format", "json"], capsys)
    report = json.loads(err or out)
    wanted = read_own(case, "codes", case.name[:4]).split()
    notes = {finding["code"] for finding in report["findings"] if finding["severity"] == "note"} - set(wanted)
    codes = [finding["code"] for finding in report["findings"] if finding["code"] not in notes]
    assert codes == wanted


def test_joining_loses_no_place(
    case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [*read_own(case, "command", "check").split(), "--format", "json"]
    joined = list_all(words, capsys)
    monkeypatch.setattr(forms, "join_causes", tuple)
    assert list_all(words, capsys) == joined


def list_all(words: list[str], capsys: pytest.CaptureFixture[str]) -> set[str]:
    """List the code and the place of all that is found."""
    out, err, _ = run(words, capsys)
    members = ("location", "path", "environments", "task")
    return {
        json.dumps([finding["code"], *(place[member] for member in members)])
        for finding in json.loads(err or out)["findings"]
        for place in (finding, *finding["others"])
    }
