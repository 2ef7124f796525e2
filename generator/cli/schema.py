"""`taskdef schema`: its words and options."""

from __future__ import annotations

from functools import partial
from typing import Unpack, cast

import click

from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show
from generator.documents.schemas.files import KINDS, Kind


@click.command("schema", Command, short_help="Write JSON Schemas for editors.")
@click.argument("kind", type=click.Choice(KINDS), required=False, metavar="[KIND]")
@click.option(
    "--write",
    is_flag=True,
    help="Write the schema into the project's folder. If KIND is not given, write those of all overlays.",
)
@click.option("--exit-code", is_flag=True, help="With --write: exit with 1 if a file was written, for hooks.")
@partial(common_options, forms=("text", "json"))
def command(kind: str | None, write: bool, exit_code: bool, **common: Unpack[Common]) -> None:
    """Write a JSON Schema to stdout. Editors use it to complete, describe and check files.

    KIND is `overlay` for environments/ENV.yaml (the default), `task` for environments/ENV/TASK.yaml, `settings` for taskdef.toml, or
    `task-definition` for JSON to register. The schema includes the additional fields of `allow_members` in the settings. It accepts every
    file that taskdef accepts, and some that taskdef refuses, so run `taskdef check` too.
    """
    check_common(common)
    from generator.commands.schema import schema

    with Interrupts() as hold:
        result = schema(common["project"], kind=cast("Kind | None", kind), write=write, exit_code=exit_code, hold=hold)
        show(result, common)
