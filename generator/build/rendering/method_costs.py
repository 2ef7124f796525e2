"""What calls of functions and of Python's own methods cost: counted before they run, and refused where they would give too much."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.build.rendering.bounds import MEMBER_STEPS, Meter, check_numbers
from generator.build.rendering.weights import CONTAINERS, VIEWS
from generator.model.nodes import Value

CHEAP = ("copy", "get", "items", "keys", "values")
"""Methods of mappings that look at no more than one member, or whose result is counted."""

LINEAR_CODECS = ("ascii", "latin-1", "latin1", "utf-16", "utf-32", "utf-8", "utf8")
"""The ways to write text as bytes that are known to take a time as long as the text."""

REPLACING = ("strict", "ignore", "replace")
"""What may be done with a character that has no bytes without writing its name in its place."""

Text = str | bytes


def charge_call(
    meter: Meter, function: Callable[..., Value], arguments: tuple[Value, ...], keywords: dict[str, Value]
) -> tuple[Value, ...]:
    """Count a call. Returns the arguments to call it with: of a series each value is counted."""
    method = getattr(function, "__wrapped__", function)
    owner, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
    hashing = isinstance(function, type) or isinstance(owner, (type, set, frozenset, *VIEWS))
    gathers = hashing or (name == "join" and isinstance(owner, (str, bytes)))
    arguments = tuple(
        (list(meter.weigh_each(value)) if gathers else meter.weigh_each(value))
        if isinstance(value, Iterator)
        else value
        for value in arguments
    )
    values = (*arguments, *keywords.values())
    for value in values:
        meter.weigh(value)
    if not (isinstance(owner, dict) and name in CHEAP):
        meter.weigh(owner)
    if hashing:
        for value in (owner, *values):
            charge_gathering(meter, value)
    if isinstance(owner, (str, bytes)):
        charge_text_method(meter, owner, name, arguments, keywords)
    elif isinstance(owner, int):
        meter.take(check_numbers(values))
    return arguments


def charge_gathering(meter: Meter, value: Value) -> None:
    """Count what it takes to make a mapping or a set of a value, or of pairs."""
    if isinstance(value, (str, bytes, range, *CONTAINERS)):
        meter.take(len(value) * MEMBER_STEPS)
        if isinstance(value, range):
            meter.weigh_colliding(value)
        elif not isinstance(value, (str, bytes)):
            meter.weigh_colliding(item[0] if isinstance(item, (list, tuple)) and item else item for item in value)


def charge_text_method(
    meter: Meter, text: Text, name: str, arguments: tuple[Value, ...], keywords: dict[str, Value]
) -> None:
    """Count a method of a text."""
    from generator.build.rendering.format_sizes import measure_fields  # only if a template has a method of a text

    if isinstance(text, str) and name == "format":
        meter.spend(measure_fields(text, arguments, keywords))
        return
    if isinstance(text, str) and name == "format_map":
        given = arguments[0] if arguments else {}
        meter.spend(measure_fields(text, (), given if isinstance(given, dict) else {}))
        return
    meter.take(check_numbers((*arguments, *keywords.values())))
    charge = TEXT_METHODS.get(name)
    if charge is not None and arguments:
        charge(meter, text, *arguments[:2])
    elif name == "expandtabs":
        charge_tabs(meter, text, keywords.get("tabsize", 8))
    elif name in ("encode", "decode"):
        charge_codec(meter, text, keywords.get("encoding", "utf-8"), keywords.get("errors", "strict"))


def charge_tabs(meter: Meter, text: Text, width: Value, _: Value = None) -> None:
    tabs = text.count("\t") if isinstance(text, str) else text.count(b"\t")
    meter.spend(len(text) + tabs * (max(width, 0) if isinstance(width, int) else 0))


def charge_codec(meter: Meter, text: Text, codec: Value, errors: Value = "strict") -> None:
    """Count what codecs do, some of which search the whole text for each character, or write names of characters."""
    if not (isinstance(codec, str) and codec.lower().replace("_", "-") in LINEAR_CODECS):
        meter.take(len(text) * len(text))
    meter.spend(len(text) * (1 if errors in REPLACING else 100))


def charge_replacing(meter: Meter, text: Text, old: Value, new: Value = None) -> None:
    if isinstance(text, bytes) and isinstance(old, bytes):
        text, old = text.decode("latin-1"), old.decode("latin-1")
    if isinstance(text, str) and isinstance(old, str):  # else Python says that they differ
        meter.spend(len(text) + text.count(old) * (len(new) if isinstance(new, (str, bytes)) else 0))


def charge_joining(meter: Meter, separator: Value, items: Value, _: Value = None) -> None:
    """Count what is joined, which may be text of any kind."""
    between = len(separator) if isinstance(separator, (str, bytes)) else 0
    size = 0
    if isinstance(items, (list, tuple, dict, set, frozenset, str, *VIEWS)):
        for item in items:
            size += between + (len(item) if isinstance(item, (str, bytes)) else 1)
    meter.spend(size)


def charge_translation(meter: Meter, text: Text, table: Value, _: Value = None) -> None:
    parts = table.values() if isinstance(table, dict) else table if isinstance(table, (list, tuple)) else ()
    meter.spend(len(text) * max((len(part) for part in parts if isinstance(part, str)), default=1))


def charge_searching(meter: Meter, text: Text, part: Value, _: Value = None) -> None:
    """Count what Python does from the end of a text, or with a set of characters: it compares all with all."""
    if isinstance(part, (str, bytes)):
        meter.take(len(text) * len(part) >> 6)


TEXT_METHODS: dict[str, Callable[..., None]] = {
    "decode": charge_codec,
    "encode": charge_codec,
    "expandtabs": charge_tabs,
    "join": charge_joining,
    "lstrip": charge_searching,
    "replace": charge_replacing,
    "rfind": charge_searching,
    "rindex": charge_searching,
    "rpartition": charge_searching,
    "rsplit": charge_searching,
    "rstrip": charge_searching,
    "strip": charge_searching,
    "translate": charge_translation,
}
"""What methods cost beyond the text, the arguments and the numbers among them."""
