"""`taskdef check`: its words and options."""

from __future__ import annotations

from time import time
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.interrupts import Interrupts
from generator.cli.options import (
    Command,
    Common,
    cache_option,
    check_common,
    command_options,
    common_options,
    find_least,
)
from generator.cli.results import show
from generator.cli.streams import Progress


@click.command("check", Command, short_help="Check that committed artifacts are up to date.")
@command_options
@click.option("--fix", is_flag=True, help="Edit the overlays: remove each override that changes nothing.")
@cache_option
@time_limit_option
@common_options
def command(environments: tuple[str, ...], task: str | None, fix: bool, **common: Unpack[Common]) -> None:
    """Compare the committed artifacts with newly rendered ones. It never writes an artifact: `taskdef render` does.

    Without --task, it also finds artifacts that no task produces any more. If neither ENV nor --task is given, it also looks for
    differences between environments that look like mistakes, such as a variable that only one of them has.
    """
    check_common(common)
    from generator.commands.check import check

    with Interrupts() as hold:
        with Progress(quiet=common["quiet"]) as on_event:
            result = check(
                common["project"],
                environments=environments,
                task=task,
                fix=fix,
                strict=common["strict"],
                least=find_least(common),
                on_event=on_event,
                now=time(),
                hold=hold,
            )
        show(result, common)
