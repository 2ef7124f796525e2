"""The commands, by name, and the options before a command. Imports a command when it is called, or all for help."""

from __future__ import annotations

from typing import Unpack

import click

from generator.cli.options import HELP, VERSION, Common, common_options

COMMANDS = {
    "check": "generator.cli.check",
    "deploy": "generator.cli.deploy",
    "diagnose": "generator.cli.diagnose",
    "diff": "generator.cli.diff",
    "explain": "generator.cli.explain",
    "import": "generator.cli.import_",
    "init": "generator.cli.init",
    "lint": "generator.cli.lint",
    "matrix": "generator.cli.matrix",
    "promote": "generator.cli.promote",
    "register": "generator.cli.register",
    "render": "generator.cli.render",
    "revisions": "generator.cli.revisions",
    "rollback": "generator.cli.rollback",
    "rules": "generator.cli.rules",
    "run": "generator.cli.run",
    "schema": "generator.cli.schema",
    "set": "generator.cli.set",
    "show": "generator.cli.show",
    "verify": "generator.cli.verify",
}
"""The module of each command, in the order of the help; click runs its `command`."""


ASKING = frozenset(("deploy", "diagnose", "register", "revisions", "rollback", "run", "show", "verify"))
"""The commands that ask AWS."""


class Group(click.Group):
    """A group that knows the names of its commands, and imports one on demand."""

    def get_help_option(self, _: click.Context) -> click.Option:
        return HELP

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands that work offline and commands that ask AWS in two sections."""
        rows = [(name, load_command(name).get_short_help_str(formatter.width)) for name in COMMANDS]
        with formatter.section("Commands"):
            formatter.write_dl([row for row in rows if row[0] not in ASKING])
        with formatter.section("Commands that ask AWS, with the extra `aws`"):
            formatter.write_dl([row for row in rows if row[0] in ASKING])

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names; for a word of another tool, point to the command that does the same here."""
        if arguments[0] not in COMMANDS:
            from generator.cli.pointers import fail_unknown  # only if there is no such command

            fail_unknown(arguments[0], tuple(COMMANDS), context)
        return super().resolve_command(context, arguments)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        return load_command(name) if name in COMMANDS else None


def load_command(name: str) -> click.Command:
    """Import a command."""
    from importlib import import_module

    command: click.Command = import_module(COMMANDS[name]).command
    return command


@click.group(
    cls=Group,
    commands=[click.Command(name) for name in COMMANDS],  # click looks for near misses among these names
    no_args_is_help=False,
    params=[VERSION],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
@common_options
@click.pass_context
def cli(context: click.Context, **common: Unpack[Common]) -> None:
    """Render ECS task definitions from one Jinja template and one overlay per environment.

    Exit status: 0 for success. 1 if taskdef found errors or differences. 2 if the command is wrong, a file cannot be read, time ran out or
    AWS refused a request. 3 for a bug in taskdef.
    """
    line = click.core.ParameterSource.COMMANDLINE
    given = {name: value for name, value in common.items() if context.get_parameter_source(name) is line}
    context.default_map = dict.fromkeys(COMMANDS, given)
