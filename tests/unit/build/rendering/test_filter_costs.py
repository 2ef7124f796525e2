"""What each filter and test is charged, to the step: nothing here is large, so no charge may be missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.build.rendering.bounds import BoundError, Meter
from generator.build.rendering.filter_costs import Options, charge_filter, charge_rounding, charge_test
from generator.model.nodes import Value

FILTERS: list[tuple[str, tuple[Value, ...], dict[str, Value], int]] = [
    # The call, the widths, the options, the operand, and what the filter does
    ("upper", ("a",), {}, 50 + 2),
    ("default", (1, "x" * 160), {}, 50 + 11),
    ("center", ("a", 1000), {}, 50 + 1000 + 4 + 2),
    ("batch", ([1, 2], -1000), {}, 50 + 1000 + 1 + 6),
    ("format", ("%9d|", 1), {}, 50 + 1 + 5 + 22),
    ("format", ("%(a)9d|",), {"a": 1}, 50 + 1 + 8 + 25),
    ("indent", ("a\nb",), {}, 50 + 4 + 11),
    ("indent", ("a\nb", 10), {}, 50 + 10 + 2 + 4 + 23),
    ("indent", ("a\nb",), {"width": 10}, 50 + 10 + 2 + 4 + 23),
    ("indent", ("a\nb", -10), {}, 50 + 10 + 2 + 4 + 3),
    ("indent", ("a\nb", "--"), {}, 50 + 3 + 4 + 7),
    ("wordwrap", ("x" * 320, 1), {}, 50 + 1 + 1 + 321 + 6400 + 640),
    ("wordwrap", ("a b",), {"wrapstring": "abc"}, 50 + 4 + 4 + 12),
    ("striptags", ("<" * 16,), {}, 50 + 17 + 4),
    ("join", (["a", "bc"], "--"), {}, 50 + 1 + 9 + 7),
    ("join", ([{"a": 1}, {"a": 2}], "--", "a"), {}, 50 + 2 + 18 + 6),
    ("replace", ("aXbX", "X", "123"), {}, 50 + 2 + 4 + 5 + 10),
    ("replace", ("aXbX", "X", 7), {}, 50 + 2 + 2 + 5 + 26),
    ("replace", ("a", 1, "12"), {}, 50 + 1 + 3 + 2 + 5),
    ("trim", ("x" * 64, "yz"), {}, 50 + 3 + 65 + 2),
    ("round", (1.5, 3000), {}, 50 + 3000 + 1 + 1 + 2500),
    ("sum", ([1, 2],), {}, 50 + 6),
    ("sum", ([[1], [2]],), {"start": []}, 50 + 4 + 14 + 14 + 2 * 14),
    ("sort", (["b", "a"],), {}, 50 + 6 + 6 + 2 * 6 + 2 * 16),
    ("groupby", ([{"a": 1}], "a"), {}, 50 + 1 + 10 + 10 + 10 + 16),
    ("dictsort", ({"a": 1},), {}, 50 + 6 + 6 + 6 + 16),
    ("unique", ([1 << 61, 1 << 62],), {}, 50 + 10 + 1),
    ("unique", (range(0, 1 << 63, 1 << 61),), {}, 50 + 13 + 4),
    # The parts of a path, for each member
    ("map", ([1, 2],), {"attribute": "a.b,c"}, 50 + 1 + 2 * 2),
    ("max", ([1, 2],), {"attribute": "a.b,c"}, 50 + 1 + 6 + 2 * 6),
]


@pytest.mark.parametrize(("name", "operands", "keywords", "steps"), FILTERS)
def test_a_filter_is_charged(name: str, operands: tuple[Value, ...], keywords: dict[str, Value], steps: int) -> None:
    meter = Meter()
    assert (charge_filter(meter, name, operands, keywords), meter.steps) == (operands, steps)


TESTS: list[tuple[str, tuple[Value, ...], int]] = [
    # The call, the operands, and their product
    ("string", ("x" * 160,), 50),
    ("eq", ("x" * 160, [1]), 50 + 11 + 5),
    ("divisibleby", (1 << 2999, 1 << 2999), 50 + 101 + 101 + 156),
]


@pytest.mark.parametrize(("name", "operands", "steps"), TESTS)
def test_a_test_is_charged(name: str, operands: tuple[Value, ...], steps: int) -> None:
    meter = Meter()
    assert (charge_test(meter, name, operands), meter.steps) == (operands, steps)


@pytest.mark.parametrize(
    ("operands", "at"),
    [((iter([[1], [2]]),), 0), (([1], "in", iter([[1], [2]])), 2)],
    ids=["what it is applied to", "an option"],
)
def test_each_value_of_a_series_that_a_filter_takes_is_charged(operands: tuple[Value, ...], at: int) -> None:
    meter = Meter()
    check_each(meter, charge_filter(meter, "select", operands, {})[at])


def test_each_value_of_a_series_that_a_test_takes_is_charged() -> None:
    meter = Meter()
    check_each(meter, charge_test(meter, "in", ([1], iter([[1], [2]])))[1])


def check_each(meter: Meter, series: Iterator[Value]) -> None:
    before = meter.steps
    assert [(value, meter.steps - before) for value in series] == [([1], 5), ([2], 10)]


@pytest.mark.parametrize("name", ["groupby", "join", "sort", "sum", "unique"])
def test_a_filter_that_needs_all_values_of_a_series_is_charged_for_all(name: str) -> None:
    meter = Meter()
    assert charge_filter(meter, name, (iter(["a", "b"]),), {}) == (["a", "b"],)


def test_a_number_is_rounded_by_no_more_digits_than_a_number_may_have() -> None:
    charge_rounding(Meter(), 1.5, Options((16_384,), {}))
    with pytest.raises(BoundError, match="`16385` is too large here"):
        charge_rounding(Meter(), 1.5, Options((16_385,), {}))
