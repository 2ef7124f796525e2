"""Names that nothing defines: all of them are found in one render, each at each of its places, and nothing that follows from them."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rendered import Told, advise, refuse, render

VARIABLES: dict[str, Value] = {
    "log_level": "INFO",
    "cfg": {"port": 80, "host": "h"},
    "ports": [1],
    "aws": {"account": "1"},
}

ABSENT: list[tuple[str, list[Told]]] = [
    ('{"a": "{{ foo }}", "b": {{ bar }}}', [
        ("E102", "1:11", "`foo` is not defined"),
        ("E102", "1:28", "`bar` is not defined"),
    ]),
    ("[{{ foo }}, {{ foo }}]", [("E102", "1:5", "`foo` is not defined"), ("E102", "1:16", "`foo` is not defined")]),
    ("[{% for i in [1, 2, 3] %}{{ foo }},{% endfor %}]", [("E102", "1:29", "`foo` is not defined")]),
    ("{{ foo.bar.baz }}", [("E102", "1:4", "`foo` is not defined")]),
    ("{{ foo()[1] | upper }}", [("E102", "1:4", "`foo` is not defined")]),
    ("{{ foo + 1 - foo * 2 }}", [("E102", "1:4", "`foo` is not defined"), ("E102", "1:14", "`foo` is not defined")]),
    ("{{ 'a' ~ foo }}", [("E102", "1:10", "`foo` is not defined")]),
    ("{{ -foo }}", [("E102", "1:5", "`foo` is not defined")]),
    ("{{ foo < 1 }}", [("E102", "1:4", "`foo` is not defined")]),
    ("{{ 1 in foo }}", [("E102", "1:9", "`foo` is not defined")]),
    ("{{ foo in [1] }}", [("E102", "1:4", "`foo` is not defined")]),
    ("{{ foo == none }}{{ foo != 1 }}", [("E102", "1:4", "`foo` is not defined"), ("E102", "1:21", "`foo` is not defined")]),
    ("{{ not foo }}", [("E102", "1:8", "`foo` is not defined")]),
    ("{{ foo or 'x' }}", [("E102", "1:4", "`foo` is not defined")]),
    ("{{ foo is none }}{{ foo is string }}", [("E102", "1:4", "`foo` is not defined"), ("E102", "1:21", "`foo` is not defined")]),
    ("{{ foo[1:2] }}{{ cfg[foo] }}", [("E102", "1:4", "`foo` is not defined"), ("E102", "1:22", "`foo` is not defined")]),
    ("{{ [foo] }}{{ {'a': foo} }}", [("E102", "1:5", "`foo` is not defined"), ("E102", "1:21", "`foo` is not defined")]),
    ("{{ range(foo) | list }}", [("E102", "1:10", "`foo` is not defined")]),
    ("{{ '%s' % foo }}{{ '{}'.format(foo) }}", [("E102", "1:11", "`foo` is not defined"), ("E102", "1:32", "`foo` is not defined")]),
    ("{{ 1.5 * foo }}{{ [1][foo] }}", [("E102", "1:10", "`foo` is not defined"), ("E102", "1:23", "`foo` is not defined")]),
    ("{{ foo | tojson }}{{ foo | safe }}{{ foo | length }}", [
        ("E102", "1:4", "`foo` is not defined"),
        ("E102", "1:22", "`foo` is not defined"),
        ("E102", "1:38", "`foo` is not defined"),
    ]),
    ("{{ 'a' if foo else bar }}", [("E102", "1:11", "`foo` is not defined"), ("E102", "1:20", "`bar` is not defined")]),
    ("{% if foo and bar %}{% elif baz %}{% endif %}1", [
        ("E102", "1:7", "`foo` is not defined"),
        ("E102", "1:29", "`baz` is not defined"),
    ]),
    ("[{% for i in foo %}{{ i }}{% endfor %}]", [("E102", "1:14", "`foo` is not defined")]),
    ("{% set x = foo %}\n\n {{ x.y }}", [("E102", "1:12", "`foo` is not defined")]),
    ("{%\n  set x = (\n    foo ~ cfg.prot\n  )\n%}1", [("E102", "3:15", "`cfg` has no `prot`"), ("E102", "3:5", "`foo` is not defined")]),
    ("{{ cfg.prot }}{{ cfg['prot'] }}{{ cfg . prot }}", [
        ("E102", "1:8", "`cfg` has no `prot`"),
        ("E102", "1:22", "`cfg` has no `prot`"),
        ("E102", "1:41", "`cfg` has no `prot`"),
    ]),
    ("{{ ports[3] }}{{ ports.3 }}{{ cfg[0] }}", [
        ("E102", "1:10", "`ports` has no item `3`"),
        ("E102", "1:24", "`ports` has no item `3`"),
        ("E102", "1:35", "`cfg` has no item `0`"),
    ]),
    ("{{ env.foo }}{{ cfg.port.foo }}", [("E102", "1:8", "`env` has no `foo`"), ("E102", "1:26", "`cfg.port` has no `foo`")]),
    ("{{ aws.region }}{{ aws.regoin }}", [("E102", "1:8", "`aws` has no `region`"), ("E102", "1:24", "`aws` has no `regoin`")]),
    ('["{{ role("r") }}"]', [("E102", "1:6", "`aws` has no `region`")]),
    ("{% macro m(a) %}{{ a }}{% endmacro %}\n[{{ m() }}]", [("E102", "2:5", "the macro is not given its parameter `a`")]),
    ("{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", [
        ("E102", "1:47", "`caller` is not defined: the macro is called without `{% call %}`"),
    ]),
    ("{% block a %}{{ super() }}{% endblock %}", [("E102", "1:4", "there is no parent block called `a`")]),
    ("[{{ m }}]{% macro m() %}{% endmacro %}", [("E102", "1:5", "`m` is not defined")]),
    ("{% include foo %}", [("E102", "1:12", "`foo` is not defined")]),
    ("{% include foo ignore missing %}{{ bar }}", [("E102", "1:12", "`foo` is not defined"), ("E102", "1:36", "`bar` is not defined")]),
    ("{% call foo() %}{% endcall %}", [("E102", "1:9", "`foo` is not defined")]),
    # What a filter would give without one of its options is not known, and it is not asked.
    ("{{ 1 | wordwrap(foo) }}", [("E102", "1:17", "`foo` is not defined")]),
    ("{{ 'a' | wordwrap(width=foo) }}", [("E102", "1:25", "`foo` is not defined")]),
    # A filter is a use of a name, so nothing stands in for it afterwards.
    ("{{ foo | upper | default(1) }}{{ foo | safe | default(1) }}{{ foo | tojson | default(1) }}", [
        ("E102", "1:4", "`foo` is not defined"),
        ("E102", "1:34", "`foo` is not defined"),
        ("E102", "1:63", "`foo` is not defined"),
    ]),
    ("{{ foo | replace(bar, '') }}", [("E102", "1:4", "`foo` is not defined"), ("E102", "1:18", "`bar` is not defined")]),
    # What only fails because of a name that is missing is not told.
    ('{"a": {{ foo }} {{ none ~ foo }} {{ 1 / 0 }}', [("E102", "1:10", "`foo` is not defined")]),
    ("{{ foo }}{{ secret(foo) }}{{ {1: 2} }}", [("E102", "1:4", "`foo` is not defined"), ("E102", "1:20", "`foo` is not defined")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ABSENT)
def test_every_use_of_a_name_that_nothing_defines_is_told(text: str, told: list[Told]) -> None:
    assert sorted(refuse(text, VARIABLES)) == sorted(told)


DEFINED: list[tuple[str, Value]] = [
    ("[{{ foo is defined }}, {{ foo is not defined }}, {{ cfg.prot is undefined }}]", [False, True, True]),
    ("[{{ foo | default('x') }}, {{ foo | d(1) }}, {{ cfg.prot | default(80) }}, {{ '' | default('y', true) }}]", ["x", 1, 80, "y"]),
    ("[{{ env | default(foo) }}]", ["dev"]),
    ("[{{ 1 if foo is defined and foo else 2 }}]", [2]),
    ("{% if foo is defined %}{{ foo }}{% endif %}1", 1),
    ("{% set x = foo %}{% macro m(a) %}1{% endmacro %}{{ m() }}", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), DEFINED)
def test_asking_whether_a_name_is_defined_is_no_use_of_it(text: str, value: Value) -> None:
    assert render(text, VARIABLES) == value


ADVICE: list[tuple[str, list[str | None]]] = [
    ("{{ log_levle }}", ["use `log_level`, the nearest known name, or set `log_levle` under `vars:`"]),
    ("{{ quite_other }}", ["set `quite_other` under `vars:`"]),
    ("{% set prefix = 1 %}{{ prefixx }}", ["use `prefix`, the nearest known name, or set `prefixx` under `vars:`"]),
    (
        "{% macro build() %}{% endmacro %}{{ bild() }}",
        ["use `build`, the nearest known name, or set `bild` under `vars:`"],
    ),
    ("{{ secrets('x') }}", ["use `secret`, the nearest known name, or set `secrets` under `vars:`"]),
    ("{{ cfg.prot }}", ["use `port`, the nearest known name"]),
    ("{{ cfg.zzz }}", [None]),
    ("{{ aws.region }}", ["set `region` under `aws:` in the environment's overlay"]),
    ("{{ aws.acount }}", ["use `account`, the nearest known name"]),
    ("{{ ecr('a', tag='b') }}", ["set `region` under `aws:` in the environment's overlay"]),
    ("{{ loop.index }}", [None]),
]


@pytest.mark.parametrize(("text", "help"), ADVICE)
def test_the_nearest_known_name_is_offered(text: str, help: list[str | None]) -> None:
    assert advise(text, VARIABLES) == help


PARTIALS = {"_m.j2": "{% macro seen() %}{{ log_level }}{% endmacro %}", "_i.j2": "\n [{{ foo }}]"}


def test_a_name_is_told_where_a_partial_uses_it() -> None:
    assert refuse('{% include "_i.j2" %}', VARIABLES, PARTIALS) == [("E102", "_i.j2:2:6", "`foo` is not defined")]


def test_a_variable_that_an_imported_partial_cannot_see_is_told_as_such() -> None:
    text = '{% import "_m.j2" as m %}"{{ m.seen() }}"'
    message = "`log_level` is not defined in a partial that is imported without context"
    assert refuse(text, VARIABLES, PARTIALS) == [("E102", "_m.j2:1:22", message)]
    assert advise(text, VARIABLES, PARTIALS) == ["import this partial `with context`, or give `log_level` to its macro"]


def test_a_macro_that_a_partial_does_not_have_is_told() -> None:
    text = '{% from "_m.j2" import sen %}{% import "_m.j2" as m %}[{{ sen() }}, {{ m.sen() }}]'
    assert refuse(text, VARIABLES, PARTIALS) == [
        ("E102", "1:4", "`_m.j2` has no macro or variable `sen`"),
        ("E102", "1:74", "`m` has no `sen`"),
    ]
