"""Which known name a misspelt one may have meant."""

from __future__ import annotations

import pytest

from generator.model.findings import FEW_NAMES, LONGEST_NAME, did_you_mean

MANY = [f"name-{number:03}" for number in range(FEW_NAMES)]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("log_levle", "log_level"),
        ("Log_Level", "log_level"),
        ("loglevel", "log_level"),
        ("log_levell", "log_level"),
        ("log_level2", "log_level"),
        ("log-level", "log_level"),
        ("other", None),
        ("x" * LONGEST_NAME * 2, None),
    ],
)
@pytest.mark.parametrize("others", [[], MANY], ids=["few", "many"])
def test_a_name_with_one_mistake_is_found_among_few_and_many(others: list[str], word: str, near: str | None) -> None:
    assert did_you_mean(word, [*others, "log_level"]) == near


def test_among_few_a_name_is_found_with_more_mistakes() -> None:
    assert [did_you_mean("lg_levle", known) for known in (["log_level"], [*MANY, "log_level"])] == ["log_level", None]


def test_of_several_that_are_as_near_the_first_is_meant() -> None:
    assert did_you_mean("NAME", [*MANY, "Name", "name"]) == "Name"
    assert did_you_mean("NAME", ["Name", "name"]) == "Name"


def test_names_that_are_very_long_are_not_compared() -> None:
    assert did_you_mean("a" * LONGEST_NAME, ["a" * (LONGEST_NAME + 1)]) is None
    assert did_you_mean("a" * LONGEST_NAME, ["a" * (LONGEST_NAME - 1)]) == "a" * (LONGEST_NAME - 1)
