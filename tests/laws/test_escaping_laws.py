"""The law of contextual escaping: whatever a variable is, it arrives as it is, and the rest of the document stays as it was."""

from __future__ import annotations

from hypothesis import given, strategies as st

from generator.model.nodes import Value
from tests.rendered import refuse, render

TRAPS = (
    '"',
    "\\",
    '\\"',
    "\\u0041",
    "{{ env }}",
    "{% raw %}",
    "{#",
    '","x":"',
    "\x00",
    "\n",
    "\u2028",
    "</script>",
    ",",
    "]",
    "true",
)
TEXT = st.text(st.characters(codec="utf-8")) | st.sampled_from(TRAPS)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
AROUND = '{"before": ["\\"", 1], "value": %s, "after": {"b": null, "c": "\\u00e9 %%}"}}'


def surround(value: Value) -> Value:
    return {"before": ['"', 1], "value": value, "after": {"b": None, "c": "é %}"}}


@given(VALUES)
def test_any_value_arrives_in_value_position(value: Value) -> None:
    assert render(AROUND % "{{ x }}", {"x": value}) == surround(value)
    assert render(AROUND % "{{ x | tojson }}", {"x": value}) == surround(value)
    assert render(AROUND % "{{ x | tojson | safe }}", {"x": value}) == surround(value)
    assert render("{% macro m(v) %}" + AROUND % "{{ v }}" + "{% endmacro %}{{ m(x) }}", {"x": value}) == surround(value)


@given(TEXT)
def test_any_text_arrives_inside_a_string(text: str) -> None:
    for inside in (
        "{{ x }}",
        "{% filter replace('no such text', '') %}{{ x }}{% endfilter %}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
    ):
        assert render(AROUND % f'"<{inside}>"', {"x": text}) == surround(f"<{text}>")
    assert render("{% set y %}{{ x }}{% endset %}[{{ y == x }}, {{ y ~ '' }}]", {"x": text}) == [True, text]


@given(st.integers() | st.booleans())
def test_a_scalar_inside_a_string_is_written_as_json_writes_it(value: int) -> None:
    written = str(value).lower()
    assert render('["{{ x }}", "-{{ x }}-"]', {"x": value}) == [written, f"-{written}-"]


@given(st.none() | st.lists(NUMBERS, max_size=3) | st.dictionaries(TEXT, NUMBERS, max_size=3))
def test_nothing_else_is_ever_written_inside_a_string(value: Value) -> None:
    assert [code for code, *_ in refuse(AROUND % '"{{ x }}"', {"x": value})] == ["E103"]
