"""Short ways from text to nodes and back, so that a test shows input and output on one screen."""

from __future__ import annotations

import json
import signal
from textwrap import dedent

from generator.build.merging import merge_layer, view_document, view_patch
from generator.build.pipeline import build_staged
from generator.build.planning import plan_project
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.yaml import parse_yaml
from generator.documents.serializing import serialize_document
from generator.model.findings import Finding, Level, Severity, Source
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar, Value
from generator.model.project import Project, Settings
from generator.review.environments import Agreement, agree
from generator.rules import RULES

NO_RULES: tuple[tuple[str, Level], ...] = tuple((code, "off") for code in RULES)
"""Levels for projects that are about building: what they build is often nothing ECS would take."""


def read_json(text: str, path: str = "templates/app.json.j2") -> MapNode:
    """Parse JSON text, which must be right, to nodes."""
    node, findings = parse_json(Source(path, text))
    assert findings == ()
    assert isinstance(node, MapNode)
    return node


def read_yaml(text: str, path: str = "environments/dev.yaml") -> MapNode:
    """Parse YAML text, which must be right, to nodes."""
    node, findings = parse_yaml(Source(path, dedent(text)))
    assert findings == ()
    assert isinstance(node, MapNode)
    return node


def to_python(node: Node) -> Value:
    """Turn nodes into what `json.loads` of their JSON would give; plain scalars as text."""
    if isinstance(node, Scalar):
        return node.text if node.kind in ("text", "plain") else json.loads(node.text)
    if isinstance(node, MapNode):
        return {key: to_python(child) for key, child in node.items.items()}
    if isinstance(node, Keyed):
        return [to_python(item.node) for item in node.items]
    return [to_python(item) for item in node.items]


def compare_places(node: Node, along: Node) -> None:
    """Compare a whole document with one read along paths, which is the same but for what stays empty."""
    assert node.place == along.place
    if isinstance(along, MapNode) and along.items:
        assert isinstance(node, MapNode)
        assert (list(node.items), node.keys) == (list(along.items), along.keys)
        for name, child in along.items.items():
            compare_places(node.items[name], child)
    elif isinstance(along, ListNode) and along.items:
        assert isinstance(node, ListNode)
        for child, other in zip(node.items, along.items, strict=True):
            compare_places(child, other)
    elif isinstance(along, Scalar):
        assert node == along
    else:
        assert type(node) is type(along)


def merge_texts(template: Value, *patches: str, allow: tuple[str, ...] = ()) -> tuple[Value, tuple[Finding, ...]]:
    """Merge patches written in YAML into a template given as a value, coerce, order and read back. Misses count as findings."""
    viewed, findings = view_document(read_json(json.dumps(template)), allow=allow)
    assert viewed is not None
    found = list(findings)
    document = viewed
    for number, text in enumerate(patches, 1):
        patch, findings = view_patch(read_yaml(text, f"environments/layer{number}.yaml"), allow=allow)
        document, merger = merge_layer(document, patch)
        found += [*findings, *merger.findings, *(miss.finding for miss in merger.unmatched)]
    document, findings = coerce_document(document)
    found += [finding for finding in findings if finding.code != "E304"]
    if any(finding.severity == "error" for finding in found):
        return None, tuple(found)
    return json.loads(serialize_document(order_document(document))), tuple(found)


def make_project(
    templates: dict[str, str],
    environments: dict[str, str],
    *,
    settings: Settings | None = None,
    rules: bool = False,
) -> Project:
    """Make a project in memory from texts by file name; rules are off unless they are asked for."""
    settings = settings or Settings()
    if not rules:
        settings = settings._replace(levels=NO_RULES)
    return Project(
        settings=settings,
        templates={name: Source(f"{settings.templates}/{name}", text) for name, text in templates.items()},
        overlays={name: Source(f"{settings.environments}/{name}", dedent(text)) for name, text in environments.items()},
        artifacts={},
    )


def answer_interrupts() -> None:
    """Let a process that is started be interrupted: what runs in the background of a shell ignores Ctrl-C, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def agree_on(project: Project, *, least: Severity = "warning") -> Agreement:
    """Compare the environments of a project that builds without an error."""
    planned = plan_project(project)
    return agree(planned, build_staged(planned), least=least)
