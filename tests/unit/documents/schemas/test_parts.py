"""The bytes of a schema."""

from __future__ import annotations

import json

import pytest

from generator.commands.schema import make_text
from generator.documents.schemas.files import KINDS, Kind
from generator.documents.schemas.parts import write_schema
from generator.model.project import Settings


def test_what_fits_on_a_line_stands_on_one() -> None:
    long = {"a": ["x" * 60, "y" * 60], "é": {"b": [1, None, True]}}
    assert write_schema(long) == (
        "{\n" + f'  "a": ["{"x" * 60}", "{"y" * 60}"],\n' + '  "é": {"b": [1, null, true]}\n}'
    )
    assert write_schema(["x" * 80, "y" * 80]) == f'[\n  "{"x" * 80}",\n  "{"y" * 80}"\n]'


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_written_alike_each_time_and_without_what_an_editor_would_head_every_text_with(kind: Kind) -> None:
    text = make_text(kind, Settings())
    assert text == make_text(kind, Settings())
    assert text.endswith("}\n") and "\r" not in text
    schema = json.loads(text)
    assert [*schema][:2] == ["$schema", "$comment"] and [*schema][-1] == "definitions"
    assert "title" not in schema and f"`taskdef schema {kind}`" in schema["$comment"]
