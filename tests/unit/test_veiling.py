"""A secret that one value keeps to itself is not said by another."""

from __future__ import annotations

import pytest

from generator.veiling import Veil

FIELD = "containerDefinitions[app].environment[DB_PASSWORD].value"
OTHER = "containerDefinitions[app].command[0]"


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        (FIELD, "correct-horse-battery", "***"),
        (OTHER, "correct-horse-battery", "***"),
        (OTHER, "--password=correct-horse-battery", "***"),
        (OTHER, "correct-horse", "correct-horse"),
        (FIELD, "", ""),
    ],
)
def test_a_long_secret_is_hidden_wherever_it_stands(path: str, text: str, shown: str) -> None:
    veil = Veil()
    veil.learn(FIELD, "correct-horse-battery")
    veil.learn(OTHER, "correct-horse")
    assert veil.mask(path, text) == shown


def test_a_short_secret_hides_no_other_value_that_has_the_word_in_it() -> None:
    veil = Veil()
    veil.learn(FIELD, "postgres")
    assert (veil.mask(FIELD, "postgres"), veil.mask(OTHER, "postgres:16")) == ("***", "postgres:16")


def test_a_secret_of_several_lines_is_known_by_each_of_them() -> None:
    veil = Veil()
    veil.learn(FIELD, "the-first-of-two\n  the-second-of-two\n")
    assert [veil.says_secret(text) for text in ('key: "the-first-of-two', "  the-second-of-two", "the-third")] == [
        True,
        True,
        False,
    ]


def test_what_is_secret_in_a_text_is_masked_alone() -> None:
    veil = Veil()
    veil.learn(FIELD, "correct-horse-battery")
    assert veil.scrub("the template gives `x:correct-horse-battery`") == "the template gives `x:***`"


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("hunter2", "login with hunter2 failed", "login with *** failed"),
        ("hunter2", "{'password':'hunter2'}", "{'password':'***'}"),
        ("hunter2", r"one\nhunter2\ntwo", r"one\n***\ntwo"),
        ("hunter2", "db_hunter2_x", "db_***_x"),
        ("hunter2", "hunter23 and xhunter2", "hunter23 and xhunter2"),
        ("!sesame?", "open!sesame?now", "open***now"),
        ("p@ssw0rd", "is p@ssw0rd", "is ***"),
        ("abc1d", "abc1d", "abc1d"),
        ("123456", "port 123456", "port 123456"),
        ("2026-11", "since 2026-11", "since 2026-11"),
        ("postgres", "postgres is up", "postgres is up"),
        ("not-set", "the level is not-set", "the level is not-set"),
    ],
)
def test_a_short_secret_that_can_be_no_word_is_masked_where_it_stands_alone(secret: str, text: str, shown: str) -> None:
    veil = Veil()
    veil.learn(FIELD, secret)
    assert veil.scrub(text) == shown
    assert veil.mask(OTHER, text) == ("***" if "***" in shown else text)


def test_a_secret_that_is_a_part_of_another_leaves_nothing_of_that() -> None:
    veil = Veil()
    for secret in ("correct-horse", "correct-horse-battery", "battery-staple-1"):
        veil.learn(FIELD, secret)
    assert veil.scrub("is correct-horse-battery") == "is ***"
