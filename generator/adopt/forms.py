"""The form of a task definition in a file: that of ECS, CloudFormation or Terraform. The last two are converted."""

from __future__ import annotations

from collections.abc import Mapping

from generator.adopt.cloudformation import convert_template
from generator.adopt.converted import Converted
from generator.adopt.terraform import (
    convert_configuration,
    convert_shown,
    is_configuration,
    is_shown,
    list_ways,
    refuse_state,
)
from generator.documents.parsing.values import parse_along, parse_value
from generator.documents.recognizing import BLANK, CLOUDFORMATION_LINE
from generator.model.findings import Finding, Source, finding_at
from generator.model.nodes import MapNode, Node


def resembles_template(text: str) -> bool:
    """Whether a text is a template of CloudFormation in YAML, by its first level."""
    blank = BLANK.match(text)
    first = blank.end() if blank else 0
    return text[first : first + 1] not in ("{", "[") and CLOUDFORMATION_LINE.search(text) is not None


def parse_shown(source: Source) -> MapNode | None:
    """Parse the output of `terraform show -json` along the ways to task definitions. Returns None for other files."""
    if '"format_version"' not in source.text[:1000]:
        return None
    try:
        node = parse_along(source, list_ways(parse_value(source.text)))
    except ValueError:  # which the parser with places can explain
        return None
    return node if isinstance(node, MapNode) and is_shown(node) else None


def convert_file(node: Node, part: str, values: Mapping[str, str]) -> Converted | None:
    """Convert the task definition in a file of another tool. Returns None for a file in the form of ECS."""
    if not isinstance(node, MapNode) or "containerDefinitions" in node.items:
        return None
    if isinstance(node.items.get("Resources"), MapNode):
        return convert_template(node, part, values)
    if is_shown(node):
        return convert_shown(node, part)
    if is_configuration(node):
        return convert_configuration(node, part, values)
    return refuse_state(node)


def refuse_part(node: MapNode, part: str) -> Finding:
    """Report a name that was given for a file with a single task definition (E138)."""
    message = f"this file is one task definition, and has none called `{part}`"
    return finding_at(node.place, "E138", message, help=f"remove `#{part}`")
