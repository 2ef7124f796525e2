"""The proxy of App Mesh: E439 and W625."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, fargate, say

PROPERTIES = {"ProxyIngressPort": "15000", "ProxyEgressPort": "15001", "AppPorts": "8080", "IgnoredUID": "1337"}


def proxy(**properties: Value) -> Value:
    """A proxy with the usual properties, the given ones put in; one that is None is left out."""
    members = {name: value for name, value in {**PROPERTIES, **properties}.items() if value is not None}
    items = [{"name": name, "value": value} for name, value in members.items()]
    return {"type": "APPMESH", "containerName": "app", "properties": items}


def mesh(container: Value | None = None, **members: Value) -> Value:
    """A task for EC2 whose container is the proxy."""
    return ec2(
        {"user": "1337", **(container or {})}, **{"networkMode": "awsvpc", "proxyConfiguration": proxy(), **members}
    )


@pytest.mark.parametrize(
    "value",
    [
        mesh(),
        mesh(proxyConfiguration=proxy(IgnoredUID=None, IgnoredGID="1337")),
        mesh(proxyConfiguration=proxy(IgnoredGID="")),
        mesh(proxyConfiguration=proxy(EgressIgnoredIPs="169.254.170.2,169.254.169.254", EgressIgnoredPorts="")),
        mesh(proxyConfiguration={**proxy(), "type": None}),
        mesh({"user": "1337:1337"}),
        mesh(requiresCompatibilities=None),
        mesh({"user": None, "name": "web"}),  # E427
        fargate(proxyConfiguration=proxy()),
        fargate({"user": "1337"}, proxyConfiguration=proxy(), requiresCompatibilities=["EC2", "FARGATE"]),
        fargate(proxyConfiguration=proxy(), networkMode=None),  # E432
        mesh(runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}, networkMode=None),  # E423
        ec2(proxyConfiguration={}),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E439", "W625") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            mesh(networkMode="host"),
            Said(
                "E439",
                "proxyConfiguration",
                "`proxyConfiguration` is for the network mode `awsvpc` only",
                ("`networkMode` is `host`",),
                "set `networkMode` to `awsvpc`",
            ),
        ),
        (
            mesh(networkMode=None),
            Said(
                "E439",
                "proxyConfiguration",
                "`proxyConfiguration` is for the network mode `awsvpc` only",
                ("no mode is written",),
                "set `networkMode` to `awsvpc`",
            ),
        ),
        (
            mesh(proxyConfiguration=proxy(AppPorts="")),
            Said(
                "E439",
                "proxyConfiguration.properties[AppPorts].value",
                "`proxyConfiguration.properties[AppPorts].value` is empty, and App Mesh needs a port there",
            ),
        ),
        (
            mesh(proxyConfiguration=proxy(AppPorts=None)),
            Said(
                "E439",
                "proxyConfiguration.properties",
                "`proxyConfiguration.properties` has no `AppPorts`, which App Mesh needs",
                (),
                "add `AppPorts`",
            ),
        ),
        (
            mesh(proxyConfiguration=proxy(ProxyIngressPort=None, IgnoredUID=None)),
            Said(
                "E439",
                "proxyConfiguration.properties",
                "`proxyConfiguration.properties` has no `ProxyIngressPort`, `IgnoredUID` or `IgnoredGID`, which App Mesh needs",
                (),
                "add `ProxyIngressPort`, `IgnoredUID` or `IgnoredGID`",
            ),
        ),
        (
            mesh(proxyConfiguration=proxy(IgnoredUID="")),
            Said(
                "E439",
                "proxyConfiguration.properties",
                "`proxyConfiguration.properties` has no `IgnoredUID` or `IgnoredGID`, which App Mesh needs",
                (),
                "add `IgnoredUID` or `IgnoredGID`",
            ),
        ),
        (
            mesh(proxyConfiguration={"containerName": "app"}),
            Said(
                "E439",
                "proxyConfiguration",
                "`proxyConfiguration` has no `ProxyIngressPort`, `ProxyEgressPort`, `AppPorts`, "
                "`IgnoredUID` or `IgnoredGID`, which App Mesh needs",
                (),
                "add `ProxyIngressPort`, `ProxyEgressPort`, `AppPorts`, `IgnoredUID` or `IgnoredGID`",
            ),
        ),
        (
            mesh({"user": None}),
            Said(
                "W625",
                "containerDefinitions[app]",
                "container `app` is the proxy and has no `user`, which an agent with its own pause image needs",
                ("`proxyConfiguration.containerName` is `app`",),
                'add `"user": "1337"`',
            ),
        ),
        (
            fargate(
                {"user": ""},
                proxyConfiguration=proxy(IgnoredUID="", IgnoredGID="7"),
                requiresCompatibilities=["EC2", "FARGATE"],
            ),
            Said(
                "W625",
                "containerDefinitions[app]",
                "container `app` is the proxy and has no `user`, which an agent with its own pause image needs",
                ("`proxyConfiguration.containerName` is `app`",),
                "add `user`",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E439", "W625") == [said]


def test_a_mode_that_is_written_is_not_misspelt() -> None:
    codes = [[said.code for said in say(mesh(networkMode=mode, Tags=[]), "E439")] for mode in ("bridge", None)]
    assert codes == [["E439"], ["E439"]]
    assert say({**mesh(networkMode=None), "networkmode": "awsvpc"}, "E439") == []


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    value = mesh(proxyConfiguration={**proxy(AppPorts=None), "Properties": []})
    assert say(value, "E439") == []
    assert say(mesh(proxyConfiguration=proxy(AppPorts=8080)), "E439") == []
