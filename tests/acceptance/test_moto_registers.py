"""ECS as moto plays it takes what is drawn to be right, over HTTP, and describes it as it was sent."""

from __future__ import annotations

from collections import Counter

import botocore.session
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings

from generator.ecs.shapes import task_definition
from generator.model.nodes import Value
from generator.rules.validating import Validator
from tests.acceptance.test_registering import keep_named
from tests.laws.task_definitions import SETTINGS, task_definitions

LOST = {
    "enableFaultInjection": "moto 5.2 does not know it",
    "trustedExecutionConfiguration": "moto 5.2 does not know it",
    "networkMode": "moto says `awsvpc` of whatever is not for EC2 alone",
}
"""Members that moto does not describe as they were sent, and why."""


FIXED = settings(
    max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
"""So many draws for each launch type and network mode, always the same."""


@pytest.fixture(scope="module")
def client(moto_url: str) -> BaseClient:
    """A client that validates parameters as every SDK for Python does."""
    return botocore.session.get_session().create_client(
        "ecs",
        "eu-west-1",
        endpoint_url=moto_url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


def is_refused_by_moto(document: Value) -> bool:
    """Tell whether moto wants `memory` where ECS is content with `memoryReservation`: for EC2, without memory of the task."""
    return (
        "EC2" in document.get("requiresCompatibilities", ())
        and "memory" not in document
        and any("memory" not in container for container in document["containerDefinitions"])
    )


def register_and_describe(client: BaseClient, document: Value) -> set[str]:
    """Register a document, and name the members that are not described as they were sent. Tags come apart from the rest."""
    registered = client.register_task_definition(**document)["taskDefinition"]
    answer = client.describe_task_definition(taskDefinition=registered["taskDefinitionArn"], include=["TAGS"])
    described = {**answer["taskDefinition"], "tags": answer.get("tags", [])}
    return {member for member, sent in document.items() if keep_named(described.get(member), sent) != sent}


def test_moto_registers_and_describes_what_is_drawn_to_be_right(client: BaseClient) -> None:
    seen: Counter[str] = Counter()
    validator = Validator({})

    for setting in SETTINGS:

        @settings(FIXED)
        @given(task_definitions((setting,)))
        def register(document: Value) -> None:
            assert [each for each in validator.validate(document) if validator.weigh(each.code) == "error"] == []
            if is_refused_by_moto(document):
                with pytest.raises(ClientError, match="At least one of 'memory' or 'memoryReservation'"):
                    client.register_task_definition(**document)
                seen["refused"] += 1
                return
            lost = register_and_describe(client, document)
            assert lost <= LOST.keys()
            seen.update(["registered", *document, *(f"lost {member}" for member in lost)])

        register()

    assert seen["registered"] >= 100
    assert {member for member in task_definition().members if not seen[member]} == {"inferenceAccelerators"}
    assert {f"lost {member}" for member in LOST} == {name for name in seen if name.startswith("lost")}


def test_moto_refuses_a_container_without_an_image(client: BaseClient) -> None:
    with pytest.raises(ClientError, match="image"):
        client.register_task_definition(family="app", containerDefinitions=[{"name": "app", "memory": 128}])
