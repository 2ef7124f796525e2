"""What `safe` and `tojson` are charged, which are filters of our own, to the step."""

from __future__ import annotations

import pytest

from generator.build.rendering.bounds import MOST_TEXT, BoundError
from generator.build.rendering.filters import charge_indents, make_filters
from generator.build.rendering.output import Output
from generator.model.nodes import Value

OWN: list[tuple[str, tuple[Value, ...], int]] = [
    # The value, the blanks, and the text
    ("safe", ("x" * 160,), 160),
    ("safe", (1,), 0),
    ("tojson", ([1, [2]],), 32 + 16 + 7),
    ("tojson", ([1, [2]], 10), 32 + 16 + 120 + 62),
    ("tojson", ({"a": 1}, "--"), 16 + 8 + 12),
]


@pytest.mark.parametrize(("name", "operands", "steps"), OWN)
def test_a_filter_of_our_own_is_charged(name: str, operands: tuple[Value, ...], steps: int) -> None:
    output = Output()
    make_filters(output)[name](*operands)
    assert output.meter.steps == steps


INDENTED: list[tuple[Value, int]] = [(1, 1), ([], 1), ([1], 1 + 1 + 2), ([1, [2]], 1 + 2 + 2 + (2 + 2 + 3))]


@pytest.mark.parametrize(("value", "blanks"), INDENTED)
def test_json_has_no_more_blanks_than_are_charged(value: Value, blanks: int) -> None:
    output = Output()
    charge_indents(output.meter, value, 10)
    assert output.meter.steps == 10 * blanks


def test_json_is_indented_by_no_more_than_a_text_may_have() -> None:
    with pytest.raises(BoundError, match=f"`{MOST_TEXT + 1}` is too large here"):
        charge_indents(Output().meter, [], MOST_TEXT + 1)
