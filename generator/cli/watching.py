"""`taskdef render --watch`: one report after each edit, as it comes, until a signal ends the command."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from time import strftime, time
from typing import TYPE_CHECKING

import click

from generator.cli.clock import restart_clock, stop_clock
from generator.cli.interrupts import Interrupts
from generator.cli.options import Common, find_least
from generator.cli.results import make_view
from generator.cli.streams import escape_message, send

if TYPE_CHECKING:
    from generator.model.result import Result


def check_watching(common: Common, options: Mapping[str, object]) -> None:
    """Refuse options that exclude `--watch`: it renders the committed files, and reports to people."""
    for option, given in options.items():
        if given:
            raise click.UsageError(
                f"--watch and {option} exclude each other: it renders the committed files, and has no end."
            )
    if common["form"] != "text":
        raise click.UsageError(f"--watch and --format {common['form']} exclude each other: its reports are for people.")


def show_changes(environments: tuple[str, ...], task: str | None, common: Common) -> None:
    """Show the result of each edit. Ends on a signal, or if the project can no longer be watched."""
    from generator.commands.render_watch import watch

    interrupts = Interrupts()
    with interrupts as hold:
        stop_clock()
        results = watch(
            common["project"],
            environments=environments,
            task=task,
            strict=common["strict"],
            least=find_least(common),
            on_change=restart_clock,
            hold=hold,
            now=time(),
        )
        for count, result in enumerate(results):
            stop_clock()
            if result is not None:
                show_result(result, common, begun=count == 0)
            interrupts.release()


def show_result(result: Result, common: Common, *, begun: bool) -> None:
    """Write one report to stdout; from the second on, after an empty line and with the time."""
    from generator.reports.forms import format_result

    report = format_result(result._replace(strict=common["strict"]), make_view(common))
    said = report.out + "".join(f"error: {escape_message(message)}\n" for message in report.refused)
    said += f"  help: {escape_message(report.help)}\n" if report.help else ""
    if said:
        send(sys.stdout, said if begun else f"\n{strftime('%H:%M:%S')} {said}")
