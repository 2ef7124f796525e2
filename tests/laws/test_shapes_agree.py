"""Laws of shapes: our check says what botocore's says, but for a list of exceptions; and its fast way agrees with its slow one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import botocore.session
from botocore.validate import ParamValidator
from hypothesis import given, settings, strategies as st

from generator.ecs.members import leave_misspelt
from generator.ecs.shapes import Shape, bundled, read_only, shape, task_definition
from generator.model.findings import Path, Problem
from generator.model.nodes import Value
from generator.rules.conforming import Checker
from tests.laws.mutations import MUTATIONS, mutate
from tests.laws.strategies import documents, find_ways
from tests.laws.task_definitions import SETTINGS, task_definitions

CHECKER = Checker(bundled())
INPUT = botocore.session.get_session().get_service_model("ecs").operation_model("RegisterTaskDefinition").input_shape
WAYS = tuple(find_ways())
FEW = max(2, settings().max_examples // 30)
"""So many documents are drawn for each member that there is."""

KINDS = {
    "E301": "unknown field",
    "E302": "invalid type",
    "E303": "invalid type",
    "E304": "missing required field",
    "E305": "unknown field",
    "E306": "invalid type",
    "E307": "too small",
}
"""What botocore calls what our codes stand for."""

BEYOND = {
    "E401": "botocore knows every enum and checks none",
    "E420": "botocore checks no upper bound, and the model has few",
    "E424": "botocore knows no pattern, and the model has none",
    "E470": "ECS demands names that the model does not mark as required",
    "W627": "an item that says nothing is sent",
}
"""What the walk over shapes says about which botocore never says a word. These are no questions of shape."""


class Disagreement(NamedTuple):
    """Where the two do not agree on shapes: the kind of mistake that only one of them knows, and why."""

    ours: str
    theirs: str
    why: str


EXCEPTIONS = {
    "boolean for an integer": Disagreement(
        "invalid type", "", "Python's True is an int, so botocore sends it, and ECS wants a JSON number"
    ),
    "required member that may be misspelt": Disagreement(
        "", "missing required field", "that the other name is unknown says enough"
    ),
    "union with an unknown member": Disagreement(
        "", "more than one input", "botocore counts the unknown member as a side too; that it is unknown says enough"
    ),
}


class Mistake(NamedTuple):
    """A kind of mistake, as botocore calls it, at a place, as botocore spells it."""

    kind: str
    place: str


def ask_botocore(document: Value) -> set[Mistake]:
    kinds = {
        "invalid range": "too small",
        "invalid length": "too small",
        "empty input": "missing required field",  # of a union, which has no member that is required by itself
    }
    found = set()
    for kind, place, facts in ParamValidator().validate(document, INPUT)._errors:
        place = f"{place}.{facts['unknown_param']}" if kind == "unknown field" else place
        found.add(Mistake(kinds.get(kind, kind), place))
    return found


def ask_us(document: Value) -> set[Mistake]:
    found = set()
    for problem in CHECKER.check(document).problems:
        if problem.code in KINDS:
            for path in find_paths(problem, document):
                found.add(Mistake(KINDS[problem.code], spell(path)))
    return found


def find_paths(problem: Problem, document: Value) -> Iterator[Path]:
    """One problem may be about several members that ECS sets."""
    if problem.code == "E305":
        yield from ((name,) for name in read_only() if name in document)
    else:
        yield problem.path


def spell(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def find_exceptions(value: Value, wanted: Shape, path: Path = ()) -> Iterator[tuple[str, str]]:
    """Find where a document is one of the exceptions: which, and the place."""
    if wanted.type == "integer" and isinstance(value, bool):
        yield "boolean for an integer", spell(path)
    elif wanted.type == "structure" and isinstance(value, dict):
        if wanted.union and len(value) > 1:
            yield "union with an unknown member", spell(path)
        missing = [name for name in wanted.required if name not in value]
        if missing and not leave_misspelt(missing, (name for name in value if name not in wanted.members)):
            yield "required member that may be misspelt", spell(path)
        for name, child in value.items():
            if name in wanted.members:
                yield from find_exceptions(child, shape(wanted.members[name]), (*path, name))
    elif wanted.type == "list" and isinstance(value, list):
        for index, child in enumerate(value):
            yield from find_exceptions(child, shape(wanted.member), (*path, index))


def list_members(value: Value, wanted: Shape) -> Iterator[tuple[str, str]]:
    """List which members of which structures a document has."""
    if wanted.type == "structure":
        for name, child in value.items():
            yield wanted.name, name
            yield from list_members(child, shape(wanted.members[name]))
    elif wanted.type == "list":
        for child in value:
            yield from list_members(child, shape(wanted.member))


def follow(way: tuple[str, ...]) -> tuple[str, str]:
    """The structure that a way ends in, and the member there."""
    wanted = task_definition()
    for name in way[:-1]:
        child = shape(wanted.members[name])
        wanted = shape(child.member) if child.member else child
    return wanted.name, way[-1]


def test_shapes_say_what_botocore_says() -> None:
    seen: Counter[str] = Counter()

    def compare(document: Value) -> None:
        exceptions = [(name, EXCEPTIONS[name], place) for name, place in find_exceptions(document, task_definition())]
        ours, theirs = ask_us(document), ask_botocore(document)
        assert ours - theirs == {Mistake(each.ours, place) for _, each, place in exceptions if each.ours}
        assert theirs - ours == {Mistake(each.theirs, place) for _, each, place in exceptions if each.theirs}
        problems = CHECKER.explain(document).problems
        assert CHECKER.accepts(document) is (problems == ())
        seen.update(["documents", *(name for name, _, _ in exceptions), *{problem.code for problem in problems}])

    for way in WAYS:

        @settings(max_examples=FEW)
        @given(documents(way) if len(way) > 1 else task_definitions(), st.integers(0, 999))
        def compare_mistakes(document: Value, start: int) -> None:
            assert ask_botocore(document) == set()
            compare(document)
            mistakes: dict[str, list[Value]] = {}
            for mistake in mutate(document):
                mistakes.setdefault(mistake.name, []).append(mistake.document)
            seen.update(list(mistakes))
            for places in mistakes.values():
                compare(places[start % len(places)])

        compare_mistakes()

    assert seen["documents"] >= 5000
    assert [name for name in (*MUTATIONS, *KINDS, *BEYOND, *EXCEPTIONS) if not seen[name]] == []


def test_every_member_of_the_model_is_drawn() -> None:
    for way in WAYS:
        demand_member(way)

    structures = {follow(way)[0] for way in WAYS}
    known = {(name, member) for name in structures for member in shape(name).members}
    assert {follow(way) for way in WAYS} == known


def demand_member(way: tuple[str, ...]) -> None:
    @settings(max_examples=2)
    @given(documents(way))
    def has_member(document: Value) -> None:
        assert follow(way) in set(list_members(document, task_definition()))

    has_member()


def test_every_member_that_ecs_takes_is_drawn_for_ecs() -> None:
    seen: set[tuple[str, str]] = set()

    for setting in SETTINGS:

        @settings(max_examples=settings().max_examples // 3)
        @given(task_definitions((setting,)))
        def draw(document: Value) -> None:
            seen.update(list_members(document, task_definition()))

        draw()

    retired = {way for way in WAYS if way[0] == "inferenceAccelerators"}
    assert {follow(way) for way in WAYS} - seen == {follow(way) for way in retired}
