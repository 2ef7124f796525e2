"""`taskdef rollback`: its words and options."""

from __future__ import annotations

import sys
from functools import partial
from typing import Unpack

import click

from generator.cli.access import Reach, access_options, make_access, make_confirm, take_signals
from generator.cli.options import Common, check_common, common_options, complete_environment
from generator.cli.results import show_product
from generator.cli.streams import choose_color
from generator.cli.waiting import Wait, make_patience, wait_options


class Words(Common, Reach, Wait):
    """What the command takes besides its own options."""


@click.command("rollback", short_help="Bring a service back to a revision that was steady.")
@click.argument("word", metavar="ENV[/TASK]", shell_complete=complete_environment)
@click.option(
    "--to",
    metavar="REV|COMMIT|TAG",
    help="The revision: its number or ARN, or the commit or git tag that it was registered from.",
)
@click.option("--no-wait", is_flag=True, help="Begin the deployment, and do not wait for it.")
@click.option("--dry-run", is_flag=True, help="Say what would be called, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask about production-like environments.")
@wait_options
@access_options
@partial(common_options, forms=("text", "json"))
def command(word: str, to: str | None, no_wait: bool, dry_run: bool, yes: bool, **common: Unpack[Words]) -> None:
    """Bring a service back to the last revision that was steady, other than the one it has now.

    Shows first what differs between the two, in the direction of the change. Which revisions were steady is what ECS remembers of
    the service's deployments. Nothing is registered, and the sources need not be in order, as long as an artifact is committed. Needs the
    extra `aws`.

    Exit status: 0 steady, 1 the deployment failed, 2 it did not begin or nobody saw its end, 130 interrupted.
    """
    check_common(common)
    patience = make_patience(common, waits=not no_wait)
    take_signals()
    from generator.cli.screens import choose_screen
    from generator.commands.rollback import rollback

    with choose_screen(quiet=common["quiet"]) as screen:
        result = rollback(
            common["project"],
            word=word,
            access=make_access(common),
            confirm=make_confirm(yes=yes, tells=common["quiet"]),
            to=to,
            cluster=common["cluster"],
            service=common["service"],
            patience=patience,
            dry_run=dry_run,
            strict=common["strict"],
            json=common["form"] == "json",
            color=choose_color(common["color"], sys.stdout),
            screen=screen,
        )
    show_product(result, common)
