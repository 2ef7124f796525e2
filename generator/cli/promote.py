"""`taskdef promote`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.editing import Words, make_wish, writing_options
from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, check_common, common_options, complete_environment, complete_task
from generator.cli.results import show
from generator.cli.streams import Progress


@click.command("promote", Command, short_help="Copy image tags from one environment to another, and render.")
@click.argument("source", metavar="FROM", shell_complete=complete_environment)
@click.argument("target", metavar="TO", shell_complete=complete_environment)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--task", metavar="TASK", shell_complete=complete_task, help="Use only the template TASK.json.j2.")
@writing_options
@time_limit_option
@partial(common_options, forms=("text", "json"))
def command(source: str, target: str, names: tuple[str, ...], task: str | None, **words: Unpack[Words]) -> None:
    """Copy the image tags of FROM, or the named values, into TO's overlay; render, and show what differs.

    Without NAME, each container gets its tag or digest from FROM, and keeps its registry and repository. NAME is a
    variable or a path, as in `taskdef set`. A tag that is the name of an environment is refused, since it is not a
    version. Nothing is written if the result has errors.
    """
    check_common(words)
    from generator.commands.promote import promote

    with Interrupts() as hold:
        with Progress(quiet=words["quiet"]) as on_event:
            result = promote(
                words["project"],
                source=source,
                target=target,
                names=names,
                task=task,
                wish=make_wish(words),
                on_event=on_event,
                hold=hold,
            )
        show(result, words)
