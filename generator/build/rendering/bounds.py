"""How much one render may do: one meter counts its steps, before they are taken. Refuses by E109, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from weakref import WeakKeyDictionary

from generator.build.rendering.weights import measure_colliding, measure_value
from generator.model.findings import Place
from generator.model.nodes import Value

MOST_ITEMS = 100_000
"""Items that all loops of one render may go through together."""

MOST_TEXT = 1 << 20
"""Characters of one text, and members of one value: ECS takes a task definition of 64 KiB."""

MOST_STEPS = 16_000_000
"""Steps of one render. A step makes a character, reads sixteen, or looks at a member; it takes twelve bytes at most."""

MOST_CALLS = 60
"""How deep macros may call each other: six Python frames each, well within Python's thousand."""

MOST_PARTIALS = 30
"""How deep templates may include each other."""

MOST_ABSENCES = 100
"""Uses of names that are not defined, which one render reports."""

MOST_BITS = 1 << 16
"""Bits of a number."""

MOST_LEVELS = 200
"""How deep a value may nest that is compared or given to a filter, a test or a function: Python itself goes through it by recursion."""

MOST_SERIES = 30
"""How many lazy filters may build on each other: Python asks each for an item through all of the others."""

MEMBER_STEPS = 16
"""Steps to make a member of a list or a mapping."""


class BoundError(Exception):
    """A render would do more than any task definition needs."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class Meter:
    """What one render has done so far."""

    __slots__ = ("calls", "items", "most", "series", "steps")

    def __init__(self, most: int = MOST_STEPS) -> None:
        self.most = most
        self.items = 0
        self.steps = 0
        self.calls = 0
        self.series: WeakKeyDictionary[Iterator[Value], int] = WeakKeyDictionary()

    def take(self, steps: int, place: Place | None = None) -> None:
        """Count steps that are about to be taken."""
        self.steps += steps
        if self.steps > self.most:
            raise BoundError(f"this template takes more than {self.most} steps", place)

    @property
    def is_spent(self) -> bool:
        """Whether what was asked for is more than there is, so that nothing else can be rendered."""
        return self.steps > self.most or self.items > MOST_ITEMS

    def spend(self, size: int, place: Place | None = None) -> None:
        """Count text or members that are made."""
        check_size(size, place)
        self.take(size, place)

    def spend_on(self, value: Value) -> None:
        """Count what a filter or a function gave."""
        if isinstance(value, (str, bytes)):
            self.spend(len(value))
        elif isinstance(value, (list, tuple, dict, set, frozenset)):
            check_size(len(value))
            self.take(len(value) * MEMBER_STEPS)
        elif isinstance(value, int):
            check_bits(value.bit_length())
            self.take(value.bit_length() // 30)

    def weigh(self, value: Value, *, whole: bool = False) -> int:
        """Count what it takes to go through a value, shared parts each time; `whole` where its text is made again."""
        weight, levels = measure_value(value, self.most - self.steps, MOST_LEVELS, whole=whole)
        if levels > MOST_LEVELS:
            raise BoundError(f"a value that nests deeper than {MOST_LEVELS} levels is read")
        self.take(weight)
        return weight

    def weigh_colliding(self, values: Iterable[Value]) -> None:
        """Count what it takes to tell values apart that are put into one mapping or set."""
        self.take(measure_colliding(values))

    def count_items(self, items: Value, place: Place | None = None) -> Value:
        """Count what a loop goes through: at once where the number is known, else one by one."""
        if isinstance(items, Sized):
            self.add_items(len(items))
            return items
        return self._count_each(items, place) if isinstance(items, Iterable) else items

    def _count_each(self, items: Iterable[Value], place: Place | None) -> Iterator[Value]:
        try:
            for item in items:
                self.add_items(1, place)
                yield item
        except BoundError as error:
            error.place = error.place or place
            raise

    def add_items(self, count: int, place: Place | None = None) -> None:
        self.items += count
        if self.items > MOST_ITEMS:
            raise BoundError(f"the loops of this template go through more than {MOST_ITEMS} items", place)

    def weigh_each(self, items: Iterator[Value], extra: int = 0) -> Iterator[Value]:
        """Count what a series of values gives, while it gives it."""
        for item in items:
            self.weigh(item)
            self.take(extra)
            yield item

    def chain_series(self, result: Value, operands: Iterable[Value]) -> None:
        """Refuse a series of values that builds on too many others."""
        if isinstance(result, Iterator):
            below = (self.series.get(value, 0) for value in operands if isinstance(value, Iterator))
            self.series[result] = level = 1 + max(below, default=0)
            if level > MOST_SERIES:
                raise BoundError(f"more than {MOST_SERIES} filters build on each other without a list between them")

    def enter_call(self) -> None:
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise BoundError(f"macros call each other more than {MOST_CALLS} levels deep")

    def leave_call(self) -> None:
        self.calls -= 1


def check_size(size: int, place: Place | None = None) -> None:
    """Refuse a text or a value that is, or would become, too large."""
    if size > MOST_TEXT:
        raise BoundError("this produces more than 1 MiB of text", place)


def check_bits(bits: int) -> None:
    """Refuse a number that is, or would become, too large."""
    if bits > MOST_BITS:
        raise BoundError(f"this produces a number of more than {MOST_BITS} bits")


def check_numbers(values: Iterable[Value]) -> int:
    """Refuse widths, counts and precisions that are too large. Gives their sum."""
    total = 0
    for value in values:
        if isinstance(value, int):
            total += abs(value)
            if abs(value) > MOST_TEXT:
                raise BoundError(
                    f"`{value}` is too large here" if abs(value) < 1 << 64 else "a number is too large here"
                )
    return total


def limit_range(*arguments: int) -> range:
    """Make a range that a loop may go through."""
    numbers = range(*arguments)
    if numbers[MOST_ITEMS:]:
        raise BoundError(f"a range of more than {MOST_ITEMS} numbers")
    return numbers
