"""The law that a template is a document or findings, whatever stands in it: no exception leaves, and no result depends on the run."""

from __future__ import annotations

from hypothesis import given, strategies as st

from generator.model.nodes import Value
from tests.rendered import find_all

EXPRESSIONS = (
    "env", "foo", "x", "x.a", "x['b']", "x.items", "l", "l[0]", "n", "none", "1 / n", "m(1)", "m", "s", "caller()", "loop.index",
    "'a' ~ n", "x | tojson", "l | join(',')", "s | upper", "s | safe", "1 if t", "role('a')", "ssm(s)", "ecr(s, tag=n)", "range(3)",
    "foo.bar.baz", "[foo, n]", "{'a': n}", "l | map('upper') | list", "s.format(n)", "'%s' % l", "super()", "n ** n", "s * n", "-s",
    "foo is defined", "l is mapping", "cycler(1, 2).next()", "namespace(a=1).a", "varargs", "','", "'\\ud800'", "self.b()", "s[1:]",
)  # fmt: skip
TEXTS = (
    "{", "}", "[", "]", ",", ":", '"', "\\", "\n", '"a": ', "1", "null", "{{", "}}", "{%", "%}", "{#", "#}", "é", "\0",
    "{%- raw %}", "{% endraw -%}", "{% if t %}", "{% else %}", "{% endif %}", "{% for l in l %}", "{% endfor %}", "{% break %}",
    "{% for k, v in x.items() recursive %}", "{% macro m(a, b=n) %}", "{% endmacro %}", "{% call m(1) %}", "{% endcall %}",
    "{% set s %}", "{% set s | upper %}", "{% endset %}", "{% set n = n + 1 %}", "{% filter upper %}", "{% endfilter %}",
    "{% block b %}", "{% endblock %}", "{% include 'p' %}", "{% include x %}", "{% import 'p' as q %}", "{% extends 'p' %}",
    "{% with a = n %}", "{% endwith %}", "{% from 'p' import m %}",
)  # fmt: skip
SNIPPETS = st.sampled_from(TEXTS) | st.sampled_from(EXPRESSIONS).map(lambda text: "{{ " + text + " }}")
VARIABLES: dict[str, Value] = {"x": {"a": 1, "b": [None]}, "l": ["a", "b"], "n": 0, "s": 'te"xt', "t": True}
PARTIALS = {"p": '{% macro m(a) %}"{{ a }}{{ foo }}"{% endmacro %}{% block b %}[{{ n }}]{% endblock %}\n'}


@given(st.lists(SNIPPETS, max_size=12).map("".join))
def test_a_template_gives_a_document_or_findings_and_the_same_again(text: str) -> None:
    value, findings = find_all(text, VARIABLES, PARTIALS)
    assert bool(findings) or value is not None or text.strip() in ("null", "{{ none }}")
    assert all(finding.location is not None for finding in findings if text)
    assert (value, findings) == find_all(text, VARIABLES, PARTIALS)


@given(st.lists(SNIPPETS, max_size=8).map(lambda parts: '{"a": "' + "".join(parts) + '"}'))
def test_inside_a_string_too(text: str) -> None:
    value, findings = find_all(text, VARIABLES, PARTIALS)
    assert bool(findings) or value is not None
    assert all(finding.location is not None for finding in findings)
