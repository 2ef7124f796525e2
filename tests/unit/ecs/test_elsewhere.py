"""Names that belong elsewhere, held against the service model."""

from __future__ import annotations

from typing import Any

import pytest

from generator.ecs.elsewhere import CONTAINER, HAND_OVER, RUN, SERVICE, TASK, WORDS, find_meaning, find_owner
from generator.ecs.shapes import bundled, shape, task_definition


def list_members(operation: str) -> set[str]:
    """List the members of an operation's input in botocore's model that no task definition has."""
    from botocore.session import Session

    model: Any = Session().get_service_model("ecs")
    return set(model.operation_model(operation).input_shape.members) - set(task_definition().members)


def test_members_of_services_and_runs_are_those_of_the_model() -> None:
    service = list_members("CreateService")
    assert service == SERVICE
    assert list_members("RunTask") - service == RUN
    assert HAND_OVER.keys() <= SERVICE


@pytest.mark.parametrize("structure", WORDS)
def test_words_are_no_members_and_stand_for_members(structure: str) -> None:
    members = shape(structure).members
    assert WORDS[structure].keys() & members.keys() == set()
    assert {meaning.member for meaning in WORDS[structure].values() if meaning.member} <= members.keys()
    assert task_definition().name == TASK
    assert CONTAINER in bundled()._facts["shapes"]


def test_no_word_turns_a_reference_into_a_value() -> None:
    meaning = find_meaning("KeyValuePair", "valueFrom"), find_meaning("Secret", "value")
    assert [each and each.member for each in meaning] == [None, None]


def test_the_words_of_a_container_are_known_beside_family() -> None:
    found = find_meaning(TASK, "ports")
    assert found is not None
    assert (found.member, found.help) == (None, 'in a container, write `portMappings`: `[{"containerPort": …}]`')
    assert find_meaning("PortMapping", "ports") is None


def test_options_of_a_log_driver_are_no_members() -> None:
    found = find_meaning("LogConfiguration", "awslogs-group")
    assert found is not None
    assert found.help == "it is an option of the driver: move it into `options`"


def test_only_a_task_definition_and_a_container_have_members_of_a_service() -> None:
    assert find_owner(TASK, "loadBalancers") == "it belongs to the service, or to what runs the task"
    assert find_owner(CONTAINER, "overrides") == "it belongs to what runs the task"
    assert find_owner("LogConfiguration", "role") is None
    assert find_owner(TASK, "family") is None


@pytest.mark.parametrize("word", ["cpus", "mem_limit", "memoryLimit", "limits", "resources"])
def test_a_size_that_a_task_has_too_is_not_sent_into_a_container(word: str) -> None:
    meaning = find_meaning(TASK, word)
    assert meaning is not None and meaning.help.startswith("write `") and "container" not in meaning.help
