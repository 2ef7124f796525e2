"""`taskdef revisions`: its words and options."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from generator.cli.access import (
    Reach,
    access_options,
    announce,
    be_silent,
    cluster_option,
    make_access,
    make_confirm,
    order_argument,
    take_signals,
    tell,
)
from generator.cli.options import Common, check_common, common_options
from generator.cli.results import show_product
from generator.cli.streams import choose_color, find_width

if TYPE_CHECKING:
    from generator.model.result import Result

PRUNING = ("keep", "yes", "dry_run", "allow_stale")
LISTING = ("limit", "status", "cluster", "changes")
"""Options of one of the two things that the command does, and of no use for the other."""


class Words(Common, Reach):
    """What the command takes besides its own options."""


@click.command("revisions", short_help="List registered revisions, or prune old ones.")
@order_argument
@click.option("--limit", type=click.IntRange(min=1), default=20, metavar="N", help="The newest N only; 20 by default.")
@click.option(
    "--status",
    type=click.Choice(["active", "inactive", "all"]),
    default="active",
    help="Those that can be started from, those that were deregistered, or both.",
)
@cluster_option("Look only here for what uses them.")
@click.option("--changes", is_flag=True, help="Say in full what each changed.")
@click.option("--prune", "pruning", is_flag=True, help="Deregister old ones that nothing uses.")
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="Of those that are pruned: leave the newest N.")
@click.option("--dry-run", is_flag=True, help="Say what would be pruned, and change nothing.")
@click.option(
    "--allow-stale", is_flag=True, help="Go by the families that are committed though the sources give something else."
)
@click.option("--yes", is_flag=True, help="Do not ask before pruning.")
@access_options
@partial(common_options, forms=("text", "json"))
@click.pass_context
def command(
    context: click.Context,
    words: tuple[str, ...],
    limit: int,
    status: str,
    cluster: str | None,
    changes: bool,
    pruning: bool,
    keep: int | None,
    dry_run: bool,
    allow_stale: bool,
    yes: bool,
    **common: Unpack[Words],
) -> None:
    """List the registered revisions of a task, newest first: where each comes from, what uses it, what it changed.

    ENV stands for all tasks of an environment. What uses a revision is looked for in the environment's own cluster (`aws.cluster`
    in its overlay), else in all. Each revision is compared with the one below it, as ECS sees both. Commit and content are
    known of those that `taskdef register` registered.

    --prune --keep N deregisters the ACTIVE ones beyond the newest N. It always asks first, unless --yes says so, and the guards of
    `register` hold. One that a service, a deployment, a task set or a running or pending task of any cluster uses stays, and where one
    of these cannot be looked at, all stay. Schedules (EventBridge) and workflows (Step Functions) that name a revision by its number are
    not looked at. Needs the extra `aws`.
    """
    check_common(common)
    given = [
        name for name in context.params if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    refuse_strays([name for name in given if name in (LISTING if pruning else PRUNING)], pruning=pruning)
    if pruning and keep is None:
        raise click.UsageError("--prune takes --keep N: how many of the newest are to stay.")
    result: Result
    json = common["form"] == "json"
    if keep is not None:
        take_signals()
        from generator.commands.revisions_prune import prune

        result = prune(
            common["project"],
            words=words,
            keep=keep,
            access=make_access(common),
            confirm=make_confirm(yes=yes),
            dry_run=dry_run,
            allow_stale=allow_stale,
            json=json,
            strict=common["strict"],
            tell=tell,
            announce=be_silent if json or common["quiet"] else announce,
        )
    else:
        from generator.commands.revisions import revisions

        result = revisions(
            common["project"],
            words=words,
            access=make_access(common),
            limit=limit,
            status=status,
            cluster=cluster,
            changes=changes,
            json=json,
            color=choose_color(common["color"], sys.stdout),
            width=find_width(),
            strict=common["strict"],
            tell=tell,
        )
    show_product(result, common)


def refuse_strays(names: list[str], *, pruning: bool) -> None:
    """Refuse options that would be ignored."""
    for name in names:
        option = f"--{name.replace('_', '-')}"
        raise click.UsageError(f"{option} {'does not go with' if pruning else 'needs'} --prune.")
