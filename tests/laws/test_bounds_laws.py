"""The law that a template, or a text in a patch, renders or is refused by a code, whatever it does with the largest operands."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, strategies as st

from generator.model.nodes import Value
from tests.worst import FILTERS, METHODS, TESTS, Outcome, compose, make_operands, measure, measure_text

MOST = 200_000
OPERANDS = make_operands(1 << 12) | {"none": None}


class Drawer:
    """Draws choices, which hypothesis can shrink."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def choice(self, options: tuple[str, ...] | list[str]) -> str:
        return self.data.draw(st.sampled_from(options))


@given(st.data(), st.integers(1, 4), st.sampled_from((measure, measure_text)))
def test_an_expression_renders_or_is_refused_by_a_code(
    data: st.DataObject, depth: int, render: Callable[[str, dict[str, Value], int], Outcome]
) -> None:
    text = "{{ " + compose(Drawer(data), depth) + " }}"
    outcome = render(text, OPERANDS, MOST)
    assert {code for code, _, _ in outcome.told} <= {"E101", "E102", "E103", "E105", "E107", "E108", "E109"}
    assert outcome.steps <= MOST or outcome.told
    assert [told[:2] for told in render(text, OPERANDS, MOST).told] == [told[:2] for told in outcome.told]


@given(
    st.sampled_from(FILTERS),
    st.sampled_from(("text", "numbers", "mapping", "pairs", "huge", "fraction", "none")),
    st.data(),
)
def test_every_filter_counts_what_it_is_given(name: str, operand: str, data: st.DataObject) -> None:
    option = data.draw(
        st.sampled_from(
            ("", "(1)", "('a')", "(-1)", "(none)", "(text)", "(1, 2)", "(a=1)", "([])", "(huge)", "('', '')")
        )
    )
    outcome = measure(f"{{% set x = {operand} | {name}{option} %}}1", OPERANDS, MOST)
    assert outcome.steps > 0 or outcome.told
    assert {code for code, _, _ in outcome.told} <= {"E102", "E103", "E105", "E109"}


def test_all_filters_tests_and_methods_are_composed() -> None:
    assert {"truncate", "tojson", "safe"} <= set(FILTERS)
    assert {"eq", "in", "divisibleby"} <= set(TESTS)
    assert {"format", "fromkeys", "to_bytes", "isdisjoint"} <= set(METHODS)
