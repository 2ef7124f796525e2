"""Overlay files to layers: which keys and kinds an environment's file may have. Knows no ECS shape and merges no patch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.documents.parsing.scalars import is_variable_name
from generator.documents.parsing.yaml import is_refused, parse_yaml
from generator.model.findings import Finding, Place, Source, did_you_mean, finding_at
from generator.model.nodes import Keyed, MapNode, Node, Scalar, describe_kind, is_yaml_null
from generator.model.project import Overlay, TaskOverlay

OVERLAY_KEYS = ("extends", "aws", "vars", "patch", "tasks")
TASK_KEYS = ("vars", "patch")
AWS_KEYS = ("account", "region", "cluster", "service")


def parse_overlay(source: Source, name: str, reserved: frozenset[str]) -> tuple[Overlay | None, tuple[Finding, ...]]:
    """Parse `environments/<name>.yaml`. `reserved` are the names no variable may have. An empty file is an empty overlay."""
    reader = Reader(source, reserved)
    root = reader.read_root(OVERLAY_KEYS)
    if root is None:
        return None, reader.list_findings()
    tasks, task_keys = reader.read_tasks(root)
    services, service_keys = reader.read_services(root)
    overlay = Overlay(
        name=name,
        source=source,
        extends=reader.read_extends(root),
        aws=reader.read_aws(root),
        cluster=reader.read_cluster(root),
        services=services,
        service_keys=service_keys,
        variables=reader.read_variables(root, "vars"),
        patch=reader.read_patch(root, "patch"),
        tasks=tasks,
        task_keys=task_keys,
    )
    return overlay, reader.list_findings()


def parse_task_overlay(source: Source, reserved: frozenset[str]) -> tuple[TaskOverlay | None, tuple[Finding, ...]]:
    """Parse `environments/<env>/<task>.yaml`, which says of one task what the entry under `tasks` can say."""
    reader = Reader(source, reserved)
    root = reader.read_root(TASK_KEYS)
    if root is None:
        return None, reader.list_findings()
    return TaskOverlay(reader.read_variables(root, "vars"), reader.read_patch(root, "patch")), reader.list_findings()


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


class Reader:
    """One reading of one file, gathering findings. A section that is refused is read as absent."""

    def __init__(self, source: Source, reserved: frozenset[str]) -> None:
        self.source = source
        self.reserved = reserved
        self.findings: list[Finding] = []

    def list_findings(self) -> tuple[Finding, ...]:
        """List the findings in the order of the file."""
        return tuple(sorted(self.findings, key=lambda finding: finding.location[1:] if finding.location else (0, 0)))

    def report(self, place: Place, code: str, message: str, help: str | None = None) -> None:
        self.findings.append(finding_at(place, code, message, help=help))

    def read_root(self, known: tuple[str, ...]) -> MapNode | None:
        """Parse the file; None where it cannot be an overlay at all."""
        root, findings = parse_yaml(self.source)
        self.findings += findings
        if root is None and not findings:
            return MapNode(Place(self.source, 0, 0), {}, {})
        if root is None or is_refused(root):
            return None
        if not isinstance(root, MapNode):
            keys = ", ".join(f"`{key}`" for key in known)
            help = find_missing_space(root) or f"its keys are {keys}"
            self.report(root.place, "E122", f"an overlay is a mapping, not {describe(root)}", help)
            return None
        self.check_keys(root, known, "")
        return root

    def check_keys(self, node: MapNode, known: tuple[str, ...], path: str) -> None:
        """Report the keys that a mapping of an overlay does not have."""
        for key, place in node.keys.items():
            if key in known or is_refused(node.items[key]):
                continue
            near = did_you_mean(key, known)
            if near:
                help = f"write `{near}`"
            elif known in (OVERLAY_KEYS, TASK_KEYS):
                help = "members of the task definition stand under `patch`, variables under `vars`"
            else:
                help = f"its keys are {', '.join(f'`{name}`' for name in known)}"
            self.report(place, "E121", f"{path or 'an overlay'} has no key `{key}`", help)

    def read_section(self, parent: MapNode, key: str, path: str) -> MapNode | None:
        """Read a section that is a mapping."""
        node = parent.items.get(key)
        if node is None or isinstance(node, MapNode):
            return node
        if not is_refused(node):
            help = "delete the line" if is_yaml_null(node) else find_missing_space(node)
            self.report(node.place, "E122", f"`{path}` is a mapping, not {describe(node)}", help)
        return None

    def read_extends(self, root: MapNode) -> Scalar | None:
        node = root.items.get("extends")
        if node is None or is_refused(node):
            return None
        if isinstance(node, Scalar) and not is_yaml_null(node):
            return node
        help = "delete the line" if isinstance(node, Scalar) else "name one parent, which may extend another"
        self.report(node.place, "E122", f"`extends` is the name of an overlay, not {describe(node)}", help)
        return None

    def read_aws(self, root: MapNode) -> dict[str, Scalar]:
        """Read account and region, both as text, whatever they look like."""
        section = self.read_section(root, "aws", "aws")
        if section is None:
            return {}
        self.check_keys(section, AWS_KEYS, "`aws`")
        found: dict[str, Scalar] = {}
        for key, wanted, check in (
            ("account", "12 digits", is_account),
            ("region", "the name of a region", is_region),
        ):
            node = section.items.get(key)
            if node is None or is_refused(node):
                continue
            if isinstance(node, Scalar) and check(node.text):
                found[key] = node
                continue
            written = f"`{node.text}`" if isinstance(node, Scalar) else describe(node)
            help = None
            if key == "region" and isinstance(node, Scalar) and is_region(node.text[:-1]):
                help = f"`{node.text}` is an availability zone: write `{node.text[:-1]}`"
            self.report(node.place, "E125", f"`aws.{key}` is {wanted}, not {written}", help)
        return found

    def read_cluster(self, root: MapNode) -> Scalar | None:
        """Read the cluster that services of the environment run on."""
        section = root.items.get("aws")
        return self.read_name(section, "cluster", "aws.cluster") if isinstance(section, MapNode) else None

    def read_services(self, root: MapNode) -> tuple[dict[str, Scalar], dict[str, Place]]:
        """Read the services that tasks run as, by task: the one of the only task is under the empty name, and no key names it."""
        section = root.items.get("aws")
        services = section.items.get("service") if isinstance(section, MapNode) else None
        if isinstance(services, MapNode):
            read = {task: self.read_name(services, task, f"aws.service.{task}") for task in services.items}
        else:
            read = {"": self.read_name(section, "service", "aws.service")} if isinstance(section, MapNode) else {}
        named = {task: name for task, name in read.items() if name is not None}
        return named, services.keys if isinstance(services, MapNode) else {}

    def read_name(self, parent: MapNode, key: str, path: str) -> Scalar | None:
        """Read the name or ARN of a cluster or service."""
        node = parent.items.get(key)
        if (
            node is None
            or is_refused(node)
            or (isinstance(node, Scalar) and is_name(node.text) and not is_yaml_null(node))
        ):
            return node if isinstance(node, Scalar) and not is_refused(node) else None
        written = f"`{node.text}`" if isinstance(node, Scalar) else describe(node)
        kind = "cluster" if key == "cluster" else "service"
        self.report(node.place, "E125", f"`{path}` is the name of a {kind}, or its ARN, not {written}")
        return None

    def read_variables(self, parent: MapNode, path: str) -> MapNode | None:
        """Read a `vars` section; a variable that no template could name is reported and left out."""
        section = self.read_section(parent, "vars", path)
        if section is None:
            return None
        bad = [name for name in section.items if name in self.reserved or not is_variable_name(name)]
        if not bad:
            return section
        for name in bad:
            if is_refused(section.items[name]):
                continue
            spelled = re.sub(r"\W", "_", name)
            if name in self.reserved:
                message, help = f"the variable name `{name}` is reserved", "give the variable another name"
            else:
                message = f"`{name}` cannot be the name of a variable"
                help = f"write `{spelled}`" if is_variable_name(spelled) else "give the variable another name"
            self.report(section.keys[name], "E123", message, help)
        return MapNode(
            section.place,
            {name: node for name, node in section.items.items() if name not in bad},
            {name: place for name, place in section.keys.items() if name not in bad},
        )

    def read_patch(self, parent: MapNode, path: str) -> MapNode | None:
        section = self.read_section(parent, "patch", path)
        if section is not None and ("{{" in self.source.text or "{%" in self.source.text):
            from generator.documents.parsing.mistakes import show_source

            for place in find_expressions(section):
                shown = show_source(place)
                help = "set a variable under `vars` and use it in the template"
                self.report(place, "W118", f"`{shown}` stays as it is, since patches are not rendered", help)
        return section

    def read_tasks(self, root: MapNode) -> tuple[dict[str, TaskOverlay | None], dict[str, Place]]:
        """Read what the file says of single tasks; null switches a task off."""
        section = self.read_section(root, "tasks", "tasks")
        if section is None:
            return {}, {}
        tasks: dict[str, TaskOverlay | None] = {}
        for name, node in section.items.items():
            tasks[name] = TaskOverlay(None, None)
            path = f"tasks.{name}"
            if is_yaml_null(node):
                tasks[name] = None
            elif isinstance(node, MapNode):
                self.check_keys(node, TASK_KEYS, f"`{path}`")
                tasks[name] = TaskOverlay(
                    self.read_variables(node, f"{path}.vars"), self.read_patch(node, f"{path}.patch")
                )
            elif not is_refused(node):
                help = find_missing_space(node) or "to switch the task off, write `null`"
                self.report(node.place, "E122", f"`{path}` is a mapping or null, not {describe(node)}", help)
        return tasks, section.keys


def is_account(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdecimal()


def is_region(text: str) -> bool:
    """Whether a text has the shape of a region (`us-east-1`, `us-gov-west-1`, `eusc-de-east-1`); which ones exist is AWS's to say."""
    return re.fullmatch(r"[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}", text) is not None


def is_name(text: str) -> bool:
    """Whether a text can name a cluster or service. Source: the docstrings of CreateCluster and CreateService in botocore 1.44.5."""
    return (
        re.fullmatch(r"(?:arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:[a-z]+/(?:[\w-]+/)?)?[\w-]{1,255}", text, re.ASCII)
        is not None
    )


def describe(node: Node) -> str:
    """Name what was written, a short plain value as it is."""
    # A line without the space may be `PASSWORD:secret`, which is never shown.
    if isinstance(node, Scalar) and node.kind == "plain" and len(node.text) <= 40 and not find_missing_space(node):
        return f"`{node.text}`"
    return describe_kind(node)


def find_missing_space(node: Node) -> str | None:
    """Explain text that would be a mapping with a space after its colon."""
    if not isinstance(node, Scalar) or node.kind != "plain":
        return None
    match = re.match(r"([\w.-]+):\S", node.text)
    return f"put a space after `{match[1]}:`" if match else None


def find_expressions(patch: MapNode) -> list[Place]:
    """Find what looks like Jinja in the keys and values of a patch, once where aliases repeat it."""
    # Docker's log tags, `{{.Name}}`, are Go templates: no Jinja expression starts with a dot.
    expression = re.compile(r"\{\{(?!-?\s*\.).*?(?:\}\}|$)|\{%.*?(?:%\}|$)", re.MULTILINE)
    places = {}
    for text, place in walk_texts(patch):
        match = expression.search(text)
        if match:
            # An escape before or in it can make it differ from what is written; then the whole text is shown.
            start = place.source.text.find(match[0], place.start, place.end)
            found = place if start < 0 else Place(place.source, start, start + len(match[0]))
            places[found.start] = found
    return list(places.values())


def walk_texts(node: Node) -> Iterator[tuple[str, Place]]:
    """Walk over all keys and scalars of a node, with their places."""
    if isinstance(node, Scalar):
        yield node.text, node.place
    elif isinstance(node, MapNode):
        for key, child in node.items.items():
            yield key, node.keys[key]
            yield from walk_texts(child)
    elif not isinstance(node, Keyed):  # YAML has none
        for child in node.items:
            yield from walk_texts(child)
