"""The first task definition of the source notes, as it stands there: what keeps it from starting is said, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.running import ROOT, Runner

KEPT = Path(__file__).parent / "notes" / "task-definition.json"
NOTES = ROOT.parent / "shared"
"""Where the notes themselves lie, for those who have them."""


def take_out(text: str) -> str:
    """Take the first task definition out of the notes."""
    start = text.index('{\n"family"')
    _, length = json.JSONDecoder().raw_decode(text[start:])
    return text[start : start + length] + "\n"


def list_texts() -> dict[str, str]:
    """The task definition as it is kept here, and as it stands in the notes where they are at hand."""
    found = {path.name: take_out(path.read_text(encoding="utf-8")) for path in sorted(NOTES.glob("000_*.txt"))}
    return {KEPT.name: KEPT.read_text(encoding="utf-8"), **found}


TEXTS = list_texts()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_what_is_kept_is_what_stands_in_the_notes(name: str) -> None:
    assert TEXTS[name] == TEXTS[KEPT.name]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_both_references_and_the_tag_are_found(runner: Runner, name: str) -> None:
    (runner.folder / "notes.json").write_text(TEXTS[name], encoding="utf-8")

    done = runner.run("taskdef", "lint", "notes.json", "--format", "json")

    findings = json.loads(done.out)["findings"]
    assert done.status == 1
    assert [(finding["code"], finding["severity"], finding["path"]) for finding in findings] == [
        ("W601", "warning", "containerDefinitions[trading-bot].image"),
        ("E508", "error", "containerDefinitions[trading-bot].secrets[BYBIT_API_KEY].valueFrom"),
        ("W603", "note", "containerDefinitions[trading-bot].secrets[BYBIT_API_KEY].valueFrom"),
        ("E508", "error", "containerDefinitions[trading-bot].secrets[BYBIT_SECRET_KEY].valueFrom"),
        ("W604", "note", "containerDefinitions[trading-bot].healthCheck.command[1]"),
    ]


def test_notes_are_shown_only_where_they_are_asked_for(runner: Runner) -> None:
    (runner.folder / "notes.json").write_text(TEXTS[KEPT.name], encoding="utf-8")

    short = runner.run("taskdef", "lint", "notes.json").out
    long = runner.run("taskdef", "lint", "notes.json", "-v").out

    assert [short.count(f"[{code}]") for code in ("E508", "W601", "W603", "W604")] == [2, 1, 0, 0]
    assert [long.count(f"[{code}]") for code in ("E508", "W601", "W603", "W604")] == [2, 1, 1, 1]
    assert short.splitlines()[-1] == "1 file linted, 2 errors and 1 warning"
