"""The quick look for traces misses no placeholder that the closer look would find."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import example, given, strategies as st

from generator.ecs.placeholder_traces import any_has_traces, has_traces
from generator.ecs.placeholders import Reading, find_placeholders

WORDS = (
    "arn:aws:iam::", "arn:aws:secretsmanager:", "us-east-1", "123456789012", ":", "/", "-", "_", "@", "ACCOUNT", "ACCOUNT_ID", "REGION",
    "ID", "MY", "TAG", "VERSION", "IMAGE", "REPO", "prod", "secret", "PLACEHOLDER", "placeholder", "xxxx", "XX", "fs-", "id", "your-",
    "app", "CHANGE_ME", "changeme", "YOUR", "INSERT_IT", "UPDATE_ME", "SHA", "BUILD", "NUMBER", "GIT", "role/", "_ARN", "key",
    ".dkr.ecr.", "/app:1",
    "dkr.ecr.", ".amazonaws.com/", "TODO", "TBD", "TO_BE_", "SET", "<", ">", "${", "}", "%", "__", "here", "_here", "A", "aws",
    "replace", "with", "to-be-", "set", "\n", "eu-west-1", "fs-0a1b", "é",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)


@given(TEXTS, st.sampled_from(get_args(Reading)))
@example("to-be-set", "text")
@example("123456789012.dkr.ecr.AWS_LOCATION.amazonaws.com/app:1", "image")
@example("123456789012.dkr.ecr.my-region.amazonaws.com/app:1", "image")
def test_what_has_no_traces_has_no_placeholder(text: str, reading: Reading) -> None:
    assert has_traces(text, reading) or find_placeholders(text, reading) == ()


@pytest.mark.parametrize(
    "text",
    [
        "placeholder",
        "to_be_set",
        "to-be-filled",
        "to be replaced",
        "change me",
        "fill-me-in",
        "your-bucket",
        "xxxx",
        "value_here",
    ],
)
def test_each_word_of_placeholders_is_a_trace(text: str) -> None:
    assert find_placeholders(text) != ()
    assert has_traces(text)
    assert has_traces(text.upper())


@pytest.mark.parametrize(
    "host",
    ["ACCOUNT", "1234567890x", "123456789012"],
)
@pytest.mark.parametrize("region", ["REGION", "AWS_LOCATION", "my-region", "eu-xx-1", "eu-west-**"])
def test_an_account_or_region_that_is_none_is_a_trace(host: str, region: str) -> None:
    image = f"{host}.dkr.ecr.{region}.amazonaws.com/app:1"

    assert find_placeholders(image, "image") != ()
    assert has_traces(image)
    assert has_traces(f"x\n{image}\nx")
    assert has_traces(f"arn:aws:iam:{region}:{host}:role/x")


@given(st.lists(TEXTS, max_size=4))
def test_texts_that_have_no_traces_together_have_none_alone(texts: list[str]) -> None:
    assert any_has_traces(texts) or not any(map(has_traces, texts))
