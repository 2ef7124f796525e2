"""A finding reads as compilers write theirs: where, what, the line, notes, one help."""

from __future__ import annotations

import pytest

from generator.model.answers import Checked, Rendered
from generator.model.findings import Excerpt, Finding, Location, Note, Severity
from generator.model.result import Outcome, Result
from generator.reports.forms import Report, View, format_result
from generator.reports.text import format_finding

SIZE = Finding(
    "E402",
    "error",
    "no Fargate size has 1024 CPU units with 1 GB of memory",
    Location("environments/prod.yaml", 7, 13),
    Excerpt("  memory: 1 GB", 11, 4),
    path="memory",
    notes=(Note("`cpu` is 1024, set in environments/prod.yaml:6:8", Location("environments/prod.yaml", 6, 8)),),
    help="use 2 GB to 8 GB in steps of 1 GB, or 512 CPU units",
    environments=("prod",),
    task="app",
)

SIZE_TEXT = """\
environments/prod.yaml:7:13: error[E402]: no Fargate size has 1024 CPU units with 1 GB of memory
  7 |   memory: 1 GB
    |           ^^^^
  note: `cpu` is 1024, set in environments/prod.yaml:6:8
  help: use 2 GB to 8 GB in steps of 1 GB, or 512 CPU units
"""

PLAIN = Finding("E102", "error", "`x` is not set", Location("templates/app.json.j2", 12, 3))


def test_a_finding_has_the_form_of_the_design() -> None:
    assert format_finding(SIZE) == SIZE_TEXT


def test_only_severity_and_code_are_coloured() -> None:
    colored = SIZE_TEXT.replace("error[E402]", "\x1b[1;31merror[E402]\x1b[0m")
    assert format_finding(SIZE, color=True) == colored


def test_a_finding_without_a_place_begins_with_its_code() -> None:
    assert format_finding(Finding("E803", "error", "`rendered/dev/app.json` is missing")) == (
        "error[E803]: `rendered/dev/app.json` is missing\n"
    )


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (Note("first written here", Location("a.yaml", 1, 2)), "first written here: a.yaml:1:2"),
        (Note("set in a.yaml:1:2", Location("a.yaml", 1, 2)), "set in a.yaml:1:2"),
        (Note("it has `a`"), "it has `a`"),
    ],
)
def test_a_note_tells_its_place_once(note: Note, said: str) -> None:
    finding = PLAIN._replace(notes=(note,))
    assert format_finding(finding).splitlines()[1:] == [f"  note: {said}"]


@pytest.mark.parametrize(
    ("file", "environments", "said"),
    [
        ("templates/app.json.j2", ("dev",), ["  note: in dev"]),
        ("templates/app.json.j2", ("dev", "prod"), ["  note: in dev and prod"]),
        ("templates/app.json.j2", ("dev", "prod", "test"), ["  note: in dev, prod and test"]),
        ("environments/_common.yaml", ("dev",), ["  note: in dev"]),
        ("environments/dev.yaml", ("dev",), []),
        ("environments/dev/app.yaml", ("dev",), []),
        ("rendered/dev/app.json", ("dev",), []),
        ("environments/dev.yaml", ("dev", "prod"), ["  note: in dev and prod"]),
        ("templates/app.json.j2", (), []),
    ],
)
def test_environments_are_named_where_the_place_does_not_tell_them(
    file: str, environments: tuple[str, ...], said: list[str]
) -> None:
    finding = PLAIN._replace(location=Location(file, 1, 1), environments=environments)
    assert format_finding(finding).splitlines()[1:] == said


def test_a_message_that_names_the_artifact_tells_its_environment() -> None:
    finding = Finding("E803", "error", "`rendered/dev/app.json` is missing", environments=("dev",))
    assert format_finding(finding) == "error[E803]: `rendered/dev/app.json` is missing\n"


@pytest.mark.parametrize(
    ("excerpt", "lines"),
    [
        (Excerpt("a: 密碼 x", 7, 1), ["a: 密碼 x", "        ^"]),
        (Excerpt("a: 密碼 x", 4, 2), ["a: 密碼 x", "   ^^^^"]),
        (Excerpt("a: e\u0301 x", 7, 1), ["a: e\u0301 x", "     ^"]),
        (Excerpt("a: \x1b[2J x", 9, 1), [r"a: \x1b[2J x", r"           ^"]),
        (Excerpt("a: \u202e x", 4, 1), [r"a: \u202e x", "   ^^^^^^"]),
        (Excerpt("a:", 3, 1), ["a:", "  ^"]),
        (Excerpt("", 1, 1), ["", "^"]),
        (Excerpt("x" * 400, 1, 2), ["x" * 160 + "…", "^^"]),
        (Excerpt("x" * 400, 400, 1), ["…" + "x" * 160, " " * 160 + "^"]),
        (Excerpt("x" * 400, 201, 300), ["…" + "x" * 160 + "…", " " * 54 + "^" * 107]),
    ],
    ids=[
        "wide before",
        "wide span",
        "combining",
        "escape",
        "direction",
        "end",
        "empty",
        "long",
        "long end",
        "long middle",
    ],
)
def test_the_underline_stands_below_what_it_means(excerpt: Excerpt, lines: list[str]) -> None:
    finding = PLAIN._replace(excerpt=excerpt)
    assert format_finding(finding).splitlines()[1:] == [f"  12 | {lines[0]}".rstrip(), f"     | {lines[1]}"]


def test_control_characters_never_reach_the_terminal() -> None:
    finding = Finding(
        "E111", "error", "a\x1b]0;b\n\ud800", Location("\x07.yaml", 1, 1), help="c\r", notes=(Note("d\x9b"),)
    )
    assert format_finding(finding) == (
        "\\x07.yaml:1:1: error[E111]: a\\x1b]0;b\\n\\ud800\n  note: d\\x9b\n  help: c\\r\n"
    )


WARNING = Finding("W805", "warning", "stray")
NOTE = Finding("N900", "note", "by the way")
RESULT = Result("render", (PLAIN, WARNING, NOTE), 1, (Outcome("a", "wrote"),), answer=Rendered())


@pytest.mark.parametrize(
    ("least", "out", "err"),
    [
        ("warning", "wrote a\n", "E102 W805 1 error and 1 warning"),
        ("note", "wrote a\n", "E102 W805 N900 1 error and 1 warning"),
        ("error", "", "E102"),
    ],
    ids=["normal", "verbose", "quiet"],
)
def test_what_is_shown_is_chosen_by_severity(least: Severity, out: str, err: str) -> None:
    report = format_result(RESULT, View(least=least))
    shown = [line.partition("[")[2][:4] if "[" in line else line for line in report.err.splitlines()]
    assert (report.out, " ".join(shown)) == (out, err)


def test_findings_that_were_asked_for_are_for_stdout() -> None:
    result = Result("check", (PLAIN,), 1, (Outcome("a", "same"),), judging=True, answer=Checked())
    said = "templates/app.json.j2:12:3: error[E102]: `x` is not set\n1 artifact compared, up to date\n"
    assert format_result(result) == Report(said, "")


def test_a_product_has_stdout_for_itself() -> None:
    assert format_result(RESULT._replace(product="{}\n", findings=(WARNING,))) == Report(
        "{}\n", "wrote a\nwarning[W805]: stray\n1 warning\n", asked=True
    )


def test_other_places_are_a_note_and_their_environments_too() -> None:
    first = PLAIN._replace(environments=("dev",))
    other = PLAIN._replace(location=Location("templates/app.json.j2", 14, 3), environments=("dev", "prod"))
    assert format_finding(first._replace(others=(other,))) == (
        "templates/app.json.j2:12:3: error[E102]: `x` is not set\n"
        "  note: and in 1 more place, on line 14\n"
        "  note: in dev and prod\n"
    )
