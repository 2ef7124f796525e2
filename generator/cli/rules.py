"""`taskdef rules`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show


@click.command("rules", Command, short_help="List the rules and their levels, or explain a code.")
@click.argument("code", required=False, metavar="[CODE]")
@partial(common_options, forms=("text", "json"))
def command(code: str | None, **common: Unpack[Common]) -> None:
    """List the rules and their levels in this project, or explain one code."""
    check_common(common)
    from generator.commands.rules import rules

    show(rules(common["project"], code=code), common)
