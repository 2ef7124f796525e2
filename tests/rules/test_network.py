"""The network mode of a task, and what it leaves out: E422, E432 and W628."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

EMPTY: Value = {
    "links": [],
    "hostname": "",
    "extraHosts": [],
    "dnsServers": [],
    "dnsSearchDomains": [],
    "disableNetworking": False,
}
FULL: Value = {
    "links": ["db:db"],
    "hostname": "app",
    "extraHosts": [{"hostname": "db", "ipAddress": "10.0.0.9"}],
    "dnsServers": ["10.0.0.2"],
    "dnsSearchDomains": ["example.com"],
    "disableNetworking": True,
}
PORTS: Value = {"portMappings": [{"containerPort": 8080}]}
LINKED = "remove it: the containers of the task reach each other at `localhost`"


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(PORTS),
        fargate(EMPTY),
        fargate(requiresCompatibilities=None),
        fargate(requiresCompatibilities=["EC2", "FARGATE"]),
        ec2(FULL),
        ec2(FULL, networkMode="bridge"),
        ec2({**FULL, "links": None}, networkMode="host"),
        ec2({**FULL, "links": None}, networkMode="none"),
        ec2(EMPTY, networkMode="awsvpc"),
        ec2({**EMPTY, "portMappings": []}, networkMode="none"),
        ec2(PORTS, networkMode="host"),
        ec2(FULL, requiresCompatibilities=None),
        ec2(FULL, requiresCompatibilities=["EXTERNAL"]),
        ec2(requiresCompatibilities=[]),
        {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc"},
        {},
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E422", "E432") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            fargate(networkMode=None),
            Said(
                "E432",
                "requiresCompatibilities",
                "Fargate needs the network mode `awsvpc`, but without `networkMode` a task has `bridge`",
                (),
                "set `networkMode` to `awsvpc`",
            ),
        ),
        (
            fargate(networkMode="host", requiresCompatibilities=["EC2", "FARGATE"]),
            Said(
                "E432",
                "networkMode",
                "`networkMode` is `host`, and Fargate has `awsvpc` only",
                ("`requiresCompatibilities` has `FARGATE`",),
                "set it to `awsvpc`",
            ),
        ),
        (
            ec2({"hostname": "app"}, networkMode="awsvpc"),
            Said(
                "E422",
                "containerDefinitions[app].hostname",
                "`containerDefinitions[app].hostname` is set, and the network mode `awsvpc` does not have it",
                ("`networkMode` is `awsvpc`",),
                "remove it",
            ),
        ),
        (
            ec2({"links": ["db"]}, networkMode="host"),
            Said(
                "E422",
                "containerDefinitions[app].links",
                "`containerDefinitions[app].links` is set, and the network mode `host` does not have it",
                ("`networkMode` is `host`",),
                LINKED,
            ),
        ),
        (
            ec2({"links": ["db"]}, networkMode="none"),
            Said(
                "E422",
                "containerDefinitions[app].links",
                "`containerDefinitions[app].links` is set, and the network mode `none` does not have it",
                ("`networkMode` is `none`",),
                "remove it",
            ),
        ),
        (
            ec2(PORTS, networkMode="none"),
            Said(
                "E422",
                "containerDefinitions[app].portMappings",
                "`containerDefinitions[app].portMappings` is set, and the network mode `none` does not have it",
                ("`networkMode` is `none`",),
                "remove it",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E422", "E432") == [said]


WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
MANAGED = ["MANAGED_INSTANCES"]


@pytest.mark.parametrize(
    "value",
    [
        ec2(networkMode="bridge"),
        ec2(networkMode="bridge", requiresCompatibilities=None),
        ec2(networkMode="bridge", requiresCompatibilities=["EXTERNAL"]),
        ec2(networkMode="bridge", requiresCompatibilities=["EXTERNAL"], runtimePlatform=WINDOWS),  # AWS does so itself
        ec2(networkMode="bridge", runtimePlatform={"operatingSystemFamily": "LINUX"}),
        ec2(networkMode="awsvpc", runtimePlatform=WINDOWS),
        ec2(runtimePlatform=WINDOWS),
        ec2(requiresCompatibilities=MANAGED),
        *(ec2(networkMode=mode, requiresCompatibilities=MANAGED) for mode in ("awsvpc", "host", "none")),
        fargate(networkMode="bridge"),  # E432
        fargate(networkMode="bridge", runtimePlatform=WINDOWS),  # E432
    ],
)
def test_a_bridge_passes(value: Value) -> None:
    assert say(value, "W628") == []


@pytest.mark.parametrize(
    ("value", "message", "note", "help"),
    [
        (
            ec2(networkMode="bridge", runtimePlatform=WINDOWS),
            "`networkMode` is `bridge`, and the default network of Windows has another name",
            "`runtimePlatform.operatingSystemFamily` is `WINDOWS_SERVER_2022_CORE`",
            "remove it, or write `awsvpc`",
        ),
        (
            ec2(networkMode="bridge", requiresCompatibilities=MANAGED),
            "`networkMode` is `bridge`, and Managed Instances have `awsvpc`, `host` and `none`",
            "`requiresCompatibilities` has `MANAGED_INSTANCES`",
            "write `awsvpc` or `host`",
        ),
    ],
)
def test_a_bridge_that_there_is_not_fails(value: Value, message: str, note: str, help: str) -> None:
    assert say(value, "W628") == [Said("W628", "networkMode", message, (note,), help)]


def test_every_member_that_a_mode_leaves_out_is_reported() -> None:
    found = say(fargate(FULL), "E422")
    assert [said.path for said in found] == [f"containerDefinitions[app].{member}" for member in FULL]


def test_fargate_stands_for_its_mode_where_another_is_written() -> None:
    found = say(fargate({"links": ["db"]}, networkMode="bridge"), "E422", "E432")
    assert [(said.code, said.notes) for said in found] == [
        ("E432", ("`requiresCompatibilities` has `FARGATE`",)),
        ("E422", ("Fargate has no other mode",)),
    ]


def test_nothing_is_said_of_a_mode_that_may_only_be_misspelt() -> None:
    assert say({**fargate(networkMode=None), "networkmode": "awsvpc"}, "E432") == []
    assert say(fargate(networkMode="AWSVPC"), "E432") == []
