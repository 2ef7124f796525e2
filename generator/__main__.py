"""The start and end of the process. Knows no command, so an interrupt works even while they load.

A run that would only repeat the last clean one ends here, before anything is imported.
"""

from __future__ import annotations

import gc
import os
import sys

from generator import __version__
from generator.project.manifest import find_attempt, write_all


def main() -> None:
    """Run the command line, and end the process with its status."""
    # A short process has little garbage: collecting it takes a tenth of a small run, and freeing everything at the end another.
    # What a collection leaves is kept to the end, so few of the next ones look at it again.
    gc.set_threshold(100_000, 50)
    try:
        status = run(sys.argv[1:])
    except KeyboardInterrupt as interrupt:  # before the command line could take it, or when it was through
        notes = "".join(f"  {note}\n" for note in getattr(interrupt, "__notes__", ()))
        sys.stderr.write(f"interrupted\n{notes}")
        status = 130
    os._exit(status)  # nothing is left in a buffer: whatever is written is flushed, so that a failure to is reported


def run(words: list[str]) -> int:
    """Run a command, unless its output is known already, and return its status."""
    if words == ["--version"] and print_version():
        return 0
    attempt = find_attempt(words)
    if attempt is not None and attempt.known:
        status = attempt.print()
        if status is not None:
            return status
    from generator.cli import main as run_command

    return run_command(words, attempt)


def print_version() -> bool:
    """Print the version; False if that is not possible, so that the command line can say why."""
    try:
        write_all(1, f"taskdef {__version__}\n".encode())
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
