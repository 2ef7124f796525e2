"""A template and its variables to the document it gives, or to what is wrong: what every test of rendering compares."""

from __future__ import annotations

from generator.build.rendering import Templates
from generator.build.rendering.bounds import MOST_STEPS
from generator.documents.parsing.document import parse_document
from generator.model.findings import Finding, Source
from generator.model.nodes import Piece, Value
from tests.support import to_python

Told = tuple[str, str, str]
"""A finding as (code, place, message). In the task's template the place is `line:column`."""

TASK = "app.json.j2"
GIVEN: dict[str, Value] = {"env": "dev", "task": "app", "aws": {"account": "123456789012", "region": "us-east-1"}}


def make_templates(text: str, partials: dict[str, str] | None = None, most: int = MOST_STEPS) -> Templates:
    texts = {TASK: text} | (partials or {})
    return Templates({name: Source(f"templates/{name}", text) for name, text in texts.items()}, most=most)


def render_pieces(
    text: str, variables: dict[str, Value] | None = None, partials: dict[str, str] | None = None
) -> tuple[tuple[Piece, ...] | None, tuple[Finding, ...]]:
    return make_templates(text, partials).render(TASK, GIVEN | (variables or {}))


def find_all(
    text: str, variables: dict[str, Value] | None = None, partials: dict[str, str] | None = None
) -> tuple[Value, tuple[Finding, ...]]:
    """Render and parse a template, and give the document's value with all findings of both."""
    pieces, findings = render_pieces(text, variables, partials)
    if pieces is None:
        return None, findings
    node, more = parse_document(pieces)
    return node and to_python(node), (*findings, *more)


def render(text: str, variables: dict[str, Value] | None = None, partials: dict[str, str] | None = None) -> Value:
    """Give the value of the document of a template that has nothing wrong."""
    value, findings = find_all(text, variables, partials)
    assert findings == ()
    return value


def tell(findings: tuple[Finding, ...]) -> list[Told]:
    return [
        (finding.code, str(finding.location).removeprefix("templates/").removeprefix(f"{TASK}:"), finding.message)
        for finding in findings
    ]


def refuse(text: str, variables: dict[str, Value] | None = None, partials: dict[str, str] | None = None) -> list[Told]:
    """Tell what is wrong with a template."""
    return tell(find_all(text, variables, partials)[1])


def advise(
    text: str, variables: dict[str, Value] | None = None, partials: dict[str, str] | None = None
) -> list[str | None]:
    """Give the help of each finding."""
    return [finding.help for finding in find_all(text, variables, partials)[1]]
