"""What a command found and did, as text for people and machines. Pure: values in, text out; prints nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol, cast

from generator.model.result import Result

Format = Literal["text", "json", "github", "sarif", "junit"]

FORMATS: dict[Format, str] = {
    "text": "generator.reports.text",
    "json": "generator.reports.json",
    "github": "generator.reports.github",
    "sarif": "generator.reports.sarif",
    "junit": "generator.reports.junit",
}
"""The module of each form; imported when it is asked for."""


class Report(NamedTuple):
    """A result as text: what belongs to stdout, and what to stderr."""

    out: str
    err: str


class Reporter(Protocol):
    """What the module of a form has to offer."""

    def format_result(self, result: Result, *, color: bool, root: str) -> tuple[str, str]:
        """Write a result as text for stdout and text for stderr. `root` is where the project lies, seen from the caller."""
        ...


def format_result(result: Result, form: Format, *, color: bool = False, root: str = ".") -> Report:
    """Write a result in one of the forms. A product owns stdout, so that beside one everything else is for stderr."""
    from importlib import import_module

    reporter = cast("Reporter", import_module(FORMATS[form]))
    out, err = reporter.format_result(result, color=color, root=root)
    return Report(out, err) if result.product is None else Report(result.product, out + err)
