"""`taskdef diagnose`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import Reach, access_options, cluster_option, make_access, print_event, service_option
from generator.cli.options import Command, Common, check_common, common_options, complete_environment
from generator.cli.results import show


class Words(Common, Reach):
    """What the command takes besides its own options."""


@click.command("diagnose", Command, short_help="Show why tasks stopped or do not start.")
@click.argument("word", required=False, metavar="[ENV[/TASK]]", shell_complete=complete_environment)
@cluster_option()
@service_option()
@click.option("--task", metavar="ARN", help="One stopped task, instead of all those of a service.")
@access_options
@partial(common_options, forms=("text", "json"))
def command(
    word: str | None,
    cluster: str | None,
    service: str | None,
    task: str | None,
    **common: Unpack[Words],
) -> None:
    """Show why tasks stopped or do not start: the most likely cause, and the line of the overlay or template to change.

    It looks at AWS's own reasons for stopped tasks first, then at exit codes and the last log lines of containers, then at the stop code.
    With ENV, it shows the line of the overlay or template. In place of ENV, you can give `--task`, or `--cluster` and `--service`. Then it
    shows only the name of the field. If no service is known, it looks at the stopped tasks of the family. It changes nothing. Needs the
    extra `aws`.

    Exit status: 0 if nothing failed, 1 if it found a cause, 2 if AWS refuses or cannot be reached.
    """
    check_common(common)
    from generator.commands.diagnose import diagnose

    result = diagnose(
        common["project"],
        word=word,
        access=make_access(common),
        cluster=cluster,
        service=service,
        task=task,
        on_event=print_event,
    )
    show(result, common)
