"""How long a text that is formatted becomes, at most: owns the notations of `%` and of `format`. Formats nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.build.rendering.bounds import MOST_LEVELS, MOST_TEXT, check_numbers
from generator.build.rendering.weights import CONTAINERS, list_members, measure_format
from generator.model.nodes import Value

DIGITS = 9
"""So many digits of a width are read: a width that has them all is too large anyway."""


class Operands:
    """What is formatted, by position or name, with the characters that each may take."""

    __slots__ = ("longest", "named", "sizes")

    def __init__(self, named: Mapping[Value, Value]) -> None:
        self.named = named
        self.sizes = {name: measure_format(value, MOST_TEXT, MOST_LEVELS) for name, value in named.items()}
        self.longest = max(self.sizes.values(), default=0)

    def measure(self, name: Value) -> int:
        """Count the characters of an operand; of one that is not known, those of the longest."""
        return self.sizes.get(name, self.longest)


def measure_percent(format: str | bytes, right: Value) -> int:
    """Count the characters of what the operator `%` gives: text, widths, precisions and values."""
    text = format.decode("latin-1") if isinstance(format, bytes) else format
    values = right if isinstance(right, tuple) else (right,)
    found = re.findall(r"%(?:\(([^)]*)\))?[-+ #0]*([0-9]*)(?:\.([0-9]*))?", text)
    size = len(text) + sum(read_width(digits) for _, *widths in found for digits in widths)
    if "*" in text:
        size += check_numbers(values)
    if isinstance(right, Mapping) and "%(" in text:
        operands = Operands(right)
        return size + sum(operands.measure(name) for name, *_ in found)
    return size + sum(measure_format(value, MOST_TEXT, MOST_LEVELS) for value in values)


def measure_fields(text: str, arguments: tuple[Value, ...], keywords: Mapping[Value, Value]) -> int:
    """Count the characters of what `format` gives."""
    operands = Operands({**dict(enumerate(arguments)), **keywords})
    size = len(text)
    fields = tuple(split_fields(text))
    nested = any("{" in spec for _, spec in fields)  # these take operands too, without a number of their own
    number = 0
    for name, spec in fields:
        owner = re.split(r"[.\[]", name, maxsplit=1)[0]
        if owner:
            size += operands.measure(int(owner[:DIGITS]) if owner.isdecimal() else owner)
        else:
            size += operands.longest if nested else operands.measure(number)
            number += 1
        size += sum(read_width(digits) for digits in re.findall("[0-9]+", spec))
        if "{" in spec:
            size += spec.count("{") * find_widest(operands.named.values())
    return size


def split_fields(text: str) -> Iterator[tuple[str, str]]:
    """Split the fields of a format into names and specifications, up to where it cannot be read."""
    from string import Formatter

    try:
        for _, name, spec, _ in Formatter().parse(text):
            if name is not None:
                yield name, spec or ""
    except ValueError:  # formatting it says so
        return


def find_widest(values: Iterable[Value]) -> int:
    """Find the largest width that values may give, as numbers or in text. They nest no deeper than may be."""
    widest = 0
    for value in values:
        if isinstance(value, CONTAINERS):
            widest = max(widest, find_widest(list_members(value)))
        elif isinstance(value, str):
            widest = max(widest, *(read_width(digits) for digits in re.findall("[0-9]+", value)), 0)
        else:
            widest = max(widest, check_numbers((value,)))
    return widest


def read_width(digits: str) -> int:
    return int(digits[:DIGITS]) if digits else 0
