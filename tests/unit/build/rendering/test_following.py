"""What a span of a template goes through: tags around it, innermost first, and names from outside."""

from __future__ import annotations

import pytest

from generator.build.rendering.following import Bearings, Follower
from generator.build.rendering.sources import Sources
from generator.model.findings import Place, Source

TEMPLATES = {
    "web.json.j2": (
        '{% from "_macros.j2" import pair as p with context %}{% import "_macros.j2" as m with context %}'
        "{% set whole = registry ~ '/web' %}"
        '{"plain": "a", "one": "{{ one }}", "two": "{{ one }}-{{ two | upper }}", "role": "{{ role("App") }}",'
        '"region": "{{ aws.region }}", "set": "{{ whole }}:{{ tag }}",'
        '{% for name in names %}"loop": "{{ name }}",{% endfor %}'
        '{% if debug %}"if": 1,{% endif %}'
        '"a": [{{ p("A", first) }}], "b": [{{ m.pair("B", second) }}],'
        '{% include "_part.j2" %}'
        '{% with inner = given %}"with": "{{ inner }}"{% endwith %}}'
    ),
    "_macros.j2": '{% macro pair(name, value, kind=standard) %}{"{{ name }}": "{{ value }}", "{{ kind }}": 1}{% endmacro %}',
    "_part.j2": '{% for part in parts %}"part": "{{ part }} of {{ whole }}",{% endfor %}',
    "_unused.j2": '"{{ never }}"',
}
SOURCES = Sources({name: Source(f"templates/{name}", text) for name, text in TEMPLATES.items()})
FOLLOWER = Follower(SOURCES, "web.json.j2")


def find(name: str, text: str) -> Place:
    """Find a text in a template."""
    source = SOURCES.texts[name]
    start = source.text.index(text)
    return Place(source, start, start + len(text))


def follow(name: str, text: str, *own: str) -> tuple[list[str], tuple[str, ...]]:
    bearings = Bearings(own=frozenset(own), others=frozenset("AB") - frozenset(own))
    way = FOLLOWER.follow(find(name, text), bearings)
    hops = [f"{hop.kind} {hop.place.source.text[hop.place.start : hop.place.end]}" for hop in way.hops]
    return hops, way.names


FOR_NAME = "loop {% for name in names %}"
FOR_PART = "loop {% for part in parts %}"
SET = "set {% set whole = registry ~ '/web' %}"
MACRO = "macro {% macro pair(name, value, kind=standard) %}"
CALL_A = 'call {{ p("A", first) }}'
CALL_B = 'call {{ m.pair("B", second) }}'
INCLUDE = 'include {% include "_part.j2" %}'


@pytest.mark.parametrize(
    ("name", "text", "own", "hops", "names"),
    [
        ("web.json.j2", '"a"', (), [], ()),
        ("web.json.j2", '"{{ one }}"', (), [], ("one",)),
        ("web.json.j2", '"{{ one }}-{{ two | upper }}"', (), [], ("one", "two")),
        ("web.json.j2", '"{{ role("App") }}"', (), [], ("aws.account", "aws.region")),
        ("web.json.j2", '"{{ aws.region }}"', (), [], ("aws.region",)),
        ("web.json.j2", '"{{ whole }}:{{ tag }}"', (), [SET], ("registry", "tag")),
        ("web.json.j2", '"{{ name }}"', (), [FOR_NAME], ("names",)),
        ("web.json.j2", '"loop"', (), [FOR_NAME], ("names",)),
        ("web.json.j2", "1,", (), ["condition {% if debug %}"], ("debug",)),
        ("web.json.j2", '"{{ inner }}"', (), ["set {% with inner = given %}"], ("given",)),
        ("_part.j2", '"{{ part }} of {{ whole }}"', (), [FOR_PART, SET, INCLUDE], ("parts", "registry")),
        ("_macros.j2", '"{{ value }}"', ("A",), [MACRO, CALL_A], ("first",)),
        ("_macros.j2", '"{{ value }}"', ("B",), [MACRO, CALL_B], ("second",)),
        ("_macros.j2", '"{{ name }}"', ("A",), [MACRO, CALL_A], ()),
        ("_macros.j2", '"{{ kind }}"', ("B",), [MACRO, CALL_B], ("standard",)),
        ("web.json.j2", '{{ p("A", first) }}', ("A",), [MACRO, CALL_A], ("first", "standard")),
        ("_unused.j2", '"{{ never }}"', (), [], ()),
    ],
)
def test_way(name: str, text: str, own: tuple[str, ...], hops: list[str], names: tuple[str, ...]) -> None:
    said, taken = follow(name, text, *own)

    assert (said, sorted(taken)) == (hops, sorted(names))


def test_what_a_value_takes_is_told_from_what_decides_that_it_is_there() -> None:
    text = "{% for name in names %}{% if debug %}{{ name }}{{ one }}{% endif %}{% endfor %}"
    source = Source("templates/web.json.j2", text)
    start = text.index("{{ name }}")
    place = Place(source, start, text.index("{% endif"))

    way = Follower(Sources({"web.json.j2": source}), "web.json.j2").follow(place)

    assert (way.own, way.around, way.names) == (("names", "one"), ("debug", "names"), ("names", "one", "debug"))
    assert [hop.kind for hop in way.hops] == ["loop", "condition"]


def test_calls_that_may_each_be_meant_are_not_sure() -> None:
    way = FOLLOWER.follow(find("_macros.j2", '"{{ value }}"'))

    assert [(hop.kind, hop.sure) for hop in way.hops] == [("macro", True), ("call", False), ("call", False)]


def test_call_inside_of_what_the_value_is_a_part_of_is_meant() -> None:
    around = find("web.json.j2", '[{{ p("A", first) }}]')

    way = FOLLOWER.follow(find("_macros.j2", '"{{ value }}"'), Bearings((around,)))

    assert (way.names, [hop.sure for hop in way.hops]) == (("first",), [True, True])


def test_call_that_names_the_item_is_meant_rather_than_one_that_names_nothing() -> None:
    text = (
        '{% macro pair(name, value) %}{"name": "{{ name }}", "value": "{{ value }}"},{% endmacro %}'
        '[{{ pair("A", first) }}{% for name in names %}{{ pair(name, rest) }}{% endfor %}]'
    )
    source = Source("templates/web.json.j2", text)
    start = text.index('"{{ value }}"')

    way = Follower(Sources({"web.json.j2": source}), "web.json.j2").follow(
        Place(source, start, start + 13), Bearings(own=frozenset("A"))
    )

    assert (way.names, [hop.kind for hop in way.hops]) == (("first",), ["macro", "call"])


def test_uses_are_the_tags_that_take_a_name_from_outside() -> None:
    uses = {
        name: [place.source.text[place.start : place.end] for place in places]
        for name, places in FOLLOWER.list_uses().items()
    }

    assert uses == {
        "registry": ["{% set whole = registry ~ '/web' %}"],
        "one": ["{{ one }}", "{{ one }}"],
        "two": ["{{ two | upper }}"],
        "aws.account": ['{{ role("App") }}'],
        "aws.region": ['{{ role("App") }}', "{{ aws.region }}"],
        "tag": ["{{ tag }}"],
        "names": ["{% for name in names %}"],
        "debug": ["{% if debug %}"],
        "first": ['{{ p("A", first) }}'],
        "second": ['{{ m.pair("B", second) }}'],
        "given": ["{% with inner = given %}"],
        "standard": ["{% macro pair(name, value, kind=standard) %}"],
        "parts": ["{% for part in parts %}"],
    }


@pytest.mark.parametrize(
    ("text", "straight"),
    [
        ('{"a": "{{ x }}", {% if y %}"b": 1,{% endif %} "c": [{% for z in w %}{{ z }}{% endfor %}]}', True),
        ("{% macro m(v) %}{{ v }}{% endmacro %}{{ m(x) }}", False),
        ('{"a": {% include "_part.j2" %}}', False),
        ('{% import "_part.j2" as part %}{"a": 1}', False),
    ],
)
def test_a_way_is_straight_where_neither_macros_nor_partials_are_in_reach(text: str, straight: bool) -> None:
    template = Source("templates/job.json.j2", text)
    sources = Sources({"job.json.j2": template, "_part.j2": Source("templates/_part.j2", "{{ y }}")})
    place = Place(template, 0, len(text))
    follower = Follower(sources, "job.json.j2")
    assert follower.is_straight(place) == straight
    assert follower.follow_straight(place) == follower.follow(place)
