"""The canonical order of members and items. Changes order and drops doubles of sets, nothing else."""

from __future__ import annotations

from generator.documents.sharing import Made
from generator.ecs.lists import ListRow, order_key
from generator.ecs.paths import OPAQUE, Step, first_step, item_step, member_step
from generator.ecs.shapes import Shape, shape
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar


def order_document(document: MapNode, made: Made | None = None) -> MapNode:
    """Order a coerced document: members as in the service model, admitted unknown ones after them, lists as the table says.

    `made` is what was made of nodes that other documents have too.
    """
    return order_members(document, first_step().shape, made or Made())


def order_node(node: Node, step: Step, made: Made) -> Node:
    """Order what is at a step, or find it ordered."""
    if isinstance(node, Scalar):
        return node
    ordered = made.find(node)
    if ordered is None:
        ordered = order_anew(node, step, made)
        made.keep(node, ordered, (), 0)
    return ordered


def order_anew(node: Node, step: Step, made: Made) -> Node:
    current = step.shape
    row = step.row
    if isinstance(node, MapNode):
        return order_members(node, current, made)
    if isinstance(node, Keyed):
        below = item_step(current, "")
        items = [Item(item.identity, order_item(item.node, below, made)) for item in node.items]
        if row is not None and row.order == "identity":
            items.sort(key=lambda item: order_key(row, spell_identity(item, row)))
        return Keyed(node.place, tuple(items))
    if isinstance(node, ListNode):
        below = item_step(current, "")
        ordered = tuple([order_node(item, below, made) for item in node.items])
        return ListNode(node.place, order_set(ordered, row, current) if row is not None else ordered)
    return node


def order_item(node: MapNode, step: Step, made: Made) -> MapNode:
    """Order an item of a list, or find it ordered."""
    ordered = order_node(node, step, made)
    assert isinstance(ordered, MapNode)
    return ordered


def spell_identity(item: Item, row: ListRow) -> str:
    """Give by what an item of the artifact is ordered: one that is about a container by the name, and not by its `$id`."""
    named = item.node.items.get("sourceContainer") if row.identity == ("sourceContainer",) else None
    return named.text if isinstance(named, Scalar) else item.identity


def order_members(node: MapNode, current: Shape, made: Made) -> MapNode:
    """Order a mapping's members by the model. The keys of a map are data and are sorted, so that no layer decides their order."""
    if current is OPAQUE:
        names = list(node.items)
    elif current.type == "map":
        names = sorted(node.items)
    else:
        names = [name for name in current.members if name in node.items]
        names += [name for name in node.items if name not in current.members]
    items = {name: order_node(node.items[name], member_step(current, name), made) for name in names}
    return MapNode(node.place, items, node.keys)


def order_set(items: tuple[Node, ...], row: ListRow, current: Shape) -> tuple[Node, ...]:
    """Order a plain list that is a set, dropping doubles; any other list stays as it is."""
    if row.order not in ("numeric set", "sorted set", "model set") or not all(
        isinstance(item, Scalar) for item in items
    ):
        return items
    by_text = {item.text: item for item in items if isinstance(item, Scalar)}
    if row.order == "numeric set":
        texts = sorted(by_text, key=number_key)
    elif row.order == "model set":
        known = shape(current.member).enum
        texts = sorted(by_text, key=lambda text: (known.index(text) if text in known else len(known), text))
    else:
        texts = sorted(by_text)
    return tuple(by_text[text] for text in texts)


def number_key(text: str) -> tuple[int, str]:
    """Give what to sort numbers by. Python refuses to read thousands of digits, which no exit code has."""
    return (int(text) if text.removeprefix("-").isdecimal() and len(text) <= 20 else 0, text)
