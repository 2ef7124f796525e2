"""`taskdef matrix`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, Common, check_common, command_options, common_options, find_least
from generator.cli.results import show
from generator.cli.streams import Progress


@click.command("matrix", Command, short_help="Compare environments side by side.")
@command_options
@click.option("--all", "whole", is_flag=True, help="Show all paths, not only those that differ.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    help="Write one HTML page to FILE, which shows where each value comes from. FILE is relative to the current folder.",
)
@time_limit_option
@partial(common_options, forms=("text", "csv", "json", "markdown"))
def command(
    environments: tuple[str, ...], task: str | None, whole: bool, page: str | None, **common: Unpack[Common]
) -> None:
    """Compare environments side by side: a row for each path that differs, a column for each environment.

    Containers and volumes with the same `$id` share a row, even if their names differ. On a terminal, values are cut
    to fit; elsewhere they are whole. Secret-looking values are compared, and shown masked.
    """
    check_common(common)
    if page is not None and common["form"] != "text":
        raise click.UsageError("--html and --format exclude each other.")
    from generator.commands.matrix import matrix

    with Progress(quiet=common["quiet"]) as on_event:
        result = matrix(
            common["project"],
            environments=environments,
            task=task,
            whole=whole,
            page=page,
            strict=common["strict"],
            least=find_least(common),
            on_event=on_event,
        )
    if page is not None:
        from generator.project.writing import write_file
        from generator.reports.matrix.html import write_page
        from generator.review.matrix import Matrix

        assert isinstance(result.answer, Matrix)
        with Interrupts():
            write_file(page, write_page(result.answer, result.findings))
    show(result, common)
