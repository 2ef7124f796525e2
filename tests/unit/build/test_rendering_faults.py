"""Templates that are wrong: syntax, partials, and what fails while rendering, each at the place in the template."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rendered import Told, advise, find_all, refuse, tell

SYNTAX: list[tuple[str, list[Told]]] = [
    ("{% if env %}\nx", [("E101", "1:4", "`if` is never closed")]),
    ("{% for i in x %}{% if i %}{% endif %}", [("E101", "1:4", "`for` is never closed")]),
    ("{% macro m() %}\n  {% if x %}\n", [("E101", "2:6", "`if` is never closed")]),
    ("{% endfor %}", [("E101", "1:4", "there is no tag `endfor`")]),
    ("{% if x %}{% endfor %}", [("E101", "1:14", "there is no tag `endfor`")]),
    ("{% nope %}", [("E101", "1:4", "there is no tag `nope`")]),
    ("[1]\n  {# open\n\n", [("E101", "2:3", "missing end of comment tag")]),
    ("{% raw %}[", [("E101", "1:1", "missing end of raw directive")]),
    ('{{ "abc }}', [("E101", "1:4", "unexpected character `\"`")]),
    ("{{ env", [("E101", "1:4", "the template ends within a tag")]),
    ("{{ (env] }}", [("E101", "1:8", "unexpected `]`, expected `)`")]),
    ("{{ env ) }}", [("E101", "1:8", "unexpected `)`")]),
    ("\n {{ }}", [("E101", "2:5", "expected an expression, got `end of print statement`")]),
    ("{{ a b }}", [("E101", "1:6", "expected token `end of print statement`, got `b`")]),
    ("{% set 1 = 2 %}", [("E101", "1:8", "can't assign to `const`")]),
    ("{% autoescape true %}{% endautoescape %}", [
        ("E101", "1:4", "`autoescape` has no use here: every value is escaped for JSON, where it stands"),
    ]),
    ("{{ env | uper }}\n{{ env is strin }}{{ 1 is not nope }}", [
        ("E101", "1:10", "there is no filter `uper`"),
        ("E101", "2:11", "there is no test `strin`"),
        ("E101", "2:31", "there is no test `nope`"),
    ]),
    ("{% if false %}{{ 1 | nope }}{% endif %}", [("E101", "1:22", "there is no filter `nope`")]),
    ("{% filter nope %}{% endfilter %}", [("E101", "1:11", "there is no filter `nope`")]),
    ("{{ [1] | random }}{{ 1 | pprint }}", [
        ("E101", "1:10", "there is no filter `random`"),
        ("E101", "1:26", "there is no filter `pprint`"),
    ]),
    ("{{ 1 | count items }}", [("E101", "1:14", "expected token `end of print statement`, got `items`")]),
    ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", [("E101", "2:4", "block `a` defined twice")]),
    ("{% break %}", [("E101", "1:4", "this cannot be compiled")]),
    ("[1]\n{{ f(a=1, a=2) }}", [("E101", "2:4", "this cannot be compiled")]),
    ("[{{ 1e999 }}]", [("E101", "1:5", "this number is too large")]),
    ("[{{ " + "9" * 5000 + " }}]", [("E101", "1:1", "a number in this template is too large")]),
    ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", [("E101", "1:1", "this template nests too deeply to be compiled")]),
    ("{% for i in x %}" * 30 + "{% endfor %}" * 30, [("E101", "1:324", "this cannot be compiled")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), SYNTAX)
def test_a_syntax_error_is_told_where_it_is(text: str, told: list[Told]) -> None:
    assert refuse(text, {"x": []}) == told


def test_the_rest_of_what_jinja_says_of_a_syntax_error_is_noted() -> None:
    _, findings = find_all("{% if x %}{% endfor %}")
    assert [[note.text for note in finding.notes] for finding in findings] == [
        [
            "Jinja was looking for the following tags: `elif` or `else` or `endif`",
            "the innermost block that needs to be closed is `if`",
        ]
    ]


def test_the_nearest_filter_test_and_template_are_offered() -> None:
    assert advise("{{ env | uper }}{{ env is strin }}") == [
        "use `upper`, the nearest known name",
        "use `string`, the nearest known name",
    ]
    assert advise('{% include "_logging.j2" %}', {}, {"_loging.j2": ""}) == ["use `_loging.j2`, the nearest template"]


PARTIALS = {
    "_bad.j2": "\n{% if %}",
    "_worse.j2": '{% include "_bad.j2" %}{{ 1 | nope }}',
    "_self.j2": '[{% include "_self.j2" %}]',
    "_one.j2": '{% include "_two.j2" %}',
    "_two.j2": '\n {% include "_one.j2" %}',
    "_child.j2": '{% extends "_child.j2" %}',
    "_import.j2": '{% import "_import.j2" as m %}',
    "_count.j2": '{{ n }}{% if n < 20 %},{% set n = n + 1 %}{% include "_count.j2" %}{% endif %}',
}

COMPOSED: list[tuple[str, list[Told]]] = [
    ('{% include "_nope.j2" %}', [("E107", "1:12", "there is no template `_nope.j2`")]),
    ('{% if false %}{% include "_nope.j2" %}{% endif %}', [("E107", "1:26", "there is no template `_nope.j2`")]),
    ('{% include ["a", "b"] %}', [("E107", "1:12", "there is no template `a` or `b`")]),
    ('{% import "a" as m %}{% from "b" import x %}{% extends "c" %}', [
        ("E107", "1:56", "there is no template `c`"),
        ("E107", "1:11", "there is no template `a`"),
        ("E107", "1:30", "there is no template `b`"),
    ]),
    ("{% set n = 'nope' %}{% include n %}", [("E107", "1:24", "there is no template `nope`")]),
    ("{% include none %}", [("E107", "1:4", "no template is named")]),
    ("{{ 'abc' | wordwrap(0.5) }}", [("E105", "1:12", "`wordwrap` takes a whole number as its width")]),
    ("{% include 5 %}", [("E105", "1:4", "this fails while rendering")]),
    ("{% include [5] %}", [("E103", "1:4", "the name of a template is not text")]),
    ("{% import 5 as m %}", [("E103", "1:4", "the name of a template is not text")]),
    ('{% include "../templates/_bad.j2" %}', [("E107", "1:12", "there is no template `../templates/_bad.j2`")]),
    ('{% include "/_bad.j2" %}', [("E107", "1:12", "there is no template `/_bad.j2`")]),
    ('{% include "app.json.j2" %}', [("E107", "1:4", "`app.json.j2` includes itself, without end")]),
    ('{% include "_self.j2" %}', [("E107", "_self.j2:1:5", "`_self.j2` includes itself, without end")]),
    ('{% include "_one.j2" %}', [("E107", "_two.j2:2:5", "`_one.j2` includes itself, without end")]),
    ('{% extends "_child.j2" %}', [("E107", "_child.j2:1:4", "`_child.j2` includes itself, without end")]),
    ('{% import "_import.j2" as m %}', [("E107", "_import.j2:1:4", "`_import.j2` includes itself, without end")]),
    ('{% if false %}{% include "_worse.j2" %}{% endif %}{{ 1 | uper }}', [
        ("E101", "1:58", "there is no filter `uper`"),
        ("E101", "_worse.j2:1:31", "there is no filter `nope`"),
        ("E101", "_bad.j2:2:7", "expected an expression, got `end of statement block`"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), COMPOSED)
def test_partials_that_are_missing_wrong_or_endless_are_told(text: str, told: list[Told]) -> None:
    assert sorted(refuse(text, {"n": 1}, PARTIALS)) == sorted(told)


def test_a_partial_may_include_itself_if_it_ends() -> None:
    assert find_all('[{% include "_count.j2" %}]', {"n": 1}, PARTIALS) == (list(range(1, 21)), ())


FAILING: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    ("[{{ 1 / 0 }}]", [("1:5", "this fails while rendering", "Python reports: division by zero")]),
    ("[{{ env }}, {{ 2 + (1 / 0) }}]", [("1:21", "this fails while rendering", "Python reports: division by zero")]),
    ("{{ [1] | map('uper') | list }}", [("1:24", "this fails while rendering", "no filter named `uper`")]),
    ("{{ env() }}", [("1:4", "text is called as if it were a function", None)]),
    ("{% set a = 1 %}{% set a.b = 1 %}", [("1:19", "this fails while rendering", "cannot assign attribute on non-namespace object")]),
    ("{% macro m() %}{% endmacro %}{{ m(1) }}", [
        ("1:33", "this fails while rendering", "Python reports: macro `m` takes not more than 0 argument(s)"),
    ]),
    ("{{ ecr('a') }}", [("1:4", "`ecr` is given neither `tag` nor `digest`", None)]),
    ("[\n  {{ 'a' ~ ecr('a', tag='b', digest='c') }}]", [("2:12", "`ecr` is given both `tag` and `digest`", None)]),
    ("{{ role('a', 'b') }}", [
        ("1:4", "this fails while rendering", "Python reports: `role` takes 1 positional argument but 2 were given"),
    ]),
    ("{% macro m() %}\n{{ ssm('') }}{% endmacro %}[{{ m() }}]", [("2:4", "`path` of `ssm` is empty", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FAILING)
def test_what_fails_while_rendering_is_told_where_it_failed(text: str, told: list[tuple[str, str, str | None]]) -> None:
    _, findings = find_all(text)
    assert [(place, message) for _, place, message in tell(findings)] == [
        (place, message) for place, message, _ in told
    ]
    assert [finding.code for finding in findings] == ["E105"]
    assert [finding.notes[0].text if finding.notes else None for finding in findings] == [note for *_, note in told]


ESCAPES: list[tuple[str, list[Told]]] = [
    ("{{ ().__class__.__mro__ }}", [("E105", "1:7", "templates may not use `__class__`")]),
    ("{{ '{0.__class__}'.format(1) }}", [("E105", "1:4", "templates may not use `__class__`")]),
    ("{{ '{x.__class__}'.format_map({'x': 1}) }}", [("E105", "1:4", "templates may not use `__class__`")]),
    ("{{ env | attr('__class__') }}", [("E105", "1:10", "templates may not use `__class__`")]),
    ("{{ ['a'] | map(attribute='__class__') | list }}", [("E105", "1:41", "templates may not use `__class__`")]),
    ("{{ cycler.__init__.__globals__ }}", [("E105", "1:11", "templates may not use `__init__`")]),
    ("{{ secret.__closure__ }}", [("E105", "1:11", "templates may not use `__closure__`")]),
    ("{{ ''.join.__self__ }}", [("E105", "1:12", "templates may not use `__self__`")]),
    ("{{ self._TemplateReference__context }}", [("E105", "1:9", "templates may not use `_TemplateReference__context`")]),
    ("{% macro m() %}{% endmacro %}{{ m._func }}{{ m()._pieces }}", [
        ("E105", "1:35", "templates may not use `_func`"),
        ("E105", "1:50", "templates may not use `_pieces`"),
    ]),
    ("{{ ''.mro }}{{ dict.mro() }}", [("E102", "1:7", "`''` has no `mro`")]),
    ("{{ dict.mro() }}", [("E105", "1:9", "templates may not use `mro`")]),
    ("{{ foo._absence }}", [("E105", "1:8", "templates may not use `_absence`")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ESCAPES)
def test_there_is_no_way_out_of_the_sandbox(text: str, told: list[Told]) -> None:
    assert refuse(text) == told


HOSTILE: dict[str, Value] = {"x": "{{ 1 / 0 }}{% include 'a' %}"}


def test_what_a_variable_says_is_never_rendered() -> None:
    assert find_all('[{{ x }}, "{{ x }}"]', HOSTILE) == ([HOSTILE["x"], HOSTILE["x"]], ())
