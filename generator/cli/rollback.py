"""`taskdef rollback`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import access_options, make_confirm, take_signals
from generator.cli.options import Command, check_common, common_options, complete_environment
from generator.cli.results import show
from generator.cli.waiting import Words, make_patience, make_request, wait_options


@click.command("rollback", Command, short_help="Return a service to a revision that was steady.")
@click.argument("word", metavar="ENV[/TASK]", shell_complete=complete_environment)
@click.option(
    "--to",
    metavar="REV|COMMIT|TAG",
    help="The revision: its number, `prod:3`, `family:3` or ARN, or the commit or git tag that it was registered from.",
)
@click.option("--no-wait", is_flag=True, help="Start the deployment, and do not wait for it.")
@click.option("--dry-run", is_flag=True, help="Show what would be called, and change nothing.")
@click.option(
    "--yes",
    is_flag=True,
    help="Do not ask for confirmation. Without it, taskdef asks before it changes an environment that "
    "looks like production (`confirm` in the settings).",
)
@wait_options
@access_options
@partial(common_options, forms=("text", "json"))
def command(word: str, to: str | None, no_wait: bool, dry_run: bool, yes: bool, **common: Unpack[Words]) -> None:
    """Return a service to the last steady revision before the present one.

    It first shows what will change. taskdef asks ECS for the deployments of the service to learn which revisions were steady. taskdef skips
    a revision to which the service cannot return, for instance one that is INACTIVE or that ECS would refuse for this service, and shows
    why. With --to, such a revision is an error. --to takes a revision of the environment's own family only. A commit or git tag selects the
    revision that was registered from that commit. taskdef finds it by its tags, and checks it with the artifact in git or with the hash in
    the tags. Nothing is registered. Templates and overlays may have errors, as long as an artifact is committed. Needs the extra `aws`.

    Exit status: 0 if it is steady, 1 if a check or the deployment failed, 2 if AWS did not start it, or if taskdef stopped waiting before
    it ended, 130 if interrupted.
    """
    check_common(common)
    patience = make_patience(common, waits=not no_wait)
    take_signals()
    from generator.cli.screens import choose_screen
    from generator.commands.rollback import rollback

    with choose_screen(quiet=common["quiet"]) as screen:
        confirm = make_confirm(yes=yes, tells=common["quiet"])  # otherwise the screen has shown it
        request = make_request(common, patience, screen.hear, confirm, dry_run=dry_run)
        result = rollback(request, word=word, to=to, strict=common["strict"])
    show(result, common)
