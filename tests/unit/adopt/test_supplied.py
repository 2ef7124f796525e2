"""Values that are given by hand: which environment they are for, and which nothing uses."""

from __future__ import annotations

import pytest

from generator.adopt.supplied import Supply, check_used, read_supplies, select_supplies
from generator.model.findings import WrongUsage

ENVIRONMENTS = ("dev", "prod")


@pytest.mark.parametrize(
    ("word", "supply"),
    [
        ("Image=web:1", Supply("", "Image", "web:1")),
        ("prod:Image=web:1", Supply("prod", "Image", "web:1")),
        ("AWS::Region=eu-west-1", Supply("", "AWS::Region", "eu-west-1")),
        ("prod:AWS::Region=eu-west-1", Supply("prod", "AWS::Region", "eu-west-1")),
        ("shop:role=x", Supply("", "shop:role", "x")),
        ("Empty=", Supply("", "Empty", "")),
        ("Query=a=b", Supply("", "Query", "a=b")),
    ],
)
def test_only_an_environment_before_one_colon_is_taken_off(word: str, supply: Supply) -> None:
    assert read_supplies([word], ENVIRONMENTS) == (supply,)


@pytest.mark.parametrize("words", [["Image"], ["=x"], ["Image=1", "Image=2"], ["dev:Image=1", "dev:Image=1"]])
def test_other_words_are_wrong_usage(words: list[str]) -> None:
    with pytest.raises(WrongUsage):
        read_supplies(words, ENVIRONMENTS)


def test_a_value_of_one_environment_goes_before_that_of_all() -> None:
    supplies = read_supplies(["prod:Tag=v1", "Tag=main", "Team=shop"], ENVIRONMENTS)
    assert select_supplies(supplies, "dev") == {"Tag": "main", "Team": "shop"}
    assert select_supplies(supplies, "prod") == {"Tag": "v1", "Team": "shop"}


@pytest.mark.parametrize(
    ("words", "used", "said"),
    [
        (["Tag=1"], {"dev": ["Tag"], "prod": []}, None),
        (["dev:Tag=1", "prod:Tag=2"], {"dev": ["Tag"], "prod": ["Tag"]}, None),
        (["Imag=1"], {"dev": [], "prod": []}, "nothing uses `Imag` from `--set`: did you mean `Image`?"),
        (["dev:Tag=1"], {"dev": [], "prod": ["Tag"]}, "nothing uses `dev:Tag` from `--set`"),
        (["Tag=1", "dev:Tag=2", "prod:Tag=3"], {"dev": ["Tag"], "prod": ["Tag"]}, "nothing uses `Tag` from `--set`"),
    ],
)  # fmt: skip
def test_a_value_that_nothing_uses_is_refused(words: list[str], used: dict[str, list[str]], said: str | None) -> None:
    supplies = read_supplies(words, ENVIRONMENTS)
    if said is None:
        check_used(supplies, used, ["Image"])
        return
    with pytest.raises(WrongUsage) as refused:
        check_used(supplies, used, ["Image"])
    assert str(refused.value) == said
