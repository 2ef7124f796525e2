"""The network mode of a task: Fargate's own, and nothing set that the mode lacks."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.network import UNSUPPORTED
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.rules.task import ON_FARGATE, Task


def check(task: Task) -> Iterator[Problem]:
    if task.fargate and task.network != "awsvpc":
        yield report_mode(task)
    elif task.network == "bridge":
        yield from check_bridge(task)
    mode = "awsvpc" if task.fargate else task.network
    members = UNSUPPORTED.get(mode, ())
    for path, container in task.containers:
        for member in members:
            if container.get(member):
                yield report_member(task, mode, (*path, member))


def check_bridge(task: Task) -> Iterator[Problem]:
    """Check that `bridge` is written where there is such a network; AWS itself writes it for Windows on external instances."""
    if task.windows and not task.external:
        family = ("runtimePlatform", "operatingSystemFamily")
        fact = Fact(f"`{HERE}` is `{task.document['runtimePlatform']['operatingSystemFamily']}`", family)
        message = f"`{HERE}` is `bridge`, and the default network of Windows has another name"
        yield Problem("W628", ("networkMode",), message, (fact,), "remove it, or write `awsvpc`")
    elif task.managed:
        fact = Fact(f"`{HERE}` has `MANAGED_INSTANCES`", ("requiresCompatibilities",))
        message = f"`{HERE}` is `bridge`, and Managed Instances have `awsvpc`, `host` and `none`"
        yield Problem("W628", ("networkMode",), message, (fact,), "write `awsvpc` or `host`")


def report_mode(task: Task) -> Problem:
    if not task.network:
        return Problem(
            "E432",
            ("requiresCompatibilities",),
            "Fargate needs the network mode `awsvpc`, but without `networkMode` a task has `bridge`",
            help="set `networkMode` to `awsvpc`",
            missing="networkMode",
        )
    return Problem(
        "E432",
        ("networkMode",),
        f"`{HERE}` is `{task.network}`, and Fargate has `awsvpc` only",
        (ON_FARGATE,),
        "set it to `awsvpc`",
        change=Change("text", "awsvpc"),
    )


def report_member(task: Task, mode: str, path: Path) -> Problem:
    """Refuse a member of a container; Fargate stands for its mode where another is written."""
    written = task.network == mode
    fact = Fact(f"`{HERE}` is `{mode}`", ("networkMode",)) if written else Fact("Fargate has no other mode")
    shared = path[-1] == "links" and mode != "none"
    help = "remove it: the containers of the task reach each other at `localhost`" if shared else "remove it"
    message = f"`{HERE}` is set, and the network mode `{mode}` does not have it"
    return Problem("E422", path, message, (fact,), help, key=True, change=Change("remove"))
