"""Log drivers and their options: Fargate has the driver, and the driver has the options that are there and those that it wants."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.logging import (
    AWSLOGS_OPTIONS,
    FARGATE_DRIVERS,
    FARGATE_OPTIONS,
    LOG_GROUP,
    MANAGED_DRIVERS,
    MODES,
    REQUIRED_OPTIONS,
    TRUTHS,
)
from generator.model.findings import HERE, Change, Fact, Path, Problem, did_you_mean
from generator.model.misspelling import find_misspelt
from generator.model.nodes import Value
from generator.rules.task import Task, name_container

USUAL_OPTIONS = frozenset(FARGATE_OPTIONS["awslogs"])
"""Of most containers: all that awslogs wants, and no other."""


def check(task: Task) -> Iterator[Problem]:
    creating: list[Path] = []
    for path, container in task.containers:
        logging = container.get("logConfiguration")
        if not logging or "logDriver" not in logging:
            continue
        driver, options = logging["logDriver"], logging.get("options", {})
        if driver == "awslogs" and options.keys() == USUAL_OPTIONS and LOG_GROUP.fullmatch(options["awslogs-group"]):
            continue  # every launch type has it
        path = (*path, "logConfiguration")
        if refusal := refuse_driver(task, driver, (*path, "logDriver")):
            yield refusal
            continue
        yield from check_names(task, path, container, driver, options)
        if driver != "awsfirelens":  # its options are those of a plugin
            yield from check_mode(path, options)
        if driver == "awslogs" and options:
            yield from check_values(path, options)
            if options.get("awslogs-create-group") == "true":
                creating.append((*path, "options", "awslogs-create-group"))
    if creating:
        first, *others = creating
        message = f"`{HERE}` needs `logs:CreateLogGroup`, which the policies that AWS offers for ECS do not grant"
        facts = tuple(Fact(f"so does `{HERE}`", other) for other in others)
        yield Problem(
            "W607", first, message, facts, "grant it to the execution role, or create the log group beforehand"
        )


def refuse_driver(task: Task, driver: str, path: Path) -> Problem | None:
    """Refuse a log driver that the launch type does not have."""
    if task.fargate and driver not in FARGATE_DRIVERS:
        message = f"`{HERE}` is `{driver}`, which Fargate does not have"
        return Problem("E455", path, message, help="use `awslogs`, `splunk` or `awsfirelens`")
    if task.managed and driver not in MANAGED_DRIVERS:
        message = f"`{HERE}` is `{driver}`, which Managed Instances do not have"
        return Problem("E455", path, message, help="use `awslogs`, `splunk`, `awsfirelens` or `json-file`")
    return None


def check_names(task: Task, path: Path, container: Value, driver: str, options: Value) -> Iterator[Problem]:
    """Check that a driver has the options it is given, and is given those it wants; a misspelt one is not missed too."""
    required = (FARGATE_OPTIONS if task.fargate else REQUIRED_OPTIONS).get(driver)
    if required is None:
        return
    absent = [name for name in required if name not in options]
    if absent:
        secret = {option.get("name") for option in container["logConfiguration"].get("secretOptions", ())}
        absent = [name for name in absent if name not in secret]
    if driver == "awslogs":
        for name in options:
            if name not in AWSLOGS_OPTIONS:
                absent = [other for other in absent if other != did_you_mean(name, AWSLOGS_OPTIONS)]
                near = find_misspelt(name, [other for other in AWSLOGS_OPTIONS if other not in options])
                yield Problem(
                    "E457",
                    (*path, "options", name),
                    f"log driver `awslogs` has no option `{name}`",
                    help=f"write `{near}`"
                    if near
                    else f"the options are {', '.join(f'`{option}`' for option in AWSLOGS_OPTIONS)}",
                    key=True,
                    change=Change("rename", near) if near else None,
                )
    if absent:
        names = " and ".join(f"`{name}`" for name in absent)
        where = " on Fargate" if "awslogs-stream-prefix" in absent else ""
        yield Problem(
            "E456",
            (*path, "logDriver"),
            f"log driver `{driver}` needs {names}{where}, and {name_container(container)} does not set {'them' if absent[1:] else 'it'}",
            help=f"add {names} to `options`",
            missing="options",
        )


def check_mode(path: Path, options: Value) -> Iterator[Problem]:
    mode = options.get("mode")
    if mode is not None and mode not in MODES:
        message = f"`{HERE}` is `{mode}`, and a log driver is either `blocking` or `non-blocking`"
        near = find_misspelt(mode, MODES)
        change = Change("text", near) if near else None
        yield Problem(
            "E458", (*path, "options", "mode"), message, help=f"write `{near}`" if near else None, change=change
        )


def check_values(path: Path, options: Value) -> Iterator[Problem]:
    """Check values of awslogs; those that may say something of the application are not shown."""
    path = (*path, "options")
    if options.get("awslogs-create-group", "true") not in TRUTHS:
        message = f"`{HERE}` is neither `true` nor `false`"
        yield Problem("E458", (*path, "awslogs-create-group"), message, help="write `true` or `false`")
    if "awslogs-datetime-format" in options and "awslogs-multiline-pattern" in options:
        message = (
            "log driver `awslogs` takes `awslogs-datetime-format` or `awslogs-multiline-pattern`, and both are there"
        )
        other = Fact(f"`{HERE}` is the other one", (*path, "awslogs-datetime-format"))
        yield Problem("E458", (*path, "awslogs-multiline-pattern"), message, (other,), "keep one of them", key=True)
    group = options.get("awslogs-group")
    if group is not None and not LOG_GROUP.fullmatch(group):
        message = f"`{HERE}` is `{group}`, and a log group has 1 to 512 letters, digits, `.`, `-`, `_`, `/` and `#`"
        yield Problem("E503", (*path, "awslogs-group"), message)
