"""Laws of `--fix`: done twice it is done once, and what is there afterwards says what was there before, but for what was to go."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given, strategies as st

from generator.ecs.lists import ROWS
from generator.ecs.shapes import Shape, read_only, shape, task_definition
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.review.fix import fix_text
from tests.laws.strategies import documents


@st.composite
def described(draw: st.DrawFn) -> tuple[Value, Value]:
    """A task definition, and the same with what has to go: nulls, members that ECS sets, no tags, an answer around it."""
    document = draw(documents())
    noisy = {**document, **dict.fromkeys(draw(st.sets(st.sampled_from(read_only()))), "x")}
    absent = [name for name in task_definition().members if name not in document]
    noisy |= dict.fromkeys(draw(st.sets(st.sampled_from(absent), max_size=3)) if absent else ())
    document = {name: value for name, value in document.items() if name != "tags" or value}
    tags = document.get("tags")
    if draw(st.booleans()):
        wrapped = {"taskDefinition": {name: value for name, value in noisy.items() if name != "tags"}}
        return document, wrapped | ({"tags": tags} if tags or draw(st.booleans()) else {})
    return document, dict(draw(st.permutations(list(noisy.items()))))


def normalize(value: Value, wanted: Shape | None, structure: str = "", member: str = "") -> object:
    """Reduce a value to what it says: in mappings, and in lists that the table orders, order says nothing."""
    if isinstance(value, dict):
        children = {
            key: normalize(child, find_shape(wanted, key), wanted.name if wanted else "", key)
            for key, child in value.items()
        }
        return sorted(children.items())
    if isinstance(value, list):
        items = [normalize(item, shape(wanted.member) if wanted and wanted.member else None) for item in value]
        row = ROWS.get((structure, member))
        order = row.order if row else "kept"
        if order == "kept":
            return items
        texts = sorted(json.dumps(item) for item in items)
        return texts if order == "identity" else sorted(set(texts))
    return value


def find_shape(wanted: Shape | None, key: str) -> Shape | None:
    if wanted is None:
        return None
    name = wanted.member if wanted.type == "map" else wanted.members.get(key, "")
    return shape(name) if name else None


def fix(value: Value) -> str:
    text = fix_text(Source("app.json", json.dumps(value)))
    assert text is not None
    return text


@given(described())
def test_done_twice_is_done_once(drawn: tuple[Value, Value]) -> None:
    once = fix(drawn[1])
    assert fix_text(Source("app.json", once)) == once


@given(described())
def test_the_document_says_the_same_but_for_what_was_to_go(drawn: tuple[Value, Value]) -> None:
    document, noisy = drawn
    fixed = json.loads(fix(noisy))
    assert normalize(fixed, task_definition()) == normalize(document, task_definition())


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_members_decides_nothing(document: Value, random: Random) -> None:
    def shuffle(value: Value) -> Value:
        if isinstance(value, dict):
            items = list(value.items())
            random.shuffle(items)
            return {key: shuffle(child) for key, child in items}
        return [shuffle(item) for item in value] if isinstance(value, list) else value

    assert fix(shuffle(document)) == fix(document)
