"""Port mappings: E433 to E438, E447, E504, W618 and W620."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, document, ec2, fargate, say

CODES = ("E433", "E434", "E435", "W624", "E437", "E438", "E447", "E504", "W618", "W620")
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
FREE_PORT = "remove `hostPort` to get a free port"
ONE_NETWORK = "with the network mode `awsvpc` the containers share one network"


def mapped(*mappings: Value) -> Value:
    return {"portMappings": list(mappings)}


def two(network: str | None, first: Value, second: Value) -> Value:
    """A task of two containers with one mapping each."""
    containers = ({"name": "web", **mapped(first)}, {"name": "api", **mapped(second)})
    return document({"requiresCompatibilities": ["EC2"], "networkMode": network}, *containers)


WEB = "containerDefinitions[web].portMappings"
API = "containerDefinitions[api].portMappings"
APP = "containerDefinitions[app].portMappings"


@pytest.mark.parametrize(
    "value",
    [
        fargate(mapped()),
        fargate(mapped({"containerPort": 8080})),
        fargate(mapped({"containerPort": 8080, "hostPort": 0})),
        fargate(mapped({"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"})),
        fargate(mapped({"containerPort": 22}, {"containerPort": 40000, "hostPort": 40000})),
        fargate(mapped({"containerPort": 3150})),
        fargate(mapped({"containerPort": 8080, "name": "http", "appProtocol": "http2"})),
        fargate(mapped({"containerPort": 8080, "name": "http"})),
        fargate(mapped({"containerPortRange": "8000-8010"})),
        fargate(mapped({"containerPortRange": "1-65535", "protocol": "udp"})),
        fargate(mapped({"containerPortRange": "8000-8010", "hostPort": 0})),
        fargate(mapped({"containerPortRange": "8000-8010"}, {"containerPortRange": "8011-8020"})),
        fargate(mapped({"containerPortRange": "8000-8010"}, {"containerPortRange": "8000-8010", "protocol": "udp"})),
        fargate(mapped({"containerPort": 8080}), runtimePlatform=WINDOWS),
        fargate(mapped({"containerPort": 3149}, {"containerPort": 3151}), runtimePlatform=WINDOWS),
        ec2(mapped({"containerPort": 3150}), runtimePlatform=WINDOWS),
        ec2(mapped({"containerPort": 22, "hostPort": 0})),
        ec2(mapped({"containerPort": 22, "hostPort": 2222})),
        ec2(mapped({"containerPort": 22, "hostPort": 22, "protocol": "udp"})),
        ec2(mapped({"containerPort": 22, "hostPort": 22}), networkMode="awsvpc"),
        ec2(mapped({"containerPort": 22, "hostPort": 22}), runtimePlatform=WINDOWS),
        ec2(mapped({"containerPort": 22, "hostPort": 22}), requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2(mapped({"containerPort": 8080, "hostPort": 80}), networkMode="bridge"),
        ec2(mapped({"containerPort": 8080, "hostPort": 32767})),
        ec2(mapped({"containerPort": 8080, "hostPort": 61000})),
        ec2(mapped({"containerPort": 8080, "hostPort": 49151}), runtimePlatform=WINDOWS),
        ec2(mapped({"containerPort": 40000}), networkMode="host"),
        ec2(mapped({"containerPort": 8080, "hostPort": 8080}), networkMode="host"),
        ec2(mapped({"containerPort": 8080, "hostPort": 0}), networkMode="host"),
        ec2(mapped({"containerPortRange": "8000-8010"}), networkMode="bridge"),
        ec2(mapped({}), networkMode="none"),  # E422
        ec2(mapped({"containerPort": 7000}, {"containerPort": 7001}, {"containerPort": 7002, "hostPort": 80})),
        ec2(mapped({"containerPort": 53, "hostPort": 53}, {"containerPort": 54, "hostPort": 53, "protocol": "udp"})),
        two("bridge", {"containerPort": 8080}, {"containerPort": 8080}),
        two(None, {"containerPort": 8080, "hostPort": 80}, {"containerPort": 8080, "hostPort": 81}),
        two("bridge", {"containerPortRange": "8000-8010"}, {"containerPortRange": "8000-8010"}),
        two("awsvpc", {"containerPort": 8080}, {"containerPort": 8081}),
        two("awsvpc", {"containerPort": 53}, {"containerPort": 53, "protocol": "udp"}),
        two("host", {"containerPort": 8080}, {"containerPort": 8081}),
        document({"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc"}, {"name": "app"}),
        {"containerDefinitions": [{}]},
        {},
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            fargate(mapped({"containerPort": 8080, "hostPort": 80})),
            Said(
                "E433",
                f"{APP}[8080/tcp].hostPort",
                f"`{APP}[8080/tcp].hostPort` is 80, and the network mode `awsvpc` maps a port to itself only",
                (f"`{APP}[8080/tcp].containerPort` is 8080",),
                "remove `hostPort`",
            ),
        ),
        (
            ec2(mapped({"containerPort": 8080, "hostPort": 22}), networkMode="host"),
            Said(
                "E433",
                f"{APP}[8080/tcp].hostPort",
                f"`{APP}[8080/tcp].hostPort` is 22, and the network mode `host` maps a port to itself only",
                (f"`{APP}[8080/tcp].containerPort` is 8080",),
                "remove `hostPort`",
            ),
        ),
        (
            fargate(mapped({"hostPort": 8080, "protocol": "tcp"})),
            Said(
                "E434",
                f"{APP}[0]",
                f"`{APP}[0]` has neither `containerPort` nor `containerPortRange`",
                (),
                "add `containerPort`",
            ),
        ),
        (
            fargate(mapped({"containerPort": 65536})),
            Said(
                "E434",
                f"{APP}[65536/tcp].containerPort",
                f"`{APP}[65536/tcp].containerPort` is 65536, and a container listens on 1 to 65535",
            ),
        ),
        (
            ec2(mapped({"containerPort": 0, "hostPort": 80})),
            Said(
                "E434",
                f"{APP}[0/tcp].containerPort",
                f"`{APP}[0/tcp].containerPort` is 0, and a container listens on 1 to 65535",
            ),
        ),
        (
            fargate(mapped({"containerPortRange": "8080-8090"}, {"containerPortRange": "8085-8095"})),
            Said(
                "E435",
                f"{APP}[8085-8095/tcp].containerPortRange",
                f"`{APP}[8085-8095/tcp].containerPortRange` is 8085-8095, which overlaps with 8080-8090",
                (f"`{APP}[8080-8090/tcp].containerPortRange` is 8080-8090",),
                "map each port once",
            ),
        ),
        (
            ec2(mapped({"containerPort": 8085}, {"containerPortRange": "8080-8090"}), networkMode="bridge"),
            Said(
                "E435",
                f"{APP}[8080-8090/tcp].containerPortRange",
                f"`{APP}[8080-8090/tcp].containerPortRange` is 8080-8090, which overlaps with 8085",
                (f"`{APP}[8085/tcp].containerPort` is 8085",),
                "map each port once",
            ),
        ),
        (
            two("awsvpc", {"containerPortRange": "8080-8090"}, {"containerPort": 8090}),
            Said(
                "E435",
                f"{API}[8090/tcp].containerPort",
                f"`{API}[8090/tcp].containerPort` is 8090, which overlaps with 8080-8090",
                (f"`{WEB}[8080-8090/tcp].containerPortRange` is 8080-8090",),
                "map each port once",
            ),
        ),
        (
            fargate(mapped({"containerPort": 53, "protocol": "udp"}, {"containerPort": 53})),
            Said(
                "W624",
                f"{APP}[53/tcp].containerPort",
                "port 53 of a container is mapped for both udp and tcp, and ECS attaches no load balancer to such a port",
                (f"the other is `{APP}[53/udp].containerPort`",),
            ),
        ),
        *(
            (
                ec2(mapped({"containerPort": 80, **one}, {"containerPort": 80, **other})),
                Said(
                    "W624",
                    f"{APP}[80/tcp].containerPort",
                    "port 80/tcp of a container is mapped twice, and ECS attaches no load balancer to such a port",
                    (f"the other is `{APP}[80/tcp].containerPort`",),
                ),
            )
            for one, other in (({"hostPort": 8080}, {"hostPort": 8081}), ({"hostPort": 8080}, {}), ({}, {}))
        ),
        (
            ec2(mapped({"containerPort": 80, "hostPort": 8080}, {"containerPort": 80, "hostPort": 8080})),
            Said(
                "E447",
                f"{APP}[80/tcp].hostPort",
                "port 8080/tcp of the instance is mapped twice",
                (f"the other is `{APP}[80/tcp].hostPort`",),
                "remove one `hostPort` to get a free port",
            ),
        ),
        (
            fargate(mapped({"containerPortRange": "8000:8010"})),
            Said(
                "E437",
                f"{APP}[8000:8010/tcp].containerPortRange",
                f"`{APP}[8000:8010/tcp].containerPortRange` is `8000:8010`, "
                "and a range is its first and its last port with a hyphen between",
                (),
                "write it as `8000-8010`",
            ),
        ),
        (
            fargate(mapped({"containerPortRange": "65000-66000"})),
            Said(
                "E437",
                f"{APP}[65000-66000/tcp].containerPortRange",
                f"`{APP}[65000-66000/tcp].containerPortRange` is `65000-66000`, and a container listens on 1 to 65535",
            ),
        ),
        (
            fargate(mapped({"containerPortRange": "8010-8000"})),
            Said(
                "E437",
                f"{APP}[8010-8000/tcp].containerPortRange",
                f"`{APP}[8010-8000/tcp].containerPortRange` is `8010-8000`, and the first port of a range is less than its last",
                (),
                "write `8000-8010`",
            ),
        ),
        (
            fargate(mapped({"containerPortRange": "8000-8000"})),
            Said(
                "E437",
                f"{APP}[8000-8000/tcp].containerPortRange",
                f"`{APP}[8000-8000/tcp].containerPortRange` is `8000-8000`, and the first port of a range is less than its last",
                (),
                "write `containerPort` and 8000 instead",
            ),
        ),
        (
            ec2(mapped({"containerPortRange": "8000-8010"}), networkMode="host"),
            Said(
                "E437",
                f"{APP}[8000-8010/tcp].containerPortRange",
                f"`{APP}[8000-8010/tcp].containerPortRange` is set, and the network mode `host` has no ranges of ports",
                ("`networkMode` is `host`",),
                "map each port by its `containerPort`",
            ),
        ),
        (
            ec2(mapped({"containerPortRange": "8000-8010", "hostPort": 8000})),
            Said(
                "E437",
                f"{APP}[8000-8010/tcp].hostPort",
                f"`{APP}[8000-8010/tcp]` has `hostPort` beside `containerPortRange`, and they exclude each other",
                (),
                "delete `hostPort`",
            ),
        ),
        (
            fargate(mapped({"containerPort": 3150}), runtimePlatform=WINDOWS),
            Said(
                "E438",
                f"{APP}[3150/tcp].containerPort",
                f"`{APP}[3150/tcp].containerPort` is 3150, which Windows on Fargate keeps for itself",
                (),
                "let the container listen on another port",
            ),
        ),
        (
            two("awsvpc", {"containerPort": 8080}, {"containerPort": 8080, "protocol": "tcp"}),
            Said(
                "E447",
                f"{API}[8080/tcp].containerPort",
                f"port 8080/tcp is mapped twice, and {ONE_NETWORK}",
                (f"the other is `{WEB}[8080/tcp].containerPort`",),
                "let one of the two containers listen on another port",
            ),
        ),
        (
            two("host", {"containerPort": 8080, "hostPort": 8080}, {"containerPort": 8080, "hostPort": 8080}),
            Said(
                "E447",
                f"{API}[8080/tcp].containerPort",
                "port 8080/tcp is mapped twice, and with the network mode `host` the containers share one network",
                (f"the other is `{WEB}[8080/tcp].containerPort`",),
                "let one of the two containers listen on another port",
            ),
        ),
        (
            fargate(mapped({"containerPort": 8080, "name": "a"}, {"containerPort": 8080, "name": "b"})),
            Said(
                "E447",
                f"{APP}[8080/tcp].containerPort",
                f"port 8080/tcp is mapped twice, and {ONE_NETWORK}",
                (f"the other is `{APP}[8080/tcp].containerPort`",),
                "delete one of the two",
            ),
        ),
        (
            two(None, {"containerPort": 3000, "hostPort": 80}, {"containerPort": 8080, "hostPort": 80}),
            Said(
                "E447",
                f"{API}[8080/tcp].hostPort",
                "port 80/tcp of the instance is mapped twice",
                (f"the other is `{WEB}[3000/tcp].hostPort`",),
                "remove one `hostPort` to get a free port",
            ),
        ),
        (
            ec2(mapped({"containerPort": 22, "hostPort": 22})),
            Said(
                "E504",
                f"{APP}[22/tcp].hostPort",
                f"`{APP}[22/tcp].hostPort` is 22, which an instance keeps for SSH, so none takes the task",
                (),
                FREE_PORT,
            ),
        ),
        (
            ec2(mapped({"containerPort": 51679}), networkMode="host", requiresCompatibilities=None),
            Said(
                "E504",
                f"{APP}[51679/tcp].containerPort",
                f"`{APP}[51679/tcp].containerPort` is 51679, which an instance keeps for the container agent, so none takes the task",
                (),
                "let the container listen on another port",
            ),
        ),
        (
            ec2(mapped({"containerPort": 8080, "hostPort": 3389}), runtimePlatform=WINDOWS),
            Said(
                "E504",
                f"{APP}[8080/tcp].hostPort",
                f"`{APP}[8080/tcp].hostPort` is 3389, which an instance keeps for Remote Desktop, so none takes the task",
                (),
                FREE_PORT,
            ),
        ),
        (
            fargate(mapped({"containerPort": 8080, "appProtocol": "http"})),
            Said(
                "W618",
                f"{APP}[8080/tcp].appProtocol",
                f"`{APP}[8080/tcp].appProtocol` is for Service Connect, which finds a port by its `name`, and this one has none",
                (),
                "add `name`, or remove `appProtocol`",
            ),
        ),
        (
            ec2(mapped({"containerPort": 8080, "hostPort": 40000}), networkMode="bridge"),
            Said(
                "W620",
                f"{APP}[8080/tcp].hostPort",
                f"`{APP}[8080/tcp].hostPort` is 40000, and an instance may have given that port away: "
                "it hands out 32768 to 60999 by itself",
                (),
                f"use a port below 32768, or {FREE_PORT}",
            ),
        ),
        (
            ec2(mapped({"containerPort": 8080, "hostPort": 51680}), runtimePlatform=WINDOWS),
            Said(
                "W620",
                f"{APP}[8080/tcp].hostPort",
                f"`{APP}[8080/tcp].hostPort` is 51680, and an instance may have given that port away: "
                "it hands out 49152 to 65535 by itself",
                (),
                f"use a port below 49152, or {FREE_PORT}",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, *CODES) == [said]


def test_a_port_and_a_range_are_told_apart() -> None:
    found = say(fargate(mapped({"containerPort": 8080, "containerPortRange": "8080-8090", "hostPort": 8080})), *CODES)
    assert [(said.code, said.help) for said in found] == [
        ("E437", "delete `containerPort`"),
        ("E437", "delete `hostPort`"),
    ]


def test_each_mapping_but_the_first_is_reported() -> None:
    mappings = [{"containerPort": 80}, {"containerPortRange": "70-90"}, {"containerPort": 85}]
    assert [said.path for said in say(fargate(mapped(*mappings)), "E435")] == [
        f"{APP}[70-90/tcp].containerPortRange",
        f"{APP}[85/tcp].containerPort",
    ]


def test_a_range_that_is_none_overlaps_with_nothing() -> None:
    mappings = [{"containerPortRange": "8090-8100"}, {"containerPortRange": "8095-8080"}]
    assert [said.code for said in say(fargate(mapped(*mappings)), *CODES)] == ["E437"]


def test_a_port_is_wanted_of_fargate_as_of_awsvpc_where_another_mode_is_written() -> None:
    value = fargate(mapped({"containerPort": 8080, "hostPort": 80}), networkMode="bridge")
    assert [said.code for said in say(value, *CODES)] == ["E433"]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say(fargate(mapped({"containerport": 8080})), "E434") == []
    assert say(fargate(mapped({"containerPort": 8080, "appProtocol": "http", "Name": "http"})), "W618") == []


@pytest.mark.parametrize("text", ["", "-", "8000", "8000-", "8000 - 8010", "٨٠٠٠-٨٠١٠", "1-2-3", "9" * 5000 + "-1"])
def test_any_text_may_stand_for_a_range(text: str) -> None:
    assert [said.code for said in say(fargate(mapped({"containerPortRange": text})), *CODES)] == ["E437"]
