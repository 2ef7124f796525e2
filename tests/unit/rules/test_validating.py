"""What validating makes of problems: levels, what is told once, and how many are told at all."""

from __future__ import annotations

import pytest

from generator.model.findings import Level
from generator.model.nodes import Value
from generator.rules.absences import Mistake
from generator.rules.validating import MOST_PROBLEMS, Validator
from tests.rules.running import document, ec2, fargate


def list_codes(document: Value, *, told: tuple[Mistake, ...] | None = None, **levels: Level) -> list[str]:
    return [problem.code for problem in Validator(levels, least="warning").validate(document, told=told)]


@pytest.mark.parametrize(("level", "codes"), [("off", []), ("note", []), ("warning", ["W601"]), ("error", ["W601"])])
def test_a_rule_finds_what_its_level_asks_for(level: Level, codes: list[str]) -> None:
    assert list_codes(ec2({"image": "app"}), W601=level) == codes


def test_a_level_is_what_a_finding_weighs() -> None:
    validator = Validator({"W601": "error", "E420": "note"})
    assert [validator.weigh(code) for code in ("W601", "E420", "E402", "E301", "E109")] == [
        "error",
        "note",
        "error",
        "error",
        "error",
    ]


def test_a_placeholder_is_allowed_where_the_rule_that_refuses_the_value_is_off() -> None:
    image, role = {"image": "<IMAGE>"}, {"executionRoleArn": "arn:aws:iam::${ACCOUNT}:role/web"}
    assert list_codes(ec2(image)) == ["E517"]
    assert list_codes(ec2(image), E425="off") == []
    assert list_codes(ec2(image), E425="note") == ["E517"]
    assert list_codes(ec2(image, **role), E425="off") == ["E517"]
    assert list_codes(ec2(image, **role), E425="off", E453="off") == []
    assert list_codes(ec2({"image": "web:1", "user": "${USER}"}), E425="off") == ["E517"]


def test_nothing_is_said_to_be_missing_where_something_is_misspelt() -> None:
    assert list_codes(fargate(memory=None)) == ["E411"]
    assert list_codes({**fargate(memory=None), "memroy": "1024"}) == ["E301"]
    assert list_codes(fargate(memory=None), told=(Mistake("E301", ("memroy",)),)) == []
    assert list_codes(fargate(memory=None), told=(Mistake("E302", ("memory",)),)) == []


@pytest.mark.parametrize(
    ("mistake", "codes"),
    [
        ({"Memory": "1024"}, ["E301"]),
        ({"mem": "1024"}, ["E301"]),
        ({"tagz": []}, ["E301", "E411"]),
        ({"pidMode": "hots"}, ["E401", "E411"]),
        ({"family": 1}, ["E303", "E411"]),
        ({"family": None}, ["E306", "E411"]),
        ({"requiresCompatibilities": "FARGATE"}, ["E302"]),
        ({"networkMod": "awsvpc"}, ["E301"]),
    ],
)
def test_only_a_mistake_that_explains_it_hides_what_is_missing(mistake: Value, codes: list[str]) -> None:
    assert list_codes({**fargate(memory=None), **mistake}) == codes


def test_what_another_container_may_have_misspelt_is_not_missing() -> None:
    def wait_for(**members: Value) -> list[str]:
        app = {"name": "app", "image": "app:v1", "dependsOn": [{"containerName": "db", "condition": "HEALTHY"}]}
        return list_codes(document({"family": "app", "memory": "512"}, app, {"name": "db", "image": "db:1", **members}))

    assert wait_for() == ["E444"]
    assert wait_for(healthcheck={}) == ["E301"]
    assert wait_for(comand=[]) == ["E301", "E444"]


def test_what_is_wrong_by_itself_is_not_missed_too() -> None:
    assert list_codes(ec2({"memory": None})) == ["E413"]
    assert list_codes(ec2({"memory": 2**31})) == ["E420"]
    assert list_codes(ec2({"memory": None, "portMappings": [{"hostPort": -1}]})) == ["E420", "E413", "E434"]


def test_of_too_many_problems_the_first_are_told_and_the_number_of_the_others() -> None:
    members = {f"member{number}": 1 for number in range(MOST_PROBLEMS + 5)}
    problems = Validator({}).validate({**ec2(), **members})
    assert len(problems) == MOST_PROBLEMS + 1
    assert (problems[-1].code, problems[-1].message) == (
        "E109",
        "this task definition has too many errors: 5 more findings are not shown",
    )
