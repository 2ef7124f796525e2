"""Which containers and volumes are the same in two environments, and the `$id` of each. Values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

from generator.adopt.images import parse_image
from generator.adopt.words import FORMS, STAGES, split_text, split_words
from generator.model.nodes import Value
from generator.model.records import Record

Items: TypeAlias = Mapping[str, Value]
"""An item by environment."""

MARK = "$id"
"""The member under which an item carries its identity; that of an item whose name is the same everywhere is the name."""

TASK_WORDS = ("task", "def", "definition", "taskdef", "td")
"""Words in a family that say nothing of a container."""

SIGNS = "-_./"
"""Signs at the end of a word of a name."""

REFERRING = (("dependsOn", "containerName"), ("volumesFrom", "sourceContainer"))


class Pairing(Record):
    """The documents with an identity in each container and volume, and in each reference to one; and the steps that led to pairs.

    `how` says of each identity that is no name by what its items were found to be the same.
    """

    documents: dict[str, Value]
    how: dict[str, str]


class Group(Record):
    """Items that are taken for the same, by environment, and by what."""

    items: dict[str, Value]
    how: str = ""


def pair_items(documents: Mapping[str, Value]) -> Pairing:
    """Pair the containers and volumes of one task's documents."""
    made = {env: dict(document) for env, document in documents.items()}
    how: dict[str, str] = {}
    names: dict[str, dict[str, dict[str, str]]] = {env: {} for env in documents}
    for member in ("containerDefinitions", "volumes"):
        groups = group_items({env: document.get(member, []) for env, document in documents.items()}, member)
        taken = set(list_references(documents.values()))
        for group, identity in zip(groups, name_groups(groups, documents, taken), strict=True):
            for env, item in group.items.items():
                names[env].setdefault(member, {})[item["name"]] = identity
            if group.how:
                how[identity] = group.how
        for env, document in documents.items():
            if member in document:
                made[env][member] = [{MARK: names[env][member][item["name"]], **item} for item in document[member]]
    return Pairing({env: refer(document, names[env]) for env, document in made.items()}, how)


def group_items(lists: Mapping[str, list[Value]], member: str) -> list[Group]:
    """Group the items of all environments, in the order of their first appearance."""
    by_name: dict[str, dict[str, Value]] = {}
    for env, items in lists.items():
        for item in items:
            by_name.setdefault(item["name"], {})[env] = item
    groups = [Group(items) for items in by_name.values()]
    count = len(lists)
    for how, key in STEPS if member == "containerDefinitions" else STEPS[:1]:
        groups = merge_groups(groups, key, how, count)
    if all(len(items) == 1 for items in lists.values()):
        groups = merge_groups(groups, lambda _env, _item: "only", "it is the only one everywhere", count)
    left = [group for group in groups if len(group.items) < count]
    if member == "containerDefinitions" and are_alike(left):
        groups = merge_groups(groups, lambda _env, _item: "alike", "half of the variables have the same names", count)
    return groups


def are_alike(left: list[Group]) -> bool:
    """Whether containers that are left over have at least half of the names of their variables in common."""
    names = [
        {str(each["name"]) for list_name in ("environment", "secrets") for each in item.get(list_name, ())}
        for group in left
        for item in group.items.values()
    ]
    return bool(names) and all(names) and 2 * len(set.intersection(*names)) >= max(map(len, names))


def merge_groups(groups: list[Group], key: Callable[[str, Value], str], how: str, count: int) -> list[Group]:
    """Merge groups that lack an environment and have a key in common, where no environment has two such items."""
    found: dict[str, list[Group]] = {}
    for group in groups:
        if len(group.items) < count:
            keys = {key(env, item) for env, item in group.items.items()}
            if len(keys) == 1 and (one := keys.pop()):
                found.setdefault(one, []).append(group)
    merged = list(groups)
    for alike in found.values():
        envs = [env for group in alike for env in group.items]
        if len(alike) > 1 and len(envs) == len(set(envs)):
            at = merged.index(alike[0])
            merged = [group for group in merged if not any(group is each for each in alike)]
            merged.insert(at, Group({env: item for group in alike for env, item in group.items.items()}, how))
    return merged


def bare_name(env: str, text: str) -> str:
    """Give a name without the words that stand for an environment, in lower case; empty if nothing is left."""
    names = [make(env) for make in FORMS.values()]
    words = split_words(text, names)
    return "-".join(
        word.lower()
        for word in words
        if word not in names and word.lower() not in STAGES and any(char.isalnum() for char in word)
    )


def find_repository(env: str, item: Value) -> str:
    """Find the image's repository without the words of an environment."""
    image = parse_image(str(item.get("image", "")))
    return bare_name(env, image.repository) if image else ""


def find_ports(_: str, item: Value) -> str:
    """Find the ports of a container, as a text that is the same for the same ports."""
    return ",".join(sorted(str(each.get("containerPort", "")) for each in item.get("portMappings", ())))


STEPS: tuple[tuple[str, Callable[[str, Value], str]], ...] = (
    ("the names differ by the environment", lambda env, item: bare_name(env, item["name"])),
    ("the images have the same repository", find_repository),
    ("the ports are the same", find_ports),
)
"""By what items with different names are found to be the same, and the key that is then equal, in the order of trying."""


def name_groups(groups: list[Group], documents: Mapping[str, Value], taken: set[str]) -> list[str]:
    """Name each group: by the name of its items, else by what these have in common, and never by that of another group."""
    names = [{item["name"] for item in group.items.values()} for group in groups]
    used: set[str] = {name for each in names if len(each) == 1 for name in each}
    made = []
    for group, own in zip(groups, names, strict=True):
        if len(own) == 1:
            made.append(next(iter(own)))
            continue
        others = used | taken | {name for each in names if each is not own for name in each}
        identity = next(name for name in propose_names(group, documents) if name and name not in others)
        used.add(identity)
        made.append(identity)
    return made


def propose_names(group: Group, documents: Mapping[str, Value]) -> Iterator[str]:
    """Propose names for items that have different ones, the best first."""
    yield find_common({env: item["name"] for env, item in group.items.items()})
    images = {env: parse_image(str(item.get("image", ""))) for env, item in group.items.items()}
    if all(images.values()):
        common = find_common({env: image.repository.rpartition("/")[2] for env, image in images.items() if image})
        yield common if common.islower() else ""  # no repository has capitals: this is a placeholder
    family = find_common({env: str(document.get("family", "")) for env, document in documents.items()})
    yield "-".join(word for word in family.split("-") if word.lower() not in TASK_WORDS)
    yield "app"
    yield from ("main", "other", "third", "fourth", "fifth")
    yield from (item["name"] for item in group.items.values())


def find_common(values: Mapping[str, str]) -> str:
    """Find what texts have in common, without signs at either end: at the same place, or wherever it stands if that is more."""
    if len(set(values.values())) == 1 and len(values) > 1:
        return next(iter(values.values())).strip(SIGNS)
    parts = split_text(values, alone=True)
    common = join_words([part.text for part in parts if part.text.strip(SIGNS)])
    shared = find_shared_words(values)
    return shared if len(list_letters(shared)) > len(list_letters(common)) else common


def join_words(texts: list[str]) -> str:
    """Join what stands around differences by hyphens, but the words of a name like `ShopDevWeb`."""
    made = "".join(texts[:1])
    for left, right in pairwise(texts):
        made = made.rstrip(SIGNS) + ("" if left[-1].isalnum() and right[0].isalnum() else "-") + right.lstrip(SIGNS)
    return made.strip(SIGNS)


def list_letters(text: str) -> list[str]:
    return [char for char in text if char.isalnum()]


def find_shared_words(values: Mapping[str, str]) -> str:
    """Find the words that texts have in common wherever they stand, without those for environments."""
    lists = [
        [word for word in bare_name(env, text).split("-") if len(word) > 1 and not word.isdecimal()]
        for env, text in values.items()
    ]
    return "-".join(word for word in lists[0] if all(word in words for words in lists)) if len(lists) > 1 else ""


def list_references(documents: Iterable[Value]) -> Iterator[str]:
    """List the references that lead nowhere: no identity may be called so, or it would be meant."""
    for document in documents:
        names = {
            member: {item["name"] for item in document.get(member, ())}
            for member in ("containerDefinitions", "volumes")
        }
        for container in document.get("containerDefinitions", ()):
            for member, key in REFERRING:
                yield from (
                    each[key]
                    for each in container.get(member, ())
                    if key in each and each[key] not in names["containerDefinitions"]
                )
            yield from (
                each["sourceVolume"]
                for each in container.get("mountPoints", ())
                if each.get("sourceVolume", "") not in names["volumes"] and "sourceVolume" in each
            )
            links = (link.partition(":")[0] for link in container.get("links", ()))
            yield from (link for link in links if link not in names["containerDefinitions"])
        proxy = document.get("proxyConfiguration", {}).get("containerName")
        if proxy and proxy not in names["containerDefinitions"]:
            yield proxy


def refer(document: Value, names: Mapping[str, Mapping[str, str]]) -> Value:
    """Let references name identities; the build gives them the names again."""
    containers, volumes = names.get("containerDefinitions", {}), names.get("volumes", {})
    made = dict(document)
    if "containerDefinitions" in document:
        made["containerDefinitions"] = [
            refer_container(container, containers, volumes) for container in document["containerDefinitions"]
        ]
    proxy = document.get("proxyConfiguration")
    if proxy and "containerName" in proxy:
        named = proxy["containerName"]
        made["proxyConfiguration"] = {**proxy, "containerName": containers.get(named, named)}
    return made


def refer_container(container: Value, containers: Mapping[str, str], volumes: Mapping[str, str]) -> Value:
    """Let the references of one container name identities."""
    made = dict(container)
    for member, key, names in (*((*each, containers) for each in REFERRING), ("mountPoints", "sourceVolume", volumes)):
        if member in container:
            made[member] = [
                {**each, key: names.get(each[key], each[key])} if key in each else each for each in container[member]
            ]
    if "links" in container:
        made["links"] = [
            containers.get(name, name) + colon + alias
            for name, colon, alias in (link.partition(":") for link in container["links"])
        ]
    return made
