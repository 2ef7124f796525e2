"""`taskdef revisions`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from generator.cli.access import (
    Reach,
    access_options,
    cluster_option,
    make_access,
    make_confirm,
    make_printer,
    order_argument,
    print_event,
    take_signals,
)
from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show

if TYPE_CHECKING:
    from generator.model.result import Result

PRUNING = ("keep", "yes", "dry_run", "allow_stale")
LISTING = ("limit", "status", "cluster", "changes")
"""Options that apply to only one of the command's two actions."""


class Words(Common, Reach):
    """The command's options."""

    limit: int
    status: str
    cluster: str | None
    changes: bool
    pruning: bool
    keep: int | None
    dry_run: bool
    allow_stale: bool
    yes: bool


@click.command("revisions", Command, short_help="List registered revisions, or prune old ones.")
@order_argument
@click.option("--limit", type=click.IntRange(min=1), default=20, metavar="N", help="Show the newest N; 20 by default.")
@click.option(
    "--status",
    type=click.Choice(["active", "inactive", "all"]),
    default="active",
    help="Show active revisions, deregistered ones, or all.",
)
@cluster_option("List uses in this cluster only. --prune looks in all clusters.")
@click.option("--changes", is_flag=True, help="Show all changes of each revision.")
@click.option("--prune", "pruning", is_flag=True, help="Deregister old revisions that nothing uses.")
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="With --prune, keep the newest N revisions.")
@click.option("--dry-run", is_flag=True, help="Show what would be pruned, and change nothing.")
@click.option(
    "--allow-stale",
    is_flag=True,
    help="Take the names of families from the committed artifacts, even if these are out of date.",
)
@click.option("--yes", is_flag=True, help="Do not ask before pruning.")
@access_options
@partial(common_options, forms=("text", "json"))
@click.pass_context
def command(context: click.Context, words: tuple[str, ...], **options: Unpack[Words]) -> None:
    """List the registered revisions of a task, newest first, with the origin, uses and changes of each.

    ENV stands for all tasks of an environment. Uses of a revision are looked up in the environment's own cluster (`aws.cluster` in its
    overlay), or else in all clusters. Each revision is compared with the one below it, as ECS sees both. If `taskdef register` registered a
    revision, the list shows the git commit and the hash of the content. If another tool registered a changed copy with taskdef's tags, the
    list marks that revision.

    --prune --keep N keeps the newest N, and deregisters the other ACTIVE revisions. It asks first, unless --yes is given. The checks of
    `register` come first. A revision is kept if a service, a deployment, a task set, or a running or pending task in any cluster uses it.
    If taskdef cannot read one of these, it keeps all revisions. A revision is also kept if a rule of EventBridge or a schedule of
    EventBridge Scheduler names its number. If these cannot be read, a warning comes before the question. Workflows of Step Functions are
    not checked. Needs the extra `aws`.
    """
    check_common(options)
    refuse_strays(context, pruning=options["pruning"])
    if not options["pruning"]:
        show(list_newest(words, options), options)
    if options["keep"] is None:
        raise click.UsageError("--prune needs --keep N: the number of newest revisions to keep.")
    take_signals()
    show(prune_old(words, options, options["keep"]), options)


def refuse_strays(context: click.Context, *, pruning: bool) -> None:
    """Refuse options that would have no effect."""
    line = click.core.ParameterSource.COMMANDLINE
    for name in context.params:
        if name in (LISTING if pruning else PRUNING) and context.get_parameter_source(name) is line:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} {'does not go with' if pruning else 'needs'} --prune.")


def list_newest(words: tuple[str, ...], options: Words) -> Result:
    """List the newest revisions."""
    from generator.commands.revisions import revisions

    return revisions(
        options["project"],
        words=words,
        access=make_access(options),
        limit=options["limit"],
        status=options["status"],
        cluster=options["cluster"],
        changes=options["changes"],
        strict=options["strict"],
        on_event=print_event,
    )


def prune_old(words: tuple[str, ...], options: Words, keep: int) -> Result:
    """Deregister all but the newest `keep`, and those in use."""
    from generator.commands.revisions_prune import prune

    return prune(
        options["project"],
        words=words,
        keep=keep,
        access=make_access(options),
        confirm=make_confirm(yes=options["yes"]),
        dry_run=options["dry_run"],
        allow_stale=options["allow_stale"],
        strict=options["strict"],
        on_event=make_printer(options),
    )
