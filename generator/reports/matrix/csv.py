"""Tables as CSV for spreadsheets (RFC 4180, but lines end as text files' do). No value becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.reports.matrix import Request, list_environments
from generator.reports.text import escape
from generator.review.matrix import Cell

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a formula may begin with, for one spreadsheet or another, beside the control characters, which are spelt out
(https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-24)."""


def format_tables(request: Request) -> str:
    """Write one table of all tasks: a line for each path, a column for each environment; what is absent is empty."""
    environments = list_environments(request.tables)
    lines = [["task", "container", "path", "differs", *environments]]
    for table in request.tables:
        columns = {name: number for number, name in enumerate(table.environments)}
        for row in table.rows:
            cells = (row.cells[columns[name]] if name in columns else None for name in environments)
            told = "yes" if row.differs else "no"
            lines.append([table.task, row.container, row.path, told, *map(spell_cell, cells)])
    return "".join(format_line(line) for line in lines)


def spell_cell(cell: Cell | None) -> str:
    return cell.text if cell else ""


def format_line(fields: Iterable[str]) -> str:
    return ",".join(quote(field) for field in fields) + "\n"


def quote(field: str) -> str:
    """Quote a field where it needs that, with control characters spelt out, and a `'` before what a spreadsheet would compute."""
    field = escape(field)
    if field.lstrip(" ").startswith(DANGEROUS) and not NUMBER.fullmatch(field):
        field = "'" + field
    return '"' + field.replace('"', '""') + '"' if re.search(r"[\",;]|^ | $", field) else field
