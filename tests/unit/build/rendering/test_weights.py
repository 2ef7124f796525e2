"""What a walk through a value counts: each member, character and digit that it meets, and no more of them than asked."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from generator.build.rendering.weights import measure_colliding, measure_format, measure_value
from generator.model.nodes import Value

WHOLE: list[tuple[Value, int]] = [
    (None, 1),
    ("x" * 160, 161),
    (b"x" * 160, 161),
    (2**60, 1 + 20),
    (1.5, 1 + 24),
    (range(9), 1 + 9 * 2),
    (["x" * 16, (1.5,)], 4 + 17 + 4 + 25),
]


@pytest.mark.parametrize(("value", "weight"), WHOLE)
def test_the_weight_of_a_value_whose_text_is_made_anew_is_all_of_it(value: Value, weight: int) -> None:
    assert measure_value(value, 1000, 9, whole=True)[0] == weight


FORMATTED: list[tuple[Value, int]] = [(None, 1), (2**60, 8 + 61), (1.5, 320), ("ab", 3), (["ab"], 7)]


@pytest.mark.parametrize(("value", "size"), FORMATTED)
def test_a_value_has_so_many_characters_in_a_format(value: Value, size: int) -> None:
    assert measure_format(value, 1000, 9) == size


COLLIDING: list[tuple[Iterable[Value], int]] = [
    (["a", b"a", None, 1, 2**60 - 1], 0),
    ([2**60, -(2**60)], 1),
    ([1.5, 2.5, (1,), (2,)], 4),
    (range(100), 0),
    (range(2**60), 0),
    (range(0, 2**62, 2**60), 4),
    (range(0, -(2**62), -(2**60)), 4),
    (range(2**60, 2**60), 0),
]


@pytest.mark.parametrize(("values", "steps"), COLLIDING)
def test_values_that_may_have_one_hash_are_compared_each_with_each(values: Iterable[Value], steps: int) -> None:
    assert measure_colliding(values) == steps


def nest(levels: int) -> Value:
    """Make lists in lists, so many in all."""
    value: Value = []
    for _ in range(levels - 1):
        value = [value]
    return value


TWICE = nest(3)

LEVELS: list[tuple[Value, int]] = [
    (nest(4), 4),
    ([nest(3), 1], 4),
    ([nest(1), nest(3)], 4),
    ([TWICE, TWICE], 4),
    ([[TWICE], TWICE], 5),
    ([TWICE, [TWICE]], 5),
]


@pytest.mark.parametrize(("value", "levels"), LEVELS)
def test_levels_are_counted_also_of_parts_that_are_there_twice(value: Value, levels: int) -> None:
    assert measure_value(value, 1000, 9)[1] == levels
    assert measure_value(value, 1000, levels)[1] == levels
    assert measure_value(value, 1000, levels - 1)[1] > levels - 1


def test_a_walk_ends_as_soon_as_it_is_too_deep() -> None:
    assert measure_value(nest(9), 1000, 3) == (4, 5)


def test_a_walk_ends_as_soon_as_it_weighs_too_much() -> None:
    assert measure_value([1, 2, 3, [4]], 5, 9) == (6, 1)
    assert measure_value([[1, 2], 3], 5, 9) == (6, 2)
