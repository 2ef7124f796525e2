"""The proxy that App Mesh puts in front of a task: where it can be, and what it has to know."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.network import PROXY_IGNORED, PROXY_PROPERTIES
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    proxy = task.document.get("proxyConfiguration")
    if not proxy or task.windows:
        return  # on Windows, E423
    if not task.fargate and not task.external and task.network != "awsvpc":
        yield report_mode(task)
    properties = {item.get("name"): item.get("value") for item in proxy.get("properties", ())}
    yield from check_properties(proxy, properties)
    if task.ec2 or task.managed or not task.fargate:
        yield from check_user(task, proxy, properties)


def report_mode(task: Task) -> Problem:
    written = Fact(f"`{HERE}` is `{task.network}`", ("networkMode",)) if task.network else Fact("no mode is written")
    return Problem(
        "E439",
        ("proxyConfiguration",),
        f"`{HERE}` is for the network mode `awsvpc` only",
        (written,),
        "set `networkMode` to `awsvpc`",
        key=True,
        missing=None if task.network else "networkMode",
    )


def check_properties(proxy: Value, properties: Value) -> Iterator[Problem]:
    """Check that the properties are there and not empty; what is not redirected on the way out need not be."""
    for index, item in enumerate(proxy.get("properties", ())):
        if item.get("name") in PROXY_PROPERTIES and not item.get("value"):
            path: Path = ("proxyConfiguration", "properties", index, "value")
            absent_value = None if "value" in item else "value"
            yield Problem("E439", path, f"`{HERE}` is empty, and App Mesh needs a port there", missing=absent_value)
    absent = [f"`{name}`" for name in PROXY_PROPERTIES if name not in properties]
    if not any(properties.get(name) for name in PROXY_IGNORED):
        absent.append(" or ".join(f"`{name}`" for name in PROXY_IGNORED))
    if absent:
        names = ", ".join(absent)
        path = ("proxyConfiguration", "properties") if "properties" in proxy else ("proxyConfiguration",)
        message = f"`{HERE}` has no {names}, which App Mesh needs"
        yield Problem("E439", path, message, help=f"add {names}", missing="properties")


def check_user(task: Task, proxy: Value, properties: Value) -> Iterator[Problem]:
    """Check that the proxy runs as a user that is written; whether it has to depends on how the agent is set up."""
    name, ignored = proxy.get("containerName"), properties.get("IgnoredUID")
    for path, container in task.containers:
        if container.get("name") == name and not container.get("user"):
            yield Problem(
                "W625",
                path,
                f"container `{name}` is the proxy and has no `user`, which an agent with its own pause image needs",
                (Fact(f"`{HERE}` is `{name}`", ("proxyConfiguration", "containerName")),),
                f'add `"user": "{ignored}"`' if ignored else "add `user`",
                missing="user",
            )
