"""`taskdef lint`: its words and options."""

from __future__ import annotations

import sys
from typing import Unpack

import click

from generator.cli.clock import time_limit_option
from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, Common, cache_option, check_common, common_options, find_least
from generator.cli.results import show
from generator.cli.streams import Progress
from generator.ecs.actions import ACTIONS


@click.command("lint", Command, short_help="Find mistakes in task definitions in JSON.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--fix",
    is_flag=True,
    help="Fix the mistakes that have exactly one correction. The rest of the file stays as it is.",
)
@click.option(
    "--sort",
    is_flag=True,
    help="With --fix, also put fields in order and format the file, as `taskdef render` writes it.",
)
@click.option("--diff", is_flag=True, help="With --fix, show the changes, and write nothing.")
@click.option(
    "--model",
    type=click.Choice(["bundled", "installed", "awscli"]),
    default="bundled",
    help="The list of fields and types of ECS to check against: the one in taskdef (`bundled`), in the "
    "installed botocore (`installed`), or in the installed `aws` command (`awscli`).",
)
@click.option(
    "--for",
    "actions",
    type=click.Choice(tuple(ACTIONS)),
    multiple=True,
    help="Check what this GitHub action of AWS would register. The action removes or changes some fields. "
    "May be given twice. Replaces `lint_for` in the settings.",
)
@cache_option
@time_limit_option
@common_options
def command(
    files: tuple[str, ...],
    fix: bool,
    sort: bool,
    diff: bool,
    model: str,
    actions: tuple[str, ...],
    **common: Unpack[Common],
) -> None:
    """Find mistakes in task definitions in JSON, from any source: what ECS would refuse, and what would not start.

    FILE is a file, `-` for stdin, a folder (every *.json in it), or a pattern in quotes ('**/*.json'). A file holds the input of
    register-task-definition or the output of describe-task-definition. In folders and patterns, other JSON files are skipped.
    """
    check_common(common)
    from generator.commands.lint import lint
    from generator.project.loading import TEXT_LIMIT

    stdin = sys.stdin.buffer.read(TEXT_LIMIT + 1) if "-" in files and sys.stdin is not None else b""
    with Interrupts(), Progress(quiet=common["quiet"]) as on_event:
        result = lint(
            common["project"],
            words=files,
            stdin=stdin,
            fix=fix,
            sort=sort,
            diff=diff,
            installed=model == "installed",
            for_aws=model == "awscli",
            actions=actions,
            least=find_least(common),
            strict=common["strict"],
            on_event=on_event,
        )
    here: Common = {**common, "project": "."}  # file names are relative to the current folder
    show(result, here)
