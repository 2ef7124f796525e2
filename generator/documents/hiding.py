"""What findings do not show: values that become secrets further on, where no name beside them tells. Finds nothing wrong itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.documents.tree import list_children, list_leaves
from generator.ecs.paths import Step, first_step, format_path
from generator.model.findings import AROUND, Excerpt, Finding, Location, Place, find_lines
from generator.model.nodes import Item, Keyed, MapNode, Node, Scalar
from generator.model.project import Project
from generator.model.secrets.masking import MASK, find_secret_names, find_secrets
from generator.model.secrets.veil import Veil


def hide_secrets(project: Project, documents: Iterable[MapNode], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Take what shows a secret out of findings; `documents` are what of the project was merged, whatever came of it."""
    hider = Hider(project, documents)
    return tuple(hider.hide(finding) for finding in findings)


def find_passed(project: Project) -> frozenset[str]:
    """Find the names of variables, and of members of these, that templates make secrets of."""
    return find_secret_names(tuple(source.text for source in project.templates.values()))


class Hider:
    """The secrets of a project: by the names that templates give to them, by where they are written, and long ones by their text."""

    def __init__(self, project: Project, documents: Iterable[MapNode]) -> None:
        self.sources = {source.path: source for source in (*project.templates.values(), *project.overlays.values())}
        self.names = find_passed(project)
        self.veil = Veil()
        self.written: dict[str, set[Place]] = {}
        for document in documents:
            for path, node in list_leaves(document):
                if isinstance(node, Scalar) and self.veil.is_secret(path, node.text):
                    self.veil.learn(path, node.text)
                    self.written.setdefault(node.place.source.path, set()).add(node.place)

    def hide(self, finding: Finding) -> Finding:
        """Mask what is secret in the excerpt of a finding, and in what it says."""
        excerpt, scrub = finding.excerpt, self.veil.scrub
        if excerpt is not None:
            excerpt = mask_excerpt(excerpt, self.find_shown(finding.location, excerpt))
        return finding._replace(
            excerpt=excerpt,
            message=scrub(finding.message),
            notes=tuple(note._replace(text=scrub(note.text)) for note in finding.notes),
            help=finding.help and scrub(finding.help),
        )

    def find_shown(self, location: Location | None, excerpt: Excerpt) -> frozenset[str]:
        """Find the secrets that can be read in the excerpt of a line, as they are written there."""
        found = set(self.veil.list_said(excerpt.text))
        source = self.sources.get(location.file) if location else None
        if source is not None and location is not None:
            text, starts = source.text, find_lines(source.text)
            left = starts[location.line - 1]
            right = starts[location.line] - 1 if location.line < len(starts) else len(text)
            start = left + location.column - 1
            left, right = max(left, start - AROUND), min(right, start + AROUND)
            spans = [*find_secrets(text, self.names), *(place[1:] for place in self.written.get(source.path, ()))]
            for first, last in spans:
                if first < right and last > left:
                    written = text[max(first, left) : min(last, right)].strip("\"' \t").expandtabs(1)
                    if "{{" not in written:
                        found.add(written)
        return frozenset(each for each in found if each and each in excerpt.text)


def mask_excerpt(excerpt: Excerpt, secrets: frozenset[str]) -> Excerpt | None:
    """Mask secrets in an excerpt wherever they stand; None where one is what is underlined, or a part of that."""
    if not secrets:
        return excerpt
    longest = sorted(secrets, key=len, reverse=True)
    parts, column, at = [], excerpt.column, 0
    start, end = excerpt.column - 1, excerpt.column - 1 + excerpt.length
    for match in re.finditer("|".join(map(re.escape, longest)), excerpt.text):
        if match.start() < end and match.end() > start:
            return None
        parts += [excerpt.text[at : match.start()], MASK]
        at = match.end()
        if match.end() <= start:
            column += len(MASK) - len(match[0])
    return Excerpt("".join((*parts, excerpt.text[at:])), column, excerpt.length)


def make_veil(documents: Iterable[MapNode], *, escaped: bool = False) -> Veil:
    """Make a veil that knows the secrets of some documents, and for what programs wrote, how these may be `escaped`."""
    veil = Veil(escaped=escaped)
    for document in documents:
        for path, node in list_leaves(document):
            if isinstance(node, Scalar):
                veil.learn(path, node.text)
    return veil


def veil_document(document: MapNode) -> tuple[MapNode, tuple[str, ...]]:
    """Mask every value that is a secret by its name, by its looks, or since it says one, and tell their paths."""
    veil = make_veil([document])
    leaves = [(path, node.text) for path, node in list_leaves(document) if isinstance(node, Scalar)]
    masked = tuple(path for path, text in leaves if veil.mask(path, text) != text)
    if not masked:
        return document, ()
    shown = mask_node(document, (first_step(),), veil)
    assert isinstance(shown, MapNode)
    return shown, masked


def mask_node(node: Node, path: tuple[Step, ...], veil: Veil) -> Node:
    """Mask what is at a path and below it."""
    if isinstance(node, Scalar):
        text = veil.mask(format_path(path), node.text)
        return node if text == node.text else Scalar(node.place, "text", MASK)
    children = [mask_node(child, (*path, step), veil) for step, child in list_children(node, path[-1])]
    if isinstance(node, MapNode):
        return node._replace(items=dict(zip(node.items, children, strict=True)))
    if isinstance(node, Keyed):
        pairs = zip(node.items, children, strict=True)
        return node._replace(
            items=tuple(Item(item.identity, child) for item, child in pairs if isinstance(child, MapNode))
        )
    return node._replace(items=tuple(children))
