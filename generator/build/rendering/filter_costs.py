"""What filters and tests cost: counted before they run, and refused where they would give too much.

A filter or test that is not named here is taken to look at all of its operands, and numbers among them to be widths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.build.rendering.bounds import (
    MEMBER_STEPS,
    MOST_BITS,
    MOST_LEVELS,
    MOST_TEXT,
    BoundError,
    Meter,
    check_numbers,
)
from generator.build.rendering.format_sizes import measure_percent
from generator.build.rendering.helpers import MisuseError
from generator.build.rendering.method_costs import charge_joining, charge_searching
from generator.build.rendering.weights import CONTAINERS, LIMB, measure_format
from generator.model.nodes import Value
from generator.model.records import Record

CALL_STEPS = 50
"""Steps of any call of a filter or a test: Python's own work for it, and an object that may be its result."""

FOR_TEXT = frozenset((
    "capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower", "replace", "striptags", "title", "trim",
    "truncate", "upper", "wordcount", "wordwrap",
))  # fmt: skip
"""Filters that make text of anything, in Python's notation. Here they take what has one text in JSON's."""

SHALLOW = frozenset((
    "attr", "count", "d", "default", "first", "items", "last", "length", "list", "map", "reject", "rejectattr", "safe", "select",
    "selectattr",
))  # fmt: skip
"""Filters that look at no members of members. What those do that apply another one is counted there."""

SIZED_ONLY = ("count", "length")
"""Filters that take no series of values, and say so themselves."""

WHOLE = frozenset(("groupby", "join", "sort", "sum", "unique"))
"""Filters that need all values of a series before they can give one, or compare each with the others."""

WITHOUT_WIDTHS = frozenset((
    "abs", "attr", "d", "default", "float", "format", "groupby", "int", "join", "map", "max", "min", "reject", "rejectattr", "replace",
    "select", "selectattr", "sum", "unique",
))  # fmt: skip
"""Filters whose numbers are values or are counted by their format."""

SHALLOW_TESTS = frozenset((
    "boolean", "callable", "defined", "escaped", "false", "float", "integer", "iterable", "mapping", "none", "number", "sameas",
    "sequence", "string", "true", "undefined",
))  # fmt: skip


class Options(Record):
    """What a filter is given beside its operand, in the order of the filter's own signature."""

    values: tuple[Value, ...]
    named: dict[str, Value]

    def find(self, index: int, name: str, default: Value = None) -> Value:
        return self.values[index] if index < len(self.values) else self.named.get(name, default)


def charge_filter(
    meter: Meter, name: str, operands: tuple[Value, ...], keywords: dict[str, Value]
) -> tuple[Value, ...]:
    """Count a filter. Returns the operands to apply it to: of a series each value is counted."""
    meter.take(CALL_STEPS)
    options = (*operands[1:], *keywords.values())
    if name not in WITHOUT_WIDTHS:
        meter.take(check_numbers(options))
    parts = (
        0 if name in FOR_TEXT else sum(text.count(".") + text.count(",") for text in options if isinstance(text, str))
    )
    for option in options:
        meter.weigh(option, whole=name in FOR_TEXT)
    operands = count_operands(meter, name, operands, parts)
    charge = FILTERS.get(name)
    if charge is not None and operands:
        charge(meter, operands[0], Options(operands[1:], keywords))
    return operands


def count_operands(meter: Meter, name: str, operands: tuple[Value, ...], parts: int) -> tuple[Value, ...]:
    """Count what a filter is applied to, and for each member the parts of the path to what is looked at."""
    if not operands:
        return operands
    first, *rest = operands
    if isinstance(first, Iterator) and name not in SIZED_ONLY:
        first = meter.weigh_each(first, parts)
        if name in WHOLE:
            first = list(first)
    if name not in SHALLOW:
        meter.take(meter.weigh(first, whole=name in FOR_TEXT or name == "join") * parts)
    elif isinstance(first, (*CONTAINERS, str, bytes, range)):
        meter.take(len(first) * parts)
    rest = [meter.weigh_each(each) if isinstance(each, Iterator) else each for each in rest]
    return (first, *rest)


def charge_test(meter: Meter, name: str, operands: tuple[Value, ...]) -> tuple[Value, ...]:
    """Count a test. Returns the operands to apply it to."""
    meter.take(CALL_STEPS)
    if name not in SHALLOW_TESTS:
        operands = tuple(meter.weigh_each(each) if isinstance(each, Iterator) else each for each in operands)
        limbs = [each.bit_length() // LIMB for each in operands if isinstance(each, int)]
        for operand in operands:
            meter.weigh(operand)
        if len(limbs) == 2:
            meter.take(limbs[0] * limbs[1] >> 6)
    return operands


def charge_format(meter: Meter, text: Value, options: Options) -> None:
    if isinstance(text, str):
        meter.spend(measure_percent(text, options.named or options.values))


def charge_indent(meter: Meter, text: Value, options: Options) -> None:
    if isinstance(text, str):
        meter.spend(len(text) + (text.count("\n") + 1) * measure_width(options.find(0, "width", 4)))


def charge_wrapping(meter: Meter, text: Value, options: Options) -> None:
    """Count what wrapping takes: of a word longer than a line Python copies the rest for each line."""
    width = options.find(0, "width", 79)
    if not isinstance(width, int):  # a number that is none, with which no line is ever too long, never ends
        raise MisuseError("`wordwrap` takes a whole number as its width")
    if isinstance(text, str):
        between = measure_width(options.find(2, "wrapstring", ""))
        word = max(map(len, text.split()), default=0)
        meter.take(word * len(text) // max(width, 1) >> 4)
        meter.spend(len(text) * (1 + max(between, 1)))


def measure_width(width: Value) -> int:
    if isinstance(width, int):
        return max(width, 0)
    return len(width) if isinstance(width, (str, bytes)) else 0


def charge_tags(meter: Meter, text: Value, _: Options) -> None:
    if isinstance(text, str):
        meter.take(len(text) * text.count("<") >> 6)


def charge_joined(meter: Meter, items: Value, options: Options) -> None:
    between = options.find(0, "d", "")
    if options.find(1, "attribute") is None:
        charge_joining(meter, between, items)
    elif isinstance(items, CONTAINERS):
        meter.spend(len(items) * (1 + measure_width(between)))


def charge_replaced(meter: Meter, text: Value, options: Options) -> None:
    old, new = options.find(0, "old"), options.find(1, "new")
    if isinstance(text, str):
        times = text.count(old) if isinstance(old, str) else len(text) + 1
        size = len(new) if isinstance(new, str) else measure_format(new, MOST_TEXT, MOST_LEVELS)
        meter.spend(len(text) + times * size)


def charge_trimming(meter: Meter, text: Value, options: Options) -> None:
    charge_searching(meter, text, options.find(0, "chars"))


def charge_rounding(meter: Meter, _: Value, options: Options) -> None:
    """Count the digits of the power of ten that a number is rounded by."""
    precision = options.find(0, "precision", 0)
    if isinstance(precision, int):
        if abs(precision) * 4 > MOST_BITS:
            raise BoundError(f"`{precision}` is too large here")
        limbs = abs(precision) * 4 // LIMB
        meter.take(limbs * limbs >> 6)


def charge_sum(meter: Meter, items: Value, options: Options) -> None:
    """Count what a sum of lists takes: each is copied with all that were before."""
    if not isinstance(options.find(1, "start", 0), (int, float)) and isinstance(items, CONTAINERS):
        meter.take(len(items) * meter.weigh(items))


def charge_sorting(meter: Meter, items: Value, _: Options) -> None:
    if isinstance(items, (*CONTAINERS, str, range)):
        meter.take(meter.weigh(items) * len(items).bit_length() + len(items) * MEMBER_STEPS)


def charge_unique(meter: Meter, items: Value, _: Options) -> None:
    if isinstance(items, (*CONTAINERS, range)):
        meter.weigh_colliding(items)


FILTERS: dict[str, Callable[[Meter, Value, Options], None]] = {
    "dictsort": charge_sorting,
    "format": charge_format,
    "groupby": charge_sorting,
    "indent": charge_indent,
    "join": charge_joined,
    "replace": charge_replaced,
    "round": charge_rounding,
    "sort": charge_sorting,
    "striptags": charge_tags,
    "sum": charge_sum,
    "trim": charge_trimming,
    "unique": charge_unique,
    "wordwrap": charge_wrapping,
}
"""What filters cost beyond their operands and the numbers among them."""
