"""`taskdef explain`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.options import Command, Common, check_common, common_options, complete_environment
from generator.cli.results import show


@click.command("explain", Command, short_help="Say where the values of an artifact come from.")
@click.argument("where", metavar="ENV[/TASK]|FILE[:LINE]", shell_complete=complete_environment)
@click.argument("path", required=False, metavar="[PATH]")
@click.option(
    "--vars", "variables", is_flag=True, help="Every variable: its value, who set it, and which lines take it."
)
@time_limit_option
@partial(common_options, forms=("text", "json"))
def command(where: str, path: str | None, variables: bool, **common: Unpack[Common]) -> None:
    """Say where the values of an artifact come from.

    Without PATH, each value with the place where it was written, in one line. With it, the whole way of that value, or of all
    below it: the line of the template, the tags and variables it goes through, and each layer that changed it, lowest first.

    PATH is spelt as findings do, 'containerDefinitions[web].image'; a container or volume with an `$id` goes by that. What a layer
    took away is explained too. rendered/prod/web.json:41 asks for what is on that line of an artifact.
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
