"""Values of a task definition as an overlay's patch has them: map form, shorthands, and `$` in front of keys that have one."""

from __future__ import annotations

from generator.adopt.pairing import MARK
from generator.adopt.spots import Spot, identify, key_items, spell
from generator.adopt.template_text import write_rendered
from generator.documents.parsing.overlay import EXPRESSION
from generator.documents.parsing.sections import RENDER
from generator.ecs.lists import ListRow, spell_identity
from generator.model.nodes import Value


def patch_value(value: Value, spot: Spot) -> Value:
    """Write a value that the template does not have, whole."""
    if isinstance(value, dict):
        return {escape_key(key): patch_value(child, spot.enter(key)) for key, child in value.items() if key != MARK}
    if isinstance(value, list):
        return patch_list(value, spot)
    return patch_scalar(value)


def patch_scalar(value: Value) -> Value:
    """Write a scalar. A text that looks like Jinja says that rendering gives it as it is."""
    if not isinstance(value, str) or not value.isprintable() or not EXPRESSION.search(value):
        return value
    return {RENDER: write_rendered(value)}


def patch_list(value: list[Value], spot: Spot) -> Value:
    """Write a list whole: in the map form where its items have identities that a key can spell."""
    row = spot.step.row
    keyed = key_items({"": value}, row) if row is not None and row.identity else None
    if row is None or not row.identity:
        return [raw_value(item) for item in value]
    if not value or keyed is None or not all(spells(row, item) for item in value):
        return {"$replace": [raw_value(item) for item in value]}
    made = {}
    for identity, item in keyed[""].items():
        made[patch_key(row, item)] = patch_item(item, spot.enter_item(identity), row)
    return made


def patch_item(item: Value, spot: Spot, row: ListRow) -> Value:
    """Write an item of a list that merges by identity; its key says the identity."""
    spelled = spell_identity(row, bare_key(row, item)) or {}
    rest = {key: value for key, value in item.items() if key not in spelled and key != MARK}
    written = {escape_key(key): patch_value(value, spot.enter(key)) for key, value in rest.items()}
    return shorten({"$add": True, **written} if row.strict else written, row)


def shorten(patch: Value, row: ListRow) -> Value:
    """Write the only member of an item as a bare value, where the list has such a shorthand; a bare null would delete the item."""
    if row.shorthand is not None and list(patch) == [row.shorthand]:
        only = patch[row.shorthand]
        if only is None:
            return patch
        return only if not isinstance(only, dict) or RENDER in only else patch
    return patch


def spells(row: ListRow, item: Value) -> bool:
    """Whether a key can say all that an item is known by, and nothing else."""
    spelled = spell_identity(row, bare_key(row, item))
    return spelled is not None and all(spell(item.get(name, "")) == text for name, text in spelled.items())


def bare_key(row: ListRow, item: Value) -> str:
    """Give the key of an item in the map form: for a port without a protocol, the port alone."""
    if row.strict:
        return str(item["name"])
    identity = identify(row, item) or ""
    return identity.partition("/")[0] if "containerPort" in row.identity and "protocol" not in item else identity


def patch_key(row: ListRow, item: Value) -> str:
    return escape_key(bare_key(row, item))


def raw_value(value: Value) -> Value:
    """Write a value inside of a list that is taken whole."""
    if isinstance(value, dict):
        return {escape_key(key): raw_value(child) for key, child in value.items() if key != MARK}
    return [raw_value(child) for child in value] if isinstance(value, list) else patch_scalar(value)


def escape_key(key: str) -> str:
    """Write a key that begins with a dollar, so that it is no directive."""
    return f"${key}" if key.startswith("$") else key
