"""`taskdef render`: its words and options."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, NoReturn, Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.interrupts import Interrupts
from generator.cli.options import (
    Command,
    Common,
    cache_option,
    check_common,
    command_options,
    common_options,
    find_least,
)
from generator.cli.results import show
from generator.cli.streams import Progress
from generator.project.manifest import Attempt

if TYPE_CHECKING:
    from generator.project.ledger import Ledger

MOST_JOBS = 64
"""Processes of one run: more than this only take memory."""


@click.command("render", Command, short_help="Render the artifacts of environments.")
@command_options
@click.option("--list", "listing", is_flag=True, help="List environments and tasks, and render nothing.")
@click.option(
    "--stdout",
    is_flag=True,
    help="Write the artifact to stdout; several artifacts become one JSON object with a key for each. On a "
    "terminal, control characters are escaped.",
)
@click.option("--output-dir", metavar="DIR", help="Write DIR/ENV/TASK.json, and nothing in the project.")
@click.option(
    "--set",
    "variables",
    metavar="KEY=VALUE",
    multiple=True,
    help="Set a variable. This value wins over every overlay. Needs --stdout or --output-dir.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a file was written or deleted, for hooks.")
@click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Render, then render again after each edit, until Ctrl-C. Needs the extra `watch`.",
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(1, MOST_JOBS),
    default=1,
    help=f"Build with N processes, up to {MOST_JOBS}, if there are more than 100 artifacts. Default: 1.",
)
@cache_option
@time_limit_option
@common_options
def command(
    environments: tuple[str, ...],
    task: str | None,
    listing: bool,
    stdout: bool,
    output_dir: str | None,
    variables: tuple[str, ...],
    exit_code: bool,
    watching: bool,
    jobs: int,
    **common: Unpack[Common],
) -> None:
    """Render the artifacts of the named environments, or of all.

    If there is an error, nothing is written. Files are written only when their bytes change. Without ENV and --task,
    artifacts that no task produces any more are deleted, unless somebody edited them.
    """
    check_common(common)
    others = {"--stdout": stdout, "--output-dir": output_dir is not None, "--set": variables, "--exit-code": exit_code}
    if watching:
        from generator.cli.watching import check_watching, show_changes  # only with --watch

        check_watching(common, {"--list": listing, "--jobs": jobs > 1, **others})
        show_changes(environments, task, common)
    if listing:
        if any(others.values()):
            raise click.UsageError("--list renders nothing: remove the options about output.")
        show_list(environments, task, common)
    show_rendered(
        environments, task, variables, common, stdout=stdout, output_dir=output_dir, exit_code=exit_code, jobs=jobs
    )


def show_rendered(
    environments: tuple[str, ...],
    task: str | None,
    variables: tuple[str, ...],
    common: Common,
    *,
    stdout: bool,
    output_dir: str | None,
    exit_code: bool,
    jobs: int,
) -> NoReturn:
    """Render, and show the outcome of each file."""
    from generator.commands.render import render

    with Interrupts() as hold:
        with Progress(quiet=common["quiet"]) as on_event:
            result = render(
                common["project"],
                environments=environments,
                task=task,
                variables=variables,
                stdout=stdout,
                output_dir=output_dir,
                exit_code=exit_code,
                strict=common["strict"],
                least=find_least(common),
                on_event=on_event,
                hold=hold,
                now=time(),
                ledger=open_ledger(common["project"]),
                jobs=jobs,
            )
        show(result, common)


def open_ledger(root: str) -> Ledger | None:
    """Open the ledger of the project, if this run may be remembered."""
    attempt = click.get_current_context().obj
    if not isinstance(attempt, Attempt):
        return None
    from generator.project.ledger import Ledger  # not in CI

    return Ledger(attempt.folder, root)


def show_list(environments: tuple[str, ...], task: str | None, common: Common) -> NoReturn:
    """Show the environments and tasks."""
    from generator.commands.render_list import list_artifacts

    show(list_artifacts(common["project"], environments=environments, task=task, strict=common["strict"]), common)
