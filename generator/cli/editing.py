"""The options of the commands that edit overlays: the dry run, and the commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from generator.cli.options import Common, find_least

if TYPE_CHECKING:
    from generator.commands.edits import Wish

Function = TypeVar("Function", bound=Callable[..., object])


class Writing(TypedDict):
    """The options of every command that edits overlays."""

    dry_run: bool
    commit: bool
    message: str | None


class Words(Common, Writing):
    """All options that these commands share."""


def writing_options(function: Function) -> Function:
    """Add the options for a dry run and a commit."""
    for option in (
        click.option("--message", metavar="TEXT", help="The commit message; by default, one that lists the values."),
        click.option(
            "--commit",
            is_flag=True,
            help="Commit the edited files and their artifacts, and nothing else. Git hooks run.",
        ),
        click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing."),
    ):
        function = option(function)
    return function


def make_wish(words: Words) -> Wish:
    """Make a wish from the options."""
    from generator.commands.edits import Wish

    return Wish(words["dry_run"], words["commit"], words["message"], words["strict"], find_least(words))
