"""The clock that ends a command that takes too long. It is the last safeguard behind the counted bounds, and never a finding."""

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
"""The key under which a command's context holds its time."""

LONGEST = 1_000_000.0

AGAIN = 0.01
"""Seconds after which the clock rings again if Python ignored it."""


class TimeUpError(BaseException):
    """A command takes longer than it may. Like an interrupt, a command cannot handle it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"this takes longer than {seconds:g} seconds")


def time_limit_option(function: Function) -> Function:
    """Add the option for commands that only work on files: the clock may end them at any point."""
    return click.option(
        "--time-limit",
        metavar="SECONDS",
        type=float,
        default=MOST_SECONDS,
        help="Stop with status 2 after this many seconds; no file is left half-written. Default: 600.",
        expose_value=False,
        callback=start_clock,
    )(function)


def start_clock(context: click.Context, _: click.Parameter, seconds: float) -> None:
    """End the command after some seconds, unless it is done before.

    If an exception is raised in a finalizer or in a callback of a weak reference (the import system has some), Python
    reports it to `sys.unraisablehook` and continues. So the clock rings again, or the command would run without one.
    """
    import signal

    if not 0 < seconds <= LONGEST:  # NaN is not in the range either
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
    with suppress(ValueError):  # only the main thread may; a caller in another thread has to watch the time itself
        signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        sys.unraisablehook = ring_again
        context.call_on_close(stop)


def restart_clock() -> None:
    """Restart the time of the command."""
    import signal

    with suppress(ValueError):
        signal.setitimer(signal.ITIMER_REAL, click.get_current_context().meta[SECONDS])


def stop_clock() -> None:
    """Stop the clock of the command."""
    import signal

    signal.setitimer(signal.ITIMER_REAL, 0)
