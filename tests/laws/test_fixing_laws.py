"""Laws of `--fix`: only the bytes of what is mended change, whatever the file looks like; done twice it is done once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from hypothesis import given, settings, strategies as st

from generator.documents.editing import apply_edits
from generator.ecs.shapes import Shape, read_only, shape, task_definition
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.project.loading import decode_text
from generator.review.lint import Linter
from tests.laws.layouts import Layout, Marked, draw_layout, shuffle_members, write_down
from tests.laws.strategies import documents

LINTER = Linter({})
FILES = settings().max_examples * 4 // 3


def read_text(text: str) -> Source:
    return Source("app.json", decode_text("app.json", text.encode()))


def fix(text: str) -> str:
    """What `--fix` makes of a text on the disk."""
    return apply_edits(text, LINTER.find_edits(read_text(text)))


def find_structures(value: Value, wanted: Shape) -> Iterator[tuple[Value, Shape]]:
    """Find the mappings in a document that have a shape, itself first."""
    if isinstance(value, dict):
        yield value, wanted
        for key, child in value.items():
            yield from find_structures(child, shape(wanted.member if wanted.type == "map" else wanted.members[key]))
    elif isinstance(value, list):
        for item in value:
            yield from find_structures(item, shape(wanted.member))


class Draft(NamedTuple):
    """A document without mistakes, the same with one member that has to go, and a layout to write both in."""

    document: Value
    mistaken: Value
    layout: Layout


@st.composite
def clean(draw: st.DrawFn) -> Value:
    """A document in which nothing has to go."""
    document = draw(documents())
    return {name: value for name, value in document.items() if name != "tags" or value}


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A document, and one mistake anywhere in it: a member that ECS sets, a null, or tags that are none."""
    random = draw(st.randoms(use_true_random=False))
    document = shuffle_members(draw(clean()), random)
    structures = list(find_structures(document, task_definition()))
    place, wanted = random.choice([structures[0], *structures, *structures])
    mistakes: list[tuple[str, Value]] = [("comand", None)]
    mistakes += [(name, None) for name in wanted.members if name not in place and name not in wanted.required]
    if place is document:
        mistakes += [(name, random.choice(("x", 7, [], ["a", {"b": 1}], {}))) for name in read_only()] * 3
        mistakes += [] if "tags" in document else [("tags", [])] * 3
    return Draft(document, spoil(document, place, *random.choice(mistakes), random), draw_layout(random))


def spoil(value: Value, place: Value, name: str, mistake: Value, random: Random) -> Value:
    """Copy a value, with a marked member at a random position of one mapping in it."""
    if isinstance(value, list):
        return [spoil(item, place, name, mistake, random) for item in value]
    if not isinstance(value, dict):
        return value
    items = [(key, spoil(child, place, name, mistake, random)) for key, child in value.items()]
    if value is place:
        items.insert(random.randint(0, len(items)), (Marked(name), mistake))
    return dict(items)


def read_pairs(text: str) -> object:
    """Read a text so that the order of members counts."""
    return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=lambda pairs: pairs)


@settings(max_examples=FILES)
@given(drafts())
def test_no_byte_changes_outside_of_the_member_that_goes(draft: Draft) -> None:
    written = write_down(draft.mistaken, draft.layout)
    fixed = fix(written.text)
    alone = written.before.endswith("{") and written.behind.startswith("}")
    gaps = ("",) if alone else (written.leading, written.trailing)
    assert fixed in [f"{written.before}{gap}{written.behind}" for gap in gaps]
    assert read_pairs(fixed) == read_pairs(json.dumps(draft.document))


@settings(max_examples=FILES)
@given(clean(), st.randoms(use_true_random=False))
def test_what_has_no_mistake_stays_byte_for_byte(document: Value, random: Random) -> None:
    text = write_down(shuffle_members(document, random), draw_layout(random)).text
    assert fix(text) == text


@st.composite
def described(draw: st.DrawFn) -> tuple[Value, Value, Layout]:
    """A task definition, the same in an answer with all that has to go, and a layout."""
    random = draw(st.randoms(use_true_random=False))
    document = draw(clean())
    noisy = {**document, **dict.fromkeys(draw(st.sets(st.sampled_from(read_only()))), "x")}
    absent = [name for name in task_definition().members if name not in document and name != "tags"]
    noisy |= dict.fromkeys(draw(st.sets(st.sampled_from(absent), max_size=3)) if absent else ())
    tags = noisy.pop("tags", None)
    answer = {"taskDefinition": noisy} | ({"tags": tags or []} if tags or draw(st.booleans()) else {})
    answer |= {"ResponseMetadata": {"RetryAttempts": 0}} if draw(st.booleans()) else {}
    return document, shuffle_members(answer, random), draw_layout(random)


def list_lines(text: str) -> list[str]:
    """List the lines of a text that say something, without their indentation and comma."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [stripped for line in lines if (stripped := line.strip(" \t,"))]


@given(described())
def test_a_task_definition_is_taken_out_of_an_answer(drawn: tuple[Value, Value, Layout]) -> None:
    document, answer, layout = drawn
    text = write_down(answer, layout).text
    fixed = fix(text)
    assert json.loads(fixed.removeprefix("\ufeff")) == document
    assert fix(fixed) == fixed
    assert fixed.startswith("\ufeff") == text.startswith("\ufeff")
    if layout.short == 0 and not layout.comma_first:
        assert is_part(list_lines(fixed)[1:-1], list_lines(text))


def is_part(some: list[str], lines: list[str]) -> bool:
    """Whether some lines stand among others, in their order."""
    rest = iter(lines)
    return all(line in rest for line in some)


@st.composite
def messes(draw: st.DrawFn) -> str:
    """A document with several mistakes, some of them side by side."""
    random = draw(st.randoms(use_true_random=False))
    document = draw(clean())
    for place, wanted in list(find_structures(document, task_definition())):
        names = [name for name in (*wanted.members, "comand") if name not in (*place, *wanted.required)]
        place |= dict.fromkeys(random.sample(names, min(len(names), random.choice((0, 0, 1, 2, 5)))))
    document |= dict.fromkeys(random.sample(read_only(), random.randint(0, 3)), "x")
    return write_down(shuffle_members(document, random), draw_layout(random)).text


@given(messes())
def test_done_twice_is_done_once(text: str) -> None:
    once = fix(text)
    assert fix(once) == once


@given(messes())
def test_what_mends_one_finding_mends_it(text: str) -> None:
    source = read_text(text)
    for finding in LINTER.lint(source) or ():
        if finding.edits:
            mended = read_text(apply_edits(source.text, finding.edits))
            json.loads(mended.text)
            assert (finding.code, finding.path) not in {(each.code, each.path) for each in LINTER.lint(mended) or ()}
