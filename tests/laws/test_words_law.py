"""The quick way to split a text into words gives those that the expression gives."""

from __future__ import annotations

from hypothesis import given, strategies as st

from generator.model.secrets.phrases import SPLIT, split_words

PARTS = (
    "pass", "secret", "cred", "ential", "token", "pw", "d", "auth", "key", "pt", "pat", "paw", "p", "at", "w", "pats", "Path", "sa", "SA",
    "pin", "k", "ey", "c", "ode", "service", "_", "account", "docker", "config", "honeycomb", ".", "team", "\n", "A", "z", "é", "S", "I",
    "n", "12", "\u0130", "\u0131", "\u017f", "\u212a", " ", "-", "/", '"',
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS).flatmap(lambda part: st.sampled_from((part, part.upper()))), max_size=6).map(
    "".join
)


@given(TEXTS)
def test_a_text_has_the_words_that_are_left_between_other_characters(text: str) -> None:
    assert set(split_words(text)) - {""} == set(SPLIT.compiled.split(text)) - {""}
