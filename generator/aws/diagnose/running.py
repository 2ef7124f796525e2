"""The line to change where a container ran, and ended or was ended: memory, exit codes, health checks, load balancers."""

from __future__ import annotations

from generator.aws.diagnose.case import Blame, Case, find_container, name_of, runs_on_fargate
from generator.aws.diagnose.judging import LONGEST, find_balancer, judge_service
from generator.ecs.fargate import GB, SIZES
from generator.ecs.signs import LISTENING
from generator.ecs.sizes import read_size
from generator.model.findings import HERE, Fact, Path
from generator.model.needs import LoadBalancer
from generator.model.nodes import Value

HEAPS = ("NODE_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS", "JDK_JAVA_OPTIONS", "CATALINA_OPTS")
"""Variables in which the size of a heap is set."""

MISMATCH = "port-mismatch"


def blame_memory(case: Case) -> Blame:
    """Blame the limit of the container where it has one, and else that of the task."""
    found = find_container(case.document, case.failure.container)
    who = f"container `{case.failure.container}`" if case.failure.container else "the task"
    facts = (
        ()
        if "OutOfMemory" in case.failure.said
        else (Fact("AWS does not report that memory ran out, but that is the usual cause"),)
    )
    if found and "memory" in found[1]:
        limit = found[1]["memory"]
        if "memory" in case.document:
            facts = (Fact(f"`{HERE}` of the whole task is {case.document['memory']}", ("memory",)), *facts)
        message = f"{who} was killed: it used more than the {limit} MiB of `{HERE}`"
        return Blame((*found[0], "memory"), message, facts, f"give it more than {limit} MiB, or make it use less")
    size = read_size("memory", str(case.document.get("memory", "")))
    if size is None:
        place: Path = (*found[0], "memory") if found else ("memory",)
        return Blame(
            place, f"{who} was killed because memory ran out, and `{HERE}` is not set", facts, missing="memory"
        )
    message = f"{who} was killed: the task used more than the {size} MiB of `{HERE}`"
    return Blame(("memory",), message, facts, suggest_memory(case.document, size))


def suggest_memory(document: Value, size: int) -> str:
    """Suggest the next more memory that Fargate has, with as much CPU where it can be."""
    cpu = read_size("cpu", str(document.get("cpu", "")))
    if cpu is None or cpu not in SIZES or not runs_on_fargate(document):
        return f"give it more than {size} MiB, or make it use less"
    more = [memory for memory in SIZES[cpu] if memory > size]
    if more:
        return f"write `{spell_size(more[0])}`, or make it use less"
    larger = next((units for units in SIZES if units > cpu), None)
    return (
        f"with {cpu} CPU units there is no more memory: write {larger} for `cpu` too" if larger else "let it take less"
    )


def spell_size(mib: int) -> str:
    """Spell an amount of memory as overlays do."""
    return f"{mib // GB} GB" if mib % GB == 0 else str(mib)


def blame_heap(case: Case) -> Blame:
    """Blame the variable that sets the heap, and else the memory that the heap is reckoned from."""
    found = find_container(case.document, case.failure.container)
    if found is None:
        return Blame((), "the heap of the program is full")
    path, container = found
    for index, variable in enumerate(container.get("environment", ())):
        if variable.get("name") in HEAPS:
            place = (*path, "environment", index, "value")
            return Blame(place, f"the heap that `{HERE}` gives {name_of(container)} is full")
    unset = (Fact("no variable sets the heap"),)
    if "memory" not in container and "memory" not in case.document:
        message = f"the heap of {name_of(container)} is full, and `{HERE}` is not set"
        return Blame((*path, "memory"), message, unset, missing="memory")
    memory = (*path, "memory") if "memory" in container else ("memory",)
    return Blame(memory, f"the heap that {name_of(container)} takes of `{HERE}` is full", unset)


def blame_exit(case: Case) -> Blame:
    """State how a container ended, which no line of a task definition fixes."""
    return Blame((), f"container `{case.failure.container}` ended with exit code {code_of(case)}")


def blame_crash(case: Case) -> Blame:
    return Blame((), f"container `{case.failure.container}` crashed with exit code {code_of(case)}")


def blame_signal(case: Case) -> Blame:
    message = f"container `{case.failure.container}` ended with exit code {code_of(case)}, and nobody stopped its task"
    return Blame((), message)


def blame_end(case: Case) -> Blame:
    """Blame what makes the task end with a container that ended well: that it is essential, or what it runs."""
    name = case.failure.container
    message = f"container `{name}` ended with exit code 0, and the task with it, since it is essential"
    found = find_container(case.document, name)
    if found is None:
        return Blame((), message)
    path, container = found
    if len(case.document.get("containerDefinitions", ())) > 1:
        if "essential" in container:
            return Blame((*path, "essential"), message)
        return Blame((*path, "essential"), message, (Fact("it is essential by default"),), missing="essential")
    help = "keep the program in the foreground: a task of a service is to run on"
    return Blame((*path, "command") if container.get("command") else (), message, help=help)


def blame_stop(case: Case) -> Blame:
    return Blame((), "an essential container stopped, and AWS does not report how")


def code_of(case: Case) -> int:
    state = case.failure.state
    return state.exit_code if state and state.exit_code is not None else -1


def blame_health(case: Case) -> Blame:
    """Blame the health check of the container that is unhealthy."""
    found = find_unhealthy(case)
    if found is None:
        return Blame((), "a container failed its health check")
    path, container = found
    check = container["healthCheck"]
    command = " ".join(check.get("command", ()))
    port = find_port(case)
    start = check.get("startPeriod")
    given = f"`{HERE}` gives it {start} seconds to start" if start else f"`{HERE}` gives it no time to start"
    facts = [Fact(given, (*path, "healthCheck", "startPeriod") if start else (*path, "healthCheck"))]
    help = ""
    if port and f":{port}" not in command and "://" in command:
        facts.append(Fact(f"{name_of(container)} writes that it listens on port {port}"))
        help = f"ask port {port}, or let the program listen on the port that is asked"
    place = (*path, "healthCheck", "command") if command else (*path, "healthCheck")
    return Blame(place, f"{name_of(container)} is unhealthy: `{HERE}` fails, or takes too long", tuple(facts), help)


def find_unhealthy(case: Case) -> tuple[Path, Value] | None:
    """Find the container whose health check failed; one without a health check cannot be it."""
    found = find_container(case.document, case.failure.container)
    return found if found and "healthCheck" in found[1] else None


def find_port(case: Case) -> int | None:
    """Find the port that a container says it listens on, if it says so of only one."""
    lines = case.log.lines if case.log else ()
    ports = {int(match["port"]) for line in lines for match in LISTENING.finditer(line[:LONGEST])}
    return ports.pop() if len(ports) == 1 else None


def blame_balancer(case: Case) -> Blame:
    """Blame the port that the load balancer asks, where it gets no answer; a wrong answer no line here fixes."""
    balancer = find_balancer(case.failure, case.service)
    reason = find_reason(case)
    facts = (Fact(f"the load balancer reports: {reason}"),) if reason else ()
    if balancer is None:
        return Blame((), "the load balancer's health check failed", facts)
    path, found = find_mapping(case.document, balancer)
    if not found:
        return blame_mapping(balancer, path, case.document, facts)._replace(cause=MISMATCH)
    who = f"container `{balancer.container}`"
    if "with these codes" in reason:
        help = "let the path that the target group asks for answer with 200, or name another path there"
        return Blame((), f"the load balancer gets a wrong answer from port {balancer.port} of {who}", facts, help)
    port = find_port(case)
    if port and port != balancer.port:
        facts = (*facts, Fact(f"{who} writes that it listens on port {port}"))
        message = f"the load balancer asks `{HERE}`, and {who} does not listen there"
        help = f"write {port}, for the service too, or let the program listen on {balancer.port}"
        return Blame(path, message, facts, help, cause=MISMATCH)
    grace = case.service.grace_period if case.service else None
    facts = (*facts, Fact(f"the service's grace period is {grace or 0} seconds"))
    return Blame(path, f"the load balancer gets no healthy answer from `{HERE}` of {who}", facts)


def find_reason(case: Case) -> str:
    """Find what the load balancer says of the target; the service's events do, the task does not."""
    own = case.find_detail("reason")
    if own or case.service is None:
        return own
    told = [
        each for each in judge_service(case.service) if each.cause == case.failure.cause and each.details.get("reason")
    ]
    same = [each for each in told if case.failure.task and case.failure.task.id in each.said]
    return next((each.details["reason"] for each in (*same, *told)), "")


def find_mapping(document: Value, balancer: LoadBalancer) -> tuple[Path, bool]:
    """Find the mapping of the port that a load balancer is given; else how far the way there leads."""
    found = find_container(document, balancer.container) if balancer.container else None
    if found is None:
        return (), False
    for index, mapping in enumerate(found[1].get("portMappings", ())):
        if mapping.get("containerPort") == balancer.port:
            return (*found[0], "portMappings", index, "containerPort"), True
        first, _, last = str(mapping.get("containerPortRange", "")).partition("-")
        if first.isdecimal() and last.isdecimal() and int(first) <= balancer.port <= int(last):
            return (*found[0], "portMappings", index, "containerPortRange"), True
    return found[0], False


def blame_mapping(balancer: LoadBalancer, path: Path, document: Value, facts: tuple[Fact, ...] = ()) -> Blame:
    """Blame the mappings of a container among which the load balancer's port is not, or the missing container."""
    if not path:
        names = [f"`{each.get('name', '')}`" for each in document.get("containerDefinitions", ())]
        message = f"the service gives its load balancer container `{balancer.container}`, which this task definition does not have"
        place: Path = ("containerDefinitions", 0, "name") if len(names) == 1 else ()
        return Blame(
            place, message, (Fact(f"it has {', '.join(names)}"), *facts), "name the container as the service does"
        )
    mappings = document["containerDefinitions"][path[1]].get("portMappings", ())
    message = (
        f"the load balancer asks port {balancer.port} of container `{balancer.container}`, which `{HERE}` does not map"
    )
    help = f"map {balancer.port}, or give the load balancer another port"
    if len(mappings) == 1 and "containerPort" in mappings[0]:
        place = (*path, "portMappings", 0, "containerPort")
        message = f"`{HERE}` is {mappings[0]['containerPort']}, and the load balancer asks port {balancer.port}"
        return Blame(place, message, facts, f"write {balancer.port}, or give the load balancer another port")
    missing = None if mappings else "portMappings"
    return Blame((*path, "portMappings"), message, facts, help, missing)


def blame_mismatch(case: Case) -> Blame:
    """Blame the port that ECS does not find when a service is made or changed."""
    container, port = case.find_detail("container"), case.find_detail("port")
    known = find_balancer(case.failure, case.service)
    balancer = LoadBalancer("", container, int(port) if port else known.port if known else 0)
    path, found = find_mapping(case.document, balancer)
    if found:
        return Blame(path, f"`{HERE}` is what the load balancer asks for, and ECS does not find it")
    return blame_mapping(balancer, path, case.document)
