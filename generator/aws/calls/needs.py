"""What a service demands of its task definition, read from what ECS tells of it. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.ecs.demands import ON_FARGATE
from generator.model.needs import LoadBalancer, Needs, PortProtocol, Registry

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients
    from generator.model.nodes import Value


def read_needs(described: Value, name: str = "") -> Needs:
    """Read what a service demands. Some of it stands in its primary deployment alone."""
    deployments = described.get("deployments") or ()
    primary: Value = next((each for each in deployments if each.get("status") == "PRIMARY"), None)
    launch_types = read_launch_types(described)
    connect = (primary or {}).get("serviceConnectConfiguration") or {}
    return Needs(
        service=described.get("serviceName", name),
        launch_types=launch_types,
        networked=read_networked(described, launch_types),
        load_balancers=read_balancers(described),
        registries=tuple(
            Registry(each.get("registryArn", ""), each.get("containerName", ""), each.get("containerPort", 0))
            for each in described.get("serviceRegistries") or ()
        ),
        connected=read_ports(connect.get("services")) if connect.get("enabled") else (),
        lattice=read_ports((primary or {}).get("vpcLatticeConfigurations")),
        volumes=None if primary is None else tuple(read_volumes(primary)),
        platform_version=described.get("platformVersion", ""),
        platform_family=described.get("platformFamily", ""),
        executes=bool(described.get("enableExecuteCommand")),
    )


def read_launch_types(described: Value) -> tuple[str, ...]:
    """Read where the tasks of a service run. Capacity providers other than those of Fargate are left as they are called."""
    strategy = described.get("capacityProviderStrategy") or ()
    named = [each.get("capacityProvider", "") for each in strategy] or [described.get("launchType", "")]
    return tuple(dict.fromkeys("FARGATE" if each in ON_FARGATE else each for each in named if each))


def read_networked(described: Value, launch_types: tuple[str, ...]) -> bool | None:
    """Report whether a service has a network configuration; Fargate always has one, so that without it ECS does not tell."""
    if (described.get("networkConfiguration") or {}).get("awsvpcConfiguration"):
        return True
    return None if "FARGATE" in launch_types or not launch_types else False


def read_balancers(described: Value) -> tuple[LoadBalancer, ...]:
    """Read what a service gives to load balancers; a Classic Load Balancer has no target group."""
    return tuple(
        LoadBalancer(each.get("targetGroupArn", ""), each["containerName"], each.get("containerPort", 0))
        for each in described.get("loadBalancers") or ()
        if "containerName" in each
    )


def read_ports(settings: Value) -> tuple[str, ...]:
    return tuple(each["portName"] for each in settings or () if each.get("portName"))


def read_volumes(deployment: Value) -> Iterator[str]:
    """Read the names of volumes that a service configures. ECS answers those of S3 Files too, which have nothing to be configured."""
    for each in deployment.get("volumeConfigurations") or ():
        if each.get("managedEBSVolume"):
            yield each.get("name", "")


def read_protocols(document: Value, ports: tuple[str, ...]) -> tuple[PortProtocol, ...]:
    """Read what named ports of a task definition speak."""
    return tuple(
        PortProtocol(mapping["name"], mapping.get("appProtocol") or "", mapping.get("protocol") or "tcp")
        for container in document.get("containerDefinitions") or ()
        for mapping in container.get("portMappings") or ()
        if mapping.get("name") in ports
    )


def find_protocols(clients: Clients, revision: str, needs: Needs, *, region: str = "") -> Needs:
    """Add what the ports that are connected speak in the revision that the service runs."""
    if not needs.connected or not revision:
        return needs
    answer = clients.call("ecs", "DescribeTaskDefinition", region=region, taskDefinition=revision)
    return needs._replace(protocols=read_protocols(answer.get("taskDefinition") or {}, needs.connected))


def find_target_types(clients: Clients, needs: Needs, *, region: str = "") -> Needs:
    """Add what the target groups of a service are for."""
    arns = list(dict.fromkeys(each.target_group for each in needs.load_balancers if each.target_group))
    if not arns:
        return needs
    groups = clients.list("elbv2", "DescribeTargetGroups", "TargetGroups", region=region, TargetGroupArns=arns)
    types = ((each.get("TargetGroupArn", ""), each.get("TargetType", "")) for each in groups)
    return needs._replace(target_types=tuple(each for each in types if each[1]))
