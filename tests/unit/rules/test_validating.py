"""What validating makes of problems: levels, what is told once, and how many are told at all."""

from __future__ import annotations

import pytest

from generator.model.findings import Level
from generator.model.nodes import Value
from generator.rules.validating import MOST_PROBLEMS, Validator
from tests.rules.running import ec2, fargate


def list_codes(document: Value, *, told: bool = False, **levels: Level) -> list[str]:
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


def test_nothing_is_said_to_be_missing_where_something_is_misspelt() -> None:
    assert list_codes(fargate(memory=None)) == ["E411"]
    assert list_codes({**fargate(memory=None), "memroy": "1024"}) == ["E301"]
    assert list_codes({**fargate(memory=None), "memroy": "1024"}, told=True) == []


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
        "so much is wrong with this task definition that 5 more findings are left out",
    )
