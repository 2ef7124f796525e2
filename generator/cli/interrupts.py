"""What Ctrl-C and SIGTERM do to a command: nothing is left half done if that can be, and what was done is told."""

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
"""Seconds: a terminal and a supervisor may each send a signal, and both mean one thing."""


class Interrupts:
    """SIGTERM is taken for Ctrl-C. From `hold` on one waits for the end of the command, which is near; one more does not."""

    def __init__(self) -> None:
        self.held = False
        self.waiting = False
        self.last = -AGAIN

    def take_signals(self) -> None:
        """Answer both signals from here on, unless whoever started the process had them ignored."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                with suppress(ValueError):  # only the main thread may, and only it is interrupted
                    signal.signal(number, self.hear)

    def __enter__(self) -> Callable[[], None]:
        self.take_signals()
        return self.hold

    def hear(self, *_: object) -> None:
        """Answer a signal. One that follows at once would only keep what was done from being told."""
        now = monotonic()
        if now - self.last < AGAIN:
            return
        self.last = now
        if not self.held or self.waiting:
            raise KeyboardInterrupt
        self.waiting = True

    def hold(self) -> None:
        """Let signals wait from here on, and the clock too."""
        self.held = True
        stop_clock()

    def release(self) -> None:
        """End the command if a signal waited; else answer signals at once again."""
        if self.waiting:
            raise click.exceptions.Exit(INTERRUPTED)
        self.held = False

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """End the command if a signal came, unless it failed and says so itself."""
        if self.waiting and (error is None or isinstance(error, click.exceptions.Exit)):
            send(sys.stderr, "interrupted when all files were in place\n")
            raise click.exceptions.Exit(INTERRUPTED)
