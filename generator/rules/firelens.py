"""FireLens: a router where logs are sent to one, somebody who sends, and a configuration that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.logging import CONFIG_TYPES
from generator.ecs.references import OBJECT_ARN
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container


def check(task: Task) -> Iterator[Problem]:
    users: list[Path] = []
    routers: list[tuple[Path, Value]] = []
    for path, container in task.containers:
        if container.get("logConfiguration", {}).get("logDriver") == "awsfirelens":
            users.append((*path, "logConfiguration", "logDriver"))
        if "firelensConfiguration" in container:
            routers.append((path, container))
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
                help="use `awsfirelens` in a container, or leave `firelensConfiguration` out",
                key=True,
                missing="logConfiguration",
            )
        options = container["firelensConfiguration"].get("options")
        if options:
            yield from check_options(task, (*path, "firelensConfiguration", "options"), options)


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
