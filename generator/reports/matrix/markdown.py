"""Tables as Markdown, as pull requests and wikis show it. No value becomes markup, a link or a mention."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.reports.matrix import ABSENT, Request
from generator.reports.text import escape
from generator.review.matrix import Cell, Table


def format_tables(request: Request) -> str:
    """Write a table for each task, under a heading where there are several."""
    several = len(request.tables) > 1
    return "\n".join(format_table(table, heading=several) for table in request.tables if table.rows or several)


def format_table(table: Table, *, heading: bool) -> str:
    lines = [f"### {spell(table.task)}", ""] if heading else []
    if table.rows:
        lines.append(format_line(("path", *map(spell, table.environments))))
        lines.append(format_line(["---"] * (len(table.environments) + 1)))
        lines += [format_line((spell(row.path), *map(spell_cell, row.cells))) for row in table.rows]
    else:
        lines.append("No differences.")
    return "".join(f"{line}\n" for line in lines)


def format_line(fields: Iterable[str]) -> str:
    return f"| {' | '.join(fields)} |"


def spell_cell(cell: Cell | None) -> str:
    return ABSENT if cell is None else spell(cell.text or '""')


def spell(text: str) -> str:
    """Write text as code: its fence is longer than any run of backticks in it; a bar needs a backslash even there."""
    shown = escape(text).replace("|", "\\|")
    runs = [len(run) for run in re.findall("`+", shown)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
