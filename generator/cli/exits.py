"""How a failed run ends: its status and its message. Loaded only after a failure."""

from __future__ import annotations

import os
import sys

import click

from generator import __version__
from generator.cli.statuses import BUG, CLOSED, REFUSED
from generator.cli.streams import escape_message, send


def fail_with(error: Exception, words: list[str]) -> int:
    """End because of an exception: one line for a mistake of the user, and a bug report for anything else."""
    from generator.model.findings import InputError, WrongUsage

    if isinstance(error, InputError):
        return end_refused(str(error), words, error.help)
    if isinstance(error, WrongUsage):
        return end_refused(str(error), words)
    if isinstance(error, click.ClickException):
        message = error.format_message().rstrip(".")
        from generator.cli.pointers import find_pointer

        usage = error if isinstance(error, click.UsageError) else None
        command = usage.ctx.command_path if usage and usage.ctx else "taskdef"
        pointer = find_pointer(usage) if usage else None
        return end_refused(
            message[:1].lower() + message[1:], words, pointer or f"`{command} --help` lists what it takes"
        )
    if isinstance(error, OSError):
        where = error.filename or "cannot write to stdout"  # every other open file has a name
        return end_refused(f"{where}: {(error.strerror or str(error)).lower()}", words)
    from traceback import format_exception

    system = f"taskdef {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    trace = "".join(format_exception(error))
    return fail(f"this is a bug in taskdef, not in your files; please report the following\n{system}\n{trace}", BUG)


def end_refused(message: str, words: list[str], help: str | None = None) -> int:
    """End because a command could not start or continue; with JSON, if `--format json` is set."""
    from itertools import pairwise

    from generator.model.shortening import shorten_text

    message, help = shorten_text(message), help and shorten_text(help)
    if "--format=json" in words or ("--format", "json") in pairwise(words):
        from generator.reports.json import format_error

        try:
            send(sys.stderr if "--stdout" in words else sys.stdout, format_error(message, REFUSED, help))
        except OSError:  # stdout may be the stream that failed
            pass
        else:
            return REFUSED
    return fail(f"error: {escape_message(message)}" + (f"\n  help: {escape_message(help)}" if help else ""), REFUSED)


def fail(message: str, status: int) -> int:
    """Print why the process ends."""
    try:
        send(sys.stderr, message.rstrip("\n") + "\n")
    except OSError:
        return status  # nobody reads it
    return status


def drop_stdout() -> int:
    """End because the reader is gone: silently, at shutdown too."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(null, stream.fileno())
    return CLOSED
