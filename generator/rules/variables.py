"""The variables and secrets of each container: each has a name, each name stands once, and there are not too many."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.containers import VARIABLES
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task, name_container


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        variables, secrets = container.get("environment", ()), container.get("secrets", ())
        if not variables and not secrets:
            continue
        plain, secret = {item.get("name", "") for item in variables}, {item.get("name", "") for item in secrets}
        if len(plain) < len(variables) or not are_plain(plain):
            yield from check_names("W615", "the variable", "environment", container, path)
        if len(secret) < len(secrets) or not are_plain(secret):
            yield from check_names("E429", "the secret", "secrets", container, path)
        if not plain.isdisjoint(secret):
            yield from check_both(container, path)
        if len(variables) > VARIABLES:
            message = (
                f"{name_container(container)} has {len(variables)} variables, and more than {VARIABLES} may get lost"
            )
            help = "put them into a file in S3, and name it in `environmentFiles`"
            yield Problem("W616", (*path, "environment"), message, help=help, key=True)


def are_plain(names: set[str]) -> bool:
    """Whether none of some names is blank, for all that can be seen at a glance: no character of theirs is."""
    return not names or ("" not in names and "".join(["A", *names]).isidentifier())


def check_names(code: str, what: str, member: str, container: Value, path: Path) -> Iterator[Problem]:
    """Check the names of one list: each is there, and none stands a second time, which is what the code is for."""
    first: dict[str, Path] = {}
    for index, item in enumerate(container[member]):
        name, place = item.get("name"), (*path, member, index, "name")
        if name is None:
            if item:
                message = f"`{HERE}` has no name"
                yield Problem("E442", place[:-1], message, help="add `name`, or leave the item out", missing="name")
        elif not name.strip():
            yield Problem("E442", place, f"`{HERE}` is blank", help="write a name, or leave the item out")
        elif first.setdefault(name, place) != place:
            yield report_second(code, f"{what} `{name}` of {name_container(container)}", place, first[name])


def report_second(code: str, what: str, place: Path, other: Path) -> Problem:
    """Say that a name stands a second time."""
    win = "; the last one counts" if code == "W615" else ""
    facts = (Fact("the first one", other),)
    return Problem(code, place, f"{what} is set twice{win}", facts, "keep one of them")


def check_both(container: Value, path: Path) -> Iterator[Problem]:
    """Report each name that is a variable and a secret at once."""
    plain: dict[str, Path] = {}
    for index, item in enumerate(container["environment"]):
        plain.setdefault(item.get("name", ""), (*path, "environment", index, "name"))
    reported = set()
    for index, item in enumerate(container["secrets"]):
        name = item.get("name", "")
        if name.strip() and name in plain and name not in reported:
            reported.add(name)
            message = f"`{name}` of {name_container(container)} is both a variable and a secret"
            facts = (Fact("the variable", plain[name]),)
            yield Problem("E430", (*path, "secrets", index, "name"), message, facts, "keep one of them")
