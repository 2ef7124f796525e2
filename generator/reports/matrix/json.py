"""Tables as JSON for other programs. The form has a version: members may be added to it, and change or go only with a new one."""

from __future__ import annotations

from generator.model.nodes import Value
from generator.reports.json import describe_findings, describe_location, write_json
from generator.reports.matrix import Request
from generator.review.matrix import Cell, Row, Table

VERSION = 1


def format_tables(request: Request) -> str:
    """Write one JSON object; an environment that has nothing at a path has no cell there."""
    report = {
        "version": VERSION,
        "command": "matrix",
        "tasks": [describe_table(table) for table in request.tables],
        **describe_findings(request.findings),
        "status": request.status,
    }
    return write_json(report)


def describe_table(table: Table) -> Value:
    return {
        "task": table.task,
        "environments": list(table.environments),
        "rows": [describe_row(row, table) for row in table.rows],
    }


def describe_row(row: Row, table: Table) -> Value:
    cells = zip(table.environments, row.cells, strict=True)
    return {
        "path": row.path,
        "container": row.container or None,
        "differs": row.differs,
        "cells": {name: describe_cell(cell) for name, cell in cells if cell},
    }


def describe_cell(cell: Cell) -> Value:
    return {"value": cell.value, "variant": cell.variant, "location": describe_location(cell.place.location)}
