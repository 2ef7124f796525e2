"""What blocks of a template give: fragments that stay JSON where they are printed as they are, and are plain text to all else."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rendered import GIVEN, TASK, make_templates, refuse, render

TEXT_MACRO = "{% macro name(x) %}app-{{ x }}{% endmacro %}"
JSON_MACRO = '{% macro pair(k, v) %}{"name": "{{ k }}", "value": {{ v }}}{% endmacro %}'
CALLED = '{% macro wrap(n) %}{"n": {{ n }}, "body": [{{ caller() }}]}{% endmacro %}'

MACROS: list[tuple[str, Value]] = [
    (TEXT_MACRO + "[\"{{ name('a\"b') }}\", \"-{{ name(1) }}-\"]", ['app-a"b', "-app-1-"]),
    (TEXT_MACRO + "[{{ name('a') | upper }}, {{ name('a') ~ '!' }}, {{ name('a') == 'app-a' }}]", ["APP-A", "app-a!", True]),
    (JSON_MACRO + "[{{ pair('a', 1) }}, {{ pair('q\"', 'v\\\\') }}]", [{"name": "a", "value": 1}, {"name": 'q"', "value": "v\\"}]),
    (JSON_MACRO + "[{% for i in [1, 2] %}{{ pair(i, i) }},{% endfor %}]", [{"name": "1", "value": 1}, {"name": "2", "value": 2}]),
    (JSON_MACRO + "{% set p = pair('a', 1) %}[{{ p }}, {{ p }}]", [{"name": "a", "value": 1}] * 2),
    (JSON_MACRO + "[\"{{ pair('a', 1) | replace('\\\"', \"'\") }}\"]", ["{'name': 'a', 'value': 1}"]),
    (CALLED + "{% call wrap(1) %}2, \"{{ env }}\",{% endcall %}", {"n": 1, "body": [2, "dev"]}),
    (CALLED + "[{% call wrap('a') %}{% endcall %}]", [{"n": "a", "body": []}]),
    ("{% macro w() %}[{{ caller('x') }}]{% endmacro %}{% call(v) w() %}\"{{ v }}\"{% endcall %}", ["x"]),
    ("{% macro m(a, b=2) %}[{{ a }}, {{ b }}, {{ varargs }}, {{ kwargs }}]{% endmacro %}{{ m(1, 2, 3, k=4) }}", [1, 2, [3], {"k": 4}]),
    ("{% macro a(x) %}<{{ x }}>{% endmacro %}{% macro b(x) %}{{ a(x) }}{{ a(x) }}{% endmacro %}\"{{ b('\"') }}\"", '<"><">'),
    ("{% macro tree(n) %}[{% if n %}{{ tree(n - 1) }}{% endif %}]{% endmacro %}{{ tree(3) }}", [[[[]]]]),
]  # fmt: skip

SETS: list[tuple[str, Value]] = [
    ("{% set x %}prod{% endset %}[\"{{ x }}\", {{ x == 'prod' }}, {{ x | length }}]", ["prod", True, 4]),
    ("{% set x %}{{ env }}{% endset %}[{{ 1 if x == 'dev' else 2 }}, \"{{ x }}\"]", [1, "dev"]),
    ("{% set x %}[1, {{ env }}, null]{% endset %}{\"a\": {{ x }}}", {"a": [1, "dev", None]}),
    ("{% set x %}[{{ none }}]{% endset %}{{ x | upper }}", "[NULL]"),
    ("{% set x | upper %}a-{{ env }}{% endset %}[{{ x }}, \"{{ x }}\"]", ["A-DEV", "A-DEV"]),
    ("{% set x %}say \\\"{{ q }}\\\"{% endset %}[\"{{ x }}\", {{ x | trim }}]", ['say """', 'say """']),
    ("{% set x %}{\"a\": \"\\n\"}{% endset %}[{{ x }}, {{ x | trim }}]", [{"a": "\n"}, '{"a": "\\n"}']),
    ("{% set x = 'a' %}{% set y = x %}[{{ y }}]", ["a"]),
    ("{% set ns = namespace(n=0) %}{% for i in [1, 2, 3] %}{% set ns.n = ns.n + i %}{% endfor %}[{{ ns.n }}]", [6]),
    ("{% with a = 1, b = env %}[{{ a }}, {{ b }}]{% endwith %}", [1, "dev"]),
]  # fmt: skip

FILTERS: list[tuple[str, Value]] = [
    ('["{% filter upper %}a{{ q }}\\n{% endfilter %}"]', ['A"\n']),
    ("[{% filter upper %}\"a-{{ q }}-{{ env }}\"{% endfilter %}]", ['A-"-DEV']),
    ("{% filter upper %}{\"a\": {{ env }}}{% endfilter %}", {"A": "DEV"}),
    ("\"{% filter replace('a', '\"') %}bab{% endfilter %}\"", 'b"b'),
    ("\"{% filter trim | upper %}  a  {% endfilter %}\"", "A"),
    ("{% filter upper %}[\"{% filter replace('a', 'b') %}a{{ env }}{% endfilter %}\"]{% endfilter %}", ["BDEV"]),
    ("{% macro m() %}\"{% filter upper %}a\\t{{ q }}{% endfilter %}\"{% endmacro %}[{{ m() }}]", ['A\t"']),
    ("[\"{% set x %}{% filter upper %}a{{ q }}{% endfilter %}{% endset %}{{ x }}\", {{ x == 'A\"' }}]", ['A"', True]),
    ("[{% for i in [1, 2] %}\"{% filter replace('a', i ~ '') %}xa{% endfilter %}\",{% endfor %}]", ["x1", "x2"]),
    ("{% filter safe %}[1]{% endfilter %}", [1]),
    ("\"{% filter length %}abc{% endfilter %}\"", "3"),
    ("[\"{% filter tojson %}a{{ q }}{% endfilter %}\"]", ['"a\\""']),
    ("{\"a\": {% filter tojson %}{\"b\": {{ env }}}{% endfilter %}}", {"a": '{"b": "dev"}'}),
]  # fmt: skip

LOOPS: list[tuple[str, Value]] = [
    ("[{% for i in [] %}{{ i }},{% endfor %}]", []),
    ("[{% for i in [1, 2] %}{{ i }},{% endfor %}]", [1, 2]),
    ("[0, {% for i in [] %}{{ i }},{% endfor %}]", [0]),
    ('{"a": 1, {% for i in [] %}"{{ i }}": {{ i }},{% endfor %} }', {"a": 1}),
    ("[{% for i in [] %}1{% else %}0{% endfor %}]", [0]),
    ("[{% for i in [3, 4] if i > 3 %}[{{ i }}, {{ loop.index }}, {{ loop.last }}, {{ loop.length }}],{% endfor %}]", [[4, 1, True, 1]]),
    ("[{% for k, v in d.items() %}{\"{{ k }}\": {{ v }}},{% endfor %}]", [{"a": [1]}, {"b": None}]),
    ("[{% for i in range(9) %}{% if i == 1 %}{% continue %}{% elif i == 3 %}{% break %}{% endif %}{{ i }},{% endfor %}]", [0, 2]),
    ("[{% for n in t recursive %}{\"n\": {{ n.n }}, \"c\": [{{ loop(n.c) }}]},{% endfor %}]", [{"n": "a", "c": [{"n": 'q"', "c": []}]}]),
    ("[{% for group, items in [{'k': 1}, {'k': 2}] | groupby('k') %}{{ items | length }},{% endfor %}]", [1, 1]),
    ("[1, 2{% if true %}, 3{% endif %}]", [1, 2, 3]),
    ("[1, 2{% if false %}, 3{% endif %}]", [1, 2]),
    ("[1, 2, {% if false %}3{% endif %}]", [1, 2]),
    ('{"a": "x{% if env == \'dev\' %}-dev{% else %}-{{ env }}{% endif %}"}', {"a": "x-dev"}),
    ('{"a": {% if true %}1{% else %}2{% endif %}}', {"a": 1}),
    ("1{% if true %}0{% endif %}", 10),
]  # fmt: skip

SPACES: list[tuple[str, Value]] = [
    ('{#- c -#} {"a" {# "b #} : {# , #} 1 {#- d #}}', {"a": 1}),
    ('{"a": "x {{- env -}} y"}', {"a": "xdevy"}),
    ('[1, {%- if true -%}  \n 2 {%- endif -%} ]', [1, 2]),
    ("\n\n{% raw -%}  [1] {%- endraw %}\n", [1]),
    ('"a{#- x -#}b"', "ab"),
]  # fmt: skip

VARIABLES: dict[str, Value] = {
    "q": '"',
    "d": {"a": [1], "b": None},
    "t": [{"n": "a", "c": [{"n": 'q"', "c": []}]}],
}


@pytest.mark.parametrize(("text", "value"), MACROS)
def test_a_macro_is_a_fragment_wherever_it_is_printed(text: str, value: Value) -> None:
    assert render(text) == value


@pytest.mark.parametrize(("text", "value"), SETS)
def test_a_set_block_is_printed_as_it_is_and_compared_as_text(text: str, value: Value) -> None:
    assert render(text, VARIABLES) == value


@pytest.mark.parametrize(("text", "value"), FILTERS)
def test_a_filter_block_filters_text_inside_a_string_and_json_outside(text: str, value: Value) -> None:
    assert render(text, VARIABLES) == value


@pytest.mark.parametrize(("text", "value"), LOOPS)
def test_loops_and_conditions_need_no_care_for_commas(text: str, value: Value) -> None:
    assert render(text, VARIABLES) == value


@pytest.mark.parametrize(("text", "value"), SPACES)
def test_comments_and_whitespace_control_leave_no_trace(text: str, value: Value) -> None:
    assert render(text) == value


PARTIALS = {
    "_line.j2": '"line": "{{ env }}-{{ x }}"\n',
    "_macros.j2": '{% macro key(k) %}"{{ secret("s", key=k) }}"{% endmacro %}{% set size = 3 %}text',
    "_seen.j2": "{% macro seen() %}{{ x }}{% endmacro %}",
    "_base.j2": '{"a": {% block a %}1{% endblock %}, "b": [{% block b scoped %}{{ env }}{% endblock %}]}',
    "_middle.j2": '{% extends "_base.j2" %}{% block a %}[{{ super() }}, 2]{% endblock %}',
    "parts/_one.j2": '[{% include "_two.j2" %}, {% include "./_two.j2" %}]',
    "parts/_two.j2": "2",
}

COMPOSED: list[tuple[str, Value]] = [
    ('{ {% include "_line.j2" %} }', {"line": "dev-1"}),
    ('{ {% include "./_line.j2" %} }', {"line": "dev-1"}),
    ('{ {% include "templates/_line.j2" %} }', {"line": "dev-1"}),
    ('{ {% include ["_nope.j2", "_line.j2"] %} }', {"line": "dev-1"}),
    ('[1{% include "_nope.j2" ignore missing %}]', [1]),
    ('{% set n = "_line.j2" %}{ {% include n %} }', {"line": "dev-1"}),
    ('"{% include "parts/_two.j2" %}"', "2"),
    ('{% include "parts/_one.j2" %}', [2, 2]),
    ('{% macro m() %}{% include "parts/_two.j2" without context %}{% endmacro %}[{{ m() }}]', [2]),
    ('{% macro m() %}{% include "x" ignore missing without context %}{% endmacro %}[{{ m() }}]', []),
    ('{% import "_macros.j2" as m %}[{{ m.key("K") }}, {{ m.size }}]', ["arn:aws:secretsmanager:us-east-1:123456789012:secret:s:K::", 3]),
    ('{% from "_macros.j2" import size as s %}[{{ s }}]', [3]),
    ('{% import "_seen.j2" as m with context %}["{{ m.seen() }}"]', ["1"]),
    ('{% extends "_base.j2" %}', {"a": 1, "b": ["dev"]}),
    ('{% extends "_base.j2" %}{% block a %}[{{ super() }}, {{ x }}]{% endblock %}ignored', {"a": [1, 1], "b": ["dev"]}),
    ('{% extends "_middle.j2" %}{% block a %}[{{ super() }}, 3]{% endblock %}', {"a": [[1, 2], 3], "b": ["dev"]}),
    ('[{% block a %}1{% endblock %}, {{ self.a() }}]', [1, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), COMPOSED)
def test_templates_are_composed_of_partials(text: str, value: Value) -> None:
    assert render(text, {"x": 1}, PARTIALS) == value


def test_an_imported_partial_is_made_anew_in_every_environment() -> None:
    templates = make_templates('{% import "_m.j2" as m %}{{ m.x }}', {"_m.j2": "{% set x = env ~ aws.region %}"})
    values = []
    for env, region in (("dev", "us-east-1"), ("prod", "eu-west-1")):
        pieces, _ = templates.render(TASK, GIVEN | {"env": env, "aws": {"region": region}})
        values += [piece.value for piece in pieces or ()]
    assert values == ["devus-east-1", "prodeu-west-1"]


def test_a_name_of_the_user_cannot_be_changed_by_a_template() -> None:
    variables: dict[str, Value] = {"items": [1], "d": {"a": 1}}
    assert refuse("{{ items.append(2) }}{{ d.update(b=2) }}{{ d.pop('a') }}", variables) == [
        ("E105", "1:10", "templates may not use `append`"),
        ("E105", "1:27", "templates may not use `update`"),
        ("E105", "1:46", "templates may not use `pop`"),
    ]
    assert variables == {"items": [1], "d": {"a": 1}}
