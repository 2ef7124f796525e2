"""What commands that ask AWS share: options for access, arguments, and the question before a change."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from generator.cli.options import Common, complete_environment
from generator.cli.streams import choose_color, send, send_while_read

if TYPE_CHECKING:
    from generator.commands.account.orders import Confirm
    from generator.model.account import Access
    from generator.model.account_events import AccountEvent, OnAccountEvent, Question

Function = TypeVar("Function", bound=Callable[..., object])


class Reach(TypedDict):
    """The options of every command that asks AWS."""

    profile: str | None
    region: str | None
    endpoint_url: str | None


def access_options(function: Function) -> Function:
    """Add the options for access to AWS."""
    for option in (
        click.option("--endpoint-url", metavar="URL", help="Another AWS endpoint, such as LocalStack's."),
        click.option(
            "--region", metavar="REGION", help="The region. If the overlay sets a region, both must be the same."
        ),
        click.option("--profile", metavar="NAME", help="A profile of the shared AWS configuration."),
    ):
        function = option(function)
    return function


CLUSTER, SERVICE = (f"The {kind}, instead of the overlay's `aws.{kind}`." for kind in ("cluster", "service"))
"""The help of the options that name a cluster or a service."""


def cluster_option(help: str = CLUSTER) -> Callable[[Function], Function]:
    """Add the option that names a cluster."""
    return click.option("--cluster", metavar="NAME", callback=check_name, help=help)


def service_option(help: str = SERVICE) -> Callable[[Function], Function]:
    """Add the option that names a service."""
    return click.option("--service", metavar="NAME", callback=check_name, help=help)


def check_name(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """Refuse an empty name: in a script, it comes from a variable that nobody has set."""
    if name is not None and not name.strip():
        raise click.UsageError(f"--{option.name} names no {option.name}: it is empty.", context)
    return name


def place_options(function: Function) -> Function:
    """Add the options that name where a task runs, instead of the overlay."""
    return cluster_option()(
        service_option("The service that runs it, instead of the overlay's `aws.service`.")(function)
    )


def order_argument(function: Function) -> Function:
    """Add the argument for the tasks to release."""
    return click.argument(
        "words", nargs=-1, required=True, metavar="ENV[/TASK]...", shell_complete=complete_environment
    )(function)


def guard_options(function: Function) -> Function:
    """Add the options of commands that change something in an account."""
    for option in (
        click.option(
            "--yes",
            is_flag=True,
            help="Do not ask for confirmation. Without it, taskdef asks before it changes an environment that "
            "looks like production (`confirm` in the settings).",
        ),
        click.option("--allow-stale", is_flag=True, help="Use the committed artifact even if it is out of date."),
        click.option("--dry-run", is_flag=True, help="Show what would be called, and change nothing."),
    ):
        function = option(function)
    return function


def take_signals() -> None:
    """Treat SIGTERM, which stops jobs, like Ctrl-C: the changes in the account so far are reported."""
    from generator.cli.interrupts import Interrupts  # only if something may be changed

    Interrupts().take_signals()


def make_access(reach: Reach) -> Access:
    """Make the access to AWS from options."""
    from generator.model.account import Access

    return Access(reach["profile"], reach["region"], reach["endpoint_url"], os.environ.get("AWS_REGION") or None)


def make_confirm(*, yes: bool, tells: bool = True) -> Confirm:
    """Make the function that asks a person, or needs `--yes` if nobody can answer. With `tells`, it first prints the events."""

    def ask(question: Question, before: Iterable[AccountEvent] = ()) -> bool:
        if yes:
            return True
        from generator.reports.progress import state_question

        words = state_question(question)
        if sys.stdin is None or not sys.stdin.isatty():
            from generator.model.findings import WrongUsage

            raise WrongUsage(f"{words} Nobody can be asked here: pass --yes to agree")
        for event in before if tells else ():
            print_event(event)
        try:
            return click.confirm(words, err=True)
        except click.Abort:  # Ctrl-C, or the end of the input
            raise KeyboardInterrupt from None

    return ask


def print_event(event: AccountEvent) -> None:
    """Print an event to stderr."""
    from generator.reports.progress import list_lines

    for line in list_lines(event):
        send(sys.stderr, f"{line}\n")


def make_printer(common: Common) -> OnAccountEvent:
    """Make the function that prints events to stdout; silent with JSON output or --quiet.

    If nobody reads stdout, it prints them to stderr, and then reports that.
    """
    from generator.model.account_events import RegistrationDone, RevisionGone
    from generator.reports.progress import list_lines

    silent = common["form"] == "json" or common["quiet"]
    color = choose_color(common["color"], sys.stdout)

    def hear(event: AccountEvent) -> None:
        if not isinstance(event, (RegistrationDone, RevisionGone)):
            print_event(event)
        elif not silent:
            text = "".join(f"{line}\n" for line in list_lines(event, color=color))
            try:
                send(sys.stdout, text)
            except OSError:
                send_while_read(text)
                raise

    return hear
