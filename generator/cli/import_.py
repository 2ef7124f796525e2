"""`taskdef import`: its words and options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from generator.cli.access import Reach, access_options, make_access, print_event
from generator.cli.clock import time_limit_option
from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show

if TYPE_CHECKING:
    from generator.commands.account.asking import Asking


class Words(Common, Reach):
    """The options that the command shares with others."""


@click.command("import", Command, short_help="Create a template and overlays from existing task definitions.")
@click.argument("patterns", nargs=-1, metavar="[PATTERN]...")
@click.option(
    "--env", "files", metavar="ENV=FILE", multiple=True, help="The file or the registered revision of one environment."
)
@click.option(
    "--task",
    metavar="TASK",
    help="Name the template TASK. Default: the part of the family that all files have in common.",
)
@click.option(
    "--set",
    "values",
    metavar="[ENV:]NAME=VALUE",
    multiple=True,
    help="The value of a parameter of a CloudFormation template, or of a variable in Terraform.",
)
@click.option("--dry-run", is_flag=True, help="Show every file that would be written, and write nothing.")
@click.option("--why", is_flag=True, help="Show the values that led to each variable, patch and `$id`.")
@click.option("--exact", is_flag=True, help="Keep empty lists. By default, taskdef omits them, since ECS ignores them.")
@click.option(
    "--keep-findings",
    is_flag=True,
    help="If a file breaks a rule, import it anyway, and turn the rule off for its environment in taskdef.toml.",
)
@click.option(
    "--schema",
    is_flag=True,
    help="Also write a JSON Schema for editors, and begin each overlay with the line that refers to it.",
)
@access_options
@time_limit_option
@common_options
def command(
    patterns: tuple[str, ...],
    files: tuple[str, ...],
    task: str | None,
    values: tuple[str, ...],
    dry_run: bool,
    why: bool,
    exact: bool,
    keep_findings: bool,
    schema: bool,
    **common: Unpack[Words],
) -> None:
    """Create a template and overlays from existing task definitions. It writes both only if rendering gives the values of each file.

    PATTERN is a path in quotes: 'ecs/{env}/{task}.json'. {env} stands for the environment, and {task} for the task if there are several. A
    file is a task definition (comments are allowed), output of describe-task-definition or of `terraform show -json`, CloudFormation in
    JSON or YAML, or Terraform in JSON. --set sets a parameter of CloudFormation or a variable of Terraform. FILE#NAME selects one of
    several task definitions in a file. Existing files are never replaced.

    prod-web:7, or an ARN, is a registered revision, unless there is a file of that name. The extra `aws`, --profile, --region and
    --endpoint-url are for revisions only.
    """
    check_common(common)
    named = [split_file(each) for each in files]
    from generator.commands.import_files import import_files
    from generator.commands.import_inputs import Wanted

    with Interrupts() as hold:
        result = import_files(
            common["project"],
            files=named,
            patterns=patterns,
            task=task,
            wanted=Wanted(exact, dry_run, why, keep_findings, values, schema),
            hold=hold,
            asking=find_asking(named, common),
            on_event=print_event,
        )
        here: Words = {**common, "project": "."}  # file names are relative to the current folder
        show(result, here)


def find_asking(named: list[tuple[str, str]], reach: Reach) -> Asking | None:
    """Make the access to AWS from the options. Returns None if no word can be a revision and no option was given."""
    given = (reach["profile"], reach["region"], reach["endpoint_url"])
    if given == (None, None, None) and not any(":" in path for _, path in named):
        return None
    from generator.commands.account.asking import Asking

    return Asking(make_access(reach))


def split_file(text: str) -> tuple[str, str]:
    """Split `ENV=FILE`."""
    env, equals, path = text.partition("=")
    if not equals or not env or not path:
        raise click.UsageError(f"--env takes ENV=FILE, not '{text}'.")
    return env, path
