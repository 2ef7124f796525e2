"""What the documents on codes and settings say is so: what mends a case mends it, links lead to files, defaults are the defaults."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from generator.documents.parsing.settings import SETTINGS, parse_settings
from generator.model.findings import Source
from generator.model.project import Settings
from generator.reports.pages import PAGES
from generator.rules import RULES
from tests.errors.cases import HERE, ROOT, copy_case, run


@pytest.mark.parametrize("code", sorted(PAGES))
def test_what_a_page_says_mends_its_case(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = PAGES[code]
    assert page.case.startswith(f"{code}-") and (page.passes or page.run)
    copy_case(HERE / page.case, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    for name, text in page.passes.items():
        if text is None:
            Path(name).unlink()
        else:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, encoding="utf-8")
    if page.run.startswith("taskdef lint "):
        assert run(page.run.split()[1:], capsys) == ("1 file linted, nothing found\n", "", 0)
        return
    _, _, rendered = run((page.run or "taskdef render").split()[1:], capsys)
    out, err, checked = run(["check", "--format", "json"], capsys)
    assert (rendered, checked, err) == (0, 0, "")
    report = json.loads(out)
    found = {finding["code"] for finding in report["findings"] if finding["severity"] != "note"}
    assert found == set()
    assert {artifact["action"] for artifact in report["artifacts"]} == {"same"}


def test_links_of_documents_lead_to_files() -> None:
    documents = sorted((ROOT / "docs").rglob("*.md"))
    links = [
        (document.name, link)
        for document in documents
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / link).exists()
    ]
    assert (len(documents) > len(PAGES), links) == (True, [])


def test_settings_are_documented_with_their_defaults() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    defaults = {name: getattr(Settings(), name) for name in SETTINGS if name not in ("rules", "exceptions")}
    listed = {name: list(value) for name, value in defaults.items() if isinstance(value, tuple)}
    assert tomllib.loads(example[1]) == {**defaults, **listed, "rules": {}}
    assert re.findall(r"^\| `(\w+)`", text, re.MULTILINE) == list(SETTINGS)


def test_settings_that_are_copied_can_be_extended() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    copied, *others = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    settings, findings = parse_settings(
        Source("taskdef.toml", "".join((copied, *(other.replace("[rules]\n", "") for other in others)))),
        None,
        rules=tuple(RULES),
    )
    assert findings == ()
    assert (len(settings.exceptions), settings.levels[0]) == (2, ("W601", "error"))
