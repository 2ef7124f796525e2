"""Suppressions: which line a comment covers, what is a comment at all, and what is told of those that are wrong or of no use."""

from __future__ import annotations

from textwrap import dedent

import pytest

from generator.build.pipeline import build_project
from generator.build.rendering import TemplateReader
from generator.build.suppressing import Suppressions, read_suppressions
from generator.model.findings import Place, Source
from generator.model.project import Project, Settings
from tests.support import make_project

TEMPLATE = "web.json.j2"
OVERLAY = "dev.yaml"


def read(text: str, name: str = OVERLAY, settings: Settings | None = None) -> Suppressions:
    """Read the suppressions of a project with one file."""
    source = {name: Source(name, dedent(text))}
    parts = ({}, source) if name == OVERLAY else (source, {})
    return read_suppressions(Project(settings or Settings(), *parts, {}), TemplateReader())


def list_covered(text: str, name: str = OVERLAY) -> list[tuple[str, int]]:
    """List what is covered, of a text in which nothing is wrong."""
    suppressions = read(text, name)
    assert suppressions.faults == ()
    return [(each.code, each.line) for each in suppressions.known.values()]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("a: 1  # taskdef: ignore[W601] why\n", [("W601", 1)]),
        ("a: 1\n# taskdef: ignore[W601] why\nb: 1\n", [("W601", 3)]),
        ("# taskdef: ignore[W601] why\n\n  # another comment\n\nb: 1\n", [("W601", 5)]),
        ("# taskdef: ignore[W601] why\n# taskdef: ignore[W604] why\nb: 1\n", [("W601", 3), ("W604", 3)]),
        ("a: 1 # taskdef:ignore[ W601 ,W604 , E504 ]  two words\n", [("W601", 1), ("W604", 1), ("E504", 1)]),
        ("#taskdef: ignore[W601] why\nb: 1\n", [("W601", 2)]),
        ("a: [1, # taskdef: ignore[W601] why\n  2]\n", [("W601", 1)]),
        ("a:\n  - 1\n  # taskdef: ignore[W601] why\n  - 2\n", [("W601", 4)]),
        ("a: 'it''s' # taskdef: ignore[W601] why\n", [("W601", 1)]),
        ("b: 1\n# taskdef: ignore[W601] why\n", [("W601", 0)]),
        ("# on taskdef: ignore[W601] why\nb: 1\n", []),
        ("a: '# taskdef: ignore[W601] why'\n", []),
        ('a: "x\n  # taskdef: ignore[W601] why"\n', []),
        ("a: |\n  # taskdef: ignore[W601] why\n  x\n", []),
        ("a: |\n  x\n# taskdef: ignore[W601] why\nb: 1\n", [("W601", 4)]),
        ("a: x#taskdef: ignore[W601] why\n", []),
        ("a: 'x\nb: 1 # taskdef: ignore[W601] this file is broken\n", []),
    ],
)  # fmt: skip
def test_a_comment_in_an_overlay_covers_its_line_or_the_next(text: str, covered: list[tuple[str, int]]) -> None:
    assert list_covered(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ('{\n  "a": 1 {# taskdef: ignore[W601] why #}\n}\n', [("W601", 2)]),
        ('{\n  {# taskdef: ignore[W601] why #}\n  "a": 1\n}\n', [("W601", 3)]),
        ('{\n  {# taskdef: ignore[W601] why #} "a": 1\n}\n', [("W601", 2)]),
        ('{\n  {#- taskdef: ignore[W601] why\n  in two lines -#}\n\n  "a": 1\n}\n', [("W601", 5)]),
        ('{\n  {# one #} {# taskdef: ignore[W601] why #} {# three #}\n  "a": 1\n}\n', [("W601", 3)]),
        ('{"a": "x{# taskdef: ignore[W601] of Jinja, even here #}"}\n', [("W601", 1)]),
        ("{% raw %}{# taskdef: ignore[W601] why #}{% endraw %}\n", []),
        ('{{ "{# taskdef: ignore[W601] why #}" }}\n', []),
        ('{"a": "# taskdef: ignore[W601] why"}\n', []),
        ("{# taskdef: ignore[W601] never closed\n", []),
    ],
)  # fmt: skip
def test_a_comment_in_a_template_covers_its_line_or_the_next(text: str, covered: list[tuple[str, int]]) -> None:
    assert list_covered(text, TEMPLATE) == covered


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        (
            "taskdef: ignroe[W601] why",
            [("1:12", "this is no suppression, though it begins with `taskdef:`", "write `taskdef: ignore[CODE] reason`")],
        ),
        (
            "taskdef: ignore W601",
            [("1:12", "this is no suppression, though it begins with `taskdef:`", "write `taskdef: ignore[CODE] reason`")],
        ),
        (
            "taskdef: ignore[] why",
            [("1:12", "this is no suppression, though it begins with `taskdef:`", "write `taskdef: ignore[CODE] reason`")],
        ),
        (
            "taskdef: ignore[W601]",
            [("1:12", "this has no reason, so nothing is ignored", "write the reason after `]`")],
        ),
        (
            "taskdef: ignore[W061, E102, nothing] why",
            [
                ("1:19", "`W061` is not a rule, and only rules can be ignored", "write `W601`"),
                ("1:25", "`E102` is not a rule, and only rules can be ignored", "delete it"),
                ("1:31", "`nothing` is not a rule, and only rules can be ignored", "delete it"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_comment_that_is_wrong_is_told_and_covers_nothing(comment: str, told: list[tuple[str, str, str]]) -> None:
    suppressions = read(f"# {comment}\na: 1\n")
    found = [(each.code, str(each.location), each.message, each.help) for each in suppressions.faults]
    assert found == [("W691", f"dev.yaml:{place}", message, help) for place, message, help in told]
    assert suppressions.known == {}


def test_what_nothing_was_found_for_is_told() -> None:
    suppressions = read("# taskdef: ignore[W601, W604] why\na: 1\n# taskdef: ignore[W608] why\n")
    overlay = Source(OVERLAY, "# taskdef: ignore[W601, W604] why\na: 1\n# taskdef: ignore[W608] why\n")
    at = overlay.text.index("a: 1")
    used = suppressions.find("W601", [Place(overlay, 0, 1), Place(overlay, at, at + 30)])
    assert [each.code for each in used] == ["W601"]
    assert not suppressions.find("W602", [Place(overlay, at, at)])
    assert not suppressions.find("W604", [Place(overlay, 0, 1), Place(Source("prod.yaml", overlay.text), at, at)])
    assert [(each.code, str(each.location), each.message) for each in suppressions.find_unused(used)] == [
        ("W692", "dev.yaml:1:25", "`W604` is ignored on line 2, and nothing is found there"),
        ("W692", "dev.yaml:3:19", "`W608` is ignored and no line follows"),
    ]


def test_settings_say_how_much_they_weigh() -> None:
    settings = Settings(levels=(("W691", "error"), ("W692", "off")))
    suppressions = read("# taskdef: ignore[W601] why\n# taskdef: ignore[W608]\na: 1\n", settings=settings)
    assert [(each.code, each.severity) for each in suppressions.faults] == [("W691", "error")]
    assert list(suppressions.find_unused(frozenset())) == []


TASK = """\
{"family": "web", "requiresCompatibilities": ["EC2"], "containerDefinitions": [
  {"name": "web", "image": "web:v1",
   "memory": {{ size }}}%s
]}
"""
SUPPRESSED = "vars:\n  size: 2  # taskdef: ignore[E501] why\n"


def list_findings(template: str, *overlays: str, **options: object) -> list[tuple[str, str]]:
    """List what a build finds by all rules, as (code, place)."""
    names = ("dev.yaml", "prod.yaml")
    project = make_project({TEMPLATE: template}, dict(zip(names, overlays, strict=False)), rules=True)
    return [(finding.code, str(finding.location)) for finding in build_project(project, **options).findings]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "overlay", "found"),
    [
        (TASK % "", "vars:\n  size: 2\n", [("E501", "environments/dev.yaml:2:9")]),
        (TASK % "", SUPPRESSED, []),
        (TASK % " {# taskdef: ignore[E501] why #}", "vars:\n  size: 2\n", []),
        (
            TASK % "",
            "vars:\n  size: 2  # taskdef: ignore[W604] why\n",
            [("E501", "environments/dev.yaml:2:9")],
        ),
    ],
    ids=["nothing is suppressed", "where the value is set", "where the template takes it", "another code"],
)
def test_a_finding_is_suppressed_at_either_end(template: str, overlay: str, found: list[tuple[str, str]]) -> None:
    assert list_findings(template, overlay) == found


def test_only_a_whole_build_without_errors_tells_what_is_of_no_use() -> None:
    useless = "vars:\n  size: 64  # taskdef: ignore[E501] why\n"
    told = [("W692", "environments/prod.yaml:2:31")]
    assert list_findings(TASK % "", SUPPRESSED, useless) == told
    assert list_findings(TASK % "", SUPPRESSED, useless, environments=["prod"]) == []
    assert list_findings(TASK % "", SUPPRESSED, useless, task="web") == []
    assert list_findings(TASK % "", SUPPRESSED, useless, variables={"size": 64}) == []
    assert list_findings(TASK % "", "", useless) == [("E102", "templates/web.json.j2:3:17")]


def test_a_note_can_be_suppressed_whether_notes_are_looked_for_or_not() -> None:
    checked = TASK.replace("{{ size }}", '{{ size }}, "healthCheck": {"command": ["CMD-SHELL", "curl -f localhost"]}')
    ignored = checked % " {# taskdef: ignore[W604] the image has it #}"
    assert list_findings(ignored, "vars: {size: 64}\n") == []
    assert list_findings(ignored, "vars: {size: 64}\n", least="note") == []
    assert list_findings(checked % "", "vars: {size: 64}  # taskdef: ignore[E501] why\n") == [
        ("W692", "environments/dev.yaml:1:37")
    ]
