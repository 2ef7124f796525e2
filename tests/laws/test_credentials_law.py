"""The quick look for credentials misses none that the close look would find."""

from __future__ import annotations

from hypothesis import given, strategies as st

from generator.model.secrets.credentials import SIGNS, find_matches, may_hold_credential

BEFORE = st.sampled_from(("", " ", "_", "-", "=", "/", "é", "x", "1", "\n", "https://", "-----BEGIN "))
BODY = st.text("abcXYZ019_-.:/", min_size=8, max_size=60)
TEXTS = st.lists(st.tuples(BEFORE, st.sampled_from(SIGNS), BODY).map("".join) | BODY, min_size=1, max_size=3).map(
    "".join
)


@given(TEXTS)
def test_what_may_hold_no_credential_has_none(text: str) -> None:
    assert may_hold_credential(text) or not list(find_matches(text))
