"""The shapes can be looked up by name, and say of which botocore they are."""

from __future__ import annotations

import botocore
import pytest

from generator.ecs.shapes import Shape, bundled, find_documentation, read_only, shape, task_definition


def test_the_botocore_version_is_recorded() -> None:
    assert bundled().botocore == botocore.__version__


def test_the_whole_document_is_a_structure_with_two_required_members() -> None:
    found = task_definition()
    assert (found.type, found.required) == ("structure", ("family", "containerDefinitions"))


def test_members_stand_in_model_order() -> None:
    assert list(task_definition().members)[:5] == [
        "family",
        "taskRoleArn",
        "executionRoleArn",
        "networkMode",
        "containerDefinitions",
    ]


@pytest.mark.parametrize(
    "expected",
    [
        Shape("String", "string", {}, (), "", (), None, None, False),
        Shape("BoxedInteger", "integer", {}, (), "", (), None, None, False),
        Shape("BoxedBoolean", "boolean", {}, (), "", (), None, None, False),
        Shape("NetworkMode", "string", {}, (), "", ("bridge", "host", "awsvpc", "none"), None, None, False),
        Shape("ContainerDefinitions", "list", {}, (), "ContainerDefinition", (), None, None, False),
        Shape("Tags", "list", {}, (), "Tag", (), 0, 50, False),
        Shape("DockerLabelsMap", "map", {}, (), "String", (), None, None, False),
        Shape(
            "Secret",
            "structure",
            {"name": "String", "valueFrom": "String"},
            ("name", "valueFrom"),
            "",
            (),
            None,
            None,
            False,
        ),
        Shape("SharingStrategy", "structure", {"nvidiaMps": "NvidiaMpsAllocation"}, (), "", (), None, None, True),
        Shape("NvidiaMpsAllocationMaxComputePercentInteger", "integer", {}, (), "", (), 1, 100, False),
    ],
    ids=lambda expected: expected.name,
)
def test_a_shape_is_found_by_its_name(expected: Shape) -> None:
    assert shape(expected.name) == expected


def test_members_of_describe_output_that_cannot_be_registered_are_read_only() -> None:
    assert read_only() == (
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredAt",
        "deregisteredAt",
        "deleteRequestedAt",
        "registeredBy",
    )


REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("ContainerDefinition", REFERENCE + "API_ContainerDefinition.html"),
        ("RegisterTaskDefinitionRequest", REFERENCE + "API_RegisterTaskDefinition.html"),
        ("String", None),
        ("NoSuchShape", None),
    ],
)
def test_a_structure_has_a_page_in_the_api_reference(name: str, page: str | None) -> None:
    assert find_documentation(name) == page
