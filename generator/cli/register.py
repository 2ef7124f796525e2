"""`taskdef register`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack

import click

from generator.cli.access import (
    Reach,
    access_options,
    guard_options,
    make_access,
    make_confirm,
    make_printer,
    order_argument,
    take_signals,
)
from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show


class Words(Common, Reach):
    """What the command takes besides its own options."""


@click.command("register", Command, short_help="Register what is committed, if it is new.")
@order_argument
@click.option(
    "--why",
    is_flag=True,
    help="Say what differs from the newest revision, what ECS fills in, and what counts as the same without proof.",
)
@click.option("--force", is_flag=True, help="Register a new revision though nothing differs.")
@guard_options
@access_options
@partial(common_options, forms=("text", "json"))
def command(
    words: tuple[str, ...],
    why: bool,
    force: bool,
    dry_run: bool,
    allow_stale: bool,
    yes: bool,
    **common: Unpack[Words],
) -> None:
    """Register what is committed, unless the newest revision says the same already.

    ENV stands for all tasks of an environment. The artifacts have to be what the sources give, and the caller's account and region
    those of the environment. Both sides are compared as ECS sees them, so that order and defaults make no revision. A new one is
    tagged with what its artifact hashes to and with the commit; nothing else is changed. Needs the extra `aws`.
    """
    check_common(common)
    take_signals()
    from generator.commands.register import register

    result = register(
        common["project"],
        words=words,
        access=make_access(common),
        confirm=make_confirm(yes=yes),
        dry_run=dry_run,
        strict=common["strict"],
        force=force,
        allow_stale=allow_stale,
        why=why,
        on_event=make_printer(common),
    )
    show(result, common)
