"""The sections of each overlay from what is factored: variables where they are used, patches once, what most share in `_common`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.adopt.expressions import Expression, Slot, Variable
from generator.adopt.factoring import Factored
from generator.adopt.homes import Where
from generator.adopt.inserting import insert_tasks
from generator.adopt.overlay_text import write_overlay
from generator.model.nodes import Value
from generator.model.records import Record

COMMON = "_common"
LEAST_COMMON = 4
"""Environments from which on they extend a common overlay; fewer stay flat."""


class Beside(Record):
    """What a project has already: its overlays as text, where its environments are, and its tasks."""

    overlays: dict[str, str]
    homes: dict[str, Where]
    tasks: tuple[str, ...]
    folder: str = "environments"


class Shares(Record):
    """What is factored: of each task, the template and patches; where each environment is; the variables; and the documents.

    `beside` is the project that it goes into, if there is one.
    """

    shares: dict[str, Factored]
    scopes: dict[str, tuple[str, ...]]
    homes: dict[str, Where]
    variables: tuple[Variable, ...]
    documents: Mapping[str, Mapping[str, Value]]
    beside: Beside | None = None


class Made(Record):
    """The templates without what overlays give, the overlays as text, and the names of the variables that are used."""

    templates: dict[str, Value]
    overlays: dict[str, str]
    used: tuple[str, ...]


def make_overlays(shares: Shares) -> Made:
    """Make the overlays of all environments."""
    used = {task: list(dict.fromkeys(list_variables(each.template))) for task, each in shares.shares.items()}
    counts: dict[str, int] = {}
    for names in used.values():
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    alone = len(shares.shares) == 1 and not shares.beside
    shared = [
        name
        for name in dict.fromkeys(name for names in used.values() for name in names)
        if alone or (counts[name] > 1 and not shares.beside)
    ]
    values = {variable.name: variable.values for variable in shares.variables}
    hoisted = hoist_patches(shares)
    sections = {}
    for env, home in shares.homes.items():
        mine = [task for task, scope in shares.scopes.items() if env in scope]
        made: dict[str, Value] = {
            "aws": {name: text for name, text in zip(("account", "region"), home, strict=False) if text}
        }
        made["vars"] = {name: values[name][env] for name in shared if env in values[name]}
        made["patch"] = order_patch(hoisted.patches[env])
        tasks: dict[str, Value] = {}
        for task in mine:
            own = {name: values[name][env] for name in used[task] if name not in shared}
            entry = {"vars": own, "patch": order_patch(hoisted.tasks[task].get(env, {}))}
            tasks[task] = {key: value for key, value in entry.items() if value}
        made["tasks"] = {task: entry for task, entry in tasks.items() if entry}
        made["tasks"] |= dict.fromkeys(task for task in shares.scopes if task not in mine)
        sections[env] = {key: value for key, value in made.items() if value}
    every = tuple(dict.fromkeys(name for names in used.values() for name in names))
    if shares.beside is not None:
        return Made(hoisted.templates, join_overlays(sections, shares.beside, [*shares.scopes]), every)
    sections = share_common(sections)
    return Made(hoisted.templates, {env: write_overlay(each) for env, each in sections.items()}, every)


def join_overlays(sections: Mapping[str, Value], beside: Beside, tasks: list[str]) -> dict[str, str]:
    """Put tasks into the overlays of a project; a new environment has no task but these, and others do not have these."""
    made = {}
    for env, each in sections.items():
        if env in beside.overlays:
            entries = each.get("tasks", {})
            path = f"{beside.folder}/{env}.yaml"
            made[env] = insert_tasks(beside.overlays[env], path, entries) if entries else beside.overlays[env]
        else:
            entries = {**each.get("tasks", {}), **dict.fromkeys(beside.tasks)}
            made[env] = write_overlay({**each, "tasks": entries})
    for env, text in beside.overlays.items():
        if env not in sections and not env.startswith("_"):
            made[env] = insert_tasks(text, f"{beside.folder}/{env}.yaml", dict.fromkeys(tasks))
    return made


class Hoisted(Record):
    """Patches by environment, those of single tasks by task and environment, and the templates without what these give."""

    patches: dict[str, Value]
    tasks: dict[str, dict[str, Value]]
    templates: dict[str, Value]


def hoist_patches(shares: Shares) -> Hoisted:
    """Write a patch once that all tasks of an environment have; a task that only this environment has leaves it to the patch too."""
    tasks = {task: dict(each.patches) for task, each in shares.shares.items()}
    templates = {task: each.template for task, each in shares.shares.items()}
    if shares.beside is not None:
        return Hoisted({env: {} for env in shares.homes}, tasks, templates)
    if len(tasks) == 1:
        (only,) = tasks.values()
        return Hoisted(dict(only), {task: {} for task in tasks}, templates)
    patches: dict[str, Value] = {}
    for env in shares.homes:
        mine = [task for task, scope in shares.scopes.items() if env in scope]
        patches[env] = {}
        several = [task for task in mine if len(shares.scopes[task]) > 1]
        for key in dict.fromkeys(key for task in several for key in tasks[task].get(env, {})):
            given = [tasks[task].get(env, {}).get(key) for task in several]
            single = [task for task in mine if task not in several]
            same = (
                all(each == given[0] and not isinstance(each, (dict, list)) for each in given) and given[0] is not None
            )
            agree = all(shares.documents[task][env].get(key) == given[0] for task in single)
            if not same or not agree or len(mine) < 2:
                continue
            patches[env][key] = given[0]
            for task in several:
                tasks[task][env] = {name: patch for name, patch in tasks[task][env].items() if name != key}
            for task in single:
                templates[task] = {name: value for name, value in templates[task].items() if name != key}
    return Hoisted(patches, tasks, templates)


def order_patch(patch: Value) -> Value:
    """Order a patch: scalars first, containers last."""
    return dict(
        sorted(patch.items(), key=lambda pair: (isinstance(pair[1], (dict, list)), pair[0] == "containerDefinitions"))
    )


def share_common(sections: dict[str, Value]) -> dict[str, Value]:
    """Let overlays extend a common one for what is the same in more than half of them."""
    if len(sections) < LEAST_COMMON:
        return sections
    common: dict[str, Value] = {}
    rest = {
        env: {key: dict(value) if key in ("aws", "vars") else value for key, value in each.items()}
        for env, each in sections.items()
    }
    for key in ("aws", "vars"):
        names = dict.fromkeys(name for each in sections.values() for name in each.get(key, {}))
        for name in names:
            given = [each.get(key, {}).get(name) for each in sections.values()]
            best = max(dict.fromkeys(given), key=given.count)
            if None in given or 2 * given.count(best) <= len(given):
                continue
            common.setdefault(key, {})[name] = best
            for env, each in rest.items():
                if sections[env][key][name] == best:
                    del each[key][name]
    if not common:
        return sections
    made: dict[str, Value] = {COMMON: common}
    for env, each in rest.items():
        made[env] = {"extends": COMMON, **{key: value for key, value in each.items() if value}}
    return made


def list_variables(value: Value) -> Iterator[str]:
    """List the variables that a template needs, in the order of first use."""
    if isinstance(value, Expression):
        for part in value.parts:
            if isinstance(part, Slot) and part.variable:
                yield from part.variable.split(",")
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_variables(child)
