"""What is said of a member that a structure does not have, and whether that is an edit."""

from __future__ import annotations

import pytest

from generator.ecs.members import Advice, Structure, advise_member
from generator.ecs.shapes import bundled, shape
from generator.model.findings import Change
from generator.model.nodes import Value

TASK, CONTAINER = "RegisterTaskDefinitionRequest", "ContainerDefinition"
PAGES = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference"


def advise(structure: str, key: str, value: Value, *, layered: bool = False, **written: Value) -> Advice:
    return advise_member(key, Structure(shape(structure), {**written, key: value}, bundled(), ("newMember",), layered))


def rename(name: str) -> Advice:
    return Advice(f"write `{name}`", Change("rename", name))


@pytest.mark.parametrize(
    ("structure", "key", "value", "name"),
    [
        (CONTAINER, "portMapping", [{"containerPort": 80}], "portMappings"),
        (CONTAINER, "port_mappings", [{"container_port": 80}], "portMappings"),
        (CONTAINER, "Environment", [{"Name": "A", "Value": "b"}], "environment"),
        (CONTAINER, "Memory", 512, "memory"),
        (CONTAINER, "healthcheck", {"command": ["CMD", "x"]}, "healthCheck"),
        (CONTAINER, "env", [{"name": "A", "value": "b"}], "environment"),
        (CONTAINER, "args", ["-v"], "command"),
        (CONTAINER, "newMembr", "x", "newMember"),
        (TASK, "container_definitions", [{"name": "a"}], "containerDefinitions"),
        (TASK, "NetworkMode", "awsvpc", "networkMode"),
        (TASK, "containers", [{"name": "a"}], "containerDefinitions"),
        ("ContainerDependency", "name", "db", "containerName"),
        ("LogConfiguration", "driver", "awslogs", "logDriver"),
        ("Ulimit", "soft", 1024, "softLimit"),
    ],
)
def test_a_name_with_a_value_of_its_form_is_an_edit(structure: str, key: str, value: Value, name: str) -> None:
    assert advise(structure, key, value) == rename(name)


@pytest.mark.parametrize(
    ("structure", "key", "value", "help"),
    [
        (
            "KeyValuePair",
            "valueFrom",
            "arn:aws:ssm:eu-west-1:123456789012:parameter/x",
            "move the item to `secrets`: `environment` has values themselves, and ECS looks up none",
        ),
        (TASK, "loadBalancers", [], "it belongs to the service, or to what runs the task"),
        (TASK, "memoryReservation", 5, "it belongs to a container, an item of `containerDefinitions`"),
        (TASK, "initProcessEnabled", True, "it belongs in `containerDefinitions[…].linuxParameters`"),
        (CONTAINER, "taskRoleArn", "x", "it belongs to the task itself, beside `family`"),
        (CONTAINER, "ports", ["80:80"], 'write `portMappings`: `[{"containerPort": …}]`'),
        (CONTAINER, "ports", [{"containerPort": 80}], 'write `portMappings`: `[{"containerPort": …}]`'),
        (CONTAINER, "depends_on", ["db"], 'write `dependsOn`: `[{"containerName": …, "condition": …}]`'),
        (CONTAINER, "cpus", "0.5", "write `cpu`, in units (1024 for one CPU)"),
        (CONTAINER, "portMapping", "80", "its name here is `portMappings`, which takes a list"),
        (CONTAINER, "Memory", "512", "its name here is `memory`, which takes a whole number"),
        (CONTAINER, "enableNetworking", True, f"its members are listed in {PAGES}/API_ContainerDefinition.html"),
        ("MountPoint", "container", "/x", "its members are `sourceVolume`, `containerPath`, `readOnly`"),
    ],
)
def test_what_belongs_elsewhere_or_has_another_form_is_no_edit(
    structure: str, key: str, value: Value, help: str
) -> None:
    assert advise(structure, key, value) == Advice(help)


def test_a_name_that_is_written_already_is_not_written_again() -> None:
    assert advise(CONTAINER, "Memory", 512, memory=256) == Advice("keep one of this and `memory`")
    assert advise(CONTAINER, "env", [], environment=[]).change is None


def test_templates_and_overlays_may_write_texts_and_mappings() -> None:
    assert advise(CONTAINER, "Memory", "512", layered=True) == rename("memory")
    assert advise(CONTAINER, "environmnt", {"A": "b"}, layered=True) == rename("environment")
    assert advise(CONTAINER, "comand", {"$append": ["-v"]}, layered=True) == rename("command")
    assert advise(CONTAINER, "comand", None, layered=True) == rename("command")
    assert advise(CONTAINER, "environmnt", {"A": "b"}) == Advice("its name here is `environment`, which takes a list")


def test_a_mapping_without_a_member_of_the_structure_does_not_fit() -> None:
    subnets: Value = {"awsvpcConfiguration": {"subnets": []}}
    assert advise(TASK, "proxyConfigurations", subnets) == Advice(
        "its name here is `proxyConfiguration`, which takes a mapping"
    )
    assert advise(TASK, "proxyConfigurations", {"containerName": "x"}) == rename("proxyConfiguration")
