"""Values in the JSON of `explain`: with their types, where JSON has them."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from generator.reports.origins import read_value


@pytest.mark.parametrize(
    ("spelt", "read"),
    [
        (None, None),
        ("null", None),
        ("512", 512),
        ("1.5", 1.5),
        ('"a"', "a"),
        ("true", True),
        ("[1, 2]", [1, 2]),
        ("***", "***"),
        ("3e567", "3e567"),
        ("-3e567", "-3e567"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("[1, 3e567]", "[1, 3e567]"),
    ],
)
def test_a_value_is_read_as_json_has_it(spelt: str | None, read: Value) -> None:
    assert read_value(spelt) == read
