"""The command line: words to values, results to streams, failures to statuses. The only home of click and of the clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from generator.cli.clock import TimeUpError
from generator.cli.groups import cli
from generator.project.manifest import Attempt


def main(arguments: Sequence[str] | None = None, attempt: Attempt | None = None) -> int:
    """Run a command and return its exit status; all failures end here. An interrupt is for `__main__`.

    With an `attempt`, the output of a clean run is kept for the next one.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return run_words(words, attempt)
    except BrokenPipeError:
        from generator.cli.exits import drop_stdout

        return drop_stdout()
    except TimeUpError as error:
        from generator.cli.exits import end_refused

        told = "; ".join((str(error), *getattr(error, "__notes__", ())))
        return end_refused(told, words, "allow more with `--time-limit SECONDS`")
    except Exception as error:  # noqa: BLE001 - only here: a bug is reported as one
        from generator.cli.exits import fail_with

        return fail_with(error, words)


def run_words(words: list[str], attempt: Attempt | None = None) -> int:
    """Run a command; exceptions pass through."""
    if "_TASKDEF_COMPLETE" in os.environ:  # the shell asks for completions; click answers and ends the process
        cli.main(list(words), prog_name="taskdef")
    try:
        with cli.make_context("taskdef", list(words), obj=attempt) as context:
            cli.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    from generator.cli.statuses import DONE

    return DONE
