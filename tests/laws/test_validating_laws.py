"""Laws of rules: they never fail, each points at something that is there, and what ECS takes they let pass."""

from __future__ import annotations

import json

from hypothesis import given, settings, strategies as st

from generator.documents.parsing.document import parse_json
from generator.documents.places import find_spot, locate_problem
from generator.documents.recognizing import is_described, is_something_else, recognize_value
from generator.ecs.fargate import SIZES
from generator.ecs.shapes import bundled
from generator.model.findings import Path, Problem, Source
from generator.model.nodes import Value
from generator.review.lint import Linter, order_findings
from generator.rules import RULES, read_task, run_rules
from generator.rules.conforming import Checker
from generator.rules.validating import Validator
from tests.laws.mutations import mutate
from tests.laws.strategies import documents, find_ways
from tests.laws.task_definitions import SETTINGS, task_definitions
from tests.rules.running import fargate

EVERY_RULE = Validator({code: "warning" for code, rule in RULES.items() if rule.level == "off"})
WAYS = tuple(find_ways())
MEMBERS = sorted({name for way in WAYS for name in way})

STRANGE = st.sampled_from(
    [
        "",
        " ",
        "x" * 300,
        "é中😀",
        "\u2028",
        "0",
        "-1",
        "99999999999",
        "1.5 GB",
        "nan vCPU",
        "arn:aws:",
        ":::::::::",
        "${X}",
        "{{ x }}",
        "/",
        "a-b-c",
    ]
) | st.sampled_from([True, False, None, 0, -1, 10**30, 1.5, 1e300])
ANYTHING: st.SearchStrategy[Value] = st.recursive(
    STRANGE,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def strange_documents(draw: st.DrawFn) -> Value:
    """A task definition with strange values at some places, whether or not they are of the right type."""
    document = draw(documents(draw(st.sampled_from(WAYS))) | task_definitions())
    for _ in range(draw(st.integers(1, 4))):
        document = put(document, draw(st.lists(st.integers(0, 30), min_size=1, max_size=5)), draw(STRANGE | ANYTHING))
    return document


def put(value: Value, steps: list[int], strange: Value) -> Value:
    """Put a value where steps lead: by number, since that works in everything."""
    if not steps or not isinstance(value, dict | list) or not value:
        return strange
    if isinstance(value, list):
        chosen = steps[0] % len(value)
        return [put(item, steps[1:], strange) if index == chosen else item for index, item in enumerate(value)]
    name = list(value)[steps[0] % len(value)]
    return {**value, name: put(value[name], steps[1:], strange)}


@st.composite
def mistaken_documents(draw: st.DrawFn) -> Value:
    """A task definition that ECS takes, but for one mistake."""
    document = draw(task_definitions())
    mutations = list(mutate(document))
    return draw(st.sampled_from(mutations)).document


DOCUMENTS = st.one_of(ANYTHING, documents(), task_definitions(), strange_documents(), mistaken_documents())


def leads_somewhere(path: Path, value: Value) -> bool:
    """Tell whether a path leads to a value, or to a member that a structure could have."""
    for index, part in enumerate(path):
        if isinstance(value, dict) and isinstance(part, str):
            if part not in value:
                return index == len(path) - 1
            value = value[part]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return False
    return True


@settings(max_examples=7 * settings().max_examples)
@given(DOCUMENTS)
def test_whatever_is_validated_each_problem_leads_somewhere(document: Value) -> None:
    for problem in EVERY_RULE.validate(document):
        assert leads_somewhere(problem.path, document), problem
        assert all(fact.path is None or leads_somewhere(fact.path, document) for fact in problem.facts), problem
        assert EVERY_RULE.weigh(problem.code) in ("error", "warning", "note")


@given(DOCUMENTS)
def test_each_problem_has_a_place_and_a_spelling(document: Value) -> None:
    node, _ = parse_json(Source("app.json", json.dumps(document)))
    for problem in EVERY_RULE.validate(document) if node else ():
        assert node is not None
        spot = find_spot(node, problem.path, key=problem.key)
        finding, written = locate_problem(problem, node, "error")

        assert bool(spot.spelling) is any(part != "" for part in problem.path)
        assert spot.place in written and finding.location == spot.place.location
        assert "\0" not in finding.message + (finding.help or "")


@given(DOCUMENTS)
def test_rules_report_under_their_own_codes(document: Value) -> None:
    conformed = Checker(bundled()).check(document)

    problems = run_rules(read_task(conformed.document), frozenset())

    assert {
        problem.code for problem in problems if not RULES.get(problem.code) or not RULES[problem.code].module
    } == set()


@given(DOCUMENTS)
def test_a_file_read_without_places_gives_what_one_read_with_places_gives(document: Value) -> None:
    source = Source("app.json", json.dumps(document, indent=2))
    node, findings = parse_json(source)
    if node is None or findings or is_described(document) or is_something_else(source.text):
        return
    linter = Linter({})
    problems = linter.validator.validate(document)
    foreign = recognize_value(document) if problems else None

    located = linter.locate([foreign] if foreign else problems, document, node)

    assert linter.look(source, sure=True) == order_findings(located)


def test_what_ecs_takes_has_no_error() -> None:
    for setting in SETTINGS:

        @settings(max_examples=settings().max_examples // 3)
        @given(task_definitions((setting,)))
        def validate(document: Value) -> None:
            assert list_errors(document) == []

        validate()


def test_every_size_of_fargate_has_no_error() -> None:
    for cpu, sizes in SIZES.items():
        for memory in sizes:
            assert list_errors(fargate(cpu=str(cpu), memory=str(memory))) == []


def list_errors(document: Value) -> list[Problem]:
    return [problem for problem in EVERY_RULE.validate(document) if EVERY_RULE.weigh(problem.code) == "error"]


def test_strange_values_are_put_where_steps_lead() -> None:
    assert put({"a": [1, {"b": 2}]}, [0, 1, 0], None) == {"a": [1, {"b": None}]}
    assert leads_somewhere(("a", 1, "c"), {"a": [1, {"b": 2}]})
    assert not leads_somewhere(("a", 2), {"a": [1, {"b": 2}]})
