"""The meter of a render: what is done within one operation, and by each call, is counted before it is done.

The limit is small here, so that each template would be harmless if nothing refused it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.build.rendering.bounds import MOST_BITS, MOST_LEVELS, MOST_TEXT, BoundError, Meter
from generator.build.rendering.filter_costs import CALL_STEPS, charge_filter, charge_test
from generator.build.rendering.values import name_kind
from generator.build.rendering.weights import measure_value
from generator.model.nodes import Value
from tests.rendered import GIVEN, TASK, Told, make_templates, tell

MOST = 10_000
STEPS = f"this template takes more than {MOST} steps"
TEXT = "this produces more than 1 MiB of text"
NESTED = (
    "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(12) %}"
    "{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}"
)
VARIABLES: dict[str, Value] = {
    "w": "ab" * 1000,
    "l": list(range(1000)),
    "d": {"a": 1},
    "many": [[1] * 40] * 40,
    "text": "x" * 200_000,
    "long": [1] * 20_000,
}
PARTIALS = {"p": "{% macro m() %}{{ 1 }}{% endmacro %}"}

REFUSED: list[tuple[str, str]] = [
    # Tags that run again and again
    ("{% for i in range(300) %}{{ 1 }}{{ 2 }}{% endfor %}", "1:4"),
    ("{% for i in range(300) if i is odd and i is even %}{% endfor %}", "1:27"),
    ("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(9) }}", "1:4"),
    ("{% macro m() %}{{ caller() }}{% endmacro %}{% for i in range(30) %}{% call m() %}1{% endcall %}{% endfor %}", "1:19"),
    ("{% block b %}{% endblock %}{% for i in range(150) %}{{ self.b() }}{% endfor %}", "1:31"),
    ("{% for i in range(30) %}{% include 'p' %}{% endfor %}", "1:4"),
    ("{% for i in range(30) %}{% import 'p' as q %}{% endfor %}", "1:4"),
    ("{% for i in range(30) %}{{ nothing is defined }}{% endfor %}", "1:28"),
    ("{% for i in range(30) %}{% set x = ''.format %}{% endfor %}", "1:39"),
    # Values with parts that are there many times
    (NESTED + "{{ ns.x | max }}", "1:143"),
    (NESTED + "{{ ns.x == ns.y }}", "1:136"),
    (NESTED + "{{ ns.x in [ns.y] }}", "1:136"),
    (NESTED + "{{ [ns.x].index(ns.y) }}", "1:136"),
    (NESTED + "{{ ns.x is eq(ns.y) }}", "1:136"),
    (NESTED + "{{ ns.x }}", "1:139"),
    (NESTED + "{{ '%s' % [ns.x] }}", "1:136"),
    (NESTED + "{{ {ns.x: 1} | length }}", "1:148"),
    (NESTED + "{{ d[ns.x] }}", "1:138"),
    # Long operands
    ("{{ 'c' in text }}", "1:4"),
    ("{{ 'c' in long }}", "1:4"),
    ("{% for i in range(9) %}{% set x = w[1:] %}{% endfor %}", "1:36"),
    ("{{ many | sum(start=[]) | length }}", "1:11"),
    ("{{ l | sort | length }}", "1:8"),
    ("{{ l | list | length }}", "1:8"),
    ("{{ l | map('string') | list | length }}", "1:24"),
    ("{{ l | map(attribute='a.b.c.d.e.f.g.h.i.j.k.l') | list | length }}", "1:8"),
    ("{{ w.split('a') | length }}", "1:4"),
    ("{{ range(0, 300 * 2 ** 61, 2 ** 61) | unique | list | length }}", "1:39"),
    ("{{ dict.fromkeys(range(0, 300 * 2 ** 61, 2 ** 61)) | length }}", "1:4"),
    ("{{ w.rfind('b' * 500) }}", "1:4"),
    ("{{ w.strip('c' * 500) }}", "1:4"),
    ("{{ w.encode('punycode') | length }}", "1:4"),
    ("{{ w | wordwrap(1) | length }}", "1:8"),
    ("{{ ('<' * 2000) | striptags | length }}", "1:19"),
    ("{% for i in range(9) %}{% set x = (2 ** 20000) * (2 ** 20000) %}{% endfor %}", "1:36"),
    ("{{ '1' | round(9000) }}", "1:10"),
    # The sum of what is made
    ("{{ (('%1000d' * 20) % ((1,) * 20)) | length }}", "1:5"),
    ("{{ '{:1000}{:1000}{:9000}'.format(1, 2, 3) | length }}", "1:4"),
    ("{{ '{:{}}'.format(1, '>20000') | length }}", "1:4"),
    ("{{ (('%(a)s' * 20) % {'a': 'x' * 1000}) | length }}", "1:5"),
    ("{{ ('{a}' * 20).format(a='x' * 1000) | length }}", "1:5"),
    ("{% for i in range(20) %}{% set x = 'x'.center(1000) %}{% endfor %}", "1:36"),
    ("{% for i in range(20) %}{% set x = 'x' | center(1000) %}{% endfor %}", "1:42"),
    ("{% for i in range(20) %}{% set x = 'x' | indent(1000, true) %}{% endfor %}", "1:42"),
    ("{% for i in range(20) %}{% set x = 'x' * 1000 %}{% endfor %}", "1:36"),
    ("{% for i in range(20) %}{% set x = ['x'] * 1000 %}{% endfor %}", "1:36"),
    ("{{ ('\t' * 100).expandtabs(1000) | length }}", "1:5"),
    ("{{ [[[1] * 9] * 9] | tojson(indent=100) | length }}", "1:22"),
]  # fmt: skip


def refuse_small(text: str) -> list[Told]:
    return tell(make_templates(text, PARTIALS, MOST).render(TASK, GIVEN | VARIABLES)[1])


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_work_is_counted_before_it_is_done(text: str, place: str) -> None:
    assert refuse_small(text) == [("E109", place, STEPS)]


def test_series_that_build_on_each_other_are_few() -> None:
    text = "{% set ns = namespace(x=[1]) %}{% for i in range(31) %}{% set ns.x = ns.x | map('abs') %}{% endfor %}"
    message = "more than 30 filters build on each other without a list between them"
    assert refuse_small(text) == [("E109", "1:77", message)]


REFUSING_FILTERS = [
    ("{{ 'abc' | truncate(1) }}", "1:12"),
    ("{{ ['abc'] | map('truncate', 1) | list }}", "1:35"),
]


@pytest.mark.parametrize(("text", "place"), REFUSING_FILTERS)
def test_a_filter_that_asserts_is_a_finding(text: str, place: str) -> None:
    _, (finding,) = make_templates(text).render(TASK, GIVEN)
    assert (*tell((finding,)), [note.text for note in finding.notes]) == (
        ("E105", place, "this fails while rendering"),
        ["Python reports: expected length >= 3, got 1"],
    )


def test_large_defaults_and_numbers_are_no_widths() -> None:
    text = "{% set l = [5000000] %}{{ [x | default(5000000), '%d' | format(5000000), l | select('lt', 9000000) | sum] | tojson }}"
    pieces, findings = make_templates(text).render(TASK, GIVEN | {"x": 1})
    assert findings == ()
    assert pieces is not None


WEIGHTS: list[tuple[Value, tuple[int, int]]] = [
    (None, (1, 0)),
    ("x" * 160, (11, 0)),
    (2**60, (3, 0)),
    (range(10), (11, 0)),
    ([], (4, 1)),
    ([1, [2], {"a": 3}], (16, 2)),
    ({"a": 1}.items(), (6, 1)),
]


@pytest.mark.parametrize(("value", "weight"), WEIGHTS)
def test_the_weight_of_a_value_is_its_members_characters_and_digits(value: Value, weight: tuple[int, int]) -> None:
    assert measure_value(value, 1000, 9) == weight


def test_a_shared_part_weighs_each_time_and_is_looked_at_once() -> None:
    shared: Value = [1]
    for _ in range(60):
        shared = [shared, shared]
    assert measure_value(shared, 1 << 70, 99) == (5 * 2**60 + 4 * (2**60 - 1), 61)
    with pytest.raises(BoundError):
        Meter().weigh(shared)


def test_pairs_of_a_mapping_are_counted_each() -> None:
    mapping = {number: "x" * 16 * number for number in range(100)}
    assert measure_value([mapping.items()], 1 << 20, 9)[0] == 8 + 200 + sum(range(100))


def test_a_walk_ends_where_it_is_too_deep() -> None:
    deep: Value = []
    for _ in range(MOST_LEVELS + 5):
        deep = [deep]
    with pytest.raises(BoundError):
        Meter().weigh(deep)


@pytest.mark.parametrize("value", ["x" * 11, b"x" * 11, [1], (1,), {"a": 1}, {1}, frozenset((1,)), 1 << 330], ids=repr)
def test_what_a_filter_or_function_gives_is_counted(value: Value) -> None:
    Meter(most=16).spend_on(value)
    with pytest.raises(BoundError):
        Meter(most=10).spend_on(value)


@pytest.mark.parametrize("value", ["x" * (MOST_TEXT + 1), [None] * (MOST_TEXT + 1), 1 << MOST_BITS], ids=name_kind)
def test_what_a_filter_or_function_gives_is_never_larger_than_a_value_may_be(value: Value) -> None:
    with pytest.raises(BoundError):
        Meter(most=1 << 40).spend_on(value)


@pytest.mark.parametrize(("value", "extra", "steps"), [("x" * 160, 0, 11), (1, 9, 10), ([1, 1], 0, 6)], ids=repr)
def test_each_value_of_a_series_is_counted_when_it_is_asked_for(value: Value, extra: int, steps: int) -> None:
    meter = Meter()
    series = meter.weigh_each(iter([value, value]), extra)
    assert [meter.steps for _ in series] == [steps, 2 * steps]


def count(charge: Callable[..., object], *given: Value) -> int:
    """Count the steps that are charged."""
    meter = Meter()
    charge(meter, *given)
    return meter.steps


def test_filters_and_tests_are_charged_by_what_they_are_given() -> None:
    assert count(charge_filter, "default", (1, "x" * 1600), {}) - count(charge_filter, "default", (1, ""), {}) == 100
    assert count(charge_filter, "format", ("%999d", 1), {}) - count(charge_filter, "format", ("%d", 1), {}) > 900
    plain, parts = ({"attribute": name} for name in ("a_b_c", "a.b.c"))
    items = ([{"a": 1}] * 10,)
    assert count(charge_filter, "sort", items, parts) - count(charge_filter, "sort", items, plain) > 20
    assert count(charge_test, "odd", (1,)) >= CALL_STEPS
    large = 1 << 30_000
    assert count(charge_test, "divisibleby", (large, large)) - count(charge_test, "divisibleby", (large, 3)) > 10_000
