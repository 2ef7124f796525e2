"""What to show of a field that differs: the part of an image or reference that does, sizes in their units, no secret."""

from __future__ import annotations

from json import dumps

from generator.ecs.defaults import UNITS
from generator.model.comparison import Row
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from generator.model.records import Record
from generator.model.secrecy import Secrets
from generator.model.secrets.names import MASK
from generator.review.normalizing import is_filled_in

GB = 1024


class Part(Record):
    """What differs in a field, as text. `name` is that of a part, empty for the whole; None is a side without the field."""

    name: str
    left: str | None
    right: str | None


def describe_row(row: Row, secrets: Secrets) -> tuple[Part, ...]:
    """Describe what differs in a field: of an image or a reference to a secret each part by itself."""
    left, right = split_value(row, row.left), split_value(row, row.right)
    if left is None or right is None or left.keys() != right.keys():
        return (Part("", show_node(row, row.left, secrets), show_node(row, row.right, secrets)),)
    parts = tuple(
        Part(name, hide_part(row, left[name], secrets), hide_part(row, right[name], secrets))
        for name in left
        if left[name] != right[name]
    )
    whole = any(isinstance(node, Scalar) and secrets.hides(row.path, node) for node in (row.left, row.right))
    if whole and not any(MASK in part for part in parts):  # which part of it is the secret cannot be told
        return (Part("", show_node(row, row.left, secrets), show_node(row, row.right, secrets)),)
    return parts


def hide_part(row: Row, text: str, secrets: Secrets) -> str:
    """Give a part of a field, or `***`; one that is empty stays so."""
    return text and secrets.mask_text(row.path, text)


def split_value(row: Row, node: Node | None) -> dict[str, str] | None:
    """Split an image or a reference into its parts; None for anything else."""
    if not isinstance(node, Scalar):
        return None
    if row.member == "image":
        return split_image(node.text)
    return split_reference(node.text) if row.member in ("valueFrom", "credentialsParameter") else None


def split_image(image: str) -> dict[str, str]:
    """Split an image into repository, tag and digest; the colon of a port comes before a slash."""
    name, _, digest = image.partition("@")
    start = name.find(":", name.rfind("/") + 1)
    repository, tag = (name, "") if start < 0 else (name[:start], name[start + 1 :])
    return {"repository": repository, "tag": tag, "digest": digest}


def split_reference(text: str) -> dict[str, str] | None:
    """Split the ARN of a secret or parameter; None if it is none."""
    parts = text.split(":")
    if len(parts) >= 7 and parts[:1] == ["arn"] and parts[2] == "secretsmanager":
        key, stage, version = (*parts[7:10], "", "", "")[:3]
        return {
            "partition": parts[1],
            "region": parts[3],
            "account": parts[4],
            "secret": parts[6],
            "key": key,
            "stage": stage,
            "version": ":".join((version, *parts[10:])),
        }
    if len(parts) == 6 and parts[0] == "arn" and parts[2] == "ssm":
        name = parts[5].removeprefix("parameter")
        return {"partition": parts[1], "region": parts[3], "account": parts[4], "parameter": name}
    return None


def show_node(row: Row, node: Node | None, secrets: Secrets) -> str | None:
    """Show a whole value: a size with its unit, a reference by its name and key, a list as JSON."""
    if node is None:
        return None
    if not isinstance(node, Scalar):
        return mask_whole(row.path, node, secrets)
    text = secrets.mask(row.path, node)
    if text == MASK:
        return text
    unit = UNITS.get((row.structure, row.member))
    if unit and text.isdecimal():
        text = f"{text} {unit}"
    shown = name_reference(split_reference(text)) if row.member in ("valueFrom", "credentialsParameter") else ""
    return f"{shown or text}{' by default' if is_filled_in(node) else ''}"


def name_reference(parts: dict[str, str] | None) -> str:
    """Name a secret or parameter, with the key and all else that is not empty; empty if there is none."""
    if parts is None:
        return ""
    named = ("secret", "key", "stage", "version", "parameter")
    return ", ".join(f"{name} {parts[name]}" for name in named if parts.get(name))


def mask_whole(path: str, node: Node, secrets: Secrets) -> str:
    """Show a list or mapping as JSON; where anything in it is a secret, nothing of it."""
    value = read_masked(path, node, secrets)
    text = dumps(value, ensure_ascii=False)
    return MASK if MASK in text else text


def read_masked(path: str, node: Node, secrets: Secrets) -> object:
    if isinstance(node, Scalar):
        text = secrets.mask(path, node)
        return {"true": True, "false": False}.get(text, text) if node.kind == "boolean" else text
    if isinstance(node, MapNode):
        return {name: read_masked(f"{path}.{name}", child, secrets) for name, child in node.items.items()}
    children = [item.node for item in node.items] if isinstance(node, Keyed) else list(node.items)
    assert isinstance(node, (Keyed, ListNode))
    return [read_masked(path, child, secrets) for child in children]


def spell_field(row: Row, secrets: Secrets) -> str:
    """Spell the path of a field as seen from its container."""
    path = row.path.removeprefix(f"containerDefinitions[{row.container}].") if row.container else row.path
    return secrets.scrub(path)


def show_side(text: str | None) -> str:
    """Show one side: what is empty, and what is not there, can be told apart."""
    return "–" if text is None else text or '""'


def show_part(part: Part) -> str:
    """Show what differs: `512 → 1024`."""
    left, right = (
        show_side(part.left or None if part.name else part.left),
        show_side(part.right or None if part.name else part.right),
    )
    change = "another value, which is secret" if left == right == MASK else f"{left} → {right}"
    return f"{part.name} {change}".strip()
