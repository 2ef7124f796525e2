"""`taskdef show`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import Reach, access_options, make_access, place_options, print_event
from generator.cli.options import Command, Common, check_common, common_options, complete_environment
from generator.cli.results import show as show_result


class Words(Common, Reach):
    """What the command takes besides its own options."""


@click.command("show", Command, short_help="Show a registered revision.")
@click.argument("word", metavar="ENV[/TASK][:REV]", shell_complete=complete_environment)
@click.option("--unmasked", is_flag=True, help="Show values under secret-looking names, too.")
@place_options
@access_options
@partial(common_options, forms=("text", "json"))
def command(word: str, unmasked: bool, cluster: str | None, service: str | None, **common: Unpack[Words]) -> None:
    """Show a registered revision as JSON, in the form of an artifact.

    REV is a number, or `live`: the revision that the service runs (`aws.cluster` and `aws.service` in the overlay, or options). Without
    REV, and for `live` if no service is known, it is the newest ACTIVE revision. The task definition goes to stdout, in the order and form
    of artifacts, without fields that only ECS can set and without the tags that `taskdef register` adds. Who registered it, and when, goes
    to stderr. Values under names that look secret are shown as `***`. To register the output again, use --unmasked. Needs the extra `aws`.
    """
    check_common(common)
    from generator.commands.show import show

    result = show(
        common["project"],
        word=word,
        access=make_access(common),
        cluster=cluster,
        service=service,
        unmasked=unmasked,
        on_event=print_event,
    )
    show_result(result, common)
