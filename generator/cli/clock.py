"""The clock that ends a command which takes too long: the last net below the counted bounds, never a finding."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from types import FrameType

Function = TypeVar("Function", bound=Callable[..., object])

MOST_SECONDS = 600.0
SECONDS = "taskdef.seconds"
"""Where the context of a command has its time."""

LONGEST = 1_000_000.0

AGAIN = 0.01
"""Seconds after which the clock rings again where Python ignored it."""


class TimeUpError(BaseException):
    """A command takes longer than it may. Like an interrupt, it is no failure that a command could answer."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"this takes longer than {seconds:g} seconds")


def time_limit_option(function: Function) -> Function:
    """Add the option of commands that work on files alone: they end by the clock, wherever they are."""
    return click.option(
        "--time-limit",
        metavar="SECONDS",
        type=float,
        default=MOST_SECONDS,
        help="Stop with status 2 after so many seconds; no file is left half-written. Default: 600.",
        expose_value=False,
        callback=start_clock,
    )(function)


def start_clock(context: click.Context, _: click.Parameter, seconds: float) -> None:
    """Let the command end after some seconds, unless it is done before.

    An exception that is raised in a finalizer or in a callback of a weak reference, which the import system has too, Python reports to
    `sys.unraisablehook` and goes on. There the clock rings again, or the command would have none from then on.
    """
    import signal

    if not 0 < seconds <= LONGEST:  # which a number that is none is not either
        raise click.BadParameter(f"{seconds:g} is not between 0 and {LONGEST:g} seconds.")

    def end(_: int, __: FrameType | None) -> None:
        raise TimeUpError(seconds)

    before = sys.unraisablehook

    def ring_again(ignored: sys.UnraisableHookArgs) -> None:
        if ignored.exc_type is TimeUpError:
            signal.setitimer(signal.ITIMER_REAL, AGAIN)
        else:
            before(ignored)

    def stop() -> None:
        stop_clock()
        sys.unraisablehook = before

    context.meta[SECONDS] = seconds
    with suppress(ValueError):  # only the main thread may: whoever calls a command from another one minds the time
        signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        sys.unraisablehook = ring_again
        context.call_on_close(stop)


def restart_clock() -> None:
    """Let the time of the command begin anew."""
    import signal

    with suppress(ValueError):
        signal.setitimer(signal.ITIMER_REAL, click.get_current_context().meta[SECONDS])


def stop_clock() -> None:
    """Let the command take its time from here on."""
    import signal

    signal.setitimer(signal.ITIMER_REAL, 0)
