"""What each call is charged, to the step: nothing here is large, so no charge may be missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.build.rendering.bounds import BoundError, Meter
from generator.build.rendering.method_costs import charge_call
from generator.model.nodes import Value

LARGE: dict[int, int] = {1 << 61: 1, 1 << 62: 1}
"""A mapping whose keys may have one hash together."""

CALLS: list[tuple[Callable[..., Value], tuple[Value, ...], dict[str, Value], int]] = [
    # The arguments, what the method is of, the widths, and what it does
    (("x" * 160).upper, (), {}, 11),
    ([1, 2].count, ("x" * 160,), {}, 11 + 6),
    ({"a": 1}.get, ("x" * 160,), {}, 11),
    ({"a": 1}.popitem, (), {}, 6),
    ("a".center, (-1000,), {}, 1 + 1 + 1000),
    ((1).to_bytes, (1000, "big"), {}, 2 + 1 + 1000),
    ((1).to_bytes, (), {"length": 1000, "byteorder": "big"}, 2 + 1 + 1000),
    ("a\tb".expandtabs, (), {}, 1 + 11),
    ("a\tb".expandtabs, (10,), {}, 1 + 1 + 10 + 13),
    ("a\tb".expandtabs, (-10,), {}, 1 + 1 + 10 + 3),
    ("a\tb".expandtabs, (), {"tabsize": 10}, 1 + 1 + 10 + 13),
    (b"a\tb".expandtabs, (10,), {}, 1 + 1 + 10 + 13),
    ("abc".encode, (), {}, 1 + 3),
    ("abc".encode, ("punycode",), {}, 1 + 1 + 9 + 3),
    ("abc".encode, ("UTF_8", "namereplace"), {}, 2 + 1 + 300),
    ("abc".encode, (), {"encoding": "punycode", "errors": "namereplace"}, 2 + 1 + 9 + 300),
    (b"abc".decode, (), {}, 1 + 3),
    (b"abc".decode, ("punycode",), {}, 1 + 1 + 9 + 3),
    ("--".join, (["a", "bc", 1],), {}, 7 + 1 + 10),
    (b"-".join, ([b"a"],), {}, 5 + 1 + 2),
    ("aXbX".replace, ("X", "123"), {}, 2 + 1 + 10),
    (b"aXbX".replace, (b"X", b"123"), {}, 2 + 1 + 10),
    *((method, ("yz",), {}, 1 + 5 + 2) for method in (("x" * 64).lstrip, ("x" * 64).rstrip, ("x" * 64).strip)),
    *((method, ("yz",), {}, 1 + 5 + 2) for method in (("x" * 64).rfind, ("x" * 64).rindex)),
    *((method, ("yz",), {}, 1 + 5 + 2) for method in (("x" * 64).rpartition, ("x" * 64).rsplit)),
    ("abc".translate, ({97: "wxyz"},), {}, 6 + 1 + 12),
    ("abc".translate, (["wxyz"],), {}, 5 + 1 + 12),
    ("abc".translate, ({97: 1},), {}, 6 + 1 + 3),
    ("{}{a}|".format, (1,), {"a": 1}, 2 + 1 + 24),
    ("{a}|".format_map, ({"a": 1},), {}, 6 + 1 + 13),
    # What makes a mapping or a set: each member, and those that may have one hash
    (dict.fromkeys, ("ab",), {}, 1 + 1 + 32),
    (dict.fromkeys, (["a", "b"],), {}, 6 + 1 + 32),
    (dict.fromkeys, (range(0, 1 << 63, 1 << 61),), {}, 13 + 1 + 64 + 4),
    (dict, ([[1 << 61, 1], [1 << 62, 1]],), {}, 20 + 1 + 32 + 1),
    (LARGE.keys().isdisjoint, (["a"],), {}, 5 + 10 + 32 + 1 + 16),
]  # fmt: skip


@pytest.mark.parametrize(("function", "arguments", "keywords", "steps"), CALLS)
def test_a_call_is_charged(
    function: Callable[..., Value], arguments: tuple[Value, ...], keywords: dict[str, Value], steps: int
) -> None:
    meter = Meter()
    assert (charge_call(meter, function, arguments, keywords), meter.steps) == (arguments, steps)


@pytest.mark.parametrize("function", [dict.fromkeys, dict, {"a": 1}.keys().isdisjoint, "".join, b"".join])
def test_a_call_that_needs_all_values_of_a_series_is_charged_while_they_are_listed(
    function: Callable[..., Value],
) -> None:
    assert charge_call(Meter(), function, (iter(["a", "b"]),), {}) == (["a", "b"],)
    series = iter(["a"] * 9)
    with pytest.raises(BoundError):
        charge_call(Meter(most=3), function, (series,), {})
    assert list(series) == ["a"] * 5


def test_each_value_of_a_series_that_a_call_takes_is_charged() -> None:
    meter = Meter()
    (series,) = charge_call(meter, [].extend, (iter([[1], [2]]),), {})
    before = meter.steps
    assert [(value, meter.steps - before) for value in series] == [([1], 5), ([2], 10)]
