"""Whether a service can run a task definition: what of `ecs.demands` is not met, as problems of the task definition. Asks nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from generator.ecs.demands import EARLIER_PLATFORM, TARGET_TYPES
from generator.model.findings import HERE, Fact, Path, Problem, did_you_mean
from generator.model.needs import LoadBalancer, Needs
from generator.model.nodes import Value
from generator.rules.platform_version import find_reasons
from generator.rules.task import Task, read_task

AWSVPC = "awsvpc"

KEPT = "a service keeps its load balancer"


def find_unmet(needs: Needs, document: Value) -> Iterator[Problem]:
    """Find what of a task definition keeps a service from running it, each once."""
    task = read_task(document)
    found = (problem for judge in JUDGES.values() for problem in judge(needs, task))
    yield from dict.fromkeys(found)


# Containers and ports.


def list_mappings(path: Path, container: Value) -> list[tuple[Path, Value]]:
    """List the port mappings of a container, with their paths."""
    return [((*path, "portMappings", index), each) for index, each in enumerate(container.get("portMappings") or ())]


def covers(mapping: Value, port: int) -> bool:
    """Whether a mapping has a port of the container, be it alone or in a range."""
    first, _, last = str(mapping.get("containerPortRange", "")).partition("-")
    if first.isdecimal() and last.isdecimal():
        return int(first) <= port <= int(last)
    return bool(mapping.get("containerPort") == port)


def find_container(task: Task, name: str) -> tuple[Path, Value] | None:
    """Find a container and the path to it."""
    return next((each for each in task.containers if each[1].get("name") == name), None)


def report_container(code: str, task: Task, name: str, message: str, help: str) -> Problem:
    """Report that there is no container of a name, at the one that may be meant."""
    names = [str(container.get("name", "")) for _, container in task.containers]
    near = names[0] if len(names) == 1 else did_you_mean(name, names)
    path: Path = (*task.containers[names.index(near)][0], "name") if near else ("containerDefinitions",)
    return Problem(code, path, f"{message}, and there is no such container", help=help, key=not near)


def report_port(code: str, path: Path, container: Value, message: str, port: int) -> Problem:
    """Report that a container does not map a port."""
    mapped = bool(container.get("portMappings"))
    where = (*path, "portMappings") if mapped else (*path, "name")
    message = f"{message}, and the container does not map that port"
    return Problem(code, where, message, help=f"map `containerPort` {port}", key=mapped)


def state_balancer(needs: Needs, given: LoadBalancer) -> str:
    return f"service `{needs.service}` gives port {given.port} of container `{given.container}` to a load balancer"


def judge_balancers(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find load balancers whose container or port is not there, or is there twice."""
    for given in needs.load_balancers:
        message = state_balancer(needs, given)
        found = find_container(task, given.container)
        if found is None:
            help = f"name a container `{given.container}`: {KEPT}"
            yield report_container("load-balancer-container", task, given.container, message, help)
            continue
        mapped = [each for each in list_mappings(*found) if covers(each[1], given.port)]
        if not mapped:
            yield report_port("load-balancer-port", *found, message, given.port)
        elif len(mapped) > 1:
            yield report_twice(message, mapped)
        elif not given.target_group and not mapped[0][1].get("hostPort"):
            message = f"{message} of the classic kind, and that port has no fixed `hostPort`"
            yield Problem("load-balancer-host-port", mapped[0][0], message, help="write `hostPort`")


def report_twice(message: str, mapped: list[tuple[Path, Value]]) -> Problem:
    """Report that a port is mapped more than once."""
    first, *others = [(*path, "containerPort") for path, _ in mapped]
    facts = (Fact(f"`{HERE}` maps it too", first),)
    help = "keep one mapping of it, or let the container listen to another port for the other protocol"
    message = f"{message}, and the container maps that port {len(mapped)} times"
    return Problem("load-balancer-port-twice", others[0], message, facts, help)


def judge_registries(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find service registries whose container or port is not there, or that name none where they have to."""
    for given in needs.registries:
        if not given.container:
            if task.network != AWSVPC:
                message = (
                    f"service `{needs.service}` has a service registry without a container, which only `awsvpc` takes"
                )
                yield report_mode("registry-network", task, message, "write `awsvpc`")
            continue
        message = (
            f"service `{needs.service}` gives port {given.port} of container `{given.container}` to a service registry"
        )
        found = find_container(task, given.container)
        if found is None:
            help = f"name a container `{given.container}`, or change the registries of the service first"
            yield report_container("registry-container", task, given.container, message, help)
        elif given.port and not any(covers(each, given.port) for _, each in list_mappings(*found)):
            yield report_port("registry-port", *found, message, given.port)


# Named ports.


def list_named(task: Task) -> list[tuple[Path, Value]]:
    """List the port mappings that have a name."""
    return [each for found in task.containers for each in list_mappings(*found) if each[1].get("name")]


def judge_connected(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find ports of Service Connect that have no mapping."""
    for port in needs.connected:
        message = f"service `{needs.service}` gives the port named `{port}` to Service Connect"
        yield from find_unnamed("service-connect-port", task, port, message)


def judge_lattice(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find ports of VPC Lattice that have no mapping."""
    for port in needs.lattice:
        message = f"service `{needs.service}` gives the port named `{port}` to VPC Lattice"
        yield from find_unnamed("vpc-lattice-port", task, port, message)


def find_unnamed(code: str, task: Task, port: str, message: str) -> Iterator[Problem]:
    """Find that no port mapping has a name."""
    named = list_named(task)
    names = [mapping["name"] for _, mapping in named]
    if port in names:
        return
    near = names[0] if len(names) == 1 else did_you_mean(port, names)
    path: Path = (*named[names.index(near)][0], "name") if near else ("containerDefinitions",)
    message = f"{message}, and no port mapping has this name"
    yield Problem(code, path, message, help=f"name the port mapping `{port}`", key=not near)


def judge_protocols(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find ports of Service Connect that would speak another protocol than they do: a service keeps it."""
    known = {each.port: each for each in needs.protocols}
    for path, mapping in list_named(task):
        now = known.get(mapping["name"])
        if now is None:
            continue
        for member, old, new in (
            ("appProtocol", now.app, mapping.get("appProtocol") or ""),
            ("protocol", now.transport, mapping.get("protocol") or "tcp"),
        ):
            if old != new:
                was, comes = (f"`{each}`" if each else "none" for each in (old, new))
                message = (
                    f"service `{needs.service}` gives the port named `{now.port}` to Service Connect with `{member}` {was}, "
                    f"which it keeps, and here it has {comes}"
                )
                help = f"write `{member}` `{old}`" if old else f"remove `{member}`"
                where = (*path, member) if member in mapping else (*path, "name")
                help = f"{help}, or create a new service"
                yield Problem("service-connect-protocol", where, message, help=help)


# The network.


def report_mode(code: str, task: Task, message: str, help: str) -> Problem:
    """Report something about `networkMode`, which may not be written."""
    written = "networkMode" in task.document
    said = f"`{HERE}` is `{task.network}`" if written else "`networkMode` is not set, so it is not `awsvpc`"
    path: Path = ("networkMode",) if written else ()
    return Problem(code, path, f"{message}, and {said}", help=help)


def judge_network(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find that a service has a network configuration for another network mode."""
    if needs.networked is None or needs.networked == (task.network == AWSVPC):
        return
    if needs.networked:
        message = f"service `{needs.service}` has a network configuration, which only `awsvpc` takes"
        help = "write `awsvpc`: a service keeps its network configuration"
    else:
        message = f"service `{needs.service}` has no network configuration, which `awsvpc` needs"
        help = "write another mode, or give the service subnets in the same update"
    yield report_mode("service-network", task, message, help)


def judge_target_types(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find target groups for another type of target than the network mode makes, and load balancers that take no `awsvpc`."""
    wanted = TARGET_TYPES[task.network == AWSVPC]
    for arn, kind in needs.target_types:
        if kind != wanted:
            group = arn.rpartition("targetgroup/")[2].partition("/")[0]
            message = f"target group `{group}` of service `{needs.service}` is for targets of type `{kind}`"
            help = "write `awsvpc`" if kind == "ip" else f"give the service a target group of type `{wanted}` first"
            yield report_mode("target-type", task, message, help)
    if task.network == AWSVPC and any(not each.target_group for each in needs.load_balancers):
        message = f"service `{needs.service}` has a Classic Load Balancer, which takes no tasks with `awsvpc`"
        yield report_mode("load-balancer-classic", task, message, "give the service a target group first")


# Where tasks run.


def judge_launch_types(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find what Fargate or external instances do not take, where a service runs there and ECS was not told to check for it."""
    for launch in ("FARGATE", "EXTERNAL"):
        if launch not in needs.launch_types or launch in task.document.get("requiresCompatibilities", ()):
            continue
        faults = find_faults(task, launch)
        if faults:
            first, *others = faults
            more = f"; it would report {len(others)} more" if others else ""
            help = f"add `{launch}` to `requiresCompatibilities`, and `taskdef check` reports it{more}"
            message = f"service `{needs.service}` runs on `{launch}`, which this task definition does not support: {first.message}"
            yield first._replace(code="service-launch-type", message=message, help=help, missing=None, change=None)


def find_faults(task: Task, launch: str) -> list[Problem]:
    """Find what ECS would refuse of a task definition if it had a launch type, and does not refuse without."""
    from generator.rules.validating import Validator  # where a service is elsewhere than the task says

    validator = Validator({}, least="error")
    known = {(each.code, each.path) for each in validator.validate(task.document)}
    needing = {**task.document, "requiresCompatibilities": [*task.document.get("requiresCompatibilities", ()), launch]}
    return [each for each in validator.validate(needing) if (each.code, each.path) not in known]


def judge_platform(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find what the platform of Fargate that a service names does not have."""
    if "FARGATE" not in needs.launch_types:
        return
    version = read_version(needs.platform_version)
    facts = tuple(find_reasons(task)) if version and version < EARLIER_PLATFORM and not task.windows else ()
    if facts:
        message = f"service `{needs.service}` stays on version {needs.platform_version} of the Fargate platform, and this needs 1.4.0"
        help = "give the service the platform version `LATEST` in the same update as the revision"
        yield Problem("service-platform-version", facts[0].path or (), message, facts, help)
    written = task.document.get("runtimePlatform", {}).get("operatingSystemFamily")
    family = needs.platform_family.upper().replace("-", "_")
    if family and family != (written or "LINUX"):
        message = f"service `{needs.service}` was created for `{needs.platform_family}`, which no update changes"
        path: Path = ("runtimePlatform", "operatingSystemFamily") if written else ()
        said = f"`{HERE}` is `{written}`" if written else "a task without `runtimePlatform` runs on Linux"
        yield Problem("service-platform-family", path, f"{message}, and {said}", help="create a new service for it")


def read_version(text: str) -> tuple[int, ...]:
    """Read the version of a platform; empty for `LATEST`, or where there is none."""
    return tuple(map(int, text.split("."))) if re.fullmatch(r"[0-9]+(\.[0-9]+){2}", text, re.ASCII) else ()


# Volumes and roles.


def judge_volumes(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find volumes that only the service configures at launch, or only the task definition."""
    if needs.volumes is None:
        return
    at_launch = {str(volume.get("name")): path for path, volume in task.volumes if volume.get("configuredAtLaunch")}
    names = [str(volume.get("name")) for _, volume in task.volumes]
    for name in needs.volumes:
        if name not in at_launch:
            path: Path = (*task.volumes[names.index(name)][0], "name") if name in names else ()
            what = "has no `configuredAtLaunch`" if path else "is not there"
            message = f"service `{needs.service}` configures the volume `{name}` at launch, and here it {what}"
            help = "write `configuredAtLaunch` `true`, or take the volume from the service in the same update"
            yield Problem("service-volume", path, message, help=help)
    for name, path in at_launch.items():
        if name not in needs.volumes:
            message = (
                f"the volume `{name}` is configured at launch, and service `{needs.service}` does not configure it"
            )
            help = "give the service a configuration of the volume in the same update as the revision"
            yield Problem("volume-not-configured", (*path, "configuredAtLaunch"), message, help=help)


def judge_execution(needs: Needs, task: Task) -> Iterator[Problem]:
    """Find that a service has ECS Exec turned on, and the task no role for it."""
    if needs.executes and not task.document.get("taskRoleArn"):
        message = f"service `{needs.service}` has ECS Exec turned on, which needs `taskRoleArn`"
        yield Problem("execute-command-role", (), message, help="add a task role, or turn ECS Exec off first")


JUDGES: Mapping[tuple[str, ...], Callable[[Needs, Task], Iterator[Problem]]] = {
    (
        "load-balancer-container",
        "load-balancer-port",
        "load-balancer-port-twice",
        "load-balancer-host-port",
    ): judge_balancers,
    ("registry-container", "registry-port", "registry-network"): judge_registries,
    ("service-connect-port",): judge_connected,
    ("service-connect-protocol",): judge_protocols,
    ("vpc-lattice-port",): judge_lattice,
    ("service-network",): judge_network,
    ("target-type", "load-balancer-classic"): judge_target_types,
    ("service-launch-type",): judge_launch_types,
    ("service-platform-version", "service-platform-family"): judge_platform,
    ("service-volume", "volume-not-configured"): judge_volumes,
    ("execute-command-role",): judge_execution,
}
"""Who finds which demands that are not met."""
