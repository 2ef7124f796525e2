"""Everything that is known of ECS has a code, every code of a rule is known of or good practice, and each has its test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from generator.reports.pages import PAGES
from generator.reports.pages.entries import ENTRIES
from generator.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
PRACTICE = {"W601", "W608", "W609", "W610", "W691", "W692", *(f"W70{number}" for number in range(1, 9))}
"""Rules that ECS knows nothing of."""


def test_every_entry_stands_once() -> None:
    ids = [entry.id for entry in ENTRIES]
    counts = Counter(name[0] for name in ids)
    assert counts.keys() == set("ABCDEFGH")
    assert ids == [f"{section}{number:02}" for section in sorted(counts) for number in range(1, counts[section] + 1)]


def test_every_entry_has_a_code_or_a_reason() -> None:
    assert [entry.id for entry in ENTRIES if bool(entry.codes) == bool(entry.reason)] == []
    assert [entry.id for entry in ENTRIES if not entry.codes] == ["H04"]


def test_every_code_has_a_page() -> None:
    assert sorted({code for entry in ENTRIES for code in entry.codes} - set(PAGES)) == []
    assert sorted(set(RULES) - set(PAGES)) == []


def test_every_rule_stands_for_an_entry_or_is_practice() -> None:
    assert set(RULES) - {code for entry in ENTRIES for code in entry.codes} == PRACTICE


def test_every_module_of_rules_has_its_tests() -> None:
    modules = {rule.module for rule in RULES.values() if rule.module}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "rules").glob("test_*.py")}
    assert sorted(modules - tested) == []
    counts = Counter(path.name for path in (ROOT / "tests" / "rules").rglob("test_*.py"))
    assert max(counts.values()) == 1
