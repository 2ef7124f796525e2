"""The output of `schema` for the files that it writes: the outcome of each, and the line by which editors find it."""

from __future__ import annotations

from generator.model.answers import SchemasWritten
from generator.model.result import Result
from generator.reports.forms import View, Written


def write_answer(written: SchemasWritten, result: Result, _: View) -> Written:
    """Write a line for each file, and after a changed one the first lines of the files that it is for."""
    lines = [f"{each.action} {each.path}" for each in result.outcomes]
    if any(each.action == "wrote" for each in result.outcomes):
        lines += [f"first line of {where}: {line}" for where, line in written.modelines]
    return Written(lines=tuple(lines))
