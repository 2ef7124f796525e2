"""JSON text read fast: the same values as read with places, what is odd refused, and the places of a few values."""

from __future__ import annotations

import pytest

from generator.documents.parsing.document import parse_json
from generator.documents.parsing.scalars import to_value
from generator.documents.parsing.values import parse_along, parse_value
from generator.model.findings import Source
from generator.model.nodes import MapNode
from tests.support import compare_places


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        " [1, -0, 2.5, 1e3, 12345678901234567890] ",
        '{"a": "b\\n\\"c\\" \\u00e9 é 😀", "d": [true, false, null]}\n',
        '{"a": {"b": 1}, "c": {"b": 2}}',
        '"text"',
    ],
)
def test_values_are_those_that_a_reader_with_places_gives(text: str) -> None:
    node, findings = parse_json(Source("a.json", text))
    assert node is not None and findings == ()
    assert parse_value(text) == to_value(node)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1} // why',
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": 1, "b": {"c": 1, "c": 1}}',
        '{"a": "\\ud83d"}',
        '{"a": "\\uD83D\\uDE00"}',
        '{"a": "a\nb"}',
        "[" * 100_000 + "]" * 100_000,
        "1" * 5000,
    ],
    ids=lambda text: text[:30],
)
def test_what_is_odd_is_left_to_a_reader_with_places(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_value(text)
    assert parse_value('{"a": {"b": 1}}') == {"a": {"b": 1}}, "what was odd about one text does not matter for the next"


TEXT = """\
{
  "family": "web",
  "cpu" : 1.50 ,
  "containerDefinitions": [
    {"name": "web", "essential": true, "portMappings": [{"containerPort": 80}, {}], "command": []},
    {"name": "\\u00e9", "user": null}
  ],
  "volumes": []
}
"""


@pytest.mark.parametrize(
    ("paths", "read"),
    [
        ([()], ["family", "cpu"]),
        ([("cpu",)], ["family", "cpu"]),
        ([("containerDefinitions", 0)], ["name", "essential"]),
        ([("containerDefinitions", 0, "portMappings", 0, "containerPort")], ["containerPort"]),
        ([("family",), ("containerDefinitions", 1, "user"), ("volumes",)], ["user"]),
        ([("nothing", 5), ("containerDefinitions", 9, "name"), ("containerDefinitions", "name")], ["family"]),
    ],
)
def test_along_paths_places_are_those_of_the_whole_document(
    paths: list[tuple[str | int, ...]], read: list[str]
) -> None:
    source = Source("a.json", TEXT)
    node, _ = parse_json(source)
    along = parse_along(source, paths)
    assert node is not None
    compare_places(node, along)
    assert all(f"'{name}'" in str(along) for name in read)


def test_beside_the_paths_nothing_is_looked_into() -> None:
    along = parse_along(Source("a.json", TEXT), [("family",)])
    assert isinstance(along, MapNode)
    assert along.items["containerDefinitions"][1:] == ((),)
