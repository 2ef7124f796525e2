"""The line to change where no task can be placed: capacity, quotas, instances, and the machine under the task."""

from __future__ import annotations

from generator.aws.diagnose.case import Blame, Case
from generator.model.findings import HERE, Fact, Path
from generator.model.nodes import Value


def blame_infrastructure(case: Case) -> Blame:
    return Blame((), f"ECS cannot assume `{case.find_detail('arn')}`, the role of the service's volumes")


def blame_capacity(case: Case) -> Blame:
    size = find_size(case.document)
    return Blame(
        find_first(case.document, "cpu", "requiresCompatibilities"), f"Fargate has no room for a task of {size} now"
    )


def blame_zone(case: Case) -> Blame:
    return Blame((), "AWS reports an internal error, as it does for a subnet in a zone without Fargate")


def find_size(document: Value) -> str:
    """State what a task asks for."""
    cpu, memory = document.get("cpu"), document.get("memory")
    parts = [f"{cpu} CPU units" if cpu else "", f"{memory} MiB" if memory else ""]
    return " and ".join(part for part in parts if part) or "its size"


def find_first(document: Value, *members: str) -> Path:
    """Find the first of these members that is there."""
    return next(((member,) for member in members if member in document), ())


def blame_quota(case: Case) -> Blame:
    """Blame the size that is above a limit of the account, or that is too much beside what runs already."""
    member, what = case.find_detail("member").lower(), case.find_detail("what")
    if member:
        path = find_first(case.document, member)
        return Blame(path, f"{value(case, path)}, and the account may not run so large a task")
    return Blame(find_first(case.document, "cpu"), f"the account has reached its limit of {what or 'tasks'} on Fargate")


def value(case: Case, path: Path) -> str:
    return f"`{HERE}` is {case.document[path[0]]}" if path else "the task is large"


def blame_memory(case: Case) -> Blame:
    return blame_resource(case, ("memory", "memoryReservation"), "MiB of memory")


def blame_cpu(case: Case) -> Blame:
    return blame_resource(case, ("cpu",), "CPU units")


def blame_resource(case: Case, members: tuple[str, ...], what: str) -> Blame:
    """Blame what the task asks for; where it says so of containers only, the one that asks for most."""
    path = find_first(case.document, members[0])
    if path:
        return Blame(path, f"`{HERE}` is {case.document[path[0]]}, and no instance has so many {what} left")
    asked: list[tuple[int, Path]] = [
        (container[member], ("containerDefinitions", index, member))
        for index, container in enumerate(case.document.get("containerDefinitions", ()))
        for member in members
        if container.get(member)
    ]
    if not asked:
        return Blame((), f"no instance has as many {what} left as the task asks for")
    most, path = max(asked)
    facts = tuple(Fact(f"`{HERE}` is {number}", place) for number, place in asked if place != path)
    return Blame(path, f"`{HERE}` is {most}, and no instance has so many {what} left", facts)


def blame_port(case: Case) -> Blame:
    """Blame the port of the host that a task keeps to itself."""
    asked: list[tuple[Path, int]] = [
        (("containerDefinitions", index, "portMappings", number, "hostPort"), mapping["hostPort"])
        for index, container in enumerate(case.document.get("containerDefinitions", ()))
        for number, mapping in enumerate(container.get("portMappings", ()))
        if mapping.get("hostPort")
    ]
    if not asked:
        return Blame(find_first(case.document, "networkMode"), "a port that the task needs is taken on every instance")
    facts = tuple(Fact(f"or `{HERE}`, which is {port}", path) for path, port in asked[1:])
    path, port = asked[0]
    return Blame(path, f"`{HERE}` is {port}, which is taken on every instance", facts)


def blame_interface(case: Case) -> Blame:
    path = find_first(case.document, "networkMode")
    mode = f"`{HERE}` is `{case.document['networkMode']}`" if path else "each task has an interface of its own"
    return Blame(path, f"{mode}, and no instance has a network interface left")


def blame_gpu(case: Case) -> Blame:
    for index, container in enumerate(case.document.get("containerDefinitions", ())):
        for number, item in enumerate(container.get("resourceRequirements", ())):
            if item.get("type") == "GPU":
                path: Path = ("containerDefinitions", index, "resourceRequirements", number)
                if "value" not in item:  # a part of one
                    return Blame(path, f"no instance has what `{HERE}` asks for left")
                return Blame((*path, "value"), f"`{HERE}` is {item['value']}, and no instance has so many GPUs left")
    return Blame((), "no instance has as many GPUs left as the task asks for")


def blame_attribute(case: Case) -> Blame:
    return blame_instances(case, "has what this task definition needs")


def blame_constraint(case: Case) -> Blame:
    """Blame the placement constraint of the task definition; the service may have some too."""
    constraints = case.document.get("placementConstraints", ())
    if not constraints or "expression" not in constraints[0]:
        help = "loosen the placement constraint of the service, or add instances"
        return Blame((), "no instance meets the placement constraint of the service", help=help, outside=True)
    expression = constraints[0]["expression"]
    place: Path = ("placementConstraints", 0, "expression")
    return Blame(place, f"`{HERE}` is `{expression}`, and no instance meets it")


def blame_emptiness(case: Case) -> Blame:
    """Blame the launch type: the cluster has no instances to run it on."""
    path = find_first(case.document, "requiresCompatibilities")
    kinds = ", ".join(f"`{each}`" for each in case.document.get("requiresCompatibilities", ()))
    said = f"`{HERE}` is {kinds}, and the cluster has no instances" if path else "the cluster has no instances"
    return Blame(path, said)


def blame_something(case: Case) -> Blame:
    return blame_instances(case, "takes the task")


def blame_instances(case: Case, what: str) -> Blame:
    path = find_first(case.document, "requiresCompatibilities")
    kinds = ", ".join(f"`{each}`" for each in case.document.get("requiresCompatibilities", ()))
    return Blame(path, f"`{HERE}` is {kinds}, and no instance {what}" if path else f"no instance {what}")


def blame_agent(case: Case) -> Blame:
    return Blame((), "ECS does not reach the agent of the instance that would take the task")


def blame_settings(case: Case) -> Blame:
    return Blame((), "the service may neither stop a task nor start one more")


def blame_target_group(case: Case) -> Blame:
    return Blame((), "the target group that the service names does not exist")


def blame_spot(case: Case) -> Blame:
    return Blame((), "AWS took back the Spot capacity that the task ran on")


def blame_host(case: Case) -> Blame:
    return Blame((), "the machine that the task ran on was stopped")
