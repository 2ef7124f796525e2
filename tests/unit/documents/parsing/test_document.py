"""JSON to nodes: pieces of a rendered template with commas to spare, plain files as JSON is defined, and where each mistake is."""

from __future__ import annotations

import pytest

from generator.documents.parsing.document import parse_document, parse_json
from generator.documents.parsing.printed import MOST_LEVELS
from generator.model.findings import Finding, Note, Place, Source
from generator.model.nodes import NO_VALUE, ListNode, MapNode, Node, Piece, Scalar, Value
from tests.support import to_python

Told = tuple[str, str, str, str | None]


def tell(findings: tuple[Finding, ...]) -> list[Told]:
    """Tell findings as (code, line:column, message, help)."""
    return [
        (finding.code, str(finding.location).removeprefix("t:"), finding.message, finding.help) for finding in findings
    ]


def read(text: str) -> tuple[Node | None, list[Told]]:
    node, findings = parse_json(Source("t", text))
    return node, tell(findings)


def read_template(*texts: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse texts that stand one after the other in one template, each a piece."""
    source = Source("t", "".join(texts))
    pieces = []
    start = 0
    for text in texts:
        pieces.append(Piece(Place(source, start, start + len(text)), text, NO_VALUE))
        start += len(text)
    return parse_document(pieces)


def locate(text: str, node: Node) -> Value:
    """Show the source text of every key and value."""
    if isinstance(node, MapNode):
        return {
            text[node.keys[key].start : node.keys[key].end]: (
                text[node.place.start : node.place.end],
                locate(text, item),
            )
            for key, item in node.items.items()
        }
    if isinstance(node, ListNode):
        return [(text[node.place.start : node.place.end]), *(locate(text, item) for item in node.items)]
    return text[node.place.start : node.place.end]


def test_scalars_keep_how_they_were_written() -> None:
    source = Source("t", '["a\\n\\u00e9\\/", 1.50, -0, 1E+2, 123e4567, true, false, null]')
    node, findings = parse_json(source)
    assert findings == ()
    assert isinstance(node, ListNode)
    assert [item[1:] for item in node.items if isinstance(item, Scalar)] == [
        ("text", "a\né/"),
        ("number", "1.50"),
        ("number", "-0"),
        ("number", "1E+2"),
        ("number", "123e4567"),
        ("boolean", "true"),
        ("boolean", "false"),
        ("null", "null"),
    ]


def test_every_key_and_value_knows_its_place() -> None:
    text = ' { "a" : [1, "\\u0041"],\n  "b": {"c": null} } '
    node, _ = parse_json(Source("t", text))
    assert node is not None
    whole = text.strip()
    assert locate(text, node) == {
        '"a"': (whole, ['[1, "\\u0041"]', "1", '"\\u0041"']),
        '"b"': (whole, {'"c"': ('{"c": null}', "null")}),
    }


def test_a_string_of_several_pieces_spans_from_quote_to_quote() -> None:
    source = Source("t", '["a-{{ x }}-b", {{ y }}]')
    pieces = [
        Piece(Place(source, 0, 4), '["a-', NO_VALUE),
        Piece(Place(source, 4, 11), "", 'q"'),
        Piece(Place(source, 11, 16), '-b", ', NO_VALUE),
        Piece(Place(source, 16, 23), "", {"k": [1]}),
        Piece(Place(source, 23, 24), "]", NO_VALUE),
    ]
    node, findings = parse_document(pieces)
    assert findings == ()
    text, value = Place(source, 1, 14), Place(source, 16, 23)
    number = Scalar(value, "number", "1")
    mapping = MapNode(value, {"k": ListNode(value, (number,))}, {"k": value})
    assert node == ListNode(Place(source, 0, 24), (Scalar(text, "text", 'a-q"-b'), mapping))


def test_a_value_from_two_templates_is_shown_where_it_begins() -> None:
    task, partial = Source("t", '{"a": "x'), Source("p", 'y"}')
    node, _ = parse_document(
        [Piece(Place(task, 0, 8), task.text, NO_VALUE), Piece(Place(partial, 0, 3), partial.text, NO_VALUE)]
    )
    assert isinstance(node, MapNode)
    assert node.items["a"] == Scalar(Place(task, 6, 7), "text", "xy")
    assert node.place == Place(task, 0, 1)


SPARE = ["[1,]", '{"a": 1,}', '[[1,], {"b": [],},\n]', "[ 1 , ]"]


@pytest.mark.parametrize("text", SPARE)
def test_templates_may_have_a_comma_to_spare_and_files_may_not(text: str) -> None:
    node, findings = read_template(text)
    assert findings == ()
    assert node is not None
    node, told = read(text)
    assert node is None
    assert [(code, help) for code, _, _, help in told] == [("E104", "remove it")]


def test_texts_of_a_template_are_one_text() -> None:
    node, findings = read_template('{"a', '": 1', "2", '5, "b": tr', "ue", "}")
    assert findings == ()
    assert node is not None
    assert to_python(node) == {"a": 125, "b": True}


ESCAPE_HELP = "write `\\\\` for a backslash"
QUOTE_HELP = "put text in double quotes"

BROKEN: list[tuple[str, Told]] = [
    ("", ("E104", "1:1", "there is no JSON here", None)),
    (" \n ", ("E104", "1:1", "there is no JSON here", None)),
    ("[1", ("E104", "1:1", "`[` is never closed", None)),
    ("[", ("E104", "1:1", "`[` is never closed", None)),
    ("[1,", ("E104", "1:1", "`[` is never closed", None)),
    ('[{"a": 1,', ("E104", "1:2", "`{` is never closed", None)),
    ('{"a": {', ("E104", "1:7", "`{` is never closed", None)),
    ('{"a"', ("E104", "1:4", "`:` is missing at the end", None)),
    ('{"a":', ("E104", "1:5", "a value is missing at the end", None)),
    ('{"a": [1}', ("E104", "1:9", "`}` is here, where `]` is expected", None)),
    ('{"a": 1]', ("E104", "1:8", "`]` is here, where `}` is expected", None)),
    ("[1 2]", ("E104", "1:2", "a `,` is missing after this value", None)),
    ('{"a": 1\n "b": 2}', ("E104", "1:7", "a `,` is missing after this value", None)),
    ('["a""b"]', ("E104", "1:4", "a `,` is missing after this value", None)),
    ("[1:2]", ("E104", "1:3", "`,` or `]` is expected, not `:`", None)),
    ("[,1]", ("E104", "1:2", "a value is missing before `,`", None)),
    ("[1,,2]", ("E104", "1:4", "a value is missing before `,`", None)),
    ('{"a": }', ("E104", "1:7", "a value is missing before `}`", None)),
    ("{,}", ("E104", "1:2", "a key is missing before `,`", None)),
    ('{"a" 1}', ("E104", "1:6", "`:` is expected, not `1`", None)),
    ("{a: 1}", ("E104", "1:2", "the key `a` has no double quotes", 'use `"`')),
    ("{1: 1}", ("E104", "1:2", "the key `1` has no double quotes", 'use `"`')),
    ("[1] 2", ("E104", "1:5", "the end of the document is expected, not `2`", None)),
    ("[1]]", ("E104", "1:4", "the end of the document is expected, not `]`", None)),
    ("[True]", ("E104", "1:2", "`True` is not JSON", "write `true`")),
    ("[None]", ("E104", "1:2", "`None` is not JSON", "write `null`")),
    ("[NaN]", ("E104", "1:2", "`NaN` is not JSON", QUOTE_HELP)),
    ("[01]", ("E104", "1:2", "`01` is not JSON", QUOTE_HELP)),
    ("[1.]", ("E104", "1:2", "`1.` is not JSON", QUOTE_HELP)),
    ("[+1]", ("E104", "1:2", "`+1` is not JSON", QUOTE_HELP)),
    ("[0x10]", ("E104", "1:2", "`0x10` is not JSON", QUOTE_HELP)),
    ("[" + "x" * 50 + "]", ("E104", "1:2", "`" + "x" * 39 + "…` is not JSON", QUOTE_HELP)),
    ("['a']", ("E104", "1:2", "JSON needs straight double quotes around text", 'use `"`')),
    ("[“a”]", ("E104", "1:2", "JSON needs straight double quotes around text", 'use `"`')),
    ("[1\u00a0]", ("E104", "1:2", "`1\u00a0` is not JSON", QUOTE_HELP)),
    ("\ufeff[]", ("E104", "1:1", "`\ufeff` is not JSON", QUOTE_HELP)),
    ("[1] // x", ("E104", "1:5", "JSON has no comments", "remove it")),
    ("{/* x */}", ("E104", "1:2", "JSON has no comments", "remove it")),
    ("# x\n[]", ("E104", "1:1", "JSON has no comments", "remove it")),
    ('["a]', ("E104", "1:2", "a string is never closed", None)),
    ('["a\n"]', ("E104", "1:2", "a string has a line break", 'close the string with `"`, or write `\\n`')),
    ('["a\tb"]', ("E104", "1:4", "a string has a tab", "write `\\t`")),
    ('["\x01"]', ("E104", "1:3", "a string has the control character U+0001", "write `\\u0001`")),
    ('["\0"]', ("E104", "1:3", "a string has the control character U+0000", "write `\\u0000`")),
    ("[\0]", ("E104", "1:2", "a value is missing before `\0`", None)),
    ('["a\\d"]', ("E104", "1:4", "`\\d` is not a JSON escape", ESCAPE_HELP)),
    ('["\\', ("E104", "1:3", "`\\` is not a JSON escape", ESCAPE_HELP)),
    ('["\\u12"]', ("E104", "1:3", "`\\u` is not followed by four hexadecimal digits", ESCAPE_HELP)),
    ('["\\u+123"]', ("E104", "1:3", "`\\u` is not followed by four hexadecimal digits", ESCAPE_HELP)),
    ("[" * 101 + "]" * 101, ("E104", "1:101", "this nests deeper than 100 levels", None)),
]


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_text_that_is_no_json_is_told_where_it_is_none(text: str, told: Told) -> None:
    assert read(text) == (None, [told])


def test_a_bracket_that_closes_another_one_is_told_with_the_one_that_is_open() -> None:
    _, findings = parse_json(Source("t", '{\n "a": [1\n}'))
    assert [finding.notes for finding in findings] == [
        (Note("`[` was opened here", Place(Source("t", '{\n "a": [1\n}'), 8, 9).location),)
    ]


def test_a_comment_of_a_template_is_told_how_to_be_written() -> None:
    _, findings = read_template("[1] // x")
    assert tell(findings) == [("E104", "1:5", "JSON has no comments", "write it as `{# … #}`")]


def test_every_key_that_stands_twice_is_told_with_where_it_stood_first() -> None:
    text = '{"a": 1, "b": {"c": 1, "c": 2},\n "a": 2, "a": 3}'
    node, findings = parse_json(Source("t", text))
    assert node is not None
    assert [(code, at, message, help) for code, at, message, help in tell(findings)] == [
        ("E106", "1:24", "`c` is in one object twice", "keep one"),
        ("E106", "2:2", "`a` is in one object twice", "keep one"),
        ("E106", "2:10", "`a` is in one object twice", "keep one"),
    ]
    assert [[(note.text, str(note.location)) for note in finding.notes] for finding in findings] == [
        [("first written here", "t:1:16")],
        [("first written here", "t:1:2")],
        [("first written here", "t:1:2")],
    ]


def test_an_escaped_key_is_the_same_key() -> None:
    assert [code for code, *_ in read('{"a": 1, "\\u0061": 2}')[1]] == ["E106"]


def test_every_lone_surrogate_is_told_and_pairs_are_characters() -> None:
    help = "write the character itself, or both halves"
    node, told = read('["\\ud83d\\ude00", "\\ud83d\\u0041", "\\ude00\\ud83d", "\\uD83D\\uDE00"]')
    assert node is not None
    assert to_python(node) == ["😀", "\ufffdA", "\ufffd\ufffd", "😀"]
    assert told == [
        ("E108", "1:19", "`\\ud83d` is half of a surrogate pair, and no character alone", help),
        ("E108", "1:35", "`\\ude00` is half of a surrogate pair, and no character alone", help),
        ("E108", "1:41", "`\\ud83d` is half of a surrogate pair, and no character alone", help),
    ]


def test_depth_up_to_the_bound_is_read() -> None:
    text = "[" * MOST_LEVELS + "]" * MOST_LEVELS
    assert read(text)[1] == []


def test_no_pieces_are_no_document() -> None:
    assert parse_document([]) == (None, (Finding("E104", "error", "there is no JSON here"),))


VALUES: list[tuple[Value, list[str]]] = [
    (float("inf"), ["a number that is not finite is printed, and JSON has no such value"]),
    (b"x", ["an object is printed, and JSON has no such value"]),
    ({1: 2}, ["a mapping with keys that are not text is printed, and JSON has no such value"]),
    ([object()], ["an object is printed, and JSON has no such value"]),
    ((1, True, None), []),
]


@pytest.mark.parametrize(("value", "messages"), VALUES)
def test_a_piece_is_a_json_value_or_an_error(value: Value, messages: list[str]) -> None:
    place = Place(Source("t", "{{ x }}"), 0, 7)
    _, findings = parse_document([Piece(place, "", value)])
    assert [(finding.code, finding.message) for finding in findings] == [("E103", message) for message in messages]
