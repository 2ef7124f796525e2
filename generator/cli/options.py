"""The options that commands share, their completion and their meaning. Knows no single command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from generator import __version__
from generator.reports import FORMATS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from generator.model.findings import Severity

Function = TypeVar("Function", bound=Callable[..., object])


class Common(TypedDict):
    """The options of every command."""

    project: str
    form: str
    color: str
    quiet: bool
    verbose: bool
    strict: bool


def show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show the help of a command, and end."""
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


def show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show the version, and end."""
    if wanted and not context.resilient_parsing:
        click.echo(f"taskdef {__version__}")
        context.exit()


EAGER = {"is_flag": True, "is_eager": True, "expose_value": False}
HELP = click.Option(["-h", "--help"], **EAGER, help="Show this message and exit.", callback=show_help)
VERSION = click.Option(["--version"], **EAGER, help="Show the version and exit.", callback=show_version)
"""click has these options, too; but it looks up translations for its own, which takes longer than everything else it does."""


class Command(click.Command):
    """A command with our option for help."""

    def get_help_option(self, _: click.Context) -> click.Option:
        return HELP


*FIRST, LAST = (purpose for _, purpose in FORMATS.values())

FORMS = {
    tuple(FORMATS): f"{', '.join(FIRST).capitalize()}, or {LAST}.",
    ("text", "json", "markdown"): "For people, for programs, or for a comment on a pull request.",
    ("text", "json"): "For people, or for programs.",
    ("text", "csv", "json", "markdown"): "For people, for spreadsheets, for programs, or for pull requests and wikis.",
}
"""The purpose of each output form: for findings, and for other answers."""


def common_options(function: Function, forms: Sequence[str] = tuple(FORMATS)) -> Function:
    """Add the options that every command takes, after its name or before."""
    options = (
        click.option("--project", metavar="DIR", default=".", help="The project's folder; the current one by default."),
        click.option(
            "--format",
            "form",
            type=click.Choice(forms),
            default="text",
            help=FORMS[tuple(forms)],
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            help="Use colour; `auto` means on a terminal, unless NO_COLOR is set.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Show notes, too."),
        click.option("--strict", is_flag=True, help="Treat warnings as errors."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def command_options(function: Function) -> Function:
    """Add the arguments and options of every command about artifacts."""
    function = click.option(
        "--task", metavar="TASK", shell_complete=complete_task, help="Use only the template TASK.json.j2."
    )(function)
    return click.argument("environments", nargs=-1, metavar="[ENV]...", shell_complete=complete_environment)(function)


def cache_option(function: Function) -> Function:
    """Add the option for commands whose clean runs are remembered. With it, `project.manifest` remembers nothing."""
    return click.option(
        "--no-cache",
        is_flag=True,
        expose_value=False,
        help="Run in full, even if nothing changed since the last clean run.",
    )(function)


def check_common(common: Common) -> None:
    """Refuse options that contradict each other."""
    if common["quiet"] and common["verbose"]:
        raise click.UsageError("-q and -v exclude each other.")


def find_least(common: Common) -> Severity:
    """Find the lowest severity to look for: notes only with --verbose or if the output is for a program."""
    return "note" if common["verbose"] or common["form"] in ("json", "sarif", "junit") else "warning"


# Completion.


def complete_environment(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return complete_name(context, incomplete, 0)


def complete_task(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return complete_name(context, incomplete, 1)


def complete_name(context: click.Context, incomplete: str, kind: int) -> list[CompletionItem]:
    """Complete the names of environments (0) or tasks (1) from file names; opens no file."""
    from click.shell_completion import CompletionItem

    from generator.model.findings import InputError
    from generator.project.loading import list_names

    line = click.core.ParameterSource.COMMANDLINE
    chain = (each for each in (context, context.parent) if each and each.get_parameter_source("project") is line)
    root = next((each.params["project"] for each in chain), ".")
    try:
        names = list_names(root)[kind]
    except InputError:
        return []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
