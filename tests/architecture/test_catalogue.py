"""Everything that is known of ECS has a code, every code of a rule is known of or good practice, and each has its test."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from generator.reports.pages import PAGES
from generator.reports.pages.demands import DEMANDS
from generator.reports.pages.entries import ENTRIES
from generator.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
PRACTICE = {"W601", "W608", "W609", "W610", "W636", "W691", "W692", *(code for code in RULES if code[1] == "7")}
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


SENTENCES: dict[str, list[str]] = json.loads(
    (ROOT / "tests" / "architecture" / "demands.json").read_text(encoding="utf-8")
)
"""What the service model's documentation demands, by structure or member."""


def find_uncovered(sentences: dict[str, list[str]]) -> list[str]:
    """List the sentences that no row is about, with their members."""
    words: dict[str, list[str]] = {}
    for demand in DEMANDS:
        words.setdefault(demand.member, []).append(demand.words)
    return [
        f"{member}: {sentence}"
        for member, demanded in sentences.items()
        for sentence in demanded
        if not any(each in sentence for each in words.get(member, ()))
    ]


def test_every_demand_of_the_documentation_has_a_row() -> None:
    assert find_uncovered(SENTENCES) == []
    assert sum(map(len, SENTENCES.values())) > 200


def test_a_demand_without_a_row_is_noticed() -> None:
    new = {"Volume.name": ["The name must rhyme."], "NewShape.member": ["This is supported only on Sundays."]}
    assert find_uncovered(new) == [
        "Volume.name: The name must rhyme.",
        "NewShape.member: This is supported only on Sundays.",
    ]


def test_every_row_is_about_a_sentence_and_has_codes_or_a_reason() -> None:
    lost = [row for row in DEMANDS if not any(row.words in sentence for sentence in SENTENCES.get(row.member, ()))]
    assert lost == []
    assert [row for row in DEMANDS if bool(row.codes) == bool(row.reason)] == []
    assert sorted({code for row in DEMANDS for code in row.codes} - set(PAGES)) == []
    assert len(DEMANDS) == len({(row.member, row.words) for row in DEMANDS})
