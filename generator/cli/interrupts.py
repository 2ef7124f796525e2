"""What Ctrl-C and SIGTERM do to a command: as little as possible is left half done, and changes are reported."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import click

from generator.cli.clock import stop_clock
from generator.cli.statuses import INTERRUPTED
from generator.cli.streams import send

AGAIN = 2.0
"""Seconds in which two signals count as one: a terminal and a supervisor may each send one."""


class Interrupts:
    """Treats SIGTERM like Ctrl-C. After `hold`, a signal waits for the end of the command, which is near; a second one does not."""

    def __init__(self) -> None:
        self.held = False
        self.waiting = False
        self.last = -AGAIN

    def take_signals(self) -> None:
        """Handle both signals from here on, unless the process was started with them ignored."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                with suppress(ValueError):  # only the main thread may do this, and only it is interrupted
                    signal.signal(number, self.hear)

    def __enter__(self) -> Callable[[], None]:
        self.take_signals()
        return self.hold

    def hear(self, *_: object) -> None:
        """Handle a signal. One that follows at once is ignored: it would only suppress the report of changes."""
        now = monotonic()
        if now - self.last < AGAIN:
            return
        self.last = now
        if not self.held or self.waiting:
            raise KeyboardInterrupt
        self.waiting = True

    def hold(self) -> None:
        """Delay signals from here on, and the clock too."""
        self.held = True
        stop_clock()

    def release(self) -> None:
        """End the command if a signal is pending; otherwise handle signals at once again."""
        if self.waiting:
            raise click.exceptions.Exit(INTERRUPTED)
        self.held = False

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """End the command if a signal came, unless it reports a failure of its own."""
        if self.waiting and (error is None or isinstance(error, click.exceptions.Exit)):
            send(sys.stderr, "interrupted after all files were written\n")
            raise click.exceptions.Exit(INTERRUPTED)
