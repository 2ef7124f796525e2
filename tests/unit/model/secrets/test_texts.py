"""Secrets are found in a text whether there are few or many, and however they are spelt."""

from __future__ import annotations

import pytest

from generator.model.secrets.texts import FEW, Wanted

SECRETS = ("hunter2", "hunter22", "correct horse", 'say "friend"', "ünïcödé")
OTHERS = tuple(f"another{number:04}" for number in range(FEW))

TEXTS = {
    "nowhere": ("hunter", set()),
    "at its end": ("x hunter2", {(2, 9)}),
    "one in another": ("hunter22", {(0, 7), (0, 8)}),
    "twice": ("hunter2 hunter2", {(0, 7), (8, 15)}),
    "escaped": ("correct%20horse", {(0, 15)}),
    "with its marks": ('say "friend"', {(0, 12)}),
    "not in ASCII": ("= ünïcödé;", {(2, 9)}),
    "in nothing": ("", set()),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("others", [(), OTHERS], ids=["few", "many"])
def test_secrets_are_found(name: str, others: tuple[str, ...]) -> None:
    text, spans = TEXTS[name]
    assert set(Wanted((*SECRETS, *others)).find(text)) == spans


def test_nothing_is_found_of_nothing() -> None:
    assert list(Wanted().find("hunter2")) == []
