"""What each operator is charged, to the step, and what it is refused for: nothing here is large, so no charge may be missing."""

from __future__ import annotations

import pytest

from generator.build.rendering.bounds import MOST_BITS, MOST_TEXT, BoundError, Meter
from generator.build.rendering.operator_costs import charge_operation
from generator.model.nodes import Value

DIGITS = 1 << 2999
"""A number of a hundred of Python's digits."""

LARGE: dict[int, int] = {1 << 61: 1, 1 << 62: 1}
"""A mapping whose keys may have one hash together."""

OPERATIONS: list[tuple[Value, str, Value, int]] = [
    # The digits of both, and their product
    *((DIGITS, operator, DIGITS, 200 + 156) for operator in ("+", "-", "*", "//", "%")),
    (DIGITS, "*", 1, 100),
    (1, "*", DIGITS, 100),
    (DIGITS, "**", 2, 400 + 625),
    (DIGITS, "**", -2, 0),
    # The operands, and the text that is made
    ("%9d|", "%", 1, 1 + 22),
    (b"%9d|", "%", 1, 1 + 22),
    ("ab", "+", "c", 3),
    (["a"], "+", ["b", "c"], 6),
    ("ab", "*", 3, 6),
    (3, "*", "ab", 6),
    (["a"], "*", 3, 6),
    (3, "*", ["a"], 6),
    ("ab", "*", -3, 0),
    (-3, "*", "ab", 0),
    # The operands, and members that may have one hash
    (1.5, "/", 2, 2),
    (LARGE.keys(), "-", [1], 10 + 5 + 1),
    ([1], "-", LARGE.keys(), 5 + 10 + 1),
]


@pytest.mark.parametrize(("left", "operator", "right", "steps"), OPERATIONS)
def test_an_operator_is_charged(left: Value, operator: str, right: Value, steps: int) -> None:
    meter = Meter()
    charge_operation(meter, operator, left, right)
    assert meter.steps == steps


HALF = 1 << MOST_BITS // 2
SIZE = "this produces more than 1 MiB of text"
BITS = f"this produces a number of more than {MOST_BITS} bits"

REFUSED: list[tuple[Value, str, Value, str]] = [
    ("ab", "*", MOST_TEXT // 2 + 1, SIZE),
    (MOST_TEXT // 2 + 1, "*", [1, 2], SIZE),
    (1 << MOST_BITS - 1, "+", 1, BITS),
    (1, "-", 1 << MOST_BITS - 1, BITS),
    (HALF, "*", HALF, BITS),
    (2, "**", MOST_BITS, BITS),
]


@pytest.mark.parametrize(("left", "operator", "right", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_would_be_too_large_is_not_computed(left: Value, operator: str, right: Value, message: str) -> None:
    with pytest.raises(BoundError, match=message):
        charge_operation(Meter(), operator, left, right)
