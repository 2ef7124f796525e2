"""The task definition as a whole: it has a container, but ECS accepts that much text."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONEncoder
from marshal import dumps

from generator.ecs.limits import BYTES
from generator.model.findings import Fact, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container

encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

SURELY_SMALL = BYTES // 6
"""So many bytes of marshalled values are never too many of JSON.

A character becomes six bytes at worst (`\\u0000`) and no value takes fewer bytes marshalled, so most documents need not be encoded,
which costs three times as much.
"""


def check(task: Task) -> Iterator[Problem]:
    if not task.containers and task.document.get("containerDefinitions") == []:
        message = "there is no container in `containerDefinitions`"
        yield Problem("E407", ("containerDefinitions",), message, help="add a container", key=True)
    if len(dumps(task.document, 2)) > SURELY_SMALL if task.most_bytes is None else task.most_bytes > BYTES:
        yield from check_size(task)


def check_size(task: Task) -> Iterator[Problem]:
    """Measure the document without its tags, which are no part of what ECS keeps as the task definition."""
    size = measure({name: value for name, value in task.document.items() if name != "tags"})
    if size <= BYTES:
        return
    facts: tuple[Fact, ...] = ()
    if task.containers:
        biggest, path, container = max((measure(container), path, container) for path, container in task.containers)
        facts = (Fact(f"{name_container(container)} alone has {biggest}", path),)
    message = f"the task definition has {size} bytes as compact JSON, but ECS accepts {BYTES}"
    help = "move values into `environmentFiles`, or into a secret or parameter that the application reads"
    yield Problem("E403", (), message, facts, help)


def measure(value: Value) -> int:
    """Count the bytes of a value as JSON without blanks, in UTF-8."""
    return len(encode(value).encode("utf-8", "surrogatepass"))
