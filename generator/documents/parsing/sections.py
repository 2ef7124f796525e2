"""Sections of an overlay: owns which keys and kinds they may have, and the words for others. Knows no single section."""

from __future__ import annotations

import re

from generator.documents.changing import make_edits
from generator.documents.parsing.yaml import is_refused, parse_yaml
from generator.model.findings import Change, Finding, Place, Source, finding_at
from generator.model.misspelling import find_misspelt
from generator.model.nodes import MapNode, Node, Scalar, describe_kind, is_yaml_null

OVERLAY_KEYS = ("extends", "aws", "vars", "patch", "tasks")
TASK_KEYS = ("vars", "patch")

RENDER = "$render"
"""The directive of patches whose text is rendered: a mapping with it alone is the value that the text gives."""

LIST_DIRECTIVES = ("$remove", "$prepend", "$append")
DIRECTIVES = ("$replace", *LIST_DIRECTIVES, "$add", RENDER)
"""All words of patches that begin with a dollar."""


def find_render(node: MapNode) -> str | None:
    """Find the key under which a mapping has a text to render: the directive, or a misspelling of it that stands alone."""
    if RENDER in node.items:
        return RENDER
    key = next(iter(node.items), "")
    alone = len(node.items) == 1 and key.startswith("$") and not key.startswith("$$") and key not in DIRECTIVES
    return key if alone and find_misspelt(key, (RENDER,)) else None


class Reader:
    """One reading of one file, gathering findings. A section that is refused is read as absent."""

    def __init__(self, source: Source, reserved: frozenset[str]) -> None:
        self.source = source
        self.reserved = reserved
        self.findings: list[Finding] = []

    def list_findings(self) -> tuple[Finding, ...]:
        """List the findings in the order of the file."""
        return tuple(sorted(self.findings, key=lambda finding: finding.location[1:] if finding.location else (0, 0)))

    def report(
        self, place: Place, code: str, message: str, help: str | None = None, change: Change | None = None
    ) -> None:
        self.findings.append(finding_at(place, code, message, help=help, edits=make_edits(change, place)))

    def read_root(self, known: tuple[str, ...]) -> MapNode | None:
        """Parse the file; None if it cannot be an overlay at all."""
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
            near = find_misspelt(key, known)
            if near:
                help = f"write `{near}`"
            elif known in (OVERLAY_KEYS, TASK_KEYS):
                help = "put members of the task definition under `patch`, and variables under `vars`"
            else:
                help = f"its keys are {', '.join(f'`{name}`' for name in known)}"
            self.report(
                place,
                "E121",
                f"{path or 'an overlay'} has no key `{key}`",
                help,
                Change("rename", near) if near else None,
            )

    def read_section(self, parent: MapNode, key: str, path: str) -> MapNode | None:
        """Read a section that is a mapping."""
        node = parent.items.get(key)
        if node is None or isinstance(node, MapNode):
            return node
        if not is_refused(node):
            help = "delete the line" if is_yaml_null(node) else find_missing_space(node)
            self.report(node.place, "E122", f"`{path}` is a mapping, not {describe(node)}", help)
        return None


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
