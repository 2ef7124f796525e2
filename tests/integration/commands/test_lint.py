"""Which file `lint --fix` writes: the one that was read, whatever it is called."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from generator.commands.lint import lint
from generator.model.answers import Linted

OLD = b'{"family": "w", "revision": 1, "containerDefinitions": [{"name": "a", "image": "b:1", "memory": 64}]}'


@pytest.mark.skipif(os.name == "nt", reason="names of files are texts there")
def test_a_file_whose_name_is_no_text_is_not_taken_for_another(tmp_path: Path) -> None:
    odd, other = os.fsencode(tmp_path) + b"/\xff.json", tmp_path / "\\xff.json"
    try:
        Path(os.fsdecode(odd)).write_bytes(OLD)
    except OSError:
        pytest.skip("this file system has no such names")
    other.write_bytes(b"precious")
    lint(".", words=[os.fsdecode(odd)], fix=True)
    assert other.read_bytes() == b"precious"
    assert b"revision" not in Path(os.fsdecode(odd)).read_bytes()


def test_a_file_called_as_stdin_is_shown_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("<stdin>").write_bytes(OLD)
    assert lint(".", words=["<stdin>"], fix=True).answer == Linted(("<stdin>",), mending=True)
    assert b"revision" not in Path("<stdin>").read_bytes()


def test_the_page_shows_what_is_mended(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "lint.md").read_text(encoding="utf-8")
    before, after = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "web.json"
    file.write_text(before, encoding="utf-8")
    result = lint(".", words=[str(file)], fix=True)
    assert file.read_text(encoding="utf-8") == after
    assert [finding.code for finding in result.findings if finding.severity == "error"] == []
