"""The variables and secrets of each container: each has a name that can be set, each stands once, and there are not too many."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.containers import VARIABLES
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.looks import are_plain
from generator.rules.task import Task, name_container

NOUNS = {"environment": "the variable", "secrets": "the secret"}


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        variables, secrets = container.get("environment", ()), container.get("secrets", ())
        plain, secret = {item.get("name", "") for item in variables}, {item.get("name", "") for item in secrets}
        if len(plain) < len(variables) or not are_plain(plain):
            yield from check_names("W615", "environment", container, path, windows=task.windows)
        if len(secret) < len(secrets) or not are_plain(secret):
            yield from check_names("E429", "secrets", container, path, windows=task.windows)
        if not plain.isdisjoint(secret):
            yield from check_both(container, path)
        if len(variables) > VARIABLES:
            message = (
                f"{name_container(container)} has {len(variables)} variables, and more than {VARIABLES} may be lost"
            )
            help = "put them into a file in S3, and name it in `environmentFiles`"
            yield Problem("W616", (*path, "environment"), message, help=help, key=True)


def check_names(code: str, member: str, container: Value, path: Path, *, windows: bool) -> Iterator[Problem]:
    """Check the names of one list: each is there and can be set, and none stands a second time, which is what the code is for."""
    first: dict[str, Path] = {}
    unread: list[tuple[str, Path]] = []
    for index, item in enumerate(container[member]):
        name, place = item.get("name"), (*path, member, index, "name")
        if name is None:
            continue  # E470
        if not name.strip():
            yield Problem("E442", place, f"`{HERE}` is blank", help="write a name, or remove the item")
        elif "=" in name:
            message = f"`{HERE}` has a `=` in it, which ends the name of a variable"
            yield Problem("E472", place, message, help="write the part before it, and the rest as the value")
        elif name != name.strip():
            yield report_blanks(name, container, path, place)
        elif first.setdefault(name, place) != place:
            yield report_second(code, f"{NOUNS[member]} `{name}` of {name_container(container)}", place, first[name])
        elif not windows and not are_plain((name,)):
            unread.append((name, place))
    if unread:
        yield report_unread(unread)


def report_blanks(name: str, container: Value, path: Path, place: Path) -> Problem:
    """State that a name has blanks around it, and that there is the same without, if there is."""
    meant = name.strip()
    side = "start" if name[0].isspace() else "end"
    facts = tuple(
        Fact(f"there is `{meant}` too", (*path, member, index, "name"))
        for member in NOUNS
        for index, item in enumerate(container.get(member, ()))
        if item.get("name") == meant
    )
    message = f"`{HERE}` has blanks at its {side}, and the program looks for `{meant}`"
    change = None if facts else Change("text", meant)
    return Problem("W630", place, message, facts, f"write `{meant}`", change=change)


def report_unread(unread: list[tuple[str, Path]]) -> Problem:
    """State that shells cannot read some names, at the first of them; other programs can."""
    (name, place), *others = unread
    message = (
        f"no shell can read the variable `{name}`: its names have letters, digits and `_`, and begin with no digit"
    )
    return Problem("W631", place, message, tuple(Fact(f"nor `{other}`", path) for other, path in others))


def report_second(code: str, what: str, place: Path, other: Path) -> Problem:
    """State that a name stands a second time."""
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
