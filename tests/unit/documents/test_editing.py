"""Edits of JSON in place: tables of a text, and what becomes of it; nothing beside what is edited changes."""

from __future__ import annotations

import pytest

from generator.documents.editing import apply_edits, join_edits, remove_members, splice_member
from generator.documents.parsing.document import parse_json
from generator.model.findings import Edit, Place, Source
from generator.model.nodes import MapNode


def read(text: str) -> MapNode:
    node, _ = parse_json(Source("a.json", text))
    assert isinstance(node, MapNode)
    return node


def edit(text: str, places: list[tuple[int, int, str]]) -> str:
    """Apply edits that are given by what they span in the source, to the text on the disk."""
    source = Source("a.json", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return apply_edits(text, [Edit(Place(source, start, end), added) for start, end, added in places])


REMOVED: dict[str, tuple[str, str]] = {
    "the only member": ('{"x": 1}', "{}"),
    "the only member, with lines": ('{\n  "x": 1\n}\n', "{}\n"),
    "all members": ('{"x": 1, "y": 2}', "{}"),
    "the first": ('{"x": 1, "a": 2}', '{"a": 2}'),
    "the last": ('{"a": 2, "x": 1}', '{"a": 2}'),
    "one in the middle": ('{"a": 2, "x": 1, "b": 3}', '{"a": 2, "b": 3}'),
    "blanks at the brackets": ('{ "x": 1 , "a": 2 , "y": 3 }', '{ "a": 2 }'),
    "no blanks": ('{"a":2,"x":1,"b":3}', '{"a":2,"b":3}'),
    "the first line": ('{\n  "x": 1,\n  "a": 2\n}', '{\n  "a": 2\n}'),
    "the last line": ('{\n  "a": 2,\n  "x": 1\n}', '{\n  "a": 2\n}'),
    "a line in the middle": ('{\n  "a": 2,\n  "x": 1,\n  "b": 3\n}', '{\n  "a": 2,\n  "b": 3\n}'),
    "lines apart": ('{\n  "a": 2,\n  "x": 1,\n  "b": 3,\n  "y": 1\n}', '{\n  "a": 2,\n  "b": 3\n}'),
    "several lines": ('{\n  "x": {\n    "b": [\n      1\n    ]\n  },\n  "a": 2\n}', '{\n  "a": 2\n}'),
    "the last of a group": ('{\n  "a": 2,\n  "x": 1,\n\n  "b": 3\n}', '{\n  "a": 2,\n\n  "b": 3\n}'),
    "the first of a group": ('{\n  "a": 2,\n\n  "x": 1,\n  "b": 3\n}', '{\n  "a": 2,\n\n  "b": 3\n}'),
    "a group": ('{\n  "a": 2,\n\n  "x": 1,\n  "y": 1,\n\n  "b": 3\n}', '{\n  "a": 2,\n\n  "b": 3\n}'),
    "the end of a line": ('{\n  "a": 2, "x": 1,\n  "b": 3\n}', '{\n  "a": 2,\n  "b": 3\n}'),
    "the beginning of a line": ('{\n  "a": 2,\n  "x": 1, "b": 3\n}', '{\n  "a": 2,\n  "b": 3\n}'),
    "commas first": ('{ "a": 2\n, "x": 1\n, "b": 3\n}', '{ "a": 2\n, "b": 3\n}'),
    "commas first, the first": ('{ "x": 1\n, "b": 3\n}', '{ "b": 3\n}'),
    "commas first, the last": ('{ "a": 2\n, "x": 1\n}', '{ "a": 2\n}'),
    "blanks before the comma": ('{\n\t"a": 2 ,\n\t"x": 1 ,\n\t"b": 3\n}', '{\n\t"a": 2 ,\n\t"b": 3\n}'),
    "text with commas and brackets": ('{"a": ",}", "x": "},{", "b": "]"}', '{"a": ",}", "b": "]"}'),
    "escaped keys": ('{"\\u0078": 1, "a": 2}', '{"a": 2}'),
    "nothing": ('{"a": 2, "b": 3}', '{"a": 2, "b": 3}'),
}


@pytest.mark.parametrize(("before", "after"), REMOVED.values(), ids=REMOVED)
def test_a_member_goes_with_its_comma_and_its_line(before: str, after: str) -> None:
    edits = remove_members(read(before), ("x", "y"))
    assert edits is not None
    assert apply_edits(before, edits) == after


@pytest.mark.parametrize("text", ['{"x": 1, "x": 2}', '{"a": 1, "x": 2, "a": 3}', '{"x": 1, "a": 1, "a": 3}'])
def test_no_member_goes_where_one_stands_twice(text: str) -> None:
    assert remove_members(read(text), ("x",)) is None


SPLICED: dict[str, tuple[str, str]] = {
    "alone": ('{"x": {"a": 1, "b": 2}}', '{"a": 1, "b": 2}'),
    "between others": ('{"a": 1, "x": {"b": 2}, "c": 3}', '{"a": 1, "b": 2, "c": 3}'),
    "lines": ('{\n  "x": {\n    "a": 1,\n\n    "b": 2\n  }\n}\n', '{\n  "a": 1,\n\n  "b": 2\n}\n'),
    "deeper lines": (
        '{\n\t"x": {\n\t\t"a": {\n\t\t\t"b": [\n\t\t\t]\n\t\t}\n\t},\n\t"c": 3\n}',
        '{\n\t"a": {\n\t\t"b": [\n\t\t]\n\t},\n\t"c": 3\n}',
    ),
    "lines of another indentation": (
        '{\n  "x": {\n    "a": [\n  1,\n      2\n]\n  }\n}',
        '{\n  "a": [\n  1,\n    2\n]\n}',
    ),
    "lines that are as far to the left": ('{\n"x": {\n"a": 1,\n"b": 2\n}\n}', '{\n"a": 1,\n"b": 2\n}'),
    "lines in one": ('{"x": {\n  "a": 1,\n  "b": 2\n}}', '{"a": 1,\n  "b": 2}'),
    "a line of one": ('{\n  "x": {"a": 1, "b": [\n    2]}\n}', '{\n  "a": 1, "b": [\n    2]\n}'),
}


@pytest.mark.parametrize(("before", "after"), SPLICED.values(), ids=SPLICED)
def test_members_move_up_in_the_place_of_the_one_that_holds_them(before: str, after: str) -> None:
    edits = splice_member(read(before), "x")
    assert edits is not None
    assert apply_edits(before, edits) == after


@pytest.mark.parametrize(
    "text", ['{"x": {"a": 1}, "x": {"a": 2}}', '{"x": {"a": 1, "a": 2}}', '{"x": {}}', '{"x": [{"a": 1}]}']
)
def test_nothing_moves_up_where_it_is_not_certain_what(text: str) -> None:
    assert splice_member(read(text), "x") is None


ON_DISK: dict[str, tuple[str, list[tuple[int, int, str]], str]] = {
    "line feeds": ("a\nb\nc\n", [(2, 4, "")], "a\nc\n"),
    "two characters": ("a\r\nb\r\nc\r\n", [(2, 4, "")], "a\r\nc\r\n"),
    "an end of a line alone": ("a\r\nb\r\n", [(1, 2, "")], "ab\r\n"),
    "old ends of lines": ("a\rb\rc", [(2, 4, "")], "a\rc"),
    "ends of all kinds": ("a\r\nb\nc\rd\r\r\ne", [(2, 8, "")], "a\r\n\r\ne"),
    "a byte order mark": ("\ufeffa\r\nb", [(0, 1, "x"), (2, 3, "y")], "\ufeffx\r\ny"),
    "text that comes in": ("a\r\nb\r\n", [(2, 2, "x\n")], "a\r\nx\r\nb\r\n"),
    "text that comes in between line feeds": ("a\nb\n", [(2, 2, "x\n")], "a\nx\nb\n"),
    "two edits": ("abcdef", [(1, 2, "X"), (4, 5, "")], "aXcdf"),
    "no edit": ("\ufeffa\r\n", [], "\ufeffa\r\n"),
}


@pytest.mark.parametrize(("text", "places", "after"), ON_DISK.values(), ids=ON_DISK)
def test_edits_leave_ends_of_lines_and_the_mark(text: str, places: list[tuple[int, int, str]], after: str) -> None:
    assert edit(text, places) == after


def test_edits_are_put_in_order_and_those_inside_of_others_left_out() -> None:
    source = Source("a.json", "0123456789")
    given = [(6, 8), (7, 8), (0, 3), (1, 2), (3, 4)]
    joined = join_edits(Edit(Place(source, *span)) for span in given)
    assert [(place.start, place.end, text) for place, text in joined] == [(0, 4, ""), (6, 8, "")]
