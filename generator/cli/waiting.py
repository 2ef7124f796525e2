"""What commands that deploy a revision share: the options for the service and the wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from generator.cli.access import Reach, cluster_option, make_access, service_option
from generator.cli.options import Common

if TYPE_CHECKING:
    from generator.commands.account.deliveries import Patience
    from generator.commands.account.orders import Confirm
    from generator.commands.account.rollouts import Request
    from generator.model.account_events import OnAccountEvent

Function = TypeVar("Function", bound=Callable[..., object])


LONGEST = 1e9
"""The maximum wait in seconds: some thirty years, and no more than a thread can sleep."""


class Wait(TypedDict):
    """The options of every command that waits for a service."""

    cluster: str | None
    service: str | None
    timeout: float | None
    interval: float | None


class Words(Common, Reach, Wait):
    """The options that these commands share."""


class Seconds(click.FloatRange):
    """A finite number of seconds."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds = float(super().convert(value, param, ctx))
        if not seconds <= LONGEST:  # `nan` is not either
            self.fail(f"{value} is not a number of seconds to wait for", param, ctx)
        return seconds


def wait_options(function: Function) -> Function:
    """Add the options for the service and the wait."""
    for option in (
        click.option(
            "--interval",
            metavar="SECONDS",
            type=Seconds(min=0.1),
            help="Seconds between two looks at the service; 5 by default.",
        ),
        click.option(
            "--timeout",
            metavar="SECONDS",
            type=Seconds(min=0),
            help="Seconds after which waiting stops; 600 by default, plus the time that ECS waits between and "
            "after shifts of traffic (bake time).",
        ),
        service_option(),
        cluster_option(),
    ):
        function = option(function)
    return function


def make_patience(wait: Wait, *, waits: bool = True, takes_back: bool = False) -> Patience:
    """Make the patience from options: the time to wait, and what to do after a failure. Refuses options that need a wait."""
    given = {"--rollback-on-failure": takes_back or None, "--timeout": wait["timeout"], "--interval": wait["interval"]}
    for option, value in given.items():
        if value is not None and not waits:
            raise click.UsageError(f"{option} and --no-wait exclude each other.")
    from generator.commands.account.deliveries import INTERVAL, TIMEOUT, Patience

    timeout = TIMEOUT if wait["timeout"] is None else wait["timeout"]
    interval = INTERVAL if wait["interval"] is None else wait["interval"]
    return Patience(timeout, interval, waits, takes_back, extends=wait["timeout"] is None)


def make_request(
    words: Words, patience: Patience, on_event: OnAccountEvent, confirm: Confirm, *, dry_run: bool
) -> Request:
    """Make the request for the change of services from options."""
    from generator.commands.account.rollouts import Request

    return Request(
        words["project"],
        make_access(words),
        confirm,
        patience,
        on_event,
        cluster=words["cluster"],
        service=words["service"],
        dry_run=dry_run,
    )
