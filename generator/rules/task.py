"""A task definition as rules look at it: plain values, and the few facts that most rules ask for. Judges nothing.

Whatever is there has the type its shape asks for, and any member may be absent, required ones included: what is wrong by shape was taken
out before, and an item that was not even a mapping is an empty one.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import CONTAINER, HERE, Fact, Path
from generator.model.nodes import Value
from generator.model.records import Record

ON_FARGATE = Fact(f"`{HERE}` has `FARGATE`", ("requiresCompatibilities",))
"""What to say beside a problem that Fargate alone has."""


class Target(Record):
    """The environment a document is for; texts are empty if its overlay does not say."""

    environment: str
    account: str
    region: str


class Look(Record):
    """What may be in a document.

    These are placeholders, credentials in variables, names of variables that hint at secrets, names of variables and secrets that are
    odd, twice or too many, and references to secrets in an odd form.
    """

    placeholders: bool = True
    credentials: bool = True
    hints: bool = True
    names: bool = True
    references: bool = True


class Task(Record):
    """One task definition.

    `containers` and `volumes` come with their paths. `network` is empty if no mode is written: ECS then takes `bridge` on Linux
    and `default` on Windows. The launch types are those that `requiresCompatibilities` lists; where it is absent, all are false and
    ECS checks for none. `most_bytes` is what the document has at most as compact JSON, where somebody knows. `look` is what a first
    look at its texts came to; without one, anything may be in them.
    """

    document: Value
    containers: tuple[tuple[Path, Value], ...]
    volumes: tuple[tuple[Path, Value], ...]
    fargate: bool
    ec2: bool
    external: bool
    managed: bool
    windows: bool
    network: str
    target: Target | None
    most_bytes: int | None
    look: Look


def read_task(
    document: Value,
    target: Target | None = None,
    most_bytes: int | None = None,
    look: Look = Look(),  # noqa: B008 - a value
) -> Task:
    """Look up what most rules ask for."""
    launch = document.get("requiresCompatibilities", ())
    platform = document.get("runtimePlatform")
    return Task(
        document,
        find_items(document, "containerDefinitions"),
        find_items(document, "volumes") if "volumes" in document else (),
        "FARGATE" in launch,
        "EC2" in launch,
        "EXTERNAL" in launch,
        "MANAGED_INSTANCES" in launch,
        platform is not None and platform.get("operatingSystemFamily", "").startswith("WINDOWS"),
        document.get("networkMode", ""),
        target,
        most_bytes,
        look,
    )


def find_others(task: Task, launch: str) -> list[str]:
    """Find the launch types that a task names beside one; ECS checks a task definition for each that it names."""
    return [name for name in task.document.get("requiresCompatibilities", ()) if name != launch]


def find_items(document: Value, member: str) -> tuple[tuple[Path, Value], ...]:
    """Find the items of a list that have anything in them, with their paths."""
    return tuple([((member, index), item) for index, item in enumerate(document.get(member, ())) if item])


def find_references(path: Path, container: Value) -> Iterator[tuple[Path, str]]:
    """Find the references to secrets and parameters that a container or its log driver is given."""
    for above, member in ((), "secrets"), (("logConfiguration",), "secretOptions"):
        holder = container.get(above[0], {}) if above else container
        for index, secret in enumerate(holder.get(member, ())):
            if "valueFrom" in secret:
                yield (*path, *above, member, index, "valueFrom"), secret["valueFrom"]


def name_container(container: Value) -> str:
    """Name the container that a problem or a fact is about, in its text."""
    return f"container `{CONTAINER}`" if "name" in container else "a container without a name"
