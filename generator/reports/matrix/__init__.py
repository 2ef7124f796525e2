"""Tables of environments side by side, in the forms of `taskdef matrix`. Pure: values in, text out; prints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from generator.model.findings import Finding
from generator.model.records import Record
from generator.model.result import Result, state_counts, state_number
from generator.reports.forms import View, Written
from generator.review.matrix import Matrix, Table

FORMS: dict[str, str] = {
    "text": "generator.reports.matrix.text",
    "csv": "generator.reports.matrix.csv",
    "json": "generator.reports.matrix.json",
    "markdown": "generator.reports.matrix.markdown",
}
"""The module of each form; imported when it is asked for."""

ABSENT = "–"
"""What stands where an environment has nothing."""


class Request(Record):
    """What is to be shown: all rows with `whole`, else those that differ; in `width` columns, or 0 for as wide as it gets."""

    tables: Sequence[Table]
    whole: bool
    width: int = 0
    findings: tuple[Finding, ...] = ()
    status: int = 0


class Former(Protocol):
    """What the module of a form has to offer."""

    def format_tables(self, request: Request) -> str: ...


def write_answer(matrix: Matrix, result: Result, view: View) -> Written:
    """Write tables in one of the forms; of those on a page, where that is."""
    summary = summarize(matrix.tables, result.findings)
    if matrix.page is not None:
        return Written(lines=(f"wrote {matrix.page}",), summary=summary)
    request = Request(matrix.tables, matrix.whole, view.width, result.findings, result.status)
    return Written(format_tables(request, view.form), whole=view.form == "json", summary=summary)


def summarize(tables: Sequence[Table], findings: tuple[Finding, ...]) -> str:
    """State how much was put side by side, how much of it differs, and what is wrong in the sources."""
    environments = len({name for table in tables for name in table.environments})
    paths = sum(len(table.rows) for table in tables)
    differing = sum(row.differs for table in tables for row in table.rows)
    text = f"{state_number(environments, 'environment')}, {differing} of {state_number(paths, 'path')} differ"
    counts = state_counts(findings)
    return f"{text}; {counts} in the sources" if counts else text


def format_tables(request: Request, form: str) -> str:
    """Write tables in one of the forms."""
    chosen = request.tables if request.whole else [select_differing(table) for table in request.tables]
    return cast("Former", import_module(FORMS[form])).format_tables(request._replace(tables=chosen))


def list_environments(tables: Sequence[Table]) -> list[str]:
    """List the environments of several tables, in the order they come."""
    return list(dict.fromkeys(name for table in tables for name in table.environments))


def select_differing(table: Table) -> Table:
    """Omit the rows in which all environments agree."""
    return table._replace(rows=tuple(row for row in table.rows if row.differs))
