"""Every structure and member of the shapes is described, in words that say more than its name."""

from __future__ import annotations

from generator.ecs.descriptions import MEMBERS, STRUCTURES, describe_member, describe_structure
from generator.ecs.shapes import bundled, find_documentation

SHAPES = {name: bundled().shape(name) for name in bundled()._facts["shapes"]}


def test_every_structure_and_every_member_is_described_and_nothing_else() -> None:
    wanted = {name: [*shape.members] for name, shape in SHAPES.items() if shape.type == "structure"}
    assert sorted(STRUCTURES) == sorted(MEMBERS) == sorted(wanted)
    assert {name: sorted(members) for name, members in MEMBERS.items()} == {
        name: sorted(members) for name, members in wanted.items()
    }


def test_descriptions_are_phrases_in_plain_text() -> None:
    for phrase in (*STRUCTURES.values(), *(each for members in MEMBERS.values() for each in members.values())):
        assert phrase[0].isupper() and not phrase.endswith(".")
        assert not {*"`*[]<>"} & {*phrase}


def test_a_member_is_described_with_the_paragraph_of_the_reference() -> None:
    page = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    assert find_documentation("HealthCheck") == page
    assert describe_structure("HealthCheck").endswith(f". {page}")
    assert describe_member("HealthCheck", "retries", " More.").endswith(f" More. {page}#ECS-Type-HealthCheck-retries")
    assert describe_member("RegisterTaskDefinitionRequest", "cpu").endswith(
        "/API_RegisterTaskDefinition.html#ECS-RegisterTaskDefinition-request-cpu"
    )
