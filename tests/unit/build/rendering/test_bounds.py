"""The bounds of a render: what would take too long or too much memory is refused before it does, where it stands."""

from __future__ import annotations

import pytest

from generator.build.rendering.bounds import Meter, limit_range
from generator.model.nodes import Value
from tests.rendered import TASK, Told, refuse, render

ITEMS = "the loops of this template go through more than 100000 items"
TEXT = "this produces more than 1 MiB of text"
WORK = "this template takes more than 16000000 steps"
GROWING = "{%% set ns = namespace(x=%s) %%}{%% for i in range(40) %%}{%% set ns.x = %s %%}{%% endfor %%}[1]"

ABSENT = "more than 100 names are not defined, and what follows was not rendered"
TOKENS = "the tags of this template have more than 50000 names, values and signs"

REFUSED: list[tuple[str, list[Told]]] = [
    ("{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}", [("E109", "1:39", ITEMS)]),
    ("{% for a in range(400) %}{% for b in range(400) | map('abs') %}{% endfor %}{% endfor %}", [("E109", "1:38", ITEMS)]),
    ("[{% for n in t recursive %}{{ loop(t) }}{% endfor %}]", [("E109", "1:31", "macros call each other more than 60 levels deep")]),
    ("{{ range(100001) }}", [("E109", "1:4", "a range of more than 100000 numbers")]),
    ("{{ range(10 ** 30) }}", [("E109", "1:4", "a range of more than 100000 numbers")]),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", [("E109", "1:19", "macros call each other more than 60 levels deep")]),
    ("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}", [
        ("E109", "1:57", "macros call each other more than 60 levels deep"),
    ]),
    ("{% for i in range(100000) %}0123456789,{% endfor %}", [("E109", "1:29", TEXT)]),
    ("{% for i in range(100) %}{{ big }}{% endfor %}", [("E109", "1:26", TEXT)]),
    (GROWING % ("'a'", "ns.x ~ ns.x"), [("E109", "1:70", TEXT)]),
    (GROWING % ("'a'", "ns.x + ns.x"), [("E109", "1:70", TEXT)]),
    (GROWING % ("[1]", "ns.x + ns.x"), [("E109", "1:70", TEXT)]),
    (GROWING % ("'a'", "ns.x * 9"), [("E109", "1:70", TEXT)]),
    (GROWING % ("9", "ns.x * ns.x"), [("E109", "1:68", "this produces a number of more than 65536 bits")]),
    (GROWING % ("'a'", "[ns.x, ns.x] | join"), [("E109", "1:85", TEXT)]),
    (GROWING % ("'a'", "ns.x.replace('a', 'aa')"), [("E109", "1:70", TEXT)]),
    (GROWING % ("'a'", "'%s%s' % (ns.x, ns.x)"), [("E109", "1:70", TEXT)]),
    (GROWING % ("'a'", "'{0}{0}'.format(ns.x)"), [("E109", "1:70", TEXT)]),
    (GROWING.replace("[1]", "{{ ns.x }}") % ("[1]", "[ns.x, ns.x]"), [("E109", "1:103", WORK)]),
    (GROWING.replace("[1]", "{{ '%%s' %% [ns.x] }}") % ("[1]", "[ns.x, ns.x]"), [
        ("E109", "1:100", WORK),
    ]),
    ("{{ 'x' * 10000000 }}", [("E109", "1:4", TEXT)]),
    ("{{ 10000000 * [1] }}", [("E109", "1:4", TEXT)]),
    ("{{ 10 ** 1000000 }}", [("E109", "1:4", "this produces a number of more than 65536 bits")]),
    ("{{ '%10000000d' % 1 }}", [("E109", "1:4", TEXT)]),
    ("{{ '%.*f' % (10000000, 1) }}", [("E109", "1:4", "`10000000` is too large here")]),
    ("{{ '%(a)10000000d' | format(a=1) }}", [("E109", "1:22", TEXT)]),
    ("{{ '{:>99999999}'.format(1) }}", [("E109", "1:4", TEXT)]),
    ("{{ '{:>{}}'.format(1, 99999999) }}", [("E109", "1:4", "`99999999` is too large here")]),
    ("{{ '{x:>{w}}'.format_map({'x': 1, 'w': 99999999}) }}", [("E109", "1:4", "`99999999` is too large here")]),
    ("{{ 'x'.center(10000000) }}", [("E109", "1:4", "`10000000` is too large here")]),
    ("{{ 'x'.zfill(10 ** 90) }}", [("E109", "1:4", "a number is too large here")]),
    ("{{ '\\t'.expandtabs(10000000) }}", [("E109", "1:4", "`10000000` is too large here")]),
    ("{{ ('x' * 2000).replace('x', 'y' * 2000) }}", [("E109", "1:5", TEXT)]),
    ("{{ ('x' * 2000).join('y' * 2000) }}", [("E109", "1:5", TEXT)]),
    ("{{ ('x' * 2000).join(['y'] * 2000) }}", [("E109", "1:5", TEXT)]),
    ("{{ ('x' * 2000).translate({120: 'y' * 2000}) }}", [("E109", "1:5", TEXT)]),
    ("{{ (1).to_bytes(10000000, 'big') }}", [("E109", "1:5", "`10000000` is too large here")]),
    ("{{ 'x' | center(10000000) }}", [("E109", "1:10", "`10000000` is too large here")]),
    ("{{ 'x' | indent(10000000) }}", [("E109", "1:10", "`10000000` is too large here")]),
    ("{{ ('\\n' * 2000) | indent('x' * 2000) }}", [("E109", "1:20", TEXT)]),
    ("{{ ('x ' * 2000) | wordwrap(1, wrapstring='y' * 2000) }}", [("E109", "1:20", TEXT)]),
    ("{{ ('x' * 2000) | replace('x', 'y' * 2000) }}", [("E109", "1:19", TEXT)]),
    ("{{ ('x' * 2000) | join('y' * 2000) }}", [("E109", "1:19", TEXT)]),
    ("{{ [1] | batch(10000000, 0) | list }}", [("E109", "1:10", "`10000000` is too large here")]),
    ("{{ [1] | slice(10000000) | list }}", [("E109", "1:10", "`10000000` is too large here")]),
    ("{{ 1.5 | round(10000000) }}", [("E109", "1:10", "`10000000` is too large here")]),
    ("{{ [1] | tojson(indent=10000000) }}", [("E109", "1:10", "`10000000` is too large here")]),
    ("{{ [big] * 20 }}", [("E109", "1:1", TEXT)]),
    ("{% for i in range(90) %}{% set x = big ~ '' %}{% endfor %}[1]", [("E109", "1:36", WORK)]),
    ("{% for i in range(90) %}{% set x = big | upper %}{% endfor %}[1]", [("E109", "1:42", WORK)]),
]  # fmt: skip

VARIABLES: dict[str, Value] = {"t": [1], "big": "x" * 200_000}


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_too_much_work_or_text_is_refused(text: str, told: list[Told]) -> None:
    assert refuse(text, VARIABLES) == told


DEEP: list[tuple[str, list[Told]]] = [
    (
        "{% set ns = namespace(x=[1]) %}{% for i in range(5000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
        [("E103", "1:93", "a value that nests deeper than 90 levels is printed")],
    ),
    ("{{ ('[' * 5000) | safe }}", [("E104", "1:1", "this nests deeper than 100 levels")]),
    (
        "{% set ns = namespace(x=[1]) %}{% for i in range(50000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x == [ns.x] }}",
        [("E109", "1:97", "a value that nests deeper than 200 levels is read")],
    ),
]


@pytest.mark.parametrize(("text", "told"), DEEP)
def test_depth_is_bounded(text: str, told: list[Told]) -> None:
    assert refuse(text, VARIABLES) == told


ALLOWED: list[tuple[str, Value]] = [
    ("[{{ 'arn:{}:iam::123456789012:x'.format('aws') }}]", ["arn:aws:iam::123456789012:x"]),
    ("[{{ '%s 12345678 %5d' % ('a', 1) }}]", ["a 12345678     1"]),
    ("[{{ '{:>5}'.format(12345678) }}]", ["12345678"]),
    ("[{{ 2 ** 10 }}, {{ 'ab' * 3 }}, {{ [1] * 2 }}]", [1024, "ababab", [1, 1]]),
    ("[{{ range(100000) | length }}]", [100000]),
    ("{% for i in range(1000) %}{% endfor %}[1]", [1]),
    ('{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}1{% endmacro %}"{{ m(50) }}"', "1" * 51),
]


@pytest.mark.parametrize(("text", "value"), ALLOWED)
def test_what_task_definitions_need_is_allowed(text: str, value: Value) -> None:
    assert render(text) == value


def test_a_range_of_a_hundred_thousand_is_the_largest() -> None:
    assert limit_range(100_000) == range(100_000)


def test_items_are_counted_at_once_where_their_number_is_known() -> None:
    meter = Meter()
    counted = [1, 2, 3]
    assert meter.count_items(counted) is counted
    assert meter.items == 3
    each = meter.count_items(iter(counted))
    assert (next(each), meter.items) == (1, 4)


def test_so_many_names_that_are_not_defined_are_reported() -> None:
    told = refuse("".join(f"{{{{ x{number} }}}}" for number in range(1000, 1200)))
    assert [each[0] for each in told] == ["E102"] * 100 + ["E109"]
    assert told[-1] == ("E109", "1:1104", ABSENT)


def test_one_template_has_so_much_in_its_tags() -> None:
    assert refuse("{{ 1" + " ~ 1" * 25_000 + " }}") == [("E109", "1:100002", TOKENS)]


def test_what_a_template_includes_is_counted_with_it_before_it_is_compiled() -> None:
    partial = "{%if 0%}{%endif%}" * 7_000  # of seven names, values and signs each
    partials = dict.fromkeys(("_a.j2", "_b.j2", "_c.j2"), partial)
    message = f"`{TASK}` and what it includes have more than 100000 names, values and signs"
    text = "{% include '_a.j2' %}{% include '_b.j2' %}"
    assert refuse(f"1{text}", None, partials) == []
    assert refuse(f"1{text}{{% include '_c.j2' %}}", None, partials) == [("E109", "_c.j2:1:1", message)]
