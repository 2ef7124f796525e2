"""The variables and secrets of a container: E429, E430, E442, E472, W615, W616, W630 and W631."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, fargate, say

CODES = ("E429", "E430", "E442", "W615", "W616")
ARN = "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key"
ENVIRONMENT, SECRETS = "containerDefinitions[app].environment", "containerDefinitions[app].secrets"


def plain(*names: str) -> list[Value]:
    return [{"name": name, "value": "info"} for name in names]


def secret(*names: str) -> list[Value]:
    return [{"name": name, "valueFrom": ARN} for name in names]


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate({"environment": [], "secrets": []}),
        fargate({"environment": plain("A", "B"), "secrets": secret("C", "D")}),
        fargate({"environment": [{"name": "A", "value": ""}]}),
        fargate({"environment": [{"name": "A"}]}),
        fargate({"environment": plain("A", "a"), "secrets": secret("_A")}),
        fargate({"environment": plain("with a blank", "ünicode", "a.b-c")}),
        fargate({"environment": plain(*(f"V{number}" for number in range(100)))}),
        fargate({"environment": plain(*(f"V{number}" for number in range(100))), "secrets": secret("S")}),
        fargate({"environment": [{}, {}], "secrets": []}),
        document(
            {"family": "app"},
            {"name": "a", "image": "app:v1", "memory": 64, "environment": plain("A")},
            {"name": "b", "image": "app:v1", "memory": 64, "secrets": secret("A")},
        ),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


@pytest.mark.parametrize(
    ("container", "said"),
    [
        (
            {"environment": plain("A", "B", "A")},
            Said(
                "W615",
                f"{ENVIRONMENT}[A].name",
                "the variable `A` of container `app` is set twice; the last one counts",
                ("the first one",),
                "keep one of them",
            ),
        ),
        (
            {"secrets": secret("A", "A")},
            Said(
                "E429",
                f"{SECRETS}[A].name",
                "the secret `A` of container `app` is set twice",
                ("the first one",),
                "keep one of them",
            ),
        ),
        (
            {"environment": plain("A"), "secrets": secret("A")},
            Said(
                "E430",
                f"{SECRETS}[A].name",
                "`A` of container `app` is both a variable and a secret",
                ("the variable",),
                "keep one of them",
            ),
        ),
        (
            {"environment": plain("A", "")},
            Said(
                "E442",
                f"{ENVIRONMENT}[1].name",
                f"`{ENVIRONMENT}[1].name` is blank",
                (),
                "write a name, or remove the item",
            ),
        ),
        (
            {"secrets": secret(" \t")},
            Said(
                "E442",
                f"{SECRETS}[ \t].name",
                f"`{SECRETS}[ \t].name` is blank",
                (),
                "write a name, or remove the item",
            ),
        ),
        (
            {"environment": plain(*(f"V{number}" for number in range(101)))},
            Said(
                "W616",
                ENVIRONMENT,
                "container `app` has 101 variables, and more than 100 may be lost",
                (),
                "put them into a file in S3, and name it in `environmentFiles`",
            ),
        ),
    ],
)
def test_fails(container: Value, said: Said) -> None:
    assert say(ec2(container), *CODES) == [said]


def test_each_repetition_is_reported_and_no_value_is_shown() -> None:
    values = [{"name": "A", "value": f"hidden-{number}"} for number in range(3)]
    found = say(fargate({"environment": values, "secrets": secret("A", "A")}), *CODES)
    assert [said.code for said in found] == ["W615", "W615", "E429", "E430"]
    assert "hidden" not in repr(found)


def test_blank_names_are_not_reported_as_repeated() -> None:
    found = say(fargate({"environment": plain("", ""), "secrets": secret("")}), *CODES)
    assert [said.code for said in found] == ["E442", "E442", "E442"]


NAMES = ("E472", "W630", "W631")
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


@pytest.mark.parametrize(
    "container",
    [
        {"environment": plain("A", "LOG_LEVEL", "_", "_A1", "a", "camelCase", "A" * 500)},
        {"environment": [{"name": "A", "value": "b=c"}, {"name": "B", "value": " "}]},
        {"environment": plain(""), "secrets": secret(" ")},  # E442
        {"environment": [{"value": "x"}, {}]},  # E470
        {"environment": [], "secrets": secret("TOKEN")},
        {"environment": plain("A"), "secrets": secret("A")},  # E430
        {},
    ],
)
def test_names_that_pass(container: Value) -> None:
    assert say(fargate(container), *NAMES) == []


def test_other_names_pass_on_windows() -> None:
    value = ec2({"environment": plain("ProgramFiles(x86)", "a.b-c")}, runtimePlatform=WINDOWS)
    assert say(value, *NAMES) == []


@pytest.mark.parametrize(
    ("container", "said"),
    [
        (
            {"environment": [{"name": "LOG_LEVEL=debug", "value": ""}]},
            Said(
                "E472",
                f"{ENVIRONMENT}[LOG_LEVEL=debug].name",
                f"`{ENVIRONMENT}[LOG_LEVEL=debug].name` has a `=` in it, which ends the name of a variable",
                (),
                "write the part before it, and the rest as the value",
            ),
        ),
        (
            {"secrets": secret("TOKEN=")},
            Said(
                "E472",
                f"{SECRETS}[TOKEN=].name",
                f"`{SECRETS}[TOKEN=].name` has a `=` in it, which ends the name of a variable",
                (),
                "write the part before it, and the rest as the value",
            ),
        ),
        (
            {"environment": plain("A ")},
            Said(
                "W630",
                f"{ENVIRONMENT}[A ].name",
                f"`{ENVIRONMENT}[A ].name` has blanks at its end, and the program looks for `A`",
                (),
                "write `A`",
            ),
        ),
        (
            {"environment": plain("A", "\tA")},
            Said(
                "W630",
                f"{ENVIRONMENT}[\tA].name",
                f"`{ENVIRONMENT}[\tA].name` has blanks at its start, and the program looks for `A`",
                ("there is `A` too",),
                "write `A`",
            ),
        ),
        (
            {"environment": plain("A "), "secrets": secret("A")},
            Said(
                "W630",
                f"{ENVIRONMENT}[A ].name",
                f"`{ENVIRONMENT}[A ].name` has blanks at its end, and the program looks for `A`",
                ("there is `A` too",),
                "write `A`",
            ),
        ),
        *(
            (
                {"environment": plain(name)},
                Said(
                    "W631",
                    f"{ENVIRONMENT}[{name}].name",
                    f"no shell can read the variable `{name}`: its names have letters, digits and `_`, and begin with no digit",
                ),
            )
            for name in ("with a blank", "ünicode", "1A", "spring.datasource.url", "my-var", "A\nB")
        ),
        (
            {"environment": plain("A", "a.b", "c-d"), "secrets": secret("E")},
            Said(
                "W631",
                f"{ENVIRONMENT}[a.b].name",
                "no shell can read the variable `a.b`: its names have letters, digits and `_`, and begin with no digit",
                ("nor `c-d`",),
            ),
        ),
    ],
)
def test_names_that_fail(container: Value, said: Said) -> None:
    assert say(fargate(container), *NAMES) == [said]
