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


@click.command("deploy", Command, short_help="Bring services to what is committed, and wait.")
@order_argument
@click.option("--no-wait", is_flag=True, help="Begin the deployments, and do not wait for them.")
@click.option(
    "--rollback-on-failure", is_flag=True, help="Bring a service back to what it ran, if its deployment fails."
)
@click.option("--force", is_flag=True, help="Deploy anew what runs already.")
@click.option(
    "--previous-family",
    "previous_families",
    multiple=True,
    metavar="FAMILY",
    help="A family that the service may run so far, though it is not the task's own: the name before it was renamed.",
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
    """Register what is committed if it is new, bring the service to just that revision, and wait until it is steady.

    ENV stands for all tasks of an environment; all are deployed at once. The guards of `register` hold, and a
    service that runs another family is refused. A deployment that ECS takes
    back, or that clearly fails, ends the wait and says why; one that is on its way already is waited for. Cluster and service are
    `aws.cluster` and `aws.service` of the overlay, unless options name them. Needs the extra `aws`.

    Exit status: 0 all steady, 1 a deployment failed, 2 one did not begin or nobody saw its end, 130 interrupted.
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
