"""Where it is told how a long wait goes: lines that are redrawn on a terminal, and lines that stay elsewhere."""

from __future__ import annotations

import os
import sys
from threading import Lock
from time import monotonic
from typing import Protocol, Self

from generator.cli.streams import send_while_read
from generator.reports.text import escape

WIDTH = 80
"""The columns of a terminal that does not tell."""

UP, CLEAR = "\x1b[{}A", "\x1b[J"
"""What moves a terminal's cursor up, and what clears all from there on."""


class Screen(Protocol):
    """What commands tell things to, inside of a `with`."""

    def say(self, name: str, line: str) -> None: ...

    def show(self, name: str, status: str) -> None: ...

    def refresh(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def choose_screen(*, quiet: bool) -> Screen:
    """Choose what stderr can show."""
    can_draw = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return LiveScreen() if can_draw and not quiet else PlainScreen(quiet=quiet)


def find_width() -> int:
    """Find how wide the terminal is that stderr goes to; a line that wraps would not be cleared."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or WIDTH
    except OSError:
        return WIDTH


def write_line(name: str, line: str) -> str:
    """Write what happened, with the target it happened to."""
    return escape(f"{name}: {line}" if name else line)


class PlainScreen:
    """Writes each line once, as logs want it. Safe to be used by several threads; silent when it is left."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.lock = Lock()
        self.shown: dict[str, str] = {}

    def say(self, name: str, line: str) -> None:
        with self.lock:
            self.write(name, line)

    def show(self, name: str, status: str) -> None:
        with self.lock:
            if self.shown.get(name) != status:
                self.shown[name] = status
                self.write(name, status)

    def write(self, name: str, line: str) -> None:
        if not self.quiet:
            self.quiet = not send_while_read(f"{write_line(name, line)}\n")

    def refresh(self) -> None:
        """Nothing changes as time passes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.quiet = True


class LiveScreen:
    """Keeps a line for each target at the bottom of a terminal, with the time that has passed; what happens scrolls by above."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.begin = monotonic()
        self.shown: dict[str, str] = {}
        self.drawn = 0
        self.left = False

    def say(self, name: str, line: str) -> None:
        with self.lock:
            self.draw(f"{write_line(name, line)}\n")

    def show(self, name: str, status: str) -> None:
        with self.lock:
            self.shown[name] = status
            self.draw()

    def refresh(self) -> None:
        with self.lock:
            self.draw()

    def draw(self, above: str = "") -> None:
        """Write a text where the status lines are, and these below."""
        if self.left:
            return
        seconds = int(monotonic() - self.begin)
        clock = f"{seconds // 60}:{seconds % 60:02}"
        width = find_width()
        lines = [f"{clock} {write_line(*each)}"[: width - 1] for each in self.shown.items()]
        back = UP.format(self.drawn) + CLEAR if self.drawn else ""
        self.drawn = len(lines)
        self.left = not send_while_read(back + above + "".join(f"{line}\n" for line in lines))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.left = True
