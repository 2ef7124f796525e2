"""The quick look for credentials misses none that the close look would find."""

from __future__ import annotations

from hypothesis import given, strategies as st

from generator.model.secrets.credentials import SIGNS, find_matches, may_hold_credential
from generator.model.secrets.names import may_name_secret
from generator.model.secrets.phrases import may_say
from generator.model.secrets.pieces import OVERLAP, PIECE

BEFORE = st.sampled_from(("", " ", "_", "-", "=", "/", "é", "x", "1", "\n", "https://", "-----BEGIN "))
BODY = st.text("abcXYZ019_-.:/", min_size=8, max_size=60)
TEXTS = st.lists(st.tuples(BEFORE, st.sampled_from(SIGNS), BODY).map("".join) | BODY, min_size=1, max_size=3).map(
    "".join
)


@given(TEXTS)
def test_what_may_hold_no_credential_has_none(text: str) -> None:
    assert may_hold_credential(text) or not list(find_matches(text))


NEAR_A_BORDER = st.integers(PIECE - 2 * OVERLAP, PIECE + 2 * OVERLAP)


@given(st.sampled_from((f"ghp_{'a1' * 18}", f"AKIA{'B' * 16}", f"hf_{'a1' * 15}")), st.integers(PIECE - 50, PIECE + 2))
def test_a_credential_in_two_pieces_of_a_long_text_is_not_missed(credential: str, start: int) -> None:
    text = f"{' ' * start}{credential}{' ' * OVERLAP}"
    assert [match[:2] for match in find_matches(text)] == [(start, start + len(credential))]
    assert may_hold_credential(text)


@given(st.sampled_from(("DB_PASSWORD", "token", "serviceAccount", "appPat", "DB_PW")), NEAR_A_BORDER)
def test_a_name_in_two_pieces_of_a_long_text_is_not_missed(name: str, start: int) -> None:
    assert may_name_secret(f"{' ' * start}{name}: x{' ' * OVERLAP}")


@given(st.sampled_from(("mysql", "curl", "sshpass", "redis-cli")), NEAR_A_BORDER)
def test_a_command_in_two_pieces_of_a_long_text_is_not_missed(command: str, start: int) -> None:
    assert may_say(command)
    assert may_say(f"{' ' * start}{command} -p x{' ' * OVERLAP}")
