"""The data of the page that `taskdef matrix --html` writes: tables, origins, excerpts and findings, each text once.

All of them are masked already; control characters are spelt out here.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.findings import Excerpt, Finding, Location
from generator.model.nodes import Value
from generator.model.origins import Origin, Step
from generator.reports.matrix import list_environments
from generator.reports.text import escape, list_notes, state_note
from generator.review.matrix import Origins, Row, Table

VERSION = 1


class Pool:
    """Keeps each value once, and gives the number it is known by."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[object, int] = {}

    def find(self, key: object) -> int | None:
        """Find the number of a value, if it is kept already."""
        return self._numbers.get(key)

    def add(self, key: object, value: Value) -> int:
        number = self._numbers.setdefault(key, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class Writer:
    """Writes down tables and all that belongs to them."""

    def __init__(
        self, environments: Sequence[str], origins: Origins, findings: Sequence[Finding], left_out: int = 0
    ) -> None:
        self.environments = environments
        self.origins = origins
        self.findings = findings
        self.left_out = left_out
        self.texts, self.places, self.steps, self.chains = Pool(), Pool(), Pool(), Pool()
        self.known: dict[int, int] = {}  # numbers of steps by their ids: the origins keep them

    def describe(self, tables: Sequence[Table], *, whole: bool) -> Value:
        marks = {table.task: mark_rows(table, self.findings) for table in tables}
        rows: list[Value] = []
        homes: dict[int, int] = {}
        for table in tables:
            for row in table.rows:
                marked = marks[table.task].get(row.path, [])
                homes.update((number, len(rows)) for number in marked if number not in homes)
                rows.append(self.describe_row(table, row, marked))
        return {
            "version": VERSION,
            "all": whole,
            "environments": list(self.environments),
            "tasks": [table.task for table in tables],
            "rows": rows,
            "texts": self.texts.values,
            "places": self.places.values,
            "steps": self.steps.values,
            "origins": self.chains.values,
            "findings": [
                self.describe_finding(finding, homes.get(number)) for number, finding in enumerate(self.findings)
            ],
            "left_out": self.left_out,
        }

    def describe_row(self, table: Table, row: Row, marked: Sequence[int]) -> Value:
        columns = {name: number for number, name in enumerate(table.environments)}
        cells = [
            self.describe_cell(table, row, columns[name], marked) if name in columns else None
            for name in self.environments
        ]
        return {
            "task": table.task,
            "container": escape(row.container),
            "path": escape(row.path),
            "differs": row.differs,
            "cells": cells,
        }

    def describe_cell(self, table: Table, row: Row, column: int, marked: Sequence[int]) -> Value:
        """Describe a cell: text, variant, origin, and findings if any; -1 where there is none, 0 where there is nothing at all."""
        cell, environment = row.cells[column], table.environments[column]
        found = self.origins.get((environment, table.task), {}).get(row.path)
        origin = self.add_origin(found) if found else -1
        here = [number for number in marked if environment in self.findings[number].environments]
        if cell is None and origin < 0 and not here:
            return 0
        text, variant = (-1, 0) if cell is None else (self.add_text(cell.text), cell.variant)
        return [text, variant, origin, here] if here else [text, variant, origin]

    def describe_finding(self, finding: Finding, row: int | None) -> Value:
        return {
            "code": finding.code,
            "severity": finding.severity,
            "message": escape(finding.message),
            "place": escape(str(finding.location)) if finding.location else None,
            "notes": [escape(state_note(note)) for note in list_notes(finding)],
            "help": finding.help and escape(finding.help),
            "row": row,
        }

    def add_origin(self, origin: Origin) -> int:
        numbers = [self.add_step(step) for step in origin.steps]
        return self.chains.add(tuple(numbers), numbers)

    def add_step(self, step: Step) -> int:
        """Add a step with the ones inside it, and its line."""
        if id(step) not in self.known:
            inner = [self.add_step(each) for each in step.inner]
            place = self.add_place(step.location, step.excerpt) if step.location else -1
            key = (step.message, place, tuple(inner))
            self.known[id(step)] = self.steps.add(key, [self.add_text(step.message), place, inner])
        return self.known[id(step)]

    def add_place(self, location: Location, excerpt: Excerpt | None) -> int:
        key = (location, excerpt)
        known = self.places.find(key)
        if known is not None:
            return known
        shown = excerpt and list(escape_excerpt(excerpt))
        return self.places.add(key, [escape(location.file), location.line, location.column, shown])

    def add_text(self, text: str) -> int:
        known = self.texts.find(text)
        return self.texts.add(text, escape(text)) if known is None else known


def escape_excerpt(excerpt: Excerpt) -> Excerpt:
    """Spell out control characters of a line, and underline the same part of it."""
    text, start, end = excerpt.text, excerpt.column - 1, excerpt.column - 1 + excerpt.length
    before, span, after = escape(text[:start]), escape(text[start:end]), escape(text[end:])
    return Excerpt(before + span + after, len(before) + 1, max(len(span), 1))


def describe_page(tables: Sequence[Table], origins: Origins, findings: Sequence[Finding], *, whole: bool) -> Value:
    """Describe all that the page shows, as values for JSON. With `whole` it opens with all rows, else with those that differ."""
    shown = [finding for finding in findings if not finding.left_out]
    left_out = len(findings) - len(shown)
    return Writer(list_environments(tables), origins, shown, left_out).describe(tables, whole=whole)


def mark_rows(table: Table, findings: Sequence[Finding]) -> dict[str, list[int]]:
    """Find the rows that findings are about, by path: the value itself, or the first one below what a finding names."""
    marks: dict[str, list[int]] = {}
    paths = {row.path: None for row in table.rows}
    for number, finding in enumerate(findings):
        if finding.path is None or finding.task not in (None, table.task):
            continue
        below = (finding.path + ".", finding.path + "[")
        home = finding.path if finding.path in paths else next((path for path in paths if path.startswith(below)), None)
        if home is not None:
            marks.setdefault(home, []).append(number)
    return marks
