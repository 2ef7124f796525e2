"""What a task definition names of its own, containers and volumes: it is there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.findings import HERE, Change, Path, Problem
from generator.model.misspelling import find_misspelt
from generator.model.records import Record
from generator.rules.task import Task


class Reference(Record):
    """A list of a container whose items name something by `member`; `within` is the list of the task that has to have it."""

    list: str
    member: str
    within: str


REFERENCES = (
    Reference("dependsOn", "containerName", "containerDefinitions"),
    Reference("volumesFrom", "sourceContainer", "containerDefinitions"),
    Reference("mountPoints", "sourceVolume", "volumes"),
)

FEW = 20
"""So many names are listed where none is near."""

NOUNS = {"containerDefinitions": "container", "volumes": "volume"}


def check(task: Task) -> Iterator[Problem]:
    known = {within: [item.get("name") for item in task.document.get(within, ())] for within in NOUNS}
    names = {within: frozenset(items) for within, items in known.items()}
    proxy = task.document.get("proxyConfiguration")
    if proxy and is_lost(proxy.get("containerName"), names["containerDefinitions"]):
        path: Path = ("proxyConfiguration", "containerName")
        yield report_name(proxy["containerName"], path, "containerDefinitions", known["containerDefinitions"])
    for path, container in task.containers:
        for reference in REFERENCES:
            for index, item in enumerate(container.get(reference.list, ())):
                name = item.get(reference.member)
                if is_lost(name, names[reference.within]):
                    place = (*path, reference.list, index, reference.member)
                    yield report_name(name, place, reference.within, known[reference.within])
        if "links" in container and has_links(task):
            for index, link in enumerate(container["links"]):
                if is_lost(link.partition(":")[0], names["containerDefinitions"]):
                    yield report_link(link, (*path, "links", index), known["containerDefinitions"])


def has_links(task: Task) -> bool:
    """Report whether the containers can be linked at all; where they cannot, that is E422 or E423."""
    return not task.fargate and not task.windows and task.network in ("", "bridge")


def is_lost(name: str | None, names: frozenset[str | None]) -> bool:
    """Report whether a name is none of these; as long as something has no name, it may be what is meant."""
    return bool(name) and name not in names and None not in names


def report_link(link: str, path: Path, known: list[str]) -> Problem:
    """Refuse a link, which is a container or `CONTAINER:ALIAS`, to one that is not there."""
    name, colon, alias = link.partition(":")
    near = find_misspelt(name, known)
    help = f"write `{near}{colon}{alias}`" if near else list_known(known)
    message = f"`{HERE}` is `{link}`, and this task definition has no container of the name `{name}`"
    change = Change("text", f"{near}{colon}{alias}") if near else None
    return Problem("E427", path, message, help=help, change=change)


def report_name(name: str, path: Path, within: str, known: list[str]) -> Problem:
    noun = NOUNS[within]
    near = find_misspelt(name, known)
    help = f"write `{near}`" if near else list_known(known)
    return Problem(
        "E427",
        path,
        f"`{HERE}` is `{name}`, and this task definition has no {noun} of that name",
        help=help if known else f"add a {noun} named `{name}` to `{within}`",
        missing=None if known else within,
        change=Change("text", near) if near else None,
    )


def list_known(known: list[str]) -> str | None:
    """List the names that there are, if they are few."""
    return f"it is one of {', '.join(f'`{each}`' for each in known)}" if len(known) <= FEW else None
