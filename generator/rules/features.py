"""Looking for what a platform does not support, by a table of features. Says nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.support import Feature, Features
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.model.records import Record
from generator.rules.task import Task


class Use(Record):
    """A place where a document uses a feature."""

    feature: Feature
    path: Path
    value: Value


def find_uses(task: Task, features: Features) -> Iterator[Use]:
    """Find each place where a task definition uses one of the features."""
    for path, structure, wanted in (
        ((), task.document, features.task),
        *((path, container, features.containers) for path, container in task.containers),
        *((path, volume, features.volumes) for path, volume in task.volumes),
    ):
        for feature in wanted:
            if feature.members[0] in structure:
                yield from find_use(feature, path, structure)


def find_use(feature: Feature, path: Path, structure: Value) -> Iterator[Use]:
    """Find where one structure uses a feature: as a whole, or each value that is the feature's."""
    each = bool(feature.only or feature.but)
    for at, value in follow_members(structure, feature.members, path, each=each):
        meant = value in feature.only if feature.only else value not in feature.but
        if meant and not asks_nothing(value):
            yield Use(feature, at, value)


def follow_members(value: Value, members: tuple[str, ...], path: Path, *, each: bool) -> Iterator[tuple[Path, Value]]:
    """Follow members down to their values, through every item of the lists on the way, and with `each` of a list at its end."""
    if isinstance(value, list) and (members or each):
        for index, item in enumerate(value):
            yield from follow_members(item, members, (*path, index), each=each)
    elif not members:
        yield path, value
    elif members[0] in value:
        yield from follow_members(value[members[0]], members[1:], (*path, members[0]), each=each)


def asks_nothing(value: Value) -> bool:
    """Report whether a value is as good as none: false, empty, or made of nothing else. A number never is."""
    if isinstance(value, dict):
        return all(asks_nothing(item) for item in value.values())
    if isinstance(value, list):
        return all(asks_nothing(item) for item in value)
    return value is False or value == ""


def report_use(code: str, use: Use, platform: str, fact: Fact) -> Problem:
    """State that a platform does not support what is used: a member, or the value it has."""
    feature, path, value = use
    chosen = value is True or feature.only or feature.but
    state = f"`{'true' if value is True else value}`" if chosen else "set"
    message = f"`{HERE}` is {state}, which {platform} does not support"
    change = find_change(feature.help)
    return Problem(code, path, message, (fact,), feature.help, key=isinstance(value, dict | list), change=change)


def find_change(help: str) -> Change | None:
    """Find the edit that the help of a feature stands for: its value goes, or one word comes in its place."""
    word = re.fullmatch(r"write `(\w+)`", help)
    if word:
        return Change("text", word[1])
    return Change("remove") if help.startswith("remove it") else None
