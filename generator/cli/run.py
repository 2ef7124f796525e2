"""`taskdef run`: its words and options."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from generator.cli.access import (
    Reach,
    access_options,
    cluster_option,
    guard_options,
    make_access,
    make_confirm,
    service_option,
    take_signals,
)
from generator.cli.options import Command, Common, check_common, common_options, complete_environment
from generator.cli.results import show
from generator.cli.streams import send, send_while_read
from generator.cli.waiting import Seconds

if TYPE_CHECKING:
    from generator.commands.account.run_orders import Wish
    from generator.model.account_events import AccountEvent, OnAccountEvent

Function = TypeVar("Function", bound=Callable[..., object])


class Given(TypedDict):
    """The options of a run besides the task definition."""

    line: tuple[str, ...]
    container: str | None
    variables: tuple[str, ...]
    like: str | None
    subnets: tuple[str, ...]
    security_groups: tuple[str, ...]
    public_ip: bool | None
    launch_type: str | None
    capacity_provider: str | None
    platform_version: str | None
    exit_code: str | None


class Watched(TypedDict):
    """The options for watching a run."""

    no_wait: bool
    stop_on_interrupt: bool
    timeout: float | None
    interval: float | None


class Words(Given, Watched, Reach, Common):
    """The command's own options."""

    cluster: str | None
    service: str | None


class LineCommand(Command):
    """A command that takes only the words after `--` as the command of a container."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Separate the words after `--`."""
        place = args.index("--") if "--" in args else len(args)
        ctx.params["line"] = tuple(args[place + 1 :])
        return super().parse_args(ctx, args[:place])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- COMMAND...]"]


def setting_options(function: Function) -> Function:
    """Add the options of a run besides the task definition."""
    for option in (
        click.option("--platform-version", metavar="VERSION", help="The platform version of Fargate."),
        click.option("--capacity-provider", metavar="NAME", help="The capacity provider, instead of a launch type."),
        click.option("--launch-type", metavar="TYPE", help="The launch type: EC2, EXTERNAL or FARGATE."),
        click.option("--public-ip/--no-public-ip", default=None, help="Give the task a public IP address, or none."),
        click.option(
            "--security-groups",
            multiple=True,
            metavar="ID,...",
            help="The security groups; may be given several times.",
        ),
        click.option("--subnets", multiple=True, metavar="ID,...", help="The subnets; may be given several times."),
        click.option(
            "--like",
            metavar="ENV/TASK",
            shell_complete=complete_environment,
            help="Use the network and the launch type of this task's service.",
        ),
        click.option(
            "--set-env",
            "variables",
            multiple=True,
            metavar="NAME=VALUE",
            help="Set an environment variable of the container for this run; may be given several times.",
        ),
        click.option("--container", metavar="NAME", help="The container to which the command and the variables apply."),
    ):
        function = option(function)
    return function


def watch_options(function: Function) -> Function:
    """Add the options for watching a task."""
    for option in (
        click.option(
            "--interval",
            metavar="SECONDS",
            type=Seconds(min=0.1),
            help="Seconds between two looks at the task. Default: 1 at first, and up to 6 later.",
        ),
        click.option(
            "--timeout",
            metavar="SECONDS",
            type=Seconds(min=0),
            help="Seconds after which watching stops; no limit by default.",
        ),
        click.option(
            "--stop-on-interrupt", is_flag=True, help="Stop the task on Ctrl-C or SIGTERM; otherwise it continues."
        ),
        click.option("--exit-code", metavar="NAME", help="Exit with the exit code of this container."),
        click.option("--no-wait", is_flag=True, help="Start the task, and do not watch it."),
    ):
        function = option(function)
    return function


@click.command("run", LineCommand, short_help="Run a task once, and show its log.")
@click.argument("word", metavar="ENV[/TASK]", shell_complete=complete_environment)
@setting_options
@watch_options
@guard_options
@service_option("The service whose network the task gets, instead of the overlay's `aws.service`.")
@cluster_option()
@access_options
@partial(common_options, forms=("text", "json"))
def command(word: str, dry_run: bool, allow_stale: bool, yes: bool, **common: Unpack[Words]) -> None:
    """Run the committed task definition once, outside any service: register it if it is new, start exactly that revision, and watch it.

    Use it for migrations and jobs. The checks of `register` come first. The words after `--` replace the container's command for this run.
    The network comes from options, `--like`, `aws.run` in the overlay, or the task's own service, in this order. The containers' log goes
    to stdout as it is written; everything else goes to stderr. If the task fails, the cause is shown as in `diagnose`. Ctrl-C leaves the
    task running, and shows how to stop it. Needs the extra `aws`.

    Exit status: 0 if every essential container ended with 0, 1 if one did not, 2 if the task was not started, or if taskdef stopped
    watching before it ended, 130 if interrupted. With --exit-code NAME, taskdef exits with the exit code of the container NAME.
    """
    check_common(common)
    for option in ("exit_code", "timeout", "interval", "stop_on_interrupt"):
        if common["no_wait"] and common[option]:
            raise click.UsageError(f"--{option.replace('_', '-')} and --no-wait exclude each other.")
    take_signals()
    from generator.commands.run import RunRequest, run

    request = RunRequest(
        common["project"],
        make_access(common),
        make_confirm(yes=yes),
        make_wish(common),
        make_hearer(common),
        cluster=common["cluster"],
        service=common["service"],
        interval=common["interval"],
        timeout=common["timeout"],
        waits=not common["no_wait"],
        stops=common["stop_on_interrupt"],
        dry_run=dry_run,
    )
    show(run(request, word=word, allow_stale=allow_stale, strict=common["strict"]), common)


def make_wish(given: Given) -> Wish:
    """Make a wish from the options."""
    from generator.commands.account.run_orders import Wish

    public = () if given["public_ip"] is None else (str(given["public_ip"]).lower(),)
    one = {key: given[key] for key in ("launch_type", "capacity_provider", "platform_version")}
    settings = {
        "subnets": split(given["subnets"]),
        "security_groups": split(given["security_groups"]),
        "assign_public_ip": public,
        **{key: () if value is None else (value,) for key, value in one.items()},
    }
    return Wish(
        tuple((key, values) for key, values in settings.items() if values),
        given["like"] or "",
        given["container"] or "",
        given["line"],
        given["variables"],
        given["exit_code"] or "",
    )


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Split values at commas."""
    return tuple(part.strip() for value in values for part in value.split(","))


def make_hearer(common: Common) -> OnAccountEvent:
    """Make the printer of events: the log to stdout (with JSON, to stderr), the rest to stderr, or nothing with --quiet."""
    from generator.model.account_events import LineWritten
    from generator.reports.progress import list_lines

    def hear(event: AccountEvent) -> None:
        text = "".join(f"{line}\n" for line in list_lines(event))
        if isinstance(event, LineWritten) and common["form"] != "json":
            write_log(text)
        elif isinstance(event, LineWritten) or not common["quiet"]:
            send_while_read(text)

    return hear


def write_log(text: str) -> None:
    """Write a container's log. If the reader is gone, the task and the watching continue."""
    try:
        send(sys.stdout, text)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
