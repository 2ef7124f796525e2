"""The story of an import: documents side by side, what is chosen for them, and the texts of the template and overlays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from generator.adopt.expressions import Expression, Slot, Variable, Vocabulary
from generator.adopt.factoring import ABSENT, Factored, Factorer, replace_all
from generator.adopt.homes import Where, find_home
from generator.adopt.overlays import Beside, Shares, make_overlays
from generator.adopt.pairing import MARK, Pairing, pair_items, refer
from generator.adopt.placing import place_items
from generator.adopt.spots import Spot, have, list_members, walk_scalars
from generator.adopt.template_text import write_template
from generator.adopt.variables import Chooser
from generator.ecs.paths import first_step
from generator.model.nodes import Value
from generator.model.records import Record

PLACED = ("volumes", "containerDefinitions")
"""Lists whose items are paired, in the order of factoring: what mounts a volume goes the way of the volume."""


Site: TypeAlias = tuple[Spot, dict[str, Value]]
"""A spot with a scalar, and what stands there by environment."""


class Counts(Record):
    """Values of all documents by spot: the same everywhere, or different by the environment's name, its account, variables, patches."""

    shared: int
    environment: int
    home: int
    variables: int
    patches: int


class Sources(Record):
    """What an import writes: the templates by task, and the overlays by environment, `_common` among them. `variables` are those used."""

    templates: dict[str, str]
    overlays: dict[str, str]
    variables: tuple[Variable, ...]
    homes: dict[str, Where]
    shares: dict[str, Factored]
    pairings: dict[str, Pairing]
    odd: dict[str, tuple[str, ...]]
    counts: Counts


def adopt(
    tasks: Mapping[str, Mapping[str, Value]],
    whole: frozenset[tuple[str, str]] = frozenset(),
    beside: Beside | None = None,
) -> Sources:
    """Make templates and overlays of documents in the canonical form, by task and environment.

    In the environments `whole`, each with its task, lists of containers and volumes are not factored. `beside` is what the project has.
    """
    sorted_tasks = {task: {env: tasks[task][env] for env in sorted(tasks[task])} for task in sorted(tasks)}
    pairings = {task: pair_items(documents) for task, documents in sorted_tasks.items()}
    environments = sorted({env for documents in tasks.values() for env in documents})
    homes = {
        env: find_home(documents[env] for documents in sorted_tasks.values() if env in documents)
        for env in environments
    }
    homes |= {env: home for env, home in (beside.homes if beside else {}).items() if env in homes}
    scopes = {task: tuple(documents) for task, documents in sorted_tasks.items()}
    vocabulary = Vocabulary(homes, scopes, whole)
    sites = choose_variables(vocabulary, pairings)
    shares: dict[str, Factored] = {}
    odd: dict[str, tuple[str, ...]] = {}
    for task, pairing in pairings.items():
        shares[task], odd[task] = factor_task(vocabulary, task, pairing.documents, sorted_tasks[task])
    made = make_overlays(Shares(shares, scopes, homes, tuple(vocabulary.variables), sorted_tasks, beside))
    templates = {task: write_template(template, first_step()) for task, template in made.templates.items()}
    used = tuple(each for each in vocabulary.variables if each.name in made.used)
    counts = count_sites(vocabulary, sites, made.used)
    return Sources(templates, made.overlays, used, homes, shares, pairings, odd, counts)


def count_sites(vocabulary: Vocabulary, sites: Sequence[Site], used: tuple[str, ...]) -> Counts:
    """Count values by what they differ by. A value whose variables are not all `used` stands in patches."""
    counts: dict[str, int] = dict.fromkeys(("shared", "environment", "home", "variables", "patches"), 0)
    for spot, side in sites:
        if len(side) == len(vocabulary.scopes[spot.task]) and len({json.dumps(value) for value in side.values()}) == 1:
            counts["shared"] += 1
            continue
        whole = len(side) == len(vocabulary.scopes[spot.task])
        expression = vocabulary.express(spot, side) if whole else None
        slots = [part for part in expression.parts if isinstance(part, Slot)] if expression else []
        words = {word for slot in slots for word in (slot.code, *guess_words(slot))}
        names = {name for slot in slots for name in slot.variable.split(",") if name}
        kind = "patches" if not slots or not names <= {*used} else "variables" if names else "home"
        counts["environment" if kind == "home" and any(word.startswith("env") for word in words) else kind] += 1
    return Counts(**counts)


def choose_variables(vocabulary: Vocabulary, pairings: Mapping[str, Pairing]) -> list[Site]:
    """Choose the variables of all tasks, and learn from tasks with several environments how others are to be written."""
    sites = [
        site
        for task, pairing in pairings.items()
        for site in walk_scalars(pairing.documents, Spot(task, (), first_step()))
    ]
    Chooser(vocabulary, sites).choose()
    for spot, side in sites:
        if len(side) > 1:
            expression = vocabulary.express(spot, side)
            slots = [part for part in expression.parts if isinstance(part, Slot)] if expression else []
            codes = {word for slot in slots for word in (slot.code, slot.variable, *guess_words(slot)) if word}
            vocabulary.guides.setdefault(spot.path, set()).update(codes)
    return sites


def guess_words(slot: Slot) -> Iterator[str]:
    """List the names in the call of a helper."""
    if "(" in slot.code:
        words = slot.code.replace("(", " ").replace(")", " ").replace(",", " ").replace("=", " ").split()
        yield from (word for word in words if not word.startswith("'"))


def factor_task(
    vocabulary: Vocabulary, task: str, documents: Mapping[str, Value], files: Mapping[str, Value]
) -> tuple[Factored, tuple[str, ...]]:
    """Factor one task. Items that overlays add under several names are not the same, so they are taken apart again."""
    while True:
        factorer = Factorer(vocabulary, task)
        found, odd = factor_root(factorer, documents, files)
        unlike = [identity for identity in factorer.loose if has_names(documents, identity)]
        if not unlike:
            return found, odd
        documents = {env: detach(document, set(unlike)) for env, document in documents.items()}


def factor_root(
    factorer: Factorer, documents: Mapping[str, Value], files: Mapping[str, Value]
) -> tuple[Factored, tuple[str, ...]]:
    """Factor the members of a task."""
    root = Spot(factorer.task, (), first_step())
    found: dict[str, Factored] = {}
    odd: list[str] = []
    for key in PLACED:
        lists = have(documents, key)
        filled = {env: items for env, items in lists.items() if items}
        if filled:
            whole = {env for env in filled if (factorer.task, env) in factorer.vocabulary.whole}
            placed = place_items(factorer, filled, root.enter(key), have(files, key), len(documents), whole)
            share = scope_list(placed.factored, lists, documents)
            found[key] = Factored(share.template, {**share.patches, **replace_all(lists, set(lists) - set(filled))})
            odd += placed.odd
        elif lists:
            found[key] = factorer.factor_part(lists, root.enter(key), documents)
    for env in odd:  # nothing there is known by an identity that is no name
        if "proxyConfiguration" in files[env]:
            documents = {**documents, env: {**documents[env], "proxyConfiguration": files[env]["proxyConfiguration"]}}
    template: dict[str, Value] = {}
    patches: dict[str, dict[str, Value]] = {env: {} for env in documents}
    for key in list_members(documents, root):
        share = found.get(key) or factorer.factor_part(have(documents, key), root.enter(key), documents)
        if share.template is not ABSENT:
            template[key] = share.template
        for env, patch in share.patches.items():
            patches[env][key] = patch
    return Factored(template, dict(patches)), tuple(dict.fromkeys(odd))


def scope_list(found: Factored, lists: Mapping[str, Value], documents: Mapping[str, Value]) -> Factored:
    """Delete a list of the template in the environments that have none."""
    if found.template is ABSENT:
        return found
    return Factored(found.template, {**found.patches, **{env: None for env in documents if env not in lists}})


def has_names(documents: Mapping[str, Value], identity: str) -> bool:
    """Whether an item that stands under one identity has another name than that anywhere."""
    items = (item for document in documents.values() for key in PLACED for item in document.get(key, ()))
    return any(item[MARK] == identity != item["name"] for item in items)


def detach(document: Value, identities: set[str]) -> Value:
    """Let items be known by their names again, and what names them."""
    names: dict[str, dict[str, str]] = {key: {} for key in PLACED}
    made = dict(document)
    for key in PLACED:
        if key in document:
            made[key] = [{**item, MARK: item["name"]} if item[MARK] in identities else item for item in document[key]]
            names[key] = {item[MARK]: item["name"] for item in document[key] if item[MARK] in identities}
    return refer(made, names)


def list_slots(value: Value) -> Iterator[Slot]:
    """List the expressions in a template."""
    if isinstance(value, Expression):
        yield from (part for part in value.parts if isinstance(part, Slot))
    children: Sequence[Value] = (
        list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    for child in children:
        yield from list_slots(child)
