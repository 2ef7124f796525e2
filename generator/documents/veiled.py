"""A task definition with what is secret in it as `***`, to be shown. What it gives must not be registered."""

from __future__ import annotations

from generator.documents.tree import list_children, list_leaves
from generator.ecs.paths import Step, first_step, format_path
from generator.model.nodes import Item, Keyed, Mapping, Node, Scalar
from generator.model.secrets.masking import MASK
from generator.model.secrets.veil import Veil, make_veil


def veil_document(document: Mapping) -> tuple[Mapping, tuple[str, ...]]:
    """Mask every value that is a secret by its name, by its looks, or since it says one, and tell their paths."""
    veil = make_veil([document])
    leaves = [(path, node.text) for path, node in list_leaves(document) if isinstance(node, Scalar)]
    masked = tuple(path for path, text in leaves if veil.mask(path, text) != text)
    if not masked:
        return document, ()
    shown = mask_node(document, (first_step(),), veil)
    assert isinstance(shown, Mapping)
    return shown, masked


def mask_node(node: Node, path: tuple[Step, ...], veil: Veil) -> Node:
    """Mask what is at a path and below it."""
    if isinstance(node, Scalar):
        text = veil.mask(format_path(path), node.text)
        return node if text == node.text else Scalar(node.place, "text", MASK)
    children = [mask_node(child, (*path, step), veil) for step, child in list_children(node, path[-1])]
    if isinstance(node, Mapping):
        return node._replace(items=dict(zip(node.items, children, strict=True)))
    if isinstance(node, Keyed):
        pairs = zip(node.items, children, strict=True)
        return node._replace(
            items=tuple(Item(item.identity, child) for item, child in pairs if isinstance(child, Mapping))
        )
    return node._replace(items=tuple(children))
