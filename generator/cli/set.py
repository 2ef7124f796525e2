"""`taskdef set`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.editing import Words, make_wish, writing_options
from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, check_common, common_options, complete_environment
from generator.cli.results import show
from generator.cli.streams import Progress


@click.command("set", Command, short_help="Set values in an environment's overlay, and render.")
@click.argument("where", metavar="ENV[/TASK]", shell_complete=complete_environment)
@click.argument("settings", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--delete", "deleted", metavar="NAME", multiple=True, help="Remove a value from the overlay.")
@click.option(
    "--in", "file", metavar="FILE", help="Edit this file of the environment, such as `environments/_common.yaml`."
)
@click.option("--override", is_flag=True, help="Override a value that the template sets, with a patch.")
@writing_options
@time_limit_option
@partial(common_options, forms=("text", "json"))
def command(
    where: str,
    settings: tuple[str, ...],
    deleted: tuple[str, ...],
    file: str | None,
    override: bool,
    **words: Unpack[Words],
) -> None:
    """Set values in an environment's overlay, render, and show what differs.

    NAME is a variable (image_tag, db.host) or a path as in `taskdef explain` (containerDefinitions[web].environment[LOG_LEVEL]). If the
    overlay sets the value, taskdef edits that line. If only a base file such as `_common.yaml` sets it, taskdef adds the new value to the
    overlay: an overlay wins over its base. No other byte of the file changes. With /TASK, the value applies to that task only.

    If the result has errors, nothing is written. If the template sets the value, the command fails and shows the line, unless --override is
    set.
    """
    check_common(words)
    from generator.commands.set import set_values

    with Interrupts() as hold:
        with Progress(quiet=words["quiet"]) as on_event:
            result = set_values(
                words["project"],
                where=where,
                settings=settings,
                deleted=deleted,
                file=file,
                override=override,
                wish=make_wish(words),
                on_event=on_event,
                hold=hold,
            )
        show(result, words)
