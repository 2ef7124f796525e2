"""A secret that one value keeps to itself is not said by another."""

from __future__ import annotations

import pytest

from generator.model.secrets.veil import Veil

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


SECRET = 'k9$Lm2@Qz/7Wp"x'
ESCAPED = {
    "plain": SECRET,
    "URL": "k9%24Lm2%40Qz%2F7Wp%22x",
    "path of a URL": "k9%24Lm2%40Qz/7Wp%22x",
    "JSON": r"k9$Lm2@Qz/7Wp\"x",
    "HTML": "k9$Lm2@Qz/7Wp&quot;x",
    "base64": "azkkTG0yQFF6LzdXcCJ4",
}


@pytest.mark.parametrize("text", ESCAPED.values(), ids=ESCAPED)
def test_a_program_may_write_a_secret_as(text: str) -> None:
    veil = Veil(escaped=True)
    veil.learn(FIELD, SECRET)
    assert veil.scrub(f"is <{text}>.") == "is <***>."


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("kältér 2 müde", "k%C3%A4lt%C3%A9r+2+m%C3%BCde"),
        ("kältér 2 müde", r"k\u00e4lt\u00e9r 2 m\u00fcde"),
        ("p@ss w", "p%40ss+w"),
        ("hunter2", "aHVudGVyMg=="),
        ("one-of-the-two\nthe-second-of-two\n", "b25lLW9mLXRoZS10d28KdGhlLXNlY29uZC1vZi10d28K"),
    ],
)
def test_of_a_secret_every_character_is_escaped(secret: str, text: str) -> None:
    veil = Veil(escaped=True)
    veil.learn(FIELD, secret)
    assert veil.scrub(f"is {text}") == "is ***"


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("postgres", "cG9zdGdyZXM= is not postgres"),
        ("a b", "a%20b and a+b"),
        ("1 2 3 4", "1%202%203%204 and 1+2+3+4"),
        ("p@ss w", "xp%40ss+wx"),
    ],
)
def test_what_could_be_anything_is_not_masked_in_any_form(secret: str, text: str) -> None:
    veil = Veil(escaped=True)
    veil.learn(FIELD, secret)
    assert veil.scrub(text) == text


def test_what_no_program_wrote_is_not_looked_at_for_escapes() -> None:
    veil = Veil()
    veil.learn(FIELD, SECRET)
    assert veil.scrub(ESCAPED["URL"]) == ESCAPED["URL"]
