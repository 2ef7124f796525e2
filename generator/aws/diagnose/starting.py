"""The line to change where a container does not start, or its program does not: logs, mounts, commands, dependencies, the network."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps

from generator.aws.diagnose.case import Blame, Case, find_container, name_of, runs_on_fargate
from generator.aws.diagnose.images import blame_role
from generator.model.findings import HERE, Fact, Path
from generator.model.nodes import Value


def find_loggers(case: Case) -> Iterator[tuple[Path, Value]]:
    """Find the log configurations that a reason may be about: that of the container that failed, or all."""
    found = find_container(case.document, case.failure.container)
    named = (
        [found]
        if found
        else [
            (("containerDefinitions", index), each)
            for index, each in enumerate(case.document.get("containerDefinitions", ()))
        ]
    )
    for path, container in named:
        if logging := container.get("logConfiguration"):
            yield (*path, "logConfiguration"), logging


def blame_log_group(case: Case) -> Blame:
    """Blame the option that names the log group; of several that differ, the one that the reason names."""
    said = case.find_detail("group")
    groups = [
        ((*path, "options", "awslogs-group"), logging["options"]["awslogs-group"], logging["options"])
        for path, logging in find_loggers(case)
        if "awslogs-group" in logging.get("options", {})
    ]
    chosen = next((each for each in groups if each[1] == said), groups[0] if groups else None)
    if chosen is None:
        return Blame((), f"log group `{said}` does not exist" if said else "the log group does not exist")
    path, group, options = chosen
    others = {name for _, name, _ in groups} - {group}
    facts = tuple(Fact(f"or `{HERE}` is the one", where) for where, name, _ in groups if name in others and not said)
    region = options.get("awslogs-region")
    where = f" in `{region}`" if region else ""
    return Blame(path, f"`{HERE}` is `{group}`, and there is no such log group{where}", facts)


def blame_log_access(case: Case) -> Blame:
    """Blame the role, or the option that makes the driver create a log group."""
    action = case.find_detail("action") or f"logs:CreateLog{'Group' if 'log group' in case.failure.said else 'Stream'}"
    facts = []
    for path, logging in find_loggers(case):
        if action == "logs:CreateLogGroup" and "awslogs-create-group" in logging.get("options", {}):
            facts.append(Fact(f"`{HERE}` asks for it", (*path, "options", "awslogs-create-group")))
    blame = blame_role(case, f"may not call `{action}`", tuple(facts))
    return (
        blame._replace(help="allow it, or create the log group beforehand and remove `awslogs-create-group`")
        if facts
        else blame
    )


def blame_log_driver(case: Case) -> Blame:
    """Blame what the log driver is reported: the address that it does not reach, an option that it lacks or cannot use, or all of it."""
    named = find_container(case.document, case.find_detail("container"))
    if named and "logConfiguration" in named[1]:
        path, logging = (*named[0], "logConfiguration"), named[1]["logConfiguration"]
    else:
        first = next(find_loggers(case), None)
        if first is None:
            return Blame((), "a log driver does not start")
        path, logging = first
    driver, options = logging.get("logDriver", ""), logging.get("options", {})
    address = case.find_detail("address")
    place = next(((*path, "options", name) for name, value in options.items() if address and address in value), None)
    if place:
        help = "start what listens there before, or let the driver go on without it"
        return Blame(
            place, f"`{HERE}` is `{options[place[-1]]}`, and log driver `{driver}` reaches nobody there", help=help
        )
    if "no log configuration specified" in case.failure.said and not options:
        missing = None if "options" in logging else "options"
        message = f"`{HERE}` is {'empty' if missing is None else 'not set'}, and log driver `{driver}` needs an output"
        help = "add the options of an output, `Name` at least"
        return Blame((*path, "options"), message, help=help, missing=missing)
    reaches = f" and reaches nobody at `{address}`" if address else ""
    return blame_option(case) or Blame(path, f"log driver `{driver}` does not start{reaches}")


def blame_option(case: Case) -> Blame | None:
    """Blame an option of a log driver that is not set, or the region in which CloudWatch has no endpoint."""
    wanted = case.find_detail("option")
    for path, logging in find_loggers(case):
        options, place = logging.get("options"), (*path, "options")
        if wanted and options is None:
            message = f"`{HERE}` is not set, and log driver `{logging.get('logDriver', '')}` needs `{wanted}`"
            return Blame(place, message, help=f"add `options` with `{wanted}`", missing="options")
        if wanted and wanted not in options:
            message = f"`{HERE}` is not set, and log driver `{logging.get('logDriver', '')}` needs it"
            return Blame((*place, wanted), message, help=f"add `{wanted}`", missing=wanted)
        if "MissingEndpoint" in case.failure.said and "awslogs-region" in (options or {}):
            message = f"`{HERE}` is `{options['awslogs-region']}`, where CloudWatch has no endpoint"
            help = "write the name of a region, like `us-east-1`"
            return Blame((*place, "awslogs-region"), message, help=help)
    return None


def blame_disk(case: Case) -> Blame:
    """Blame the storage of a task on Fargate; on an instance it is the instance's own."""
    if not runs_on_fargate(case.document):
        help = "free the disk of the instance, or give it a larger one"
        return Blame((), "the disk of the instance is full", help=help, outside=True)
    size = case.document.get("ephemeralStorage", {}).get("sizeInGiB")
    if size:
        message = f"the task needs more than the {size} GiB that `{HERE}` gives it"
        return Blame(("ephemeralStorage", "sizeInGiB"), message)
    message = f"`{HERE}` is not set, and the task needs more than the 20 GiB that Fargate then gives it"
    return Blame(("ephemeralStorage",), message, missing="ephemeralStorage")


def blame_interface(case: Case) -> Blame:
    full = "InsufficientFreeAddresses" in case.failure.said
    return Blame((), f"the task gets no network interface{': its subnet has no free IP address' if full else ''}")


def find_program(case: Case, program: str) -> tuple[Path, Value]:
    """Find what names the program that is run: the entry point, else the command, else the image."""
    found = find_container(case.document, case.failure.container)
    if found is None:
        return (), {}
    path, container = found
    for member in ("entryPoint", "command"):
        for index, word in enumerate(container.get(member, ())):
            if program and word == program:
                return (*path, member, index), container
        if container.get(member):
            return (*path, member), container
    return (*path, "image"), container


def blame_absence(case: Case) -> Blame:
    """Blame that nothing says what to run; the image is the one that the container has."""
    found = find_container(case.document, case.failure.container)
    if found is None:
        return Blame((), "a container has nothing to run")
    path, container = found
    set_here = next((member for member in ("entryPoint", "command") if container.get(member)), None)
    if set_here:
        return Blame((*path, set_here), f"`{HERE}` of {name_of(container)} leaves nothing to run")
    message = f"`{HERE}` is not set, and image `{container.get('image', '')}` has no `CMD` or `ENTRYPOINT`"
    return Blame((*path, "command"), message, missing="command")


def blame_command(case: Case) -> Blame:
    return blame_program(case, "is not in the image", "a program that is not in the image")


def blame_mode(case: Case) -> Blame:
    return blame_program(case, "cannot be executed", "a program that cannot be executed")


def blame_program(case: Case, state: str, what: str) -> Blame:
    """Blame where a program is named; an image that names its own is to be fixed itself."""
    program = case.find_detail("program", "file")
    path, container = find_program(case, program)
    if not path:
        return Blame((), f"`{program}` {state}" if program else f"a container runs {what}")
    who = name_of(container)
    if " " in program.strip():
        line = f"`{program}`, a whole line in one word"
        if path[-1] == "image":
            return Blame(path, f"`{HERE}` is `{container.get('image', '')}`, and {who} runs {line}", help=HELP_IMAGE)
        said = f"`{HERE}` is {line}" if isinstance(path[-1], int) else f"`{HERE}` of {who} runs {line}"
        return Blame(path, f"{said}, and no program is called that", help=advise_splitting(program))
    if path[-1] == "image":
        runs = f"`{program}`, which {state}" if program else what
        return Blame(path, f"`{HERE}` is `{container.get('image', '')}`, and {who} runs {runs}", help=HELP_IMAGE)
    if path[-1] in ("entryPoint", "command"):
        return Blame(path, f"`{HERE}` of {who} runs {f'`{program}`, which {state}' if program else what}")
    return Blame(path, f"`{HERE}` is `{program}`, which {state}")


def advise_splitting(line: str) -> str:
    """State how a whole line is written: as words, or for a shell if it has what only shells know."""
    words = line.split()
    if any(sign in line for sign in SHELL):
        words = ["sh", "-c", line]
    return f"split it into words: `{dumps(words, ensure_ascii=False)}`"


SHELL = ("&&", "||", "|", ";", ">", "<", "$", "`", "'", '"')

HELP_IMAGE = "correct `ENTRYPOINT` or `CMD` of the image, or write `command` with a program that it has"


def blame_dependency(case: Case) -> Blame:
    """Blame the item of `dependsOn` that did not come true."""
    needed, waiting = case.find_detail("needed"), case.find_detail("waiting")
    path, condition = find_dependency(case.document, waiting, needed)
    state = next(
        (each for each in (case.failure.task.containers if case.failure.task else ()) if each.name == needed), None
    )
    ended = (
        f", which ended with exit code {state.exit_code}" if state and state.exit_code is not None else ", which failed"
    )
    until = f" until it is `{condition}`" if condition else ""
    message = f"container `{waiting}` waits for container `{needed}`{until}{ended}"
    return Blame((*path, "condition") if condition else path, message)


def blame_delay(case: Case) -> Blame:
    """Blame the time that the other container has to come up, and where there is none, who waits for it."""
    needed, waiting = case.find_detail("needed"), case.find_detail("waiting")
    path, condition = find_dependency(case.document, waiting, needed)
    until = f" to be `{condition}`" if condition else ""
    message = f"container `{waiting}` waits for container `{needed}`{until}, and that takes"
    other = find_container(case.document, needed) if needed else None
    if other and "startTimeout" in other[1]:
        facts = (Fact(f"`{HERE}` is what it waits for", path),) if path else ()
        limit = f"longer than the {other[1]['startTimeout']} seconds of `{HERE}`"
        return Blame((*other[0], "startTimeout"), f"{message} {limit}", facts)
    return Blame(path, f"{message} too long")


def find_dependency(document: Value, waiting: str, needed: str) -> tuple[Path, str]:
    found = find_container(document, waiting) if waiting else None
    for index, item in enumerate(found[1].get("dependsOn", ()) if found else ()):
        if found and item.get("containerName") == needed:
            return (*found[0], "dependsOn", index), item.get("condition", "")
    return found[0] if found else (), ""


def blame_port(case: Case) -> Blame:
    """Blame the ports of the container whose program finds its port taken."""
    found = find_container(case.document, case.failure.container)
    if found is None or not found[1].get("portMappings"):
        return Blame(found[0] if found else (), "a container needs a port that another program uses")
    path, container = found
    return Blame((*path, "portMappings"), f"{name_of(container)} needs a port that another program uses")


def blame_nothing(case: Case) -> Blame:
    """State that the task did not start, where AWS says no more."""
    who = f"container `{case.failure.container}`" if case.failure.container else "the task"
    return Blame((), f"{who} failed to start")


def blame_time(case: Case) -> Blame:
    who = f"container `{case.failure.container}`" if case.failure.container else "a container"
    return Blame((), f"{who} did not start or stop in time")
