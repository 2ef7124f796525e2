"""`taskdef explain`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.options import Command, Common, check_common, common_options, complete_environment
from generator.cli.results import show


@click.command("explain", Command, short_help="Show where the values of an artifact come from.")
@click.argument("where", metavar="ENV[/TASK]|FILE[:LINE]", shell_complete=complete_environment)
@click.argument("path", required=False, metavar="[PATH]")
@click.option(
    "--vars",
    "variables",
    is_flag=True,
    help="Show every variable: its value, the line that set it, and the lines that use it.",
)
@time_limit_option
@partial(common_options, forms=("text", "json"))
def command(where: str, path: str | None, variables: bool, **common: Unpack[Common]) -> None:
    """Show where the values of an artifact come from.

    Without PATH, it shows each value in one line, with the place that wrote it. With PATH, it shows how that value, or each value in it,
    came about: the line of the template, the Jinja tags and variables that it uses, and each file that changed it. The last file wins.

    PATH is written as in error messages, such as 'containerDefinitions[web].image'. The brackets hold the name of a container or volume, or
    its `$id` if the template gives it one. PATH may also be a value that an overlay removed. rendered/prod/web.json:41 explains that line
    of an artifact.
    """
    check_common(common)
    from generator.commands.explain import explain

    result = explain(
        common["project"],
        where=where,
        path=path,
        variables=variables,
    )
    show(result, common)
