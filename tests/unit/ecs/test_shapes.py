"""The shapes in the package are those of the installed botocore, and can be looked up by name."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Protocol, cast

import botocore
import pytest

from generator.ecs.shapes import Shape, botocore_version, find_documentation, read_only, shape, task_definition

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "generator" / "ecs"


class Script(Protocol):
    """What `scripts/generate_shapes.py` offers."""

    def generate_data(self) -> dict[str, str]: ...


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """The data files as the installed botocore gives them now."""
    spec = importlib.util.spec_from_file_location("generate_shapes", ROOT / "scripts" / "generate_shapes.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Script, module).generate_data()


def test_the_data_in_the_package_equals_a_fresh_generation(generated: dict[str, str]) -> None:
    assert {name: (DATA / name).read_text(encoding="utf-8") for name in generated} == generated


def test_the_data_has_one_shape_a_line(generated: dict[str, str]) -> None:
    lines = generated["shapes.json"].splitlines()
    assert len(lines) == 4 + len(json.loads(generated["shapes.json"])["shapes"]) + 1


def test_the_botocore_version_is_recorded() -> None:
    assert botocore_version() == botocore.__version__


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


def test_every_shape_is_found_from_the_document(generated: dict[str, str]) -> None:
    found, waiting = set(), [task_definition()]
    while waiting:
        here = waiting.pop()
        found.add(here.name)
        below = [*here.members.values(), *([here.member] if here.member else [])]
        waiting += [shape(name) for name in below if name not in found]
    assert found == set(json.loads(generated["shapes.json"])["shapes"])


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
