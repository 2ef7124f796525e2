"""The types that values have in templates: only what is written as JSON is an integer, a boolean or null."""

from __future__ import annotations

import re

import pytest

from generator.documents.parsing.scalars import MAX_DIGITS, is_variable_name, parse_setting, to_value, type_scalar
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Place, Source
from generator.model.nodes import Item, Keyed, Kind, ListNode, MapNode, Scalar, Value

PLACE = Place(Source("environments/dev.yaml", ""), 0, 0)

TYPED: list[tuple[str, Value]] = [
    ("0", 0),
    ("7", 7),
    ("-7", -7),
    ("123456789012", 123456789012),
    ("9" * MAX_DIGITS, int("9" * MAX_DIGITS)),
    ("true", True),
    ("false", False),
    ("null", None),
]

TEXT = (
    "-0", "+7", "00", "01", "-01", "0755", "0o17", "0x1F", "0b1", "1_000", "012345670123", "190:20:30", "12:30:45",
    "1.10", "1.0", "1.", ".5", "-.5", "1e3", "123e4567", "6.02e+23", ".inf", ".nan", "-", "--1", "1-", "1 2", "٣", "²",
    "9" * (MAX_DIGITS + 1),
    "NO", "no", "yes", "on", "off", "y", "n", "True", "TRUE", "False", "~", "Null", "NULL", "None", "",
    "2024-01-01", "2024-01-01T12:00:00Z", "=", "<<", "v1.0.0", "{}", "[1]", '"1"',
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_a_plain_scalar_written_as_json_writes_it_has_its_type(text: str, value: Value) -> None:
    typed = type_scalar(Scalar(PLACE, "plain", text))
    assert (typed, type(typed)) == (value, type(value))
    assert parse_setting(f"key={text}") == ("key", value)


@pytest.mark.parametrize("text", TEXT)
def test_every_other_plain_scalar_is_text_as_written(text: str) -> None:
    assert type_scalar(Scalar(PLACE, "plain", text)) == text
    assert parse_setting(f"key={text}") == ("key", text)


@pytest.mark.parametrize("text", [text for text, _ in TYPED] + ["a", ""])
def test_quoted_text_is_text(text: str) -> None:
    assert type_scalar(Scalar(PLACE, "text", text)) == text


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [("number", "12", 12), ("number", "1.5", 1.5), ("number", "1e3", 1000.0), ("boolean", "true", True), ("null", "null", None)],
)  # fmt: skip
def test_a_json_literal_has_its_type(kind: Kind, text: str, value: Value) -> None:
    typed = type_scalar(Scalar(PLACE, kind, text))
    assert (typed, type(typed)) == (value, type(value))


def test_nodes_become_plain_values() -> None:
    node, _ = parse_yaml(
        Source("environments/dev.yaml", "a: {b: [1, '1', NO, true], c: {}, d: []}\ne: null\n1: &x [2]\nf: *x\n")
    )
    assert node is not None
    value = to_value(node)
    assert value == {"a": {"b": [1, "1", "NO", True], "c": {}, "d": []}, "e": None, "1": [2], "f": [2]}
    assert value["1"] is not value["f"]


def test_a_keyed_list_becomes_a_list() -> None:
    name = Scalar(PLACE, "text", "app")
    item = MapNode(PLACE, {"name": name}, {"name": PLACE})
    assert to_value(Keyed(PLACE, (Item("app", item),))) == [{"name": "app"}] == to_value(ListNode(PLACE, (item,)))


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("image_tag=v1.0.0", ("image_tag", "v1.0.0")),
        ("a=b=c", ("a", "b=c")),
        ("a==", ("a", "=")),
        ("a= 1", ("a", " 1")),
        ("a='1'", ("a", "'1'")),
        ("größe=1", ("größe", 1)),
        ("_x1=", ("_x1", "")),
    ],
)
def test_a_setting_splits_at_its_first_equals_sign(text: str, setting: tuple[str, Value]) -> None:
    assert parse_setting(text) == setting


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "`` is not of the form `KEY=VALUE`"),
        ("image_tag", "`image_tag` is not of the form `KEY=VALUE`"),
        ("=x", "`` cannot be the name of a variable"),
        ("log-level=DEBUG", "`log-level` cannot be the name of a variable"),
        ("a.b=1", "`a.b` cannot be the name of a variable"),
        ("1a=1", "`1a` cannot be the name of a variable"),
        (" a=1", "` a` cannot be the name of a variable"),
        ("true=1", "`true` cannot be the name of a variable"),
    ],
)
def test_a_setting_without_a_usable_name_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_setting(text)


def test_jinja_words_name_no_variable() -> None:
    words = ["and", "else", "false", "False", "if", "in", "is", "none", "None", "not", "or", "true", "True"]
    assert [is_variable_name(word) for word in [*words, "for", "item", "set"]] == [False] * 13 + [True] * 3
