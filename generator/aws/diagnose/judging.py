"""What a stopped task failed of, if it failed: reasons first, then exit codes, then the stop code. Finds no lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.aws.diagnose.case import Failure, find_container
from generator.ecs.signs import CONSEQUENCES, NOT_EXECUTABLE, NOT_FOUND, SAID, UNPLACEABLE, WRITTEN, Sign
from generator.ecs.stops import EXITS, FAILED, FROM_OUTSIDE, KILLED, STEADY, STOP_CODES, TERMINATED, USER_INITIATED
from generator.model.account import LogLines, Service, StoppedContainer, StoppedTask
from generator.model.needs import LoadBalancer
from generator.model.nodes import Value

CATEGORY = "start-failed"
COMMANDS = ("command-not-found", "command-not-executable")

LONGEST = 4000
"""So much of a text is looked through: a log may be one line without end."""


def judge_task(task: StoppedTask, document: Value, logs: tuple[LogLines, ...] = ()) -> Failure | None:
    """Report what a task failed of; None if it did not fail, but was stopped or is done."""
    told = judge_reasons(task)
    if told and told.cause != CATEGORY:
        return told
    exited = judge_exits(task, document, logs)
    # Docker says 126 and 127 of what did not start, and only sometimes why.
    if told and not (exited and exited.container == told.container and exited.cause in COMMANDS):
        return told
    return exited or judge_code(task)


def judge_reasons(task: StoppedTask) -> Failure | None:
    """Judge by the messages of AWS: of its containers first, then of the task."""
    found = list(find_signs(task))
    return next((failure for failure in found if failure.cause not in CONSEQUENCES), found[0] if found else None)


def name_container(failure: Failure, document: Value, service: Service | None) -> Failure:
    """Name the container that a failure of a whole task is about, where that can be told."""
    task = failure.task
    if task is None:
        return failure
    states = {each.name: each for each in task.containers}
    if failure.details.get("needed") in states:
        return failure._replace(container=failure.details["needed"])
    if failure.container:
        return failure
    if failure.cause == "health-check-failed":
        unhealthy = [name for name, each in states.items() if each.health == "UNHEALTHY"]
        containers = document.get("containerDefinitions", ())
        checked = [each.get("name", "") for each in containers if "healthCheck" in each]
        named = [name for name in checked if name in unhealthy] or (checked if len(checked) == 1 else unhealthy)
        return failure._replace(container=named[0]) if named else failure
    if failure.cause == "balancer-check-failed":
        balancer = find_balancer(failure, service)
        return failure._replace(container=balancer.container) if balancer else failure
    return failure


def find_balancer(failure: Failure, service: Service | None) -> LoadBalancer | None:
    """Find the load balancer of the service that the reason names, or the first."""
    balancers = service.needs.load_balancers if service else ()
    named = (each for each in balancers if each.target_group and each.target_group in failure.said)
    return next(named, balancers[0] if balancers else None)


def find_signs(task: StoppedTask) -> Iterator[Failure]:
    for container in task.containers:
        if failure := read_text(container.reason, task.stopped_at):
            yield failure._replace(task=task, container=container.name)
    # What somebody said who stopped a task is his own word, and may be anything.
    if task.code != USER_INITIATED and (failure := read_text(task.reason, task.stopped_at)):
        yield failure._replace(task=task)


def read_text(text: str, at: str, signs: tuple[Sign, ...] = SAID) -> Failure | None:
    """Find the first sign of a cause in a text."""
    for sign in signs if text else ():
        if match := sign.pattern.search(text[:LONGEST]):
            details = {name: value for name, value in match.groupdict().items() if value}
            return Failure(sign.cause, at, text, details)
    return None


def judge_exits(task: StoppedTask, document: Value, logs: tuple[LogLines, ...]) -> Failure | None:
    """Judge by the exit code of the container that ended first, as far as that can be told, and what it wrote last."""
    if task.code in FROM_OUTSIDE:
        return None
    ended = [each for each in task.containers if each.exit_code is not None]
    first = min(ended, key=lambda each: rank_exit(each, document), default=None)
    if first is None or first.exit_code is None or (first.exit_code == 0 and not task.group.startswith("service:")):
        return None  # a task that belongs to no service is done when it ends well
    exit = EXITS.get(first.exit_code)
    failure = Failure(exit.cause if exit else FAILED, task.stopped_at, task=task, container=first.name)
    written = read_log(find_log(logs, task, first.name), first.exit_code, failure)
    return written or failure


def rank_exit(container: StoppedContainer, document: Value) -> tuple[bool, int]:
    """Rank a container by how likely its end was the first: essential ones, and of these such as nobody killed or asked to end.

    When one ends, ECS stops the others, which leaves 137 and 143; a container may end well when it is asked to.
    """
    code = container.exit_code
    order = 2 if code == KILLED else 3 if code == TERMINATED else 1 if code == 0 else 0
    return not is_essential(container.name, document), order


def is_essential(name: str, document: Value) -> bool:
    """Whether the task ends with a container; one that the task definition does not have was put there by ECS."""
    found = find_container(document, name)
    return bool(found[1].get("essential", True)) if found else not document.get("containerDefinitions")


def find_log(logs: Iterable[LogLines], task: StoppedTask, container: str) -> LogLines | None:
    """Find what a container of a task wrote."""
    return next((log for log in logs if log.task in (task.id, task.arn) and log.container == container), None)


def read_log(log: LogLines | None, code: int, failure: Failure) -> Failure | None:
    """Find a cause in the last lines of a log, the last of them first. One that was killed had no time to say why."""
    if log is None or code in (0, KILLED, TERMINATED):
        return None
    shell = {127: NOT_FOUND, 126: NOT_EXECUTABLE}.get(code)
    for line in reversed(log.lines):
        if found := read_text(line, failure.at, WRITTEN):
            return failure._replace(cause=found.cause, details=found.details)
        if shell and (match := shell.search(line[:LONGEST])):
            return failure._replace(details=match.groupdict())
    return None


def judge_code(task: StoppedTask) -> Failure | None:
    """Judge by the stop code, which tells least."""
    cause = STOP_CODES.get(task.code)
    if cause == "container-stopped" and any(each.exit_code is not None for each in task.containers):
        return None  # it ended well, and was to end
    return Failure(cause, task.stopped_at, task.reason, task=task) if cause else None


def judge_service(service: Service) -> Iterator[Failure]:
    """Report what a service says of itself since it was last steady, the newest first."""
    for event in service.events:
        if STEADY in event.message:
            return
        if failure := read_text(event.message, event.at):
            yield failure


def is_unplaceable(failure: Failure) -> bool:
    """Whether a failure leaves no task behind, so that only the service tells of it."""
    return failure.cause in UNPLACEABLE
