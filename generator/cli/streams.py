"""Writes results to stdout and stderr, and shows the progress of a long run. Knows terminals."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from generator.model.events import Event, OnEvent


def send(stream: TextIO | None, text: str) -> None:
    """Write text to a stream: as UTF-8, or in a terminal's encoding."""
    if stream is None or not text:  # a process may be started without one
        return
    stream.flush()
    stream.buffer.write(encode_for(stream, text))
    stream.buffer.flush()


def encode_for(stream: TextIO | None, text: str) -> bytes:
    """Encode text for a stream: as UTF-8, or in a terminal's encoding. Returns nothing if there is no stream."""
    if stream is None:
        return b""
    return text.encode(stream.encoding if stream.isatty() else "utf-8", "backslashreplace")


def send_while_read(text: str) -> bool:
    """Write to stderr, and return whether it still has a reader: a deployment continues without one."""
    try:
        send(sys.stderr, text)
    except OSError:
        return False
    return True


def escape_message(message: str) -> str:
    """Escape characters that a terminal would not show: a message may name a file, and a file name may have any characters."""
    from generator.reports.text import escape

    return escape(message)


def choose_color(wish: str, stream: TextIO | None) -> bool:
    """Decide on colour; `auto` is for terminals, unless NO_COLOR is set (https://no-color.org)."""
    if wish != "auto":
        return wish == "always"
    return (
        stream is not None and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def find_width() -> int:
    """Find the width of stdout's terminal; 0 if it is no terminal."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout and sys.stdout.isatty() else 0
    except OSError:
        return 0


class Progress:
    """A line on a terminal's stderr that shows the progress of a long run, and disappears at its end."""

    PATIENCE = 1.0  # seconds

    def __init__(self, *, quiet: bool) -> None:
        from time import monotonic

        self.clock = monotonic
        self.start = monotonic()
        self.count = 0
        self.shown = False
        self.silent = quiet
        self.quiet = quiet or sys.stderr is None or not sys.stderr.isatty()

    def hear(self, event: Event) -> None:
        """Count a finished artifact or file, or show the environments that an edit will change."""
        from generator.model.events import EditReaches, FileDone

        if isinstance(event, EditReaches):
            from generator.reports.edits import state_reach

            self.clear()
            if not self.silent:
                send(sys.stderr, f"{state_reach(event)}\n")
            return
        self.count += 1
        if not self.quiet and self.clock() - self.start > self.PATIENCE:
            self.shown = True
            noun = "files" if isinstance(event, FileDone) else "artifacts"
            send(sys.stderr, f"\r\x1b[K{self.count} {noun} through, {event.path}"[:100])

    def __enter__(self) -> OnEvent:
        return self.hear

    def clear(self) -> None:
        """Remove the line."""
        if self.shown:
            self.shown = False
            send(sys.stderr, "\r\x1b[K")

    def __exit__(self, *_: object) -> None:
        self.clear()
