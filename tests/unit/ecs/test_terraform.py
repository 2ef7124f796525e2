"""The table of Terraform's arguments beside the shapes of the service model."""

from __future__ import annotations

import pytest

from generator.ecs.shapes import bundled, shape, task_definition
from generator.ecs.terraform import ARGUMENTS, LACKING, PAIRS


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_argument_is_a_member(name: str) -> None:
    assert set(ARGUMENTS[name].values()) <= set(shape(name).members)
    assert len(set(ARGUMENTS[name].values())) == len(ARGUMENTS[name])


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_member_is_an_argument_or_listed_as_lacking(name: str) -> None:
    lacking = set(shape(name).members) - set(ARGUMENTS[name].values())
    assert lacking == (set(LACKING) if shape(name) == task_definition() else set())


def test_every_block_has_a_row() -> None:
    structures = set()
    for name, members in ARGUMENTS.items():
        for argument, member in members.items():
            below = bundled().shape(shape(name).members[member])
            below = bundled().shape(below.member) if below.type == "list" else below
            if below.type == "structure" and argument not in ("container_definitions", "host_path", *PAIRS):
                structures.add(below.name)
    assert structures | {task_definition().name} == set(ARGUMENTS)
