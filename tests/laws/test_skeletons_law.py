"""A document that is filled in again is the one that would have been parsed, with the same places and findings, whatever is printed."""

from __future__ import annotations

from math import inf, nan

from hypothesis import example, given, strategies as st

from generator.documents.parsing.document import parse_document
from generator.documents.sharing import Shared
from generator.model.findings import Place, Source
from generator.model.nodes import NO_VALUE, Node, Piece, Value

HOLE = "\1"
SOURCE = Source("templates/app.json.j2", "x" * 4000)

PRINTED: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=4),
    st.integers(-5, 5),
    st.sampled_from([None, True, 1.5, nan, inf, "\ud800", "a\0b", [], {}, [1, "a"], {"a": None}, {1: 2}, object]),
)
STRINGS = st.lists(st.sampled_from([HOLE, HOLE, "a", "\\n", "\\ud800", "é"]), max_size=4).map(
    lambda parts: f'"{"".join(parts)}"'
)
LEAVES = st.one_of(STRINGS, st.sampled_from([HOLE, "1", "true", "null", "[]", "{}", "nope"]))
KEYS = st.sampled_from(['"a"', '"b"', '"c"', '"d"', f'"{HOLE}"', HOLE])


def write_object(members: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in members) + "}"


def write_list(items: list[str]) -> str:
    return "[" + ", ".join(items) + "]"


FIXED_KEYS = st.sampled_from(['"a"', '"b"', '"c"', '"d"'])
TEMPLATES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(write_list),
        st.lists(st.tuples(FIXED_KEYS, inner), max_size=4, unique_by=lambda pair: pair[0]).map(write_object),
        st.lists(st.tuples(KEYS, inner), max_size=4).map(write_object),
    ),
    max_leaves=12,
)


def render(template: str, values: list[Value], cut: int) -> tuple[Piece, ...]:
    """Make the pieces of a template with values in its holes; `cut` is where one of its texts is in two pieces."""
    pieces, at = [], 0
    for number, text in enumerate(template.split(HOLE)):
        if number:
            pieces.append(Piece(Place(SOURCE, at, at + 1), "", values[number % len(values)]))
            at += 1
        for part in (text[:cut], text[cut:]):
            if part:
                pieces.append(Piece(Place(SOURCE, at, at + len(part)), part, NO_VALUE))
                at += len(part)
    return tuple(pieces)


@example('{"\1": 1}', [["a"], ["b"]], 0)
@example("{\1: 1}", [["a"], ["b"]], 0)
@example('{"a": "x-\1-\1", "b": [\1, {"c": "\1"}]}', [["a", "b"], ["b", None, 3], [[], "\ud800"]], 1)
@given(TEMPLATES, st.lists(st.lists(PRINTED, min_size=1, max_size=6), min_size=2, max_size=4), st.integers(0, 3))
def test_a_document_that_is_filled_in_is_the_one_that_is_parsed(
    template: str, renders: list[list[Value]], cut: int
) -> None:
    shared = Shared()
    for values in renders:
        pieces = render(template, values, cut)
        assert spell(shared.parse(pieces, SOURCE)) == spell(parse_document(pieces, SOURCE))


@given(TEMPLATES, TEMPLATES, st.lists(PRINTED, min_size=1, max_size=6))
def test_a_render_with_another_text_is_parsed(template: str, other: str, values: list[Value]) -> None:
    shared = Shared()
    for each in (template, other, template):
        pieces = render(each, values, 0)
        assert spell(shared.parse(pieces, SOURCE)) == spell(parse_document(pieces, SOURCE))


def spell(read: tuple[Node | None, object]) -> str:
    """Spell all of it: a NaN is not equal to itself."""
    return repr(read)
