"""Tables in every form: what a terminal, a spreadsheet, a program and a pull request get."""

from __future__ import annotations

import csv
import json

import pytest

from generator.model.findings import Place, Source
from generator.reports.markdown import spell_cell
from generator.reports.matrix import Request, format_tables
from generator.reports.matrix.csv import quote
from generator.reports.matrix.text import Cut, find_alike
from generator.reports.text import measure
from generator.review.matrix import Cell, Row, Table

PLACE = Place(Source("environments/dev.yaml", "cpu: 1\n"), 5, 6)


def make_row(path: str, *texts: str | None, container: str = "") -> Row:
    known = list(dict.fromkeys(text for text in texts if text is not None))
    return Row(
        path, container, tuple(None if text is None else Cell(text, text, known.index(text), PLACE) for text in texts)
    )


TABLE = Table(
    "web",
    ("dev", "prod"),
    (
        make_row("cpu", "256", "1024"),
        make_row("memory", "512", "512"),
        make_row("containerDefinitions[a].image", "a:dev", None, container="a"),
        make_row("containerDefinitions[a].command[0]", "", "=1+1|`x`", container="a"),
    ),
)

TEXT = """\
              dev    prod
cpu           256    1024
containerDefinitions[a]
  image       a:dev  –
  command[0]  ""     =1+1|`x`
"""
CSV = """\
task,container,path,differs,dev,prod
web,,cpu,yes,256,1024
web,a,containerDefinitions[a].image,yes,a:dev,
web,a,containerDefinitions[a].command[0],yes,,'=1+1|`x`
"""
MARKDOWN = """\
| `path` | `dev` | `prod` |
| --- | --- | --- |
| `cpu` | `256` | `1024` |
| `containerDefinitions[a].image` | `a:dev` | – |
| `containerDefinitions[a].command[0]` | `""` | `` =1+1\\|`x` `` |
""".replace("| `path` |", "| path |")


@pytest.mark.parametrize(("form", "expected"), [("text", TEXT), ("csv", CSV), ("markdown", MARKDOWN)])
def test_each_form_has_the_rows_that_differ(form: str, expected: str) -> None:
    assert format_tables(Request([TABLE], whole=False), form) == expected


def test_json_has_values_and_where_they_were_set() -> None:
    report = json.loads(format_tables(Request([TABLE], whole=False, status=1), "json"))
    (task,) = report["tasks"]
    location = {"file": "environments/dev.yaml", "line": 1, "column": 6}
    assert {**report, "tasks": []} == {"version": 1, "command": "matrix", "tasks": [], "findings": [], "status": 1}
    assert (task["task"], task["environments"], len(task["rows"])) == ("web", ["dev", "prod"], 3)
    assert task["rows"][1] == {
        "path": "containerDefinitions[a].image",
        "container": "a",
        "differs": True,
        "cells": {"dev": {"value": "a:dev", "variant": 0, "location": location}},
    }


@pytest.mark.parametrize("form", ["text", "csv", "markdown", "json"])
def test_all_rows_are_there_when_asked_for(form: str) -> None:
    assert "memory" in format_tables(Request([TABLE], whole=True), form)


def test_several_tasks_stand_under_their_names() -> None:
    other = Table("job", ("dev",), (make_row("cpu", "1"),))
    request = Request([other, TABLE], whole=True)
    assert format_tables(request, "text").startswith("job\n     dev\ncpu  1\n\nweb\n")
    assert format_tables(request, "markdown").startswith("### `job`\n\n| path | `dev` |\n")
    assert format_tables(request, "csv").splitlines()[1:3] == ["job,,cpu,no,1,", "web,,cpu,yes,256,1024"]


# Spreadsheets.


@pytest.mark.parametrize(
    ("field", "quoted"),
    [
        ("=1+1", "'=1+1"),
        ("+1 234", "'+1 234"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\\t=1"),
        (" =1", "' =1"),
        ("\r=1", "\\r=1"),
        ("＝1", "'＝1"),
        ('=HYPERLINK("x";1)', '"\'=HYPERLINK(""x"";1)"'),
        ("-1", "-1"),
        ("-1.5", "-1.5"),
        ("a,b", '"a,b"'),
        ("a\nb", "a\\nb"),
        ("\x1b[31m\u202e", "\\x1b[31m\\u202e"),
        ('a"b', '"a""b"'),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_value_becomes_a_formula(field: str, quoted: str) -> None:
    assert quote(field) == quoted
    assert quoted.isprintable() and next(csv.reader([f"{quoted},x"], strict=True))[-1] == "x"


# Markdown.


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("a", "`a`"),
        ("a|b", "`a\\|b`"),
        ("`a`", "`` `a` ``"),
        ("a``b", "```a``b```"),
        ("a\nb", "`a\\nb`"),
        ("<img src=x>", "`<img src=x>`"),
        ("@everyone", "`@everyone`"),
    ],
)
def test_a_value_is_code_and_no_markup(text: str, spelt: str) -> None:
    assert spell_cell(text) == spelt


# Terminals.


@pytest.mark.parametrize("width", [20, 24, 30, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = "registry.example.com/a/long/repository:"
    rows = (make_row("containerDefinitions[app].image", long + "dev", long + "生產環境", None, container="app"),)
    text = format_tables(Request([Table("web", ("dev", "prod", "test"), rows)], whole=False, width=width), "text")
    table, _, told = text.rpartition("\n\n")
    lines = [line for line in table.splitlines() if not line.startswith("containerDefinitions[app]")]
    assert max(measure(line) for line in lines) <= width
    assert told.endswith("cut to fit; `--format csv` and `--html` have them whole\n")


@pytest.mark.parametrize(
    ("texts", "width", "shown"),
    [
        (("app:dev", "app:prod"), 8, ["app:dev ", "app:prod"]),
        (("registry/app:dev", "registry/app:prod"), 10, ["…y/app:dev", "…/app:prod"]),
        (("arn:secrets-dev:KEY::", "arn:secrets-prod:KEY::"), 12, ["…ets-dev:KE…", "…ts-prod:KE…"]),
        (("before-in-the-middle-1", "x"), 10, ["befo…dle-1", "x         "]),
        (("版本號碼一二三四五甲", "版本號碼一二三四五乙"), 8, ["…四五甲 ", "…四五乙 "]),
    ],
)
def test_what_tells_values_apart_is_not_cut(texts: tuple[str, ...], width: int, shown: list[str]) -> None:
    alike = find_alike(texts)
    assert [Cut().fit(text, width, alike) for text in texts] == shown


def test_control_characters_are_spelt_out() -> None:
    table = Table("web", ("dev",), (make_row("cpu", "\x1b[31mred\n"),))
    assert "\\x1b[31mred\\n" in format_tables(Request([table], whole=True), "text")
