"""`taskdef init`: its words and options, and the questions that it asks on a terminal."""

from __future__ import annotations

import sys
from functools import partial
from typing import Unpack

import click

from generator.cli.interrupts import Interrupts
from generator.cli.options import Command, Common, check_common, common_options
from generator.cli.results import show


class Words(Common):
    """The options that answer a question."""

    name: str | None
    environments: tuple[str, ...]
    launch_type: str | None
    account: str | None
    region: str | None
    owners: tuple[str, ...]
    renovate: bool | None
    source: str | None


@click.command(
    "init", Command, short_help="Create a project: a commented template, overlays, Makefile, hooks and workflow."
)
@click.argument("directory", required=False, metavar="[DIRECTORY]")
@click.option("--name", metavar="NAME", help="The task's name. Default: that of the folder.")
@click.option(
    "--env",
    "environments",
    metavar="ENV",
    multiple=True,
    help="An environment. Repeat the option in the order in which you release. Default: dev, test and prod.",
)
@click.option("--launch-type", type=click.Choice(("fargate", "ec2")), help="Where tasks run. Default: `fargate`.")
@click.option("--account", metavar="ID", help="The AWS account. Default: an example to replace.")
@click.option("--region", metavar="REGION", help="The AWS region. Default: `us-east-1`.")
@click.option("--owner", "owners", metavar="OWNER", multiple=True, help="Who reviews production: @user or @org/team.")
@click.option("--renovate/--no-renovate", default=None, help="Let Renovate propose image tags.")
@click.option(
    "--install",
    "source",
    metavar="SOURCE",
    help="What the GitHub workflow passes to `pip install` to get taskdef.",
)
@click.option("--keep-existing", "keep", is_flag=True, help="Keep existing files, and write the others.")
@click.option("--dry-run", "dry", is_flag=True, help="Show every file that would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing: use the default of each option that is not set.")
@partial(common_options, forms=("text", "json"))
def command(directory: str | None, keep: bool, dry: bool, yes: bool, **words: Unpack[Words]) -> None:
    """Create a project in DIRECTORY, or here: a commented template and overlays, which you can render and check without further edits.

    It also writes settings, a schema for editors, a Makefile, pre-commit hooks, a GitHub workflow, .gitattributes and CODEOWNERS. On a
    terminal, it asks for each value that no option sets. It never overwrites a file: if one exists already, nothing is written, unless
    --keep-existing is given.
    """
    check_common(words)
    if directory is not None and words["project"] != ".":
        raise click.UsageError("DIRECTORY and --project exclude each other.")
    root = words["project"] if directory is None else directory
    from generator.cli.questions import answer_questions
    from generator.commands.init import find_site, init

    site = find_site(root)
    ask = not yes and sys.stdin is not None and sys.stdin.isatty()
    project = answer_questions(list_given(words), site, ask=ask)
    with Interrupts() as hold:
        result = init(root, site=site, project=project, keep=keep, dry=dry, hold=hold)
        here: Words = {**words, "project": root}
        show(result, here)


def list_given(words: Words) -> dict[str, object]:
    """List the given options by the member of a new project that each sets."""
    given = {name: value for name, value in words.items() if name not in Common.__annotations__}
    return {name: value for name, value in given.items() if value not in (None, ())}
