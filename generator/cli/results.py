"""In which form a result is printed, and to which stream. Ends the process with the status of the result."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from generator.cli.options import Common
from generator.cli.streams import choose_color, escape_message, send, send_while_read
from generator.model.result import Result

CHANGING = ("deploy", "register", "revisions", "rollback")
"""Commands that may change something in an account."""


def show(result: Result, common: Common) -> NoReturn:
    """Write a result to the streams, and end with its status."""
    from generator.model.result import select_shown
    from generator.reports import format_result

    form = common["form"]
    shown = result if form == "json" else select_shown(result, verbose=common["verbose"], quiet=common["quiet"])
    stream = sys.stdout if result.judging else sys.stderr
    report = format_result(
        shown._replace(strict=common["strict"]),
        form,
        color=choose_color(common["color"], stream),
        root=common["project"],
    )
    if result.command in CHANGING:  # what was done in an account has to be told, to whoever still reads
        send_while_read(report.err)
        try:
            send(sys.stdout, report.out)
        except OSError:
            send_while_read(report.out)
            raise
    else:
        send(sys.stderr, report.err)
        send(sys.stdout, report.out)
    for message in result.refused:
        from generator.cli.exits import fail
        from generator.cli.statuses import REFUSED

        fail(f"error: {escape_message(message)}", REFUSED)
    if result.help:
        send(sys.stderr, f"  help: {escape_message(result.help)}\n")
    click.get_current_context().exit(result.status)


def show_product(result: Result, common: Common) -> NoReturn:
    """Write a result whose product, where there is one, has the form that was asked for already."""
    if result.product is not None:
        common = common.copy()
        common["form"] = "text"
    show(result, common)
