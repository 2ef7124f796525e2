"""Overlay files to layers: which keys and kinds an environment's file may have. Knows no ECS shape and merges no patch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.documents.parsing.aws_section import (
    read_aws,
    read_cluster,
    read_previous_families,
    read_run,
    read_services,
)
from generator.documents.parsing.scalars import is_variable_name
from generator.documents.parsing.sections import (
    OVERLAY_KEYS,
    RENDER,
    TASK_KEYS,
    Reader,
    describe,
    find_missing_space,
    find_render,
)
from generator.documents.parsing.yaml import is_refused
from generator.model.findings import Finding, Place, Source, finding_at
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar, is_yaml_null
from generator.model.patterns import Pattern
from generator.model.project import Overlay, TaskOverlay

EXPRESSION = Pattern(r"\{\{(?!-?\s*\.).*?(?:\}\}|$)|\{%.*?(?:%\}|$)", re.MULTILINE)
"""What looks like Jinja. Docker's log tags, `{{.Name}}`, are Go templates: no Jinja expression starts with a dot."""


def parse_overlay(source: Source, name: str, reserved: frozenset[str]) -> tuple[Overlay | None, tuple[Finding, ...]]:
    """Parse `environments/<name>.yaml`. `reserved` are the names no variable may have. An empty file is an empty overlay."""
    reader = Reader(source, reserved)
    root = reader.read_root(OVERLAY_KEYS)
    if root is None:
        return None, reader.list_findings()
    tasks, task_keys = read_tasks(reader, root)
    services, service_keys = read_services(reader, root)
    overlay = Overlay(
        name=name,
        source=source,
        extends=read_extends(reader, root),
        aws=read_aws(reader, root),
        cluster=read_cluster(reader, root),
        services=services,
        service_keys=service_keys,
        variables=read_variables(reader, root, "vars"),
        patch=read_patch(reader, root, "patch"),
        tasks=tasks,
        task_keys=task_keys,
        previous_families=read_previous_families(reader, root),
        run=read_run(reader, root),
    )
    return overlay, reader.list_findings()


def parse_task_overlay(source: Source, reserved: frozenset[str]) -> tuple[TaskOverlay | None, tuple[Finding, ...]]:
    """Parse `environments/<env>/<task>.yaml`, which says of one task what the entry under `tasks` can say."""
    reader = Reader(source, reserved)
    root = reader.read_root(TASK_KEYS)
    if root is None:
        return None, reader.list_findings()
    return TaskOverlay(read_variables(reader, root, "vars"), read_patch(reader, root, "patch")), reader.list_findings()


def fold_variables(layers: Sequence[MapNode]) -> MapNode:
    """Fold the variables of layers, later over earlier: mappings merge key by key, everything else replaces, null too."""
    folded = MapNode(Place(Source("", ""), 0, 0), {}, {})
    for layer in layers:
        folded = fold_mapping(folded, layer)
    return folded


def fold_mapping(base: MapNode, over: MapNode) -> MapNode:
    items = dict(base.items)
    for key, node in over.items.items():
        below = items.get(key)
        if isinstance(below, MapNode) and isinstance(node, MapNode):
            node = fold_mapping(below, node)
        items[key] = node
    return MapNode(over.place, items, {**base.keys, **over.keys})


def read_extends(reader: Reader, root: MapNode) -> Scalar | None:
    node = root.items.get("extends")
    if node is None or is_refused(node):
        return None
    if isinstance(node, Scalar) and not is_yaml_null(node):
        return node
    help = "delete the line" if isinstance(node, Scalar) else "name one parent, which may extend another"
    reader.report(node.place, "E122", f"`extends` is the name of an overlay, not {describe(node)}", help)
    return None


def read_variables(reader: Reader, parent: MapNode, path: str) -> MapNode | None:
    """Read a `vars` section; a variable that no template could name is reported and omitted."""
    section = reader.read_section(parent, "vars", path)
    if section is None:
        return None
    for place in find_renders(section) if RENDER in reader.source.text else ():
        message = f"`{RENDER}` is for values of patches, and variables are not rendered"
        reader.report(place, "E205", message, "write the expression where the variable is used")
    bad = [name for name in section.items if name in reader.reserved or not is_variable_name(name)]
    if not bad:
        return section
    for name in bad:
        if is_refused(section.items[name]) or name == RENDER:
            continue
        spelled = re.sub(r"\W", "_", name)
        if name in reader.reserved:
            message, help = f"the variable name `{name}` is reserved", "give the variable another name"
        else:
            message = f"`{name}` cannot be the name of a variable"
            help = f"write `{spelled}`" if is_variable_name(spelled) else "give the variable another name"
        reader.report(section.keys[name], "E123", message, help)
    return MapNode(
        section.place,
        {name: node for name, node in section.items.items() if name not in bad},
        {name: place for name, place in section.keys.items() if name not in bad},
    )


def find_renders(node: Node) -> Iterator[Place]:
    """Find where variables have the directive."""
    if isinstance(node, MapNode):
        if RENDER in node.items:
            yield node.keys[RENDER]
        for child in node.items.values():
            yield from find_renders(child)
    elif isinstance(node, ListNode):
        for child in node.items:
            yield from find_renders(child)


def read_patch(reader: Reader, parent: MapNode, path: str) -> MapNode | None:
    section = reader.read_section(parent, "patch", path)
    if section is not None and ("{{" in reader.source.text or "{%" in reader.source.text):
        from generator.documents.parsing.mistakes import show_source

        for place, is_key in find_expressions(section):
            shown = show_source(place)
            help = "set a variable under `vars` and use it in the template"
            if not is_key:
                help = f"write `{{{RENDER}: TEXT}}` in place of the text to render it"
            why = ", since keys are not rendered" if is_key else f" without `{RENDER}`"
            message, cause = f"`{shown}` stays as it is{why}", f"{place.source.path}\n{shown}{why}"
            reader.findings.append(finding_at(place, "W118", message, help=help, cause=cause))
    return section


def read_tasks(reader: Reader, root: MapNode) -> tuple[dict[str, TaskOverlay | None], dict[str, Place]]:
    """Read what the file says of single tasks; null switches a task off."""
    section = reader.read_section(root, "tasks", "tasks")
    if section is None:
        return {}, {}
    tasks: dict[str, TaskOverlay | None] = {}
    for name, node in section.items.items():
        tasks[name] = TaskOverlay(None, None)
        path = f"tasks.{name}"
        if is_yaml_null(node):
            tasks[name] = None
        elif isinstance(node, MapNode):
            reader.check_keys(node, TASK_KEYS, f"`{path}`")
            tasks[name] = TaskOverlay(
                read_variables(reader, node, f"{path}.vars"), read_patch(reader, node, f"{path}.patch")
            )
        elif not is_refused(node):
            help = find_missing_space(node) or "to switch the task off, write `null`"
            reader.report(node.place, "E122", f"`{path}` is a mapping or null, not {describe(node)}", help)
    return tasks, section.keys


def find_expressions(patch: MapNode) -> list[tuple[Place, bool]]:
    """Find what looks like Jinja in the keys and values of a patch, once where aliases repeat it, and whether it is in a key."""
    places = {}
    for text, place, is_key in walk_texts(patch):
        match = EXPRESSION.search(text)
        if match:
            # An escape before or in it can make it differ from what is written; then the whole text is shown.
            start = place.source.text.find(match[0], place.start, place.end)
            found = place if start < 0 else Place(place.source, start, start + len(match[0]))
            places[found.start] = (found, is_key)
    return list(places.values())


def walk_texts(node: Node) -> Iterator[tuple[str, Place, bool]]:
    """Walk over all keys and scalars of a node that are not rendered: each with its place, and whether it is a key."""
    if isinstance(node, Scalar):
        yield node.text, node.place, False
    elif isinstance(node, MapNode):
        rendered = find_render(node)
        for key, child in node.items.items():
            yield key, node.keys[key], True
            if key != rendered:
                yield from walk_texts(child)
    elif not isinstance(node, Keyed):  # YAML has none
        for child in node.items:
            yield from walk_texts(child)
