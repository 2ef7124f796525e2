"""Shows the progress of a long wait: redrawn lines on a terminal, permanent lines elsewhere."""

from __future__ import annotations

import os
import sys
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Protocol, Self

from generator.cli.streams import send_while_read
from generator.model.account_events import AccountEvent, ProgressMade, TimePassed
from generator.reports.progress import list_lines

if TYPE_CHECKING:
    from generator.model.rollouts import Progress

WIDTH = 80
"""The columns of a terminal that does not report its width."""

UP, CLEAR = "\x1b[{}A", "\x1b[J"
"""The sequences that move a terminal's cursor up, and that clear everything below it."""


class Screen(Protocol):
    """A listener for events inside a `with`; several threads may call it."""

    def hear(self, event: AccountEvent) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def choose_screen(*, quiet: bool) -> Screen:
    """Choose the screen that stderr can show."""
    can_draw = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return LiveScreen() if can_draw and not quiet else PlainScreen(quiet=quiet)


def find_width() -> int:
    """Find the width of stderr's terminal; a line that wraps would not be cleared."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or WIDTH
    except OSError:
        return WIDTH


class PlainScreen:
    """Writes each line once, as logs need it; writes nothing at the end."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.lock = Lock()
        self.shown: dict[str, Progress] = {}

    def hear(self, event: AccountEvent) -> None:
        """Write an event, unless it repeats the last progress."""
        with self.lock:
            if isinstance(event, ProgressMade):
                if self.shown.get(event.name) == event.progress:
                    return
                self.shown[event.name] = event.progress
            for line in list_lines(event):
                if not self.quiet:
                    self.quiet = not send_while_read(f"{line}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.quiet = True


class LiveScreen:
    """Keeps a line for each target at the bottom of a terminal, with the elapsed time; events scroll by above."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.begin = monotonic()
        self.shown: dict[str, str] = {}
        self.drawn = 0
        self.left = False

    def hear(self, event: AccountEvent) -> None:
        """Draw the state of a target, or an event above it."""
        with self.lock:
            if isinstance(event, ProgressMade):
                self.shown[event.name] = next(list_lines(event))
            if isinstance(event, (ProgressMade, TimePassed)):
                self.draw()
            else:
                for line in list_lines(event):
                    self.draw(f"{line}\n")

    def draw(self, above: str = "") -> None:
        """Write a text in place of the status lines, and these below it."""
        if self.left:
            return
        seconds = int(monotonic() - self.begin)
        clock = f"{seconds // 60}:{seconds % 60:02}"
        width = find_width()
        lines = [f"{clock} {line}"[: width - 1] for line in self.shown.values()]
        back = UP.format(self.drawn) + CLEAR if self.drawn else ""
        self.drawn = len(lines)
        self.left = not send_while_read(back + above + "".join(f"{line}\n" for line in lines))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.left = True
