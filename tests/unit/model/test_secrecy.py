"""A secret that one value keeps to itself is not said by another, however it is spelt there."""

from __future__ import annotations

import pytest

from generator.model.findings import Edit, Excerpt, Finding, Location, Place, Source
from generator.model.secrecy import Known, Secrets, mask_key
from generator.model.secrets.texts import list_texts

FIELD = "containerDefinitions[app].environment[DB_PASSWORD].value"
OTHER = "containerDefinitions[app].command[0]"


def know(*secrets: str) -> Secrets:
    """Make the account of some texts."""
    return Secrets(lambda: Known(texts=frozenset(each for secret in secrets for each in list_texts(secret))))


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        (FIELD, "correct-horse-battery", "***"),
        (FIELD, "any", "***"),
        (OTHER, "correct-horse-battery", "***"),
        (OTHER, "--password=correct-horse-battery", "***"),
        (OTHER, "correct-horse", "correct-horse"),
        (FIELD, "", ""),
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(path: str, text: str, shown: str) -> None:
    assert know("correct-horse-battery").mask_text(path, text) == shown


def test_a_secret_of_several_lines_is_known_by_each_of_them() -> None:
    secrets = know("the-first-of-two\n  the-second-of-two\n")
    assert [secrets.says(text) for text in ('key: "the-first-of-two', "  the-second-of-two", "the-third")] == [
        True,
        True,
        False,
    ]


SPELT = [
    ("hunter2", "login with hunter2 failed", "login with *** failed"),
    ("hunter2", "{'password':'hunter2'}", "{'password':'***'}"),
    ("hunter2", r"one\nhunter2\ntwo", r"one\n***\ntwo"),
    ("hunter2", "xhunter23", "x***3"),
    ("postgres", "postgres:16", "***:16"),
    ("!sesame?", "open!sesame?now", "open***now"),
    ("abc1d", "abc1d", "abc1d"),
    ("hunter2", r'"hun\u0074er2"', '"***"'),
    ("hunter2", "'hun''ter2'", "'***'"),
    ("hunter2", """hun't'"er"\\2""", "***"),
    ("p@ss w#rd", "p%40ss%20w%23rd", "***"),
    ("p@ss w#rd", "p%40ss+w%23rd", "***"),
    ("p&ss<word", "p&amp;ss&lt;word", "***"),
    ("kältér 2 müde", "k%C3%A4lt%C3%A9r+2+m%C3%BCde", "***"),
    ("kältér 2 müde", r"k\u00e4lt\u00e9r 2 m\u00fcde", "***"),
    ("hunter2", "Basic aHVudGVyMg==", "Basic ***"),
    ("one-of-the-two\nthe-second-of-two\n", "b25lLW9mLXRoZS10d28KdGhlLXNlY29uZC1vZi10d28K", "***"),
    ("a'\"\\b'c", "is a'\"\\b'c", "is ***"),
    ("a'\"\\b'c", r"is a'\"\\b'c", "is ***"),
    ("a'\"\\b'c", r"is \u0061\u0027%22\u005cb&#x27;c", "is ***"),
    ("a'\"\\b'c", "is abc and a'bc", "is abc and a'bc"),
    ('"\'test"', "a test", "a test"),
    ('"\'test"', r"a \"\u0027test\"", r"a \"\u0027***\""),
    ("'" * 6, "six of " + "'" * 6, "six of ***"),
    ("'" * 5, "five of " + "'" * 5, "five of " + "'" * 5),
]


@pytest.mark.parametrize(("secret", "text", "shown"), SPELT, ids=[text for _, text, _ in SPELT])
def test_a_secret_is_found_however_it_is_spelt(secret: str, text: str, shown: str) -> None:
    assert know(secret).scrub(text) == shown


def test_a_secret_that_is_a_part_of_another_leaves_nothing_of_that() -> None:
    secrets = know("correct-horse", "correct-horse-battery", "battery-staple-1")
    assert secrets.scrub("is correct-horse-battery") == "is ***"


def test_two_accounts_know_together_what_each_knows() -> None:
    joined = know("hunter2").join(know("sesame9"))
    assert joined.scrub("hunter2, sesame9, other77") == "***, ***, other77"


def test_nothing_is_looked_for_until_somebody_asks_and_then_once() -> None:
    asked: list[int] = []

    def find() -> Known:
        asked.append(1)
        return Known(texts=frozenset(["hunter2"]))

    secrets = Secrets(find)
    joined = secrets.join(Secrets())
    assert secrets.hide_all(()) == ()
    assert asked == []
    assert (secrets.scrub("hunter2"), joined.scrub("hunter2"), secrets.says("x")) == ("***", "***", False)
    assert asked == [1]


def test_edits_that_would_say_a_secret_are_not_shown() -> None:
    place = Place(Source("a.json", "{}"), 1, 1)
    edits = (Edit(place, '"cpu": "256"'), Edit(place, '"x": "correct-horse-battery"'))
    findings = [Finding("E306", "error", "", edits=edits[:count]) for count in (1, 2)]
    assert [each.edits for each in know("correct-horse-battery").hide_all(findings)] == [edits[:1], ()]


def test_a_finding_too_many_shows_nothing() -> None:
    findings = [Finding("E401", "error", "say hunter22", Location("a.json", line, 1)) for line in range(1, 102)]
    hidden = know("hunter22").hide_all(findings)
    assert hidden[99] == findings[99]._replace(message="say ***")
    assert hidden[100] == Finding("E401", "error", "", Location("a.json", 101, 1), left_out=True)


def test_other_places_of_a_finding_show_no_secret() -> None:
    other = Finding("E517", "error", "say hunter22", Location("a.json", 2, 1), Excerpt("hunter22", 1, 8))
    (hidden,) = know("hunter22").hide_all([other._replace(location=Location("a.json", 1, 1), others=(other,))])
    assert hidden.others == (other._replace(message="say ***", excerpt=None),)


@pytest.mark.parametrize(
    ("code", "quoted", "shown"),
    [
        ("W635", "your-password-here", "your-password-here"),
        ("E517", "${DB_PASSWORD}", "${DB_PASSWORD}"),
        ("W635", "REPLACE_WITH_KEY", "REPLACE_WITH_KEY"),
        ("E517", "${DB_PASSWORD:-hunter2}", "***"),
        ("E401", "your-password-here", "***"),
    ],
)
def test_a_finding_names_a_placeholder_unless_that_may_have_a_secret_in_it(code: str, quoted: str, shown: str) -> None:
    said = f"`{quoted}` is a placeholder, and {quoted} stays"
    (hidden,) = know(quoted).hide_all([Finding(code, "note", said)])
    assert hidden.message == f"`{shown}` is a placeholder, and *** stays"


SHORT = Source("a.json", '{"environment": {"DB_PASSWORD zQ7": "x", "API_TOKEN": {"zQ8": 1}, "LOG": 1}}')


def test_a_path_shows_no_short_secret_that_stands_in_a_key() -> None:
    path, at = "environment[DB_PASSWORD zQ7].name", SHORT.text.index("DB_") - 1
    secrets = Secrets(lambda: Known(sources=frozenset([SHORT])))
    excerpt = Excerpt(SHORT.text, at, len("DB_PASSWORD zQ7") + 2)
    (hidden,) = secrets.hide_all([Finding("E401", "error", "", Location("a.json", 1, at + 1), excerpt, path)])
    assert hidden.path == "environment[DB_PASSWORD ***].name"


@pytest.mark.parametrize(("key", "shown"), [("DB_PASSWORD zQ7", "DB_PASSWORD ***"), ("zQ8", "***"), ("LOG", "LOG")])
def test_a_key_is_shown_without_the_secret_in_it(key: str, shown: str) -> None:
    start = SHORT.text.index(key) - 1
    place = Place(SHORT, start, start + len(key) + 2)
    assert mask_key(Secrets(), key, place) == shown
