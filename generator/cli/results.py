"""Prints a result in its form to the right streams, and ends the process with its status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.options import Common
from generator.cli.streams import choose_color, escape_message, find_width, send, send_while_read
from generator.model.findings import InputError
from generator.model.result import Result
from generator.project.manifest import Attempt

if TYPE_CHECKING:
    from generator.reports.forms import View

CHANGING = ("deploy", "register", "revisions", "rollback", "run")
"""Commands that may change something in an account."""


def show(result: Result, common: Common) -> NoReturn:
    """Write a result to the streams, and end with its status. Raises InputError if stdout is closed."""
    from generator.reports.forms import format_result

    report = format_result(result._replace(strict=common["strict"]), make_view(common))
    if report.asked and sys.stdout is None and result.command not in CHANGING:
        raise InputError("cannot write to stdout: it is closed")
    if result.command in CHANGING:  # report changes in an account on any stream that still has a reader
        send_while_read(report.err)
        try:
            send(sys.stdout, report.out)
        except OSError:
            send_while_read(report.out)
            raise
    else:
        send(sys.stderr, report.err)
        send(sys.stdout, report.out)
    for message in report.refused:
        from generator.cli.exits import fail
        from generator.cli.statuses import REFUSED

        fail(f"error: {escape_message(message)}", REFUSED)
    if report.help:
        send_while_read(f"  help: {escape_message(report.help)}\n")
    context = click.get_current_context()
    if isinstance(context.obj, Attempt):
        from generator.cli.remembering import keep  # only if the run may be remembered

        keep(context.obj, result, report)
    context.exit(result.status)


def make_view(common: Common) -> View:
    """Make the view of a result from the common options and the available streams."""
    from generator.reports.forms import View

    return View(
        form=common["form"],
        color=choose_color(common["color"], sys.stdout),
        color_stderr=choose_color(common["color"], sys.stderr),
        width=find_width(),
        terminal=sys.stdout is not None and sys.stdout.isatty(),
        least="error" if common["quiet"] else "note" if common["verbose"] else "warning",
        root=common["project"],
    )
