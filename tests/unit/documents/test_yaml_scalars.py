"""Scalars as YAML that reads the same everywhere."""

from __future__ import annotations

import pytest

from generator.documents.parsing.yaml import parse_yaml
from generator.documents.yaml_scalars import write_scalar
from generator.model.findings import Source
from generator.model.nodes import Scalar, Value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("main", "main"), ("v1.2.3", "v1.2.3"), ("2.3.7", "2.3.7"), ("1.10", '"1.10"'), ("0.5", '"0.5"'), ("512", "512"),
        ("007", '"007"'), ("1e3", '"1e3"'), ("0x1F", '"0x1F"'), ("12:30", '"12:30"'), ("2026-11-29", '"2026-11-29"'),
        ("on", '"on"'), ("NO", '"NO"'), ("y", '"y"'), ("null", '"null"'), ("~", '"~"'), ("", '""'), (" a", '" a"'),
        ("a b", "a b"), ("a: b", '"a: b"'), ("a #b", '"a #b"'), ("a#b", '"a#b"'), ("-dev", "-dev"), ("--flag", "--flag"),
        ("- a", '"- a"'), ("-1", "-1"), ("{{X}}", '"{{X}}"'), ("@x", '"@x"'), ("*x", '"*x"'), ("it's", "it's"), ('"', '"\\""'),
        ("a\nb", '"a\\nb"'), ("é", "é"), ("😀", '"😀"'), ("\u2028", '"\\u2028"'), ("https://x.io/a?b=c", "https://x.io/a?b=c"),
        (512, "512"), (True, "true"), (None, "null"), ("true", '"true"'), ("+1", '"+1"'), ("1_000", '"1_000"'), (".5", '".5"'),
    ],
)  # fmt: skip
def test_a_scalar_is_quoted_where_some_reader_would_take_it_for_something_else(value: Value, written: str) -> None:
    assert write_scalar(value) == written
    node, findings = parse_yaml(Source("x", f"{written}\n"))
    assert findings == () and isinstance(node, Scalar)
    assert node.text == (value if isinstance(value, str) else written)
