"""JSON in a text of JSON: characters that are written by escapes, and the places of what they say."""

from __future__ import annotations

import json

import pytest

from generator.documents.parsing.document import parse_json
from generator.documents.parsing.nested import list_characters
from generator.model.findings import Source
from generator.model.nodes import Scalar


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ('"ab"', [(1, 2), (2, 3)]),
        (r'"a\"b"', [(1, 2), (2, 4), (4, 5)]),
        (r'"\u00e9x"', [(1, 7), (7, 8)]),
        (r'"\ud83d\ude00x"', [(1, 13), (13, 14)]),
        (r'"\\u0041"', [(1, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8)]),
        ('"é😀"', [(1, 2), (2, 3)]),
        ('""', []),
    ],
)
def test_each_character_of_a_text_has_its_place(written: str, spans: list[tuple[int, int]]) -> None:
    scalar, _ = parse_json(Source("x.json", written))
    assert isinstance(scalar, Scalar)
    assert list(list_characters(scalar)) == spans
    assert len(spans) == len(json.loads(written))
