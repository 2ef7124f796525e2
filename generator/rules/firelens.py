"""FireLens: a router where logs are sent to one, somebody who sends, and a configuration that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.logging import CONFIG_OPTIONS, CONFIG_TYPES, FILTERS, OUTPUTS
from generator.ecs.references import OBJECT_ARN
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container


def check(task: Task) -> Iterator[Problem]:
    users: list[Path] = []
    senders: list[tuple[Path, Value]] = []
    routers: list[tuple[Path, Value]] = []
    for path, container in task.containers:
        if container.get("logConfiguration", {}).get("logDriver") == "awsfirelens":
            users.append((*path, "logConfiguration", "logDriver"))
            senders.append((path, container))
        if "firelensConfiguration" in container:
            routers.append((path, container))
    if len(routers) == 1:
        for path, container in senders:
            yield from check_output(container, path, routers[0][1]["firelensConfiguration"])
    if users and not routers:
        yield Problem(
            "E459",
            users[0],
            "log driver `awsfirelens` sends logs to a container that routes them, and there is none",
            tuple(Fact(f"`{HERE}` is `awsfirelens` too", path) for path in users[1:]),
            "add a container with `firelensConfiguration`, or use another log driver",
            missing="firelensConfiguration",
        )
    for path, container in routers:
        if not users:
            yield Problem(
                "E459",
                (*path, "firelensConfiguration"),
                f"{name_container(container)} routes logs, and no container sends any with log driver `awsfirelens`",
                help="use `awsfirelens` in a container, or remove `firelensConfiguration`",
                key=True,
                missing="logConfiguration",
            )
        options = container["firelensConfiguration"].get("options")
        if options:
            yield from check_options(task, (*path, "firelensConfiguration", "options"), options)


def check_output(container: Value, path: Path, router: Value) -> Iterator[Problem]:
    """Check that a container says to which output its logs go, or that its router has a configuration which may."""
    logging, path = container["logConfiguration"], (*path, "logConfiguration")
    key, program = OUTPUTS.get(router.get("type", ""), ("", ""))
    options = logging.get("options", {})
    names = {*options, *(item.get("name") for item in logging.get("secretOptions", ()))}
    if not key or key in names:
        return
    if names <= FILTERS:
        if CONFIG_OPTIONS.isdisjoint(router.get("options", {})):
            message = f"the logs of {name_container(container)} have no output: its options have no `{key}`"
            facts = (Fact("nor has the router a configuration of its own"),)
            help = f"add `{key}` to `options`, or `config-file-type` and `config-file-value` to those of the router"
            yield Problem("W633", (*path, "logDriver"), message, facts, help, missing="options")
        return
    message = f"the options of {name_container(container)} are those of an output of {program}, and no `{key}` names it"
    near = next((name for name in options if name.lower() == key.lower()), None)
    if near:
        yield Problem(
            "E514", (*path, "options", near), message, help=f"write `{key}`", key=True, change=Change("rename", key)
        )
    else:
        where = (*path, "options") if options else (*path, "secretOptions")
        yield Problem("E514", where, message, help=f"add `{key}` to `options`", key=True, missing=key)


def check_options(task: Task, path: Path, options: Value) -> Iterator[Problem]:
    """Check where a router takes its configuration from; that Fargate takes none from S3 is E421."""
    kind = options.get("config-file-type")
    if kind is not None and kind not in CONFIG_TYPES:
        message = f"`{HERE}` is neither `file` nor `s3`"
        yield Problem("E460", (*path, "config-file-type"), message, help="write `file` or `s3`")
    value = options.get("config-file-value")
    if kind == "s3" and not task.fargate and value is not None and not OBJECT_ARN.fullmatch(value):
        message = f"`{HERE}` is not the ARN of an object in S3"
        fact = Fact(f"`{HERE}` is `s3`", (*path, "config-file-type"))
        yield Problem("E460", (*path, "config-file-value"), message, (fact,), "write `arn:aws:s3:::BUCKET/KEY`")
