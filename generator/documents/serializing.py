"""The bytes of an artifact: JSON with two spaces, LF, a newline at the end. Knows no directive and no null, so none can be written."""

from __future__ import annotations

from json.encoder import encode_basestring  # leaves all but quotes, backslashes and control characters as it is

from generator.model.nodes import Keyed, MapNode, Node, Scalar


def serialize_document(document: MapNode) -> str:
    """Write an ordered document as text."""
    return serialize_node(document, "\n") + "\n"


def serialize_node(node: Node, newline: str) -> str:
    """Write one node; `newline` is a line end with the indentation of the line the node starts on."""
    if isinstance(node, Scalar):
        return encode_basestring(node.text) if node.kind == "text" else serialize_literal(node)
    inner = newline + "  "
    if isinstance(node, MapNode):
        members = [f"{encode_basestring(key)}: {serialize_node(child, inner)}" for key, child in node.items.items()]
        return f"{{{inner}{f',{inner}'.join(members)}{newline}}}" if members else "{}"
    nodes = [item.node for item in node.items] if isinstance(node, Keyed) else list(node.items)
    items = [serialize_node(child, inner) for child in nodes]
    return f"[{inner}{f',{inner}'.join(items)}{newline}]" if items else "[]"


def serialize_literal(scalar: Scalar) -> str:
    """Write a number or a boolean as its source has it. Anything else here is a bug of ours: coercing lets none through."""
    if scalar.kind not in ("number", "boolean"):
        raise AssertionError(f"a scalar of kind {scalar.kind} reached the serialiser")
    return scalar.text
