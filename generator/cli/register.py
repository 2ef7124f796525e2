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


@click.command("register", Command, short_help="Register committed task definitions that are new.")
@order_argument
@click.option(
    "--why",
    is_flag=True,
    help="Show the differences from the newest revision, the defaults that ECS fills in, and the values "
    "that taskdef assumes to be equal.",
)
@click.option("--force", is_flag=True, help="Register a new revision even if nothing differs.")
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
    """Register the committed artifact, unless the newest active revision has the same content.

    ENV stands for all tasks of an environment. taskdef first checks that artifacts are up to date, and that the caller's account and region
    are those of the environment. Artifact and newest revision are compared as ECS sees them, so a different order of fields, or a default
    that ECS filled in, makes no new revision. A new revision gets three tags: the git commit, a hash of the file's bytes, and a hash of its
    content, for which the order of fields and the defaults of ECS do not count. Nothing else is changed. Needs the extra `aws`.
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
