"""How long a text that is formatted is taken to become: never shorter than Python makes it."""

from __future__ import annotations

import pytest

from generator.build.rendering.bounds import MOST_TEXT, BoundError
from generator.build.rendering.format_sizes import measure_fields, measure_percent
from generator.model.nodes import Value

PERCENT: list[tuple[str | bytes, Value, int]] = [
    # The format, its widths, and its operands
    ("100", (), 3),
    ("%s", "ab", 2 + 3),
    ("%s", ["ab"], 2 + 7),
    ("%9.8d", 1, 5 + 17 + 9),
    (b"%9.8d", 1, 5 + 17 + 9),
    ("%-+ #09d", 1, 8 + 9 + 9),
    ("%*d", (7, 1), 3 + 8 + 11 + 9),
    ("%(a)9d %(b)s", {"a": 1, "b": "xy"}, 12 + 9 + 9 + 3),
    ("%(a)s%(a)s", {"a": "xy"}, 10 + 3 + 3),
    ("%(c)s", {"a": 1, "b": "x" * 9}, 5 + 10),
    ("%9999999999d", 1, 12 + 999_999_999 + 9),
]


@pytest.mark.parametrize(("format", "right", "size"), PERCENT)
def test_the_operator_for_percent_gives_text_of_a_size(format: str | bytes, right: Value, size: int) -> None:
    assert measure_percent(format, right) == size


FIELDS: list[tuple[str, tuple[Value, ...], dict[Value, Value], int]] = [
    # The format, the operands, and the widths
    ("ab", (1,), {}, 2),
    ("{}{}", (1, "abc"), {}, 4 + 9 + 4),
    ("{1}{1}", (1, "abc"), {}, 6 + 4 + 4),
    ("{a}{b}", (), {"a": 1, "b": "abc"}, 6 + 9 + 4),
    ("{a.b}{a[c]}", (), {"a": 1}, 11 + 9 + 9),
    ("{nobody}", (), {"a": 1}, 8 + 9),
    ("{:>5.7}", (1,), {}, 7 + 9 + 12),
    ("{:{}}", (1, 30), {}, 5 + 13 + 30),
    ("{:{}}", ("ab", ">1000"), {}, 5 + 6 + 1000),
    ("{:{}.{}}", (1, [[7]], {"a": "9"}), {}, 8 + 10 + 2 * 9),
    ("{a}{", (), {"a": 1}, 4 + 9),
]


@pytest.mark.parametrize(("text", "arguments", "keywords", "size"), FIELDS)
def test_format_gives_text_of_a_size(
    text: str, arguments: tuple[Value, ...], keywords: dict[Value, Value], size: int
) -> None:
    assert measure_fields(text, arguments, keywords) == size


def test_a_width_among_the_operands_is_refused_where_it_is_too_large() -> None:
    with pytest.raises(BoundError):
        measure_percent("%*d", (MOST_TEXT + 1, 1))
    with pytest.raises(BoundError):
        measure_fields("{:{}}", (1, MOST_TEXT + 1), {})
