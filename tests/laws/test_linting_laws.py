"""Laws of linting: a document read fast, with few of its places, has the findings of one that is read whole."""

from __future__ import annotations

import json

from hypothesis import assume, given, strategies as st

from generator.documents.parsing.document import parse_json
from generator.documents.parsing.scalars import to_value
from generator.documents.places import locate_problem
from generator.documents.recognizing import is_something_else
from generator.model.findings import Finding, Source
from generator.model.nodes import Value
from generator.review.actions import apply_actions
from generator.review.lint import Linter, disown, order_findings
from tests.laws.strategies import documents

LINTER = Linter({})
WRONG = st.sampled_from([None, 5, "hunter2", True, [], {}, [None], {"name": "x"}])


@st.composite
def spoilt(draw: st.DrawFn, value: Value) -> Value:
    """A document with some values that do not belong there, and some members that there are not."""
    if draw(st.integers(0, 12)) == 0:
        return draw(WRONG)
    if isinstance(value, dict):
        members = {key: draw(spoilt(child)) for key, child in value.items()}
        return members | ({"nonsense": draw(WRONG)} if draw(st.integers(0, 9)) == 0 else {})
    return [draw(spoilt(item)) for item in value] if isinstance(value, list) else value


def lint_whole(source: Source) -> tuple[Finding, ...]:
    """Find what is wrong with all places at hand, and secrets looked for in the whole text."""
    node, findings = parse_json(source)
    assert node is not None and findings == ()
    problems, _ = LINTER.find_problems(to_value(node), source.text)
    weigh = LINTER.validator.weigh
    located = ((locate_problem(problem, node, weigh(problem.code))[0], problem) for problem in problems)
    found = order_findings(tuple(LINTER.add_edits(finding, problem, node) for finding, problem in located))
    return (disown(found),) if found and is_something_else(source.text) else found


@given(documents().flatmap(spoilt))
def test_what_is_right_by_shape_need_not_be_walked_through(document: Value) -> None:
    checker = LINTER.validator.checker
    assert checker.check(document) == checker.explain(document)


@given(documents().flatmap(spoilt), st.sampled_from([None, 2]))
def test_what_is_read_fast_has_the_same_findings(document: Value, indent: int | None) -> None:
    source = Source("app.json", json.dumps(document, indent=indent))
    if is_something_else(source.text):  # of which one finding is told, and no line
        return
    assert LINTER.lint(source) == lint_whole(source)


@given(
    documents().flatmap(spoilt),
    st.sampled_from([("render-action",), ("deploy-action",), ("render-action", "deploy-action")]),
)
def test_what_goes_through_actions_has_the_findings_of_what_they_leave(
    document: Value, actions: tuple[str, ...]
) -> None:
    text = json.dumps(document)
    left = json.dumps(apply_actions(document, actions).document)
    assume(not is_something_else(text) and not is_something_else(left))
    found = (Linter({}, actions=actions).lint(Source("app.json", text)), LINTER.lint(Source("app.json", left)))
    assert found[0] is not None and found[1] is not None
    assert sorted(each.code for each in found[0]) == sorted(each.code for each in found[1])
