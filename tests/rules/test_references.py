"""What a task definition names of its own: E427."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, say

TASK = {"family": "app"}
APP = {"name": "app"}
PROXY = {"type": "APPMESH", "containerName": "app"}


def depends(*names: str) -> Value:
    return {"name": "web", "dependsOn": [{"containerName": name, "condition": "START"} for name in names]}


def mounts(*names: str) -> Value:
    return {"name": "web", "mountPoints": [{"sourceVolume": name, "containerPath": f"/{name}"} for name in names]}


@pytest.mark.parametrize(
    "value",
    [
        document(TASK, depends()),
        document(TASK, depends("app"), APP),
        document(TASK, depends("web")),  # E502
        document(TASK, depends("app"), {"image": "app:v1"}),  # the container without a name may be the one
        document({**TASK, "volumes": [{"name": "data"}]}, mounts("data", "data")),
        document({**TASK, "volumes": [{"name": "data", "host": {}}]}, mounts()),
        document({**TASK, "volumes": [{"name": "data"}, {"host": {}}]}, mounts("cache")),
        document(TASK, {"name": "web", "mountPoints": [{"containerPath": "/data"}]}),
        document(TASK, {"name": "web", "mountPoints": [{"sourceVolume": "", "containerPath": "/data"}]}),
        document(TASK, {"name": "web", "mountPoints": [], "volumesFrom": [], "dependsOn": []}),
        document(TASK, {"name": "web", "volumesFrom": [{"sourceContainer": "app"}, {}]}, APP),
        document({**TASK, "proxyConfiguration": PROXY}, APP),
        document({**TASK, "proxyConfiguration": {}}, APP),
        document(TASK, {"name": "web", "links": ["app", "app:web", ""]}, APP),
        document(TASK, {"name": "web", "links": ["db"]}, {"image": "app:v1"}),
        document({**TASK, "networkMode": "awsvpc"}, {"name": "web", "links": ["db"]}),  # E422
        {"proxyConfiguration": {"containerName": ""}},
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E427") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            document(TASK, depends("ap"), APP),
            Said(
                "E427",
                "containerDefinitions[web].dependsOn[ap].containerName",
                "`containerDefinitions[web].dependsOn[ap].containerName` is `ap`, "
                "and this task definition has no container of that name",
                (),
                "write `app`",
            ),
        ),
        (
            document(TASK, {"name": "web", "volumesFrom": [{"sourceContainer": "storage"}]}, APP),
            Said(
                "E427",
                "containerDefinitions[web].volumesFrom[storage].sourceContainer",
                "`containerDefinitions[web].volumesFrom[storage].sourceContainer` is `storage`, "
                "and this task definition has no container of that name",
                (),
                "it is one of `web`, `app`",
            ),
        ),
        (
            document(TASK, {"name": "web", "links": ["ap:db"]}, APP),
            Said(
                "E427",
                "containerDefinitions[web].links[0]",
                "`containerDefinitions[web].links[0]` is `ap:db`, "
                "and this task definition has no container of the name `ap`",
                (),
                "write `app:db`",
            ),
        ),
        (
            document({**TASK, "volumes": [{"name": "data"}]}, mounts("Data")),
            Said(
                "E427",
                "containerDefinitions[web].mountPoints[/Data].sourceVolume",
                "`containerDefinitions[web].mountPoints[/Data].sourceVolume` is `Data`, "
                "and this task definition has no volume of that name",
                (),
                "write `data`",
            ),
        ),
        (
            document({**TASK, "volumes": []}, mounts("data")),
            Said(
                "E427",
                "containerDefinitions[web].mountPoints[/data].sourceVolume",
                "`containerDefinitions[web].mountPoints[/data].sourceVolume` is `data`, "
                "and this task definition has no volume of that name",
                (),
                "add a volume named `data` to `volumes`",
            ),
        ),
        (
            document({**TASK, "proxyConfiguration": {**PROXY, "containerName": "envoy"}}, APP),
            Said(
                "E427",
                "proxyConfiguration.containerName",
                "`proxyConfiguration.containerName` is `envoy`, and this task definition has no container of that name",
                (),
                "it is one of `app`",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E427") == [said]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say({**document(TASK, mounts("data")), "Volumes": [{"name": "data"}]}, "E427") == []
