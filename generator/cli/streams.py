"""Results to stdout and stderr, and how far a long run is. Knows what a terminal is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from generator.cli.options import Common
    from generator.model.result import Result


def send(stream: TextIO | None, text: str) -> None:
    """Write text to a stream: as UTF-8, or as a terminal wants it."""
    if stream is None or not text:  # a process may be started without one
        return
    encoding = stream.encoding if stream.isatty() else "utf-8"
    stream.flush()
    stream.buffer.write(text.encode(encoding, "backslashreplace"))
    stream.buffer.flush()


def send_while_read(text: str) -> bool:
    """Write to stderr, and tell whether somebody still reads it: a deployment does not end because nobody does."""
    try:
        send(sys.stderr, text)
    except OSError:
        return False
    return True


CHANGING = ("deploy", "register", "revisions", "rollback")
"""Commands that may change something in an account."""


def show(result: Result, common: Common) -> NoReturn:
    """Write a result to the streams, and end with its status."""
    from generator.model.result import select_shown
    from generator.reports import format_result

    form = common["form"]
    shown = result if form == "json" else select_shown(result, verbose=common["verbose"], quiet=common["quiet"])
    stream = sys.stdout if result.judging else sys.stderr
    report = format_result(
        shown._replace(strict=common["strict"]),
        form,
        color=choose_color(common["color"], stream),
        root=common["project"],
    )
    if result.command in CHANGING:  # what was done in an account has to be told, to whoever still reads
        send_while_read(report.err)
        try:
            send(sys.stdout, report.out)
        except OSError:
            send_while_read(report.out)
            raise
    else:
        send(sys.stderr, report.err)
        send(sys.stdout, report.out)
    for message in result.refused:
        from generator.cli.failing import REFUSED, fail

        fail(f"error: {escape_message(message)}", REFUSED)
    if result.help:
        send(sys.stderr, f"  help: {escape_message(result.help)}\n")
    click.get_current_context().exit(result.status)


def show_product(result: Result, common: Common) -> NoReturn:
    """Write a result whose product, where there is one, has the form that was asked for already."""
    if result.product is not None:
        common = common.copy()
        common["form"] = "text"
    show(result, common)


def escape_message(message: str) -> str:
    """Spell out what a terminal would not show: a message may name a file, and a file may be called anything."""
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
    """Find how wide the terminal is that stdout goes to, 0 where it goes elsewhere."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout and sys.stdout.isatty() else 0
    except OSError:
        return 0


class Progress:
    """A line on a terminal's stderr that tells how far a long run is, and is gone at its end."""

    PATIENCE = 1.0  # seconds

    def __init__(self, *, quiet: bool, noun: str = "artifacts") -> None:
        from time import monotonic

        self.clock = monotonic
        self.start = monotonic()
        self.count = 0
        self.noun = noun
        self.shown = False
        self.quiet = quiet or sys.stderr is None or not sys.stderr.isatty()

    def advance(self, path: str) -> None:
        """Hear that one more is through."""
        self.count += 1
        if not self.quiet and self.clock() - self.start > self.PATIENCE:
            self.shown = True
            send(sys.stderr, f"\r\x1b[K{self.count} {self.noun} through, {path}"[:100])

    def __enter__(self) -> Callable[[str], None]:
        return self.advance

    def __exit__(self, *_: object) -> None:
        if self.shown:
            send(sys.stderr, "\r\x1b[K")
