"""The quick look for traces misses no placeholder that the closer look would find."""

from __future__ import annotations

from typing import get_args

from hypothesis import example, given, strategies as st

from generator.ecs.placeholders import Reading, any_has_traces, find_placeholders, has_traces

WORDS = (
    "arn:aws:iam::", "arn:aws:secretsmanager:", "us-east-1", "123456789012", ":", "/", "-", "_", "@", "ACCOUNT", "ACCOUNT_ID", "REGION",
    "ID", "MY", "TAG", "VERSION", "IMAGE", "REPO", "prod", "secret", "PLACEHOLDER", "placeholder", "xxxx", "XX", "fs-", "id", "your-",
    "app", "CHANGE_ME", "changeme", "YOUR", "INSERT_IT", "UPDATE_ME", "SHA", "BUILD", "NUMBER", "GIT", "role/", "_ARN", "key",
    "dkr.ecr.", ".amazonaws.com/", "TODO", "TBD", "TO_BE_", "SET", "<", ">", "${", "}", "%", "__", "here", "_here", "A", "aws",
    "replace", "with", "to-be-", "set", "\n", "eu-west-1", "fs-0a1b", "é",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)


@given(TEXTS, st.sampled_from(get_args(Reading)))
@example("to-be-set", "text")
def test_what_has_no_traces_has_no_placeholder(text: str, reading: Reading) -> None:
    assert has_traces(text, reading) or find_placeholders(text, reading) == ()


@given(st.lists(TEXTS, max_size=4))
def test_texts_that_have_no_traces_together_have_none_alone(texts: list[str]) -> None:
    assert any_has_traces(texts) or not any(map(has_traces, texts))
