"""A result in the form that was asked for: its answer, its findings, and what to say about them, for stdout and stderr."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from generator.model.findings import Finding, Severity
from generator.model.gathering import join_causes
from generator.model.records import Record
from generator.model.result import Result, limit_findings, state_counts
from generator.reports import ANSWERS, FORMATS, UNANSWERED

SELF_CONTAINED = ("json", "sarif", "junit")
"""Forms that nothing may follow on one stream. They hold what ended a command early."""


class View(Record):
    """How a result is shown.

    `width` is how many columns stdout has, 0 where it is no terminal, and `terminal` that it is one. `least` is the least severity
    of findings that people see. `root` is where the project lies, seen from the caller.
    """

    form: str = "text"
    color: bool = False
    color_stderr: bool = False
    width: int = 0
    terminal: bool = False
    least: Severity = "note"
    root: str = "."


class Written(Record):
    """An answer as text, if there is one, with the lines and the summary that people get beside it.

    `whole` is that the text holds findings and summary too, as JSON does, so that nothing else is printed. `refused` says what ended
    the command early, and `help` what there is to do about that.
    """

    text: str | None = None
    whole: bool = False
    lines: tuple[str, ...] = ()
    summary: str = ""
    refused: tuple[str, ...] = ()
    help: str = ""


class Report(Record):
    """A result as text: what belongs to stdout, and what to stderr.

    `asked` is that somebody asked for what is on stdout. `refused` and `help` are for stderr too, after all else.
    """

    out: str
    err: str
    asked: bool = False
    refused: tuple[str, ...] = ()
    help: str = ""


class AnswerWriter(Protocol):
    """What the module of an answer has to offer."""

    def write_answer(self, answer: object, result: Result, view: View) -> Written:
        """Write the answer of a result. A form that the answer does not have is written as text."""
        ...


class FindingsWriter(Protocol):
    """What the module of a form of findings has to offer."""

    def write_findings(self, result: Result, written: Written, view: View) -> Report:
        """Write findings, outcomes, lines and summary. A product is not written: it has stdout for itself."""
        ...


def format_result(result: Result, view: View = View()) -> Report:  # noqa: B008 - a value that nothing changes
    """Write a result as a view wants it. Beside an answer or a product, which own stdout, everything else is for stderr."""
    result = result._replace(findings=join_causes(result.findings))
    written = write_answer(result, view)
    ending = ((*result.refused, *written.refused), written.help or result.help)
    if written.whole:
        return Report(written.text or "", "", True, *ending)
    result = limit_findings(result)
    form = view.form if written.text is None and view.form in FORMATS else "text"
    if form != "json":
        result, written = select_shown(result, written, view.least)
    module, _ = FORMATS[form]
    report = cast("FindingsWriter", import_module(module)).write_findings(result, written, view)
    text = spell_product(result.product, view) if written.text is None else written.text
    out, err = (report.out, report.err) if text is None else (text, report.out + report.err)
    if text is not None and form in SELF_CONTAINED:
        ending = ((), "")
    return Report(out, err, text is not None, *ending)


def spell_product(product: str | None, view: View) -> str | None:
    """Give a product byte for byte, or for a terminal with what it would obey or not show spelt out as JSON has it."""
    if product is None or not view.terminal:
        return product
    from generator.reports.spelling import spell

    lines = product.replace("\r\n", "\n")
    return "".join(char if char.isprintable() or char in "\n\t" else spell(char) for char in lines)


def write_answer(result: Result, view: View) -> Written:
    """Write the answer of a result, or say that findings kept the command from one."""
    if result.answer is not None:
        module = cast("AnswerWriter", import_module(ANSWERS[result.command]))
        return module.write_answer(result.answer, result, view)
    if result.command not in UNANSWERED:
        return Written()
    counts = state_counts(result.findings)
    because = "" if any(each.severity == "error" for each in result.findings) else ", and `--strict` was given"
    return Written(summary=f"{counts}{because if result.strict else ''}{UNANSWERED[result.command]}")


def select_shown(result: Result, written: Written, least: Severity) -> tuple[Result, Written]:
    """Omit what is not to be shown: notes unless asked for; all but errors and the product where errors are the least."""
    shown, left_out = (
        tuple(each for each in findings if is_shown(each, least)) for findings in (result.findings, result.left_out)
    )
    chosen = result._replace(findings=shown, left_out=left_out)
    return chosen, written._replace(lines=(), summary="") if least == "error" else written


def is_shown(finding: Finding, least: Severity) -> bool:
    """Whether a finding is shown where one severity is the least that is."""
    return least == "note" or finding.severity == "error" or finding.severity == least
