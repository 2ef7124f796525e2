"""`taskdef rollback`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import access_options, make_confirm, take_signals
from generator.cli.options import Command, check_common, common_options, complete_environment
from generator.cli.results import show
from generator.cli.waiting import Words, make_patience, make_request, wait_options


@click.command("rollback", Command, short_help="Bring a service back to a revision that was steady.")
@click.argument("word", metavar="ENV[/TASK]", shell_complete=complete_environment)
@click.option(
    "--to",
    metavar="REV|COMMIT|TAG",
    help="The revision: its number, `prod:3`, `family:3` or ARN, or the commit or git tag that it was registered from.",
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
    the service's deployments; each revision that is passed over is named with the reason. A number is one of the environment's own family,
    and no other is gone to. A commit or tag stands for a revision whose content is what was registered from it: that is looked up in git,
    else by the fingerprint that the revision is tagged with. A revision that ECS would refuse for this service is an error, as in
    `deploy`. Nothing is registered, and the sources need not be in order, as long as an
    artifact is committed. Needs the extra `aws`.

    Exit status: 0 steady, 1 the deployment failed, 2 it did not begin or nobody saw its end, 130 interrupted.
    """
    check_common(common)
    patience = make_patience(common, waits=not no_wait)
    take_signals()
    from generator.cli.screens import choose_screen
    from generator.commands.rollback import rollback

    with choose_screen(quiet=common["quiet"]) as screen:
        confirm = make_confirm(yes=yes, tells=common["quiet"])  # else the screen has told it
        request = make_request(common, patience, screen.hear, confirm, dry_run=dry_run)
        result = rollback(request, word=word, to=to, strict=common["strict"])
    show(result, common)
