"""`taskdef deploy`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import (
    access_options,
    guard_options,
    make_confirm,
    order_argument,
    take_signals,
)
from generator.cli.options import Command, check_common, common_options
from generator.cli.results import show
from generator.cli.waiting import Words, make_patience, make_request, wait_options


@click.command("deploy", Command, short_help="Deploy committed task definitions to services, and wait.")
@order_argument
@click.option("--no-wait", is_flag=True, help="Start the deployments, and do not wait for them.")
@click.option(
    "--rollback-on-failure", is_flag=True, help="Return a service to its previous revision if its deployment fails."
)
@click.option("--force", is_flag=True, help="Start a new deployment even if the service runs this revision already.")
@click.option(
    "--previous-family",
    "previous_families",
    multiple=True,
    metavar="FAMILY",
    help="Accept a service that still runs this family, for instance because you renamed the family.",
)
@guard_options
@wait_options
@access_options
@partial(common_options, forms=("text", "json"))
def command(
    words: tuple[str, ...],
    no_wait: bool,
    rollback_on_failure: bool,
    force: bool,
    previous_families: tuple[str, ...],
    dry_run: bool,
    allow_stale: bool,
    yes: bool,
    **common: Unpack[Words],
) -> None:
    """Register the committed artifact if it is new, update the service to exactly that revision, and wait until it is steady.

    ENV stands for all tasks of an environment; they are deployed at the same time. The checks of `register` come first. A service that runs
    another family is refused, and so is a revision that ECS would refuse for this service. If ECS rolls a deployment back, or it clearly
    fails, the wait ends early with the reason. If a deployment of the same revision is in progress, `deploy` waits for it, unless --force
    is given. Cluster and service come from `aws.cluster` and `aws.service` in the overlay, or from options. Needs the extra `aws`.

    Exit status: 0 if all are steady, 1 if a check or a deployment failed, 2 if AWS did not start one, or if taskdef stopped waiting before
    it ended, 130 if interrupted.
    """
    check_common(common)
    patience = make_patience(common, waits=not no_wait, takes_back=rollback_on_failure)
    take_signals()
    from generator.cli.screens import choose_screen
    from generator.commands.deploy import deploy

    with choose_screen(quiet=common["quiet"]) as screen:
        request = make_request(common, patience, screen.hear, make_confirm(yes=yes), dry_run=dry_run)
        result = deploy(
            request,
            words=words,
            force=force,
            allow_stale=allow_stale,
            strict=common["strict"],
            previous_families=previous_families,
        )
    show(result, common)
