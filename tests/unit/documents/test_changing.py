"""What a help says to write, as edits of a template, an overlay or a file; none where nobody wrote that literally."""

from __future__ import annotations

import pytest

from generator.documents.changing import make_edits, remove_member
from generator.documents.editing import apply_edits
from generator.documents.parsing.document import parse_json
from generator.model.findings import Change, Place, Source

RENAME, TEXT, WRITE, QUOTE = Change("rename", "new"), Change("text", 'a"b'), Change("write", "[1]"), Change("quote")
TEMPLATE, OVERLAY = "templates/web.json.j2", "environments/dev.yaml"


def obey(path: str, text: str, change: Change) -> str:
    """Make a change of what stands between `«` and `»`."""
    before, written, behind = text.partition("«")[0], text.partition("«")[2].partition("»")[0], text.partition("»")[2]
    source = Source(path, before + written + behind)
    return apply_edits(source.text, make_edits(change, Place(source, len(before), len(before + written))))


@pytest.mark.parametrize(
    ("path", "text", "change", "after"),
    [
        (TEMPLATE, '{«"old"»: 1}', RENAME, '{"new": 1}'),
        (TEMPLATE, '{"k": «"old"»}', TEXT, '{"k": "a\\"b"}'),
        (TEMPLATE, '{"k": «"old"»}', WRITE, '{"k": [1]}'),
        (TEMPLATE, '{"k": «1.50»}', QUOTE, '{"k": "1.50"}'),
        ("a.json", '{"k": «"{»}', RENAME, '{"k": "{}'),
        (OVERLAY, "patch: {«old»: 1}", RENAME, "patch: {new: 1}"),
        (OVERLAY, "patch: {«'old'»: 1}", RENAME, 'patch: {"new": 1}'),
        (OVERLAY, "patch:\n  k: «old»\n", TEXT, 'patch:\n  k: "a\\"b"\n'),
        (OVERLAY, "patch:\n  k: «yes»\n", QUOTE, 'patch:\n  k: "yes"\n'),
    ],
)
def test_what_is_literal_is_changed(path: str, text: str, change: Change, after: str) -> None:
    assert obey(path, text, change) == after


@pytest.mark.parametrize("change", [RENAME, TEXT, WRITE, QUOTE], ids=lambda change: str(change.kind))
@pytest.mark.parametrize(
    ("path", "text"),
    [
        (TEMPLATE, '{"k": «"{{ x }}"»}'),
        (TEMPLATE, '{"k": «"a{% if x %}b{% endif %}"»}'),
        (TEMPLATE, '{"k": «{{ x }}»}'),
        (TEMPLATE, '{"k": «[1]»}'),
        (TEMPLATE, '{"k": «{"a": 1}»}'),
        (TEMPLATE, '«»{"k": 1}'),
        (OVERLAY, "patch: {k: &shared «old»}"),
        (OVERLAY, "patch: {k: «*shared»}"),
        (OVERLAY, "patch: {k: «{a: 1}»}"),
        (OVERLAY, "patch:\n  k: «|\n    old\n»"),
    ],
)
def test_what_is_computed_shared_or_no_scalar_stays(path: str, text: str, change: Change) -> None:
    assert obey(path, text, change) == text.replace("«", "").replace("»", "")


def test_what_is_written_is_no_expression_of_a_template() -> None:
    assert obey(TEMPLATE, '{"k": «"old"»}', Change("text", "{{ x }}")) == '{"k": "old"}'


def test_a_number_is_put_in_quotes_and_a_text_is_not_again() -> None:
    assert obey(TEMPLATE, '{"k": «"1"»}', QUOTE) == '{"k": "1"}'


def test_a_member_is_removed_with_its_comma() -> None:
    source = Source("a.json", '{"a": {"b": 1, "c": [{"d": 2, "e": 3}]}}')
    node, _ = parse_json(source)
    assert node is not None
    assert apply_edits(source.text, remove_member(node, ("a", "c", 0, "e"))) == '{"a": {"b": 1, "c": [{"d": 2}]}}'
    assert apply_edits(source.text, remove_member(node, ("a", "b"))) == '{"a": {"c": [{"d": 2, "e": 3}]}}'
    assert [remove_member(node, path) for path in (("a", "x"), ("x", "b"), ("a", "c", 0), ("a", "c", 1, "e"))] == [
        (),
        (),
        (),
        (),
    ]


@pytest.mark.parametrize(
    ("path", "text", "value", "expected"),
    [
        ("a.json", '["curl", 1]', '"curl"', '["CMD", "curl", 1]'),
        ("a.json", '[\n  "curl"\n]', '"curl"', '[\n  "CMD",\n  "curl"\n]'),
        ("a.yaml", "[curl]", "curl", '["CMD", curl]'),
        ("a.yaml", "x:\n  - curl\n", "curl", "x:\n  - CMD\n  - curl\n"),
        ("a.yaml", "x:\n  - - curl\n", "curl", "x:\n  - - curl\n"),
    ],
)
def test_an_item_comes_before_another(path: str, text: str, value: str, expected: str) -> None:
    source = Source(path, text)
    start = text.index(value)
    edits = make_edits(Change("before", "CMD"), Place(source, start, start + len(value)))
    assert apply_edits(text, edits) == expected
