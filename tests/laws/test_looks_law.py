"""A quick look hides nothing: where a rule does not look closely, it would find nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module

import pytest
from hypothesis import given, strategies as st

from generator.model.nodes import Value
from generator.rules import RULES, looks, read_task
from generator.rules.index import TRIGGERS
from generator.rules.looks import Looks
from generator.rules.running import list_names, read_state, select_checks
from generator.rules.task import Look
from generator.rules.validating import Validator
from tests.laws.task_definitions import task_definitions

ACCOUNT, ECR = "123456789012", "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
TEXTS = (
    "", " ", "x", "${X}", "<image>", "{{ tag }}", "%TAG%", "@VERSION@", "__NAME__", "PLACEHOLDER", "change_me", "to be set", "your-bucket",
    "xxxx", "value_here", "TODO", "MY_ROLE_ARN", "ACCOUNT_ID", "REGION", f"{ECR}/app:TAG", f"{ECR}/App:1", f"{ECR}/app",
    f"{ACCOUNT}.dkr.ecr.AWS_LOCATION.amazonaws.com/app:1", "1234.dkr.ecr.eu-west-1.amazonaws.com/app:1",
    f"{ACCOUNT}.dkr.ecr.x.on.aws/app:1",
    "arn:aws:iam::ACCOUNT:role/x", f"arn:aws:iam::{ACCOUNT}:role/x", f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:a-AbCdEf:key",
    f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:a-AbCdEf", "/app/x:3", "fs-xxxx", "fs-0a1b", "eu-west-1", "us-east-x",
    "AKIAABCDEFGHIJKLMNOP", f"ghp_{'a1' * 18}", "password=hunter22", "postgres://u:secretpw@db/x",
    f"eyJ{'a' * 12}.eyJ{'b' * 12}.{'c' * 12}",
    "hunter2", "DB_PASSWORD", "API_TOKEN", "A=B", " A", "1A", "a.b",
)  # fmt: skip
"""What a guard looks for, and what is near it."""

LOGS = st.fixed_dictionaries(
    {"logDriver": st.sampled_from(("awslogs", "splunk", "awsfirelens", "json-file"))},
    optional={
        "options": st.dictionaries(
            st.sampled_from(
                ("awslogs-group", "awslogs-region", "awslogs-stream-prefix", "awslogs-grup", "mode", "max-buffer-size")
            ),
            st.sampled_from((*TEXTS, "blocking", "/ecs/app")),
        )
    },
)
PAIRS = st.lists(
    st.fixed_dictionaries({}, optional={"name": st.sampled_from(TEXTS), "value": st.sampled_from(TEXTS)}), max_size=3
)
REFERENCES = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(TEXTS), "valueFrom": st.sampled_from(TEXTS)}), max_size=3
)
MEMBERS: dict[str, st.SearchStrategy[Value]] = {
    "environment": PAIRS,
    "secrets": REFERENCES,
    "logConfiguration": LOGS,
    "image": st.sampled_from(TEXTS),
    "name": st.sampled_from(TEXTS),
    "stopTimeout": st.integers(0, 400),
    "links": st.just(["x"]),
    "environmentFiles": st.lists(st.just({"value": "x", "type": "s3"}), max_size=12),
}


@st.composite
def definitions(draw: st.DrawFn) -> Value:
    """Draw a task definition in which some texts are those that a guard looks for."""
    document = json.loads(json.dumps(draw(task_definitions())))  # a copy of each part
    containers = document["containerDefinitions"]
    for container in containers:
        container |= draw(st.fixed_dictionaries({}, optional=MEMBERS))
    document |= draw(
        st.fixed_dictionaries(
            {}, optional={"family": st.sampled_from(TEXTS), "executionRoleArn": st.sampled_from(TEXTS)}
        )
    )
    if draw(st.booleans()):
        containers.append(dict(containers[0]))
    return document


DOCUMENTS = st.lists(definitions(), min_size=1, max_size=3)


class Wide(Looks):
    """Looks that pass over nothing."""

    def look(self, document: Value) -> Look:
        return Look()


def make_validator(*, wide: bool) -> Validator:
    validator = Validator({code: "warning" for code, rule in RULES.items() if rule.level == "off"}, linting=True)
    if wide:
        validator.looks = Wide()
    return validator


SWITCHES: tuple[tuple[str, str, object], ...] = (
    ("images", "lies_in_ecr", lambda _: None),
    ("logging", "USUAL_OPTIONS", frozenset(("none",))),
    ("ports", "is_usual", lambda _: False),
)
"""By module of rules: what switches its quick look off."""


@given(DOCUMENTS)
def test_quick_looks_hide_nothing_however_many_documents_were_looked_at_before(documents: list[Value]) -> None:
    quick, wide = make_validator(wide=False), make_validator(wide=True)

    for document in documents:
        text = json.dumps(document)
        found = quick.validate(document, text=text)
        with pytest.MonkeyPatch.context() as patch:
            for module, name, value in SWITCHES:
                patch.setattr(import_module(f"generator.rules.{module}"), name, value)
            assert found == wide.validate(document, text=text)


PLACES: Mapping[str, Callable[[str], Value]] = {
    "image": lambda text: {"image": text},
    "name of a variable": lambda text: {"image": "x:1", "environment": [{"name": text, "value": "x"}]},
    "value of a variable": lambda text: {"image": "x:1", "environment": [{"name": "X", "value": text}]},
    "reference": lambda text: {"image": "x:1", "secrets": [{"name": "X", "valueFrom": text}]},
    "region": lambda text: {
        "image": "x:1",
        "logConfiguration": {"logDriver": "x", "options": {"awslogs-region": text}},
    },
}


@pytest.mark.parametrize("second", PLACES)
@pytest.mark.parametrize("first", PLACES)
def test_what_is_harmless_in_one_place_is_looked_at_in_another(first: str, second: str) -> None:
    for text in TEXTS:
        quick, wide = make_validator(wide=False), make_validator(wide=True)
        for place in (first, second):
            document = {"family": "app", "containerDefinitions": [{"name": "app", **PLACES[place](text)}]}
            assert quick.validate(document) == wide.validate(document), text


@given(definitions(), st.booleans())
def test_rules_that_are_not_chosen_find_nothing(document: Value, sized: bool) -> None:
    conformed = make_validator(wide=True).checker.check(document).document
    task = read_task(conformed, None, 100 if sized else None, Looks().look(conformed))
    chosen = select_checks(list_names(task), read_state(task), frozenset())

    for module in TRIGGERS:
        check = import_module(f"generator.rules.{module}").check
        assert check in chosen or not list(check(task))


@given(st.lists(st.lists(st.text(max_size=5), max_size=5), max_size=5))
def test_texts_are_kept_while_there_is_room(texts: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looks, "ROOM", 120)
        searched: list[set[str]] = []

        def find_nothing(new: set[str]) -> bool:
            searched.append(new)
            return False

        kept = looks.Kept(find_nothing)
        for each in texts:
            new, count = {*each} - kept.texts, len(searched)
            assert not kept.may_find(each)
            assert searched[count:] == ([new] if new else [])

            assert kept.room == 120 - sum(looks.COST + len(text) for text in kept.texts) >= 0
