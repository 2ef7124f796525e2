"""A help that is an edit is obeyed, in every case: its finding is gone, and nothing is wrong that was not. All other helps are listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model.nodes import Value
from tests.errors.cases import CASES, copy_case, read_own, run
from tests.errors.helps import NO_EDIT, obey, spell_form

LISTED = [form for forms in NO_EDIT.values() for form in forms]
UNRENDERED = ("E801", "E802", "E803", "E804")
"""What is wrong once the sources are right: nobody has rendered them yet."""


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def words(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command of a case; the current folder is a copy of its project."""
    copy_case(request.param, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return [*read_own(request.param, "command", "check").split(), "--format", "json"]


def find(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[Value]:
    out, err, _ = run(words, capsys)
    findings: list[Value] = json.loads(err or out).get("findings", [])
    return findings


def list_errors(findings: list[Value]) -> Iterator[tuple[str, str]]:
    """List what makes each error another one: its code and its words."""
    yield from ((each["code"], each["message"]) for each in findings if each["severity"] == "error")


def list_where(finding: Value) -> set[tuple[Value, Value]]:
    """List the files and paths of all places of a finding."""
    return {(each["location"]["file"], each["path"]) for each in (finding, *finding["others"])}


def obey_everywhere(
    finding: Value, words: list[str], capsys: pytest.CaptureFixture[str]
) -> tuple[dict[Path, str], list[Value]]:
    """Obey a finding at each of its places, one after the other; the files as they were, and what is found then."""
    texts: dict[Path, str] = {}
    wanted = list_where(finding)
    while True:
        file, text = obey(finding)
        assert file.read_bytes() != text.encode()
        texts.setdefault(file, text)
        after = find(words, capsys)
        rest = [each for each in after if each["code"] == finding["code"] and list_where(each) < wanted]
        if not rest:
            return texts, after
        finding, wanted = rest[0], list_where(rest[0])


def test_every_help_is_an_edit_that_mends_or_is_listed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = find(words, capsys)
    for finding in before:
        if not finding["edits"]:
            assert not finding["help"] or spell_form(finding) in LISTED
            continue
        texts, after = obey_everywhere(finding, words, capsys)
        same = [each for each in after if (each["code"], each["path"]) == (finding["code"], finding["path"])]
        assert finding["path"] is None or same == []
        assert finding["message"] not in [each["message"] for each in after]
        new = {each for each in list_errors(after) if each[0] not in UNRENDERED} - {*list_errors(before)}
        assert new == set()
        for file, text in texts.items():
            file.write_bytes(text.encode())


def test_helps_that_are_no_edits_are_listed_once_and_are_there() -> None:
    texts = {case: (case / "expected.txt").read_text(encoding="utf-8") for case in CASES}
    said = {
        line.strip().removeprefix("help: ") for text in texts.values() for line in text.splitlines() if "help: " in line
    }
    forms = {spell_form({"code": "", "help": help}).strip() for help in said}
    assert sorted({*LISTED}) == sorted(LISTED)
    assert {form[5:] for form in LISTED} - forms == set()
