"""How much one render may do: counts items, text and depth, and foresees operations that would multiply text. Refuses by E109."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sized

from generator.model.findings import Place
from generator.model.nodes import Value

MOST_ITEMS = 100_000
"""Items that all loops of one render may go through together."""

MOST_TEXT = 1 << 20
"""Characters of one text, and members of one value: ECS takes a task definition of 64 KiB."""

MOST_WORK = 16 << 20
"""Characters and members that one render may make altogether, whether they are printed or not."""

MOST_CALLS = 60
"""How deep macros may call each other: six Python frames each, well within Python's thousand."""

MOST_PARTIALS = 30
"""How deep templates may include each other."""

MOST_BITS = 1 << 16
"""Bits of a number."""


class BoundError(Exception):
    """A render would do more than any task definition needs."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class Meter:
    """What one render has done so far."""

    __slots__ = ("calls", "items", "work")

    def __init__(self) -> None:
        self.items = 0
        self.work = 0
        self.calls = 0

    def count_items(self, items: Value, place: Place | None = None) -> Value:
        """Count what a loop goes through: at once where the number is known, else one by one."""
        if isinstance(items, Sized):
            self.add_items(len(items))
            return items
        return self._count_each(items, place) if isinstance(items, Iterable) else items

    def _count_each(self, items: Iterable[Value], place: Place | None) -> Iterator[Value]:
        for item in items:
            self.add_items(1, place)
            yield item

    def add_items(self, count: int, place: Place | None = None) -> None:
        self.items += count
        if self.items > MOST_ITEMS:
            raise BoundError(f"the loops of this template go through more than {MOST_ITEMS} items", place)

    def spend(self, size: int, place: Place | None = None) -> None:
        """Count text or members that were made."""
        check_size(size, place)
        self.work += size
        if self.work > MOST_WORK:
            raise BoundError("this template makes more than 16 MiB of text", place)

    def spend_on(self, value: Value) -> None:
        """Count what a filter or a function gave."""
        self.spend(len(value) if isinstance(value, (str, bytes, list, tuple, dict, set, frozenset)) else 1)

    def enter_call(self) -> None:
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise BoundError(f"macros call each other more than {MOST_CALLS} levels deep")

    def leave_call(self) -> None:
        self.calls -= 1


def check_size(size: int, place: Place | None = None) -> None:
    """Refuse a text or a value that is, or would become, too large."""
    if size > MOST_TEXT:
        raise BoundError("this gives more than 1 MiB of text", place)


def limit_range(*arguments: int) -> range:
    """Make a range that a loop may go through."""
    numbers = range(*arguments)
    if numbers[MOST_ITEMS:]:
        raise BoundError(f"a range of more than {MOST_ITEMS} numbers")
    return numbers


def check_operation(operator: str, left: Value, right: Value) -> None:
    """Refuse an operator that would multiply text or digits."""
    if operator == "+":
        if isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            check_size(len(left) + len(right))
    elif operator == "%":
        if isinstance(left, str):
            check_percent(left, right if isinstance(right, tuple) else (right,))
    elif isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * max(right, 0) if operator == "**" else left.bit_length() + right.bit_length()
        if bits > MOST_BITS:
            raise BoundError(f"this gives a number of more than {MOST_BITS} bits")
    elif operator == "*":
        for items, times in ((left, right), (right, left)):
            if isinstance(items, (str, bytes, list, tuple)) and isinstance(times, int):
                check_size(len(items) * max(times, 0))


def check_percent(text: str, values: Iterable[Value]) -> None:
    """Refuse a `%` format whose widths are too large."""
    if "%" in text:
        for width in re.findall(r"%(?:\([^)]*\))?[-+ #0]*([0-9]{7,})?(?:\.([0-9]{7,}))?", text):
            check_size(max((int(digits[:9]) for digits in width if digits), default=0))
        if "*" in text:
            check_numbers(values)


def check_format(text: str, values: Iterable[Value]) -> None:
    """Refuse a `str.format` whose widths are too large."""
    for field in re.findall(r"\{[^{}]*:([^}]*)", text):
        for digits in re.findall("[0-9]{7,}", field):
            check_size(int(digits[:9]))
        if "{" in field:
            check_numbers(values)


def check_numbers(values: Iterable[Value]) -> None:
    """Refuse widths, counts and precisions that are too large."""
    for value in values:
        if isinstance(value, int) and abs(value) > MOST_TEXT:
            raise BoundError(f"`{value}` is too large here" if abs(value) < 1 << 64 else "a number is too large here")


def check_method(owner: Value, name: str, arguments: tuple[Value, ...], keywords: dict[str, Value]) -> None:
    """Refuse a method of a text or a number that would multiply text."""
    values = (*arguments, *keywords.values())
    if isinstance(owner, str):
        if name in ("format", "format_map"):
            mappings = (member for value in values if isinstance(value, dict) for member in value.values())
            check_format(owner, (*values, *mappings))
            return
        if name == "replace" and len(arguments) > 1:
            check_replacing(owner, arguments[0], arguments[1])
        elif name == "join" and arguments and isinstance(arguments[0], (list, tuple)):
            check_joining(arguments[0], owner)
        elif name == "translate" and arguments and isinstance(arguments[0], dict):
            longest = max((len(part) for part in arguments[0].values() if isinstance(part, str)), default=1)
            check_size(len(owner) * longest)
    if isinstance(owner, (str, bytes, int)):
        check_numbers(values)


def check_replacing(text: str, old: Value, new: Value) -> None:
    """Refuse a replacement whose result is too large."""
    if isinstance(old, str) and isinstance(new, str):
        check_size(len(text) + text.count(old) * len(new))


def check_joining(items: Iterable[Value], separator: Value) -> None:
    """Refuse to join what gives too large a text."""
    size = 0
    between = len(separator) if isinstance(separator, str) else 0
    for item in items:
        size += between + (len(item) if isinstance(item, str) else 1)
        check_size(size)
