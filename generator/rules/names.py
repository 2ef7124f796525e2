"""Names that stand once in a task definition: those of containers, of volumes, and of port mappings across all containers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task


def check(task: Task) -> Iterator[Problem]:
    if len(task.containers) > 1:
        yield from check_names("a container", task.containers)
    if len(task.volumes) > 1:
        yield from check_names("a volume", task.volumes)
    if sum([len(container.get("portMappings", ())) for _, container in task.containers]) > 1:
        ports = [
            ((*path, "portMappings", index), mapping)
            for path, container in task.containers
            for index, mapping in enumerate(container.get("portMappings", ()))
        ]
        yield from check_names("a port mapping", ports)


def check_names(what: str, items: Iterable[tuple[Path, Value]]) -> Iterator[Problem]:
    """Report each `name` that an earlier item has already."""
    first: dict[str, Path] = {}
    for path, item in items:
        name = item.get("name")
        if name is None:
            continue
        place = (*path, "name")
        other = first.setdefault(name, place)
        if other is not place:
            yield Problem(
                "E212",
                place,
                f"{what} named `{name}` is already in this task definition",
                (Fact(f"the other is `{HERE}`", other),),
                "give one of them another name",
            )
