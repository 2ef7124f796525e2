"""Tables as Markdown, as pull requests and wikis show it. No value becomes markup, a link or a mention."""

from __future__ import annotations

from collections.abc import Iterable

from generator.reports.markdown import spell_cell, spell_code
from generator.reports.matrix import ABSENT, Request
from generator.review.matrix import Cell, Table


def format_tables(request: Request) -> str:
    """Write a table for each task, under a heading where there are several."""
    several = len(request.tables) > 1
    return "\n".join(format_table(table, heading=several) for table in request.tables if table.rows or several)


def format_table(table: Table, *, heading: bool) -> str:
    lines = [f"### {spell_code(table.task)}", ""] if heading else []
    if table.rows:
        lines.append(format_line(("path", *map(spell_cell, table.environments))))
        lines.append(format_line(["---"] * (len(table.environments) + 1)))
        lines += [format_line((spell_cell(row.path), *map(show_cell, row.cells))) for row in table.rows]
    else:
        lines.append("No differences.")
    return "".join(f"{line}\n" for line in lines)


def format_line(fields: Iterable[str]) -> str:
    return f"| {' | '.join(fields)} |"


def show_cell(cell: Cell | None) -> str:
    return ABSENT if cell is None else spell_cell(cell.text or '""')
