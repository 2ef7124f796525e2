"""Names that stand once in a task definition: E212."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, say

HELP = "give one of them another name"


def ports(*names: str | None) -> Value:
    return [{"containerPort": 8080 + index, "name": name} for index, name in enumerate(names) if name is not None]


@pytest.mark.parametrize(
    "value",
    [
        ec2(),
        ec2(volumes=[], portMappings=[]),
        document({}, {"name": "web"}, {"name": "Web"}, {"name": "app"}),
        document({"volumes": [{"name": "web"}, {"name": "data"}]}, {"name": "web"}),
        document({}, {"name": "web", "portMappings": ports("http", "admin")}, {"name": "http"}),
        document({}, {"name": "web", "portMappings": [{"containerPort": 80}, {"containerPort": 81}]}),
        document({"volumes": [{}, {}]}, {"image": "a"}, {"image": "b"}),
        {"containerDefinitions": [{}, {}]},
        {},
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E212") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            document({}, {"name": "web"}, {"name": "app"}, {"name": "web"}),
            Said(
                "E212",
                "containerDefinitions[web].name",
                "a container named `web` is already in this task definition",
                ("the other is `containerDefinitions[web].name`",),
                HELP,
            ),
        ),
        (
            document({"volumes": [{"name": "data"}, {"name": "data"}]}, {"name": "web"}),
            Said(
                "E212",
                "volumes[data].name",
                "a volume named `data` is already in this task definition",
                ("the other is `volumes[data].name`",),
                HELP,
            ),
        ),
        (
            document(
                {}, {"name": "web", "portMappings": ports("http")}, {"name": "app", "portMappings": ports("http")}
            ),
            Said(
                "E212",
                "containerDefinitions[app].portMappings[8080/tcp].name",
                "a port mapping named `http` is already in this task definition",
                ("the other is `containerDefinitions[web].portMappings[8080/tcp].name`",),
                HELP,
            ),
        ),
        (
            document({}, {"name": "web", "portMappings": ports("http", "http")}),
            Said(
                "E212",
                "containerDefinitions[web].portMappings[8081/tcp].name",
                "a port mapping named `http` is already in this task definition",
                ("the other is `containerDefinitions[web].portMappings[8080/tcp].name`",),
                HELP,
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E212") == [said]


def test_each_name_but_the_first_is_reported() -> None:
    value = document({}, {"name": "web"}, {"name": "web"}, {"name": "web"})
    assert [said.code for said in say(value, "E212")] == ["E212", "E212"]
