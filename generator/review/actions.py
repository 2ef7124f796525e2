"""A task definition as an action of a workflow would register it: plain values in and out. Judges nothing; facts are in `ecs.actions`."""

from __future__ import annotations

from collections.abc import Collection

from generator.ecs.actions import ACTIONS, FILLED_IN, RESTORED
from generator.ecs.containers import IMAGE_LENGTH
from generator.ecs.placeholders import find_placeholders
from generator.model.findings import Path, Problem
from generator.model.nodes import Value
from generator.model.records import Record

DEEPEST = 100
"""Levels of a document that are looked into; ECS has about ten."""

EMPTY: Value = object()
"""Stands for what is removed."""


class Changed(Record):
    """A document as actions leave it, and of each list in it that lost items which of the items before are left, by its path."""

    document: Value
    left: dict[Path, tuple[int, ...]]


def apply_actions(document: Value, names: Collection[str]) -> Changed:
    """Apply actions to a task definition, in the order of a workflow; what is none stays as it is."""
    left: dict[Path, tuple[int, ...]] = {}
    if not isinstance(document, dict):
        return Changed(document, left)
    for name, action in ACTIONS.items():
        if name not in names:
            continue
        if action.fills_image:
            document = fill_images(document)
        if action.drops_empty:
            kept = drop_empty(document, (), left)
            document = restore_empty({} if kept is EMPTY else kept)
        # The one that drops what is empty looks whether a member counts as true, so that 0 and `false` stay.
        document = {
            key: value
            for key, value in document.items()
            if key not in action.removed or (action.drops_empty and value in (0, False))
        }
    return Changed(document, left)


def fill_images(document: Value) -> Value:
    """Fill in the image of the only container, or of several containers of those that have none or a placeholder."""
    containers = document.get("containerDefinitions")
    if not isinstance(containers, list):
        return document
    alone = len(containers) == 1
    filled = [
        {**each, "image": FILLED_IN} if isinstance(each, dict) and (alone or is_unfilled(each.get("image"))) else each
        for each in containers
    ]
    return {**document, "containerDefinitions": filled}


def is_unfilled(image: Value) -> bool:
    """Whether an image waits to be filled in: there is none, or a placeholder."""
    if not isinstance(image, str):
        return image is None
    return not image or bool(find_placeholders(image[:IMAGE_LENGTH], "image"))


def drop_empty(value: Value, path: Path, left: dict[Path, tuple[int, ...]]) -> Value:
    """Drop nulls, empty texts, lists and mappings, and what holds nothing else; EMPTY where nothing is left."""
    if value is None or value == "":
        return EMPTY
    if not isinstance(value, (dict, list)) or len(path) > DEEPEST:
        return value
    if isinstance(value, dict):
        members = {key: drop_empty(child, (*path, key), left) for key, child in value.items()}
        return {key: child for key, child in members.items() if child is not EMPTY} or EMPTY
    numbers: list[int] = []
    items: list[Value] = []
    for number, item in enumerate(value):
        kept = drop_empty(item, (*path, len(items)), left)
        if kept is not EMPTY:
            items.append(kept)
            numbers.append(number)
    if len(items) < len(value):
        left[path] = tuple(numbers)
    return items or EMPTY


def restore_empty(document: Value) -> Value:
    """Put an empty text where an item has lost the member that made it one."""
    proxy = document.get("proxyConfiguration")
    for (member, name), texts in RESTORED:
        holder = document.get(member)
        if isinstance(holder, list):
            document = {**document, member: [restore_items(each, name, texts) for each in holder]}
        elif holder is proxy and isinstance(proxy, dict) and proxy.get("type") == "APPMESH":
            document = {**document, member: restore_items(proxy, name, texts)}
    return document


def restore_items(holder: Value, name: str, texts: tuple[str, ...]) -> Value:
    """Give the items of a list the texts that they lack, empty."""
    items = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(items, list):
        return holder
    return {
        **holder,
        name: [{**dict.fromkeys(texts, ""), **each} if isinstance(each, dict) else each for each in items],
    }


def move_back(problem: Problem, changed: Changed) -> Problem:
    """Give the paths of a problem as they are in the document that no action has changed yet."""
    facts = tuple(fact._replace(path=fact.path and move_path(fact.path, changed)) for fact in problem.facts)
    return problem._replace(path=move_path(problem.path, changed), facts=facts)


def move_path(path: Path, changed: Changed) -> Path:
    moved: list[str | int] = []
    for depth, part in enumerate(path):
        numbers = changed.left.get(path[:depth])
        moved.append(numbers[part] if numbers and isinstance(part, int) and part < len(numbers) else part)
    return tuple(moved)
