"""Laws of setting a value in an overlay: it reads back, everything else reads as before, and no byte outside of it changes."""

from __future__ import annotations

import json

from hypothesis import assume, given, strategies as st

from generator.documents.editing import apply_edits
from generator.documents.parsing.scalars import type_scalar
from generator.documents.parsing.yaml import parse_yaml
from generator.documents.yaml_editing import type_like
from generator.model.findings import Source
from generator.model.nodes import MapNode, Node, Scalar, Value
from generator.project.loading import decode_text
from generator.review.set.editing import edit_source
from generator.review.set.locating import locate
from generator.review.set.names import VARIABLES, Leg, Name

KEYS = st.sampled_from(["a", "b", "tag", "db", "log_level", "x1"])

TRAPS = st.sampled_from(
    ["yes", "No", "1e3", "0123", "null", "~", "", "2024-01-01", "a: b", "#", "a #", " a", "a ", "- a", "[", "}", "a,b", "*a", "&a",
     "!a", "%a", "@a", "`", "'", '"', "\\", "\n", "a\nb", "\t", "1", "-0", "1.10", "true", "12:30", "0x1F", "{{ x }}", "...", "---",
     "?", "? a", "=", "<<", "é", "😀", "\u2028", "\x85", "\ufeff", "\x7f", "|", ">", "a:"]
)  # fmt: skip
TEXTS = st.one_of(TRAPS, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))

Tree = dict[str, Value]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.dictionaries(KEYS, TEXTS, max_size=3),
    lambda inner: st.dictionaries(KEYS, st.one_of(TEXTS, inner), min_size=1, max_size=3),
    max_leaves=8,
)


@st.composite
def overlays(draw: st.DrawFn) -> str:
    """An overlay with variables in block and flow form, with all kinds of quotes, comments and blank lines."""
    step = draw(st.sampled_from([1, 2, 4]))
    lines = write_entry(draw, "vars", draw(TREES), 0, step)
    if draw(st.booleans()):
        lines = ["# Above.", "", "extends: _base", *lines, "patch: {cpu: 256}  # the size"]
    return "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n", "  # the end\n"]))


def write_entry(draw: st.DrawFn, key: str, value: Value, column: int, step: int) -> list[str]:
    """Write one entry in lines."""
    head = f"{' ' * column}{key}:"
    behind = draw(st.sampled_from(["", "", "  # why", " "]))
    if isinstance(value, str):
        return write_text(draw, head, value, column + step, behind)
    if not value or draw(st.integers(0, 3)) == 0:
        return write_flow(draw, head, value, column, behind)
    lines = [f"{head}{behind}"]
    for name, child in value.items():
        lines += draw(st.sampled_from([[], [], [""], [f"{' ' * column}# about {name}"]]))
        lines += write_entry(draw, name, child, column + step, step)
    return lines


def write_text(draw: st.DrawFn, head: str, value: str, column: int, behind: str) -> list[str]:
    """Write a text on the line of its key, or as a block below it."""
    if value.isascii() and value.isalnum() and draw(st.booleans()):
        style = draw(st.sampled_from(["|", ">-", "|+", "plain"]))
        if style == "plain":
            return [f"{head} {value}{behind}"]
        return [f"{head} {style}", f"{' ' * column}{value}", *draw(st.sampled_from([[], [""]]))]
    single = "'" + value.replace("'", "''") + "'"
    quoted = single if value.isprintable() and draw(st.booleans()) else json.dumps(value)
    return [f"{head} {quoted}{behind}"]


def write_flow(draw: st.DrawFn, head: str, value: Tree, column: int, behind: str) -> list[str]:
    """Write a mapping in brackets, on one line or on several."""
    pairs = [f"{name}: {json.dumps(child)}" for name, child in value.items()]
    if not pairs or draw(st.booleans()):
        comma = draw(st.sampled_from(["", ","])) if pairs else ""
        return [f"{head} {{{', '.join(pairs)}{comma}}}{behind}"]
    inner = " " * (column + 2)
    comma, last = draw(st.sampled_from(["", ","])), draw(st.sampled_from(["", "  # last"]))
    return [
        f"{head} {{",
        *(f"{inner}{pair}," for pair in pairs[:-1]),
        f"{inner}{pairs[-1]}{comma}{last}",
        f"{' ' * column}}}{behind}",
    ]


def read(text: str) -> MapNode:
    root, findings = parse_yaml(Source("environments/dev.yaml", text))
    assume(not findings and isinstance(root, MapNode))
    assert isinstance(root, MapNode)
    return root


def list_ways(node: Node, way: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """List the ways to the values of a tree."""
    if not isinstance(node, MapNode):
        return [way]
    return [each for key, child in node.items.items() for each in list_ways(child, (*way, key))]


def flatten(node: Node, way: tuple[str, ...] = ()) -> dict[tuple[str, ...], tuple[str, str]]:
    """Give every value by the way to it, as it was written."""
    if isinstance(node, Scalar):
        return {way: (node.kind, node.text)}
    assert isinstance(node, MapNode)
    return {key: each for name, child in node.items.items() for key, each in flatten(child, (*way, name)).items()}


def name_variable(way: tuple[str, ...]) -> tuple[Name, tuple[Leg, ...]]:
    legs = tuple(Leg(key) for key in way)
    return Name(VARIABLES, legs[1:], ".".join(way[1:])), legs


@given(overlays(), TEXTS, st.data())
def test_a_value_reads_back_and_no_byte_outside_of_it_changes(text: str, wanted: str, data: st.DataObject) -> None:
    root = read(text)
    ways = [way for way in list_ways(root) if way[0] == "vars" and len(way) > 1]
    assume(ways)
    way = data.draw(st.sampled_from(ways))
    name, legs = name_variable(way)
    spot = locate(root, legs)
    assert isinstance(spot.node, Scalar) and not spot.rest and spot.obstacle is None
    value = type_like(wanted, spot.node)

    edited = edit_source(root, spot, name, value)

    (edit,) = edited.edits
    _, start, end = spot.node.place
    assert (edit.place.start, edit.place.end) == (start, end)
    changed = edited.source.text
    assert changed[:start] == text[:start] and changed[len(changed) - len(text) + end :] == text[end:]
    after = read(changed)
    assert {key: each for key, each in flatten(after).items() if key != way} == {
        key: each for key, each in flatten(root).items() if key != way
    }
    found = locate(after, legs).node
    assert isinstance(found, Scalar) and type_scalar(found) == value and found.place == edited.place


@given(overlays(), TEXTS, st.data())
def test_a_new_value_is_an_entry_more_and_nothing_else_changes(text: str, wanted: str, data: st.DataObject) -> None:
    root = read(text)
    parents = {way[:length] for way in list_ways(root) for length in range(1, len(way)) if way[0] == "vars"} | {
        ("vars",)
    }
    parent = data.draw(st.sampled_from(sorted(parents)))
    way = (*parent, *data.draw(st.sampled_from([("new",), ("new", "er")])))
    name, legs = name_variable(way)
    value = type_like(wanted, None)

    edited = edit_source(root, locate(root, legs), name, value)

    assert all(edit.place.start == edit.place.end for edit in edited.edits)
    assert apply_edits(edited.source.text, []) == edited.source.text
    after = flatten(read(edited.source.text))
    assert {key: each for key, each in after.items() if key != way} == flatten(root)
    found = locate(read(edited.source.text), legs).node
    assert isinstance(found, Scalar) and type_scalar(found) == value


@given(overlays(), TEXTS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]), st.data())
def test_byte_order_marks_and_ends_of_lines_stay(
    text: str, wanted: str, ending: str, mark: str, data: st.DataObject
) -> None:
    root = read(text)
    new = data.draw(st.booleans())
    ways = [way for way in list_ways(root) if way[0] == "vars" and len(way) > 1]
    assume(new or ways)
    way = ("vars", "new") if new else data.draw(st.sampled_from(ways))
    name, legs = name_variable(way)
    edited = edit_source(root, locate(root, legs), name, type_like(wanted, None) if new else wanted)
    written = mark + text.replace("\n", ending)

    changed = apply_edits(written, sorted(edited.edits, key=lambda edit: edit.place.start))

    assert decode_text("dev.yaml", changed.encode()) == edited.source.text
    assert changed == mark + edited.source.text.replace("\n", ending)
