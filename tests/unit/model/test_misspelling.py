"""What is a misspelling of a name, and what only looks like one."""

from __future__ import annotations

import pytest

from generator.model.misspelling import find_misspelt

MEMBERS = (
    "name", "image", "essential", "privileged", "command", "disableNetworking", "stopTimeout", "startPeriod", "memory",
    "memoryReservation", "taskRoleArn", "executionRoleArn", "containerPath", "portMappings", "logConfiguration",
    "proxyConfiguration", "sizeInGiB", "maxComputePercent", "healthCheck", "containerDefinitions", "value", "valueFrom",
)  # fmt: skip
WORDS = (
    "HEALTHY",
    "X86_64",
    "ARM64",
    "awsvpc",
    "bridge",
    "FARGATE",
    "awsfirelens",
    "WINDOWS_SERVER_2019_CORE",
    "tcp",
    "ENABLED",
)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("portMapping", "portMappings"),
        ("nmae", "name"),
        ("iamge", "image"),
        ("Image", "image"),
        ("comand", "command"),
        ("health_check", "healthCheck"),
        ("container_definitions", "containerDefinitions"),
        ("ContainerDefinitions", "containerDefinitions"),
        ("taskRole", "taskRoleArn"),
        ("executionRole", "executionRoleArn"),
        ("logConfigurations", "logConfiguration"),
        ("memoryReservaton", "memoryReservation"),
        ("values", "value"),
        ("sizeInGib", "sizeInGiB"),
    ],
)
def test_a_misspelling_is_found(word: str, name: str) -> None:
    assert find_misspelt(word, MEMBERS) == name


@pytest.mark.parametrize(
    "word",
    [
        "", "x", "networkConfiguration", "enableNetworking", "nonessential", "non-essential", "unprivileged", "startTimeout", "sizeInMiB",
        "memoryGB", "minComputePercent", "container", "loadBalancers", "stopPeriod", "m" * 65, "ports", "environment", "name2",
    ],
)  # fmt: skip
def test_another_name_is_none(word: str) -> None:
    assert find_misspelt(word, MEMBERS) is None


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("healthy", "HEALTHY"), ("x86-64", "X86_64"), ("awsVpc", "awsvpc"), ("bridged", "bridge"), ("Fargate", "FARGATE"),
        ("enable", "ENABLED"),
        ("UNHEALTHY", None), ("X86_32", None), ("ARM32", None), ("FARGATE_SPOT", None), ("awsfirehose", None), ("sctp", None),
        ("WINDOWS_SERVER_2016_CORE", None), ("DISABLED", None),
    ],
)  # fmt: skip
def test_words_with_other_numbers_or_the_opposite_are_others(word: str, name: str | None) -> None:
    assert find_misspelt(word, WORDS) == name


def test_among_many_names_one_mistake_is_found() -> None:
    many = [f"service{letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst"]
    assert (find_misspelt("servicekk", many), find_misspelt("sevriceak", many), find_misspelt("servce", many)) == (
        "serviceak",
        "serviceak",
        None,
    )
