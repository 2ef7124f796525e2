"""What a service demands of its task definition: for each demand a task definition that does not meet it, and one that does."""

from __future__ import annotations

import botocore.session
import pytest

from generator.aws.demands import JUDGES, find_unmet
from generator.ecs.demands import DEMANDS, UNDEMANDING
from generator.model.findings import HERE
from generator.model.needs import LoadBalancer, Needs, PortProtocol, Registry
from generator.model.nodes import Value

TCP: Value = {"containerPort": 53, "name": "dns", "protocol": "tcp"}
UDP: Value = {"containerPort": 53, "protocol": "udp"}
TARGET = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/bot/0123456789abcdef"
EC2 = Needs("web", launch_types=("EC2",), volumes=())
FARGATE = Needs("web", launch_types=("FARGATE",), volumes=(), platform_version="1.3.0", platform_family="Linux")
ROOM: Value = {"cpu": "256", "memory": "512"}


def make(*ports: Value, name: str = "app", **members: Value) -> Value:
    """Make a task definition of one container."""
    container = {"name": name, "image": "app:1", "memory": 64, **({"portMappings": list(ports)} if ports else {})}
    return {"family": "app", "containerDefinitions": [container], **members}


def balance(port: int = 53, group: str = TARGET) -> Needs:
    return EC2._replace(load_balancers=(LoadBalancer(group, "app", port),))


def register(container: str = "app", port: int = 53) -> Needs:
    return EC2._replace(registries=(Registry("arn", container, port),))


CONNECTED = EC2._replace(connected=("dns",))
SPOKEN = CONNECTED._replace(protocols=(PortProtocol("dns", "http", "tcp"),))
VOLUME: Value = {"name": "data", "configuredAtLaunch": True}
ON_EFS: Value = [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]
VPC: Value = {"networkMode": "awsvpc", **ROOM}
WINDOWS: Value = {"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
WINDOWS_SERVICE = FARGATE._replace(platform_version="1.0.0", platform_family="Windows-Server-2022-Core")

CASES: dict[str, tuple[Needs, Value, Value]] = {
    "load-balancer-container": (balance(), make(TCP, name="bot"), make(TCP)),
    "load-balancer-port": (balance(80), make(TCP), make(TCP, {"containerPortRange": "79-81"})),
    "load-balancer-port-twice": (balance(), make(TCP, UDP), make(TCP, {**UDP, "containerPort": 54})),
    "load-balancer-host-port": (balance(group=""), make(TCP), make({**TCP, "hostPort": 53})),
    "load-balancer-classic": (
        balance(group="")._replace(networked=None),
        make({**TCP, "hostPort": 53}, **VPC),
        make({**TCP, "hostPort": 53}),
    ),
    "target-type": (
        balance()._replace(target_types=((TARGET, "ip"),)),
        make(TCP, networkMode="bridge"),
        make(TCP, networkMode="awsvpc"),
    ),
    "service-launch-type": (FARGATE, make(TCP, **ROOM), make(TCP, **VPC)),
    "service-network": (EC2._replace(networked=True), make(networkMode="host"), make(networkMode="awsvpc")),
    "service-connect-port": (CONNECTED, make(UDP), make(TCP)),
    "service-connect-protocol": (SPOKEN, make({**TCP, "appProtocol": "http2"}), make({**TCP, "appProtocol": "http"})),
    "registry-container": (register("bot"), make(TCP), make(TCP, name="bot")),
    "registry-port": (register(port=80), make(TCP), make({"containerPort": 80})),
    "registry-network": (register("", 0), make(TCP), make(TCP, networkMode="awsvpc")),
    "vpc-lattice-port": (EC2._replace(lattice=("dns",)), make(UDP), make(TCP)),
    "service-volume": (
        EC2._replace(volumes=("data",)),
        make(volumes=[{"name": "data"}]),
        make(volumes=[VOLUME]),
    ),
    "volume-not-configured": (EC2, make(volumes=[VOLUME]), make(volumes=[{"name": "data"}])),
    "service-platform-version": (FARGATE, make(**VPC, volumes=ON_EFS), make(**VPC)),
    "service-platform-family": (FARGATE, make(networkMode="awsvpc", cpu="1024", memory="2048", **WINDOWS), make(**VPC)),
    "execute-command-role": (EC2._replace(executes=True), make(), make(taskRoleArn="App")),
}
"""By demand: a service, a task definition that does not meet it, and one that does."""


@pytest.mark.parametrize("code", DEMANDS)
def test_each_demand_is_missed_and_met(code: str) -> None:
    needs, missing, meeting = CASES[code]
    assert ([each.code for each in find_unmet(needs, missing)], list(find_unmet(needs, meeting))) == ([code], [])


def test_every_demand_has_one_that_finds_it_and_a_case() -> None:
    judged = [code for codes in JUDGES for code in codes]
    assert (sorted(judged), sorted(CASES)) == (sorted(DEMANDS), sorted(DEMANDS))


def test_every_member_of_a_service_demands_something_or_has_a_reason_not_to() -> None:
    model = botocore.session.get_session().get_service_model("ecs")
    members = {name for shape in ("Service", "Deployment") for name in model.shape_for(shape).members}
    demanding = {member for demand in DEMANDS.values() for member in demand.members} - {"taskDefinition"}
    assert members - {"taskDefinition"} == demanding | set(UNDEMANDING)
    assert not demanding & set(UNDEMANDING)


SAID = {
    "a port that is mapped twice": (
        balance(),
        make(TCP, UDP),
        ("containerDefinitions", 0, "portMappings", 1, "containerPort"),
        "service `web` gives port 53 of container `app` to a load balancer, and the container maps that port 2 times",
    ),
    "no network mode, and a network configuration": (
        EC2._replace(networked=True),
        make(),
        (),
        "service `web` has a network configuration, which only `awsvpc` takes, "
        "and `networkMode` is not set, so it is not `awsvpc`",
    ),
    "no network configuration, and awsvpc": (
        EC2._replace(networked=False),
        make(networkMode="awsvpc"),
        ("networkMode",),
        "service `web` has no network configuration, which `awsvpc` needs, and `{here}` is `awsvpc`",
    ),
    "a protocol that is left out": (
        SPOKEN,
        make(TCP),
        ("containerDefinitions", 0, "portMappings", 0, "name"),
        "service `web` gives the port named `dns` to Service Connect with `appProtocol` `http`, which it keeps, and here it has none",
    ),
    "a volume that is gone": (
        EC2._replace(volumes=("data",)),
        make(),
        (),
        "service `web` configures the volume `data` at launch, and here it is not there",
    ),
    "a name that is misspelt": (
        CONNECTED,
        make({**TCP, "name": "dnss"}),
        ("containerDefinitions", 0, "portMappings", 0, "name"),
        "service `web` gives the port named `dns` to Service Connect, and no port mapping has this name",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_not_met_is_said_at_the_member_that_decides_it(case: str) -> None:
    needs, document, path, message = SAID[case]
    (problem,) = find_unmet(needs, document)
    assert (problem.path, problem.message) == (path, message.replace("{here}", HERE))


@pytest.mark.parametrize(
    ("needs", "document"),
    [
        (Needs("web"), make(networkMode="awsvpc", volumes=[VOLUME])),  # ECS told nothing
        (Needs("web", launch_types=("FARGATE",), networked=None), make(**VPC)),
        (FARGATE._replace(platform_version="LATEST"), make(**VPC, volumes=ON_EFS)),
        (WINDOWS_SERVICE, make(networkMode="awsvpc", cpu="1024", memory="2048", **WINDOWS)),
        (EC2, make(requiresCompatibilities=["FARGATE"], **VPC)),  # ECS lists `EC2` among what it is compatible with
        (FARGATE, make(requiresCompatibilities=["FARGATE"], **VPC)),
        (Needs("web", launch_types=("managed",)), make()),
        (SPOKEN, make({**TCP, "appProtocol": "http", "protocol": "tcp"})),
    ],
)
def test_what_fits_or_is_not_told_is_no_problem(needs: Needs, document: Value) -> None:
    assert list(find_unmet(needs, document)) == []
