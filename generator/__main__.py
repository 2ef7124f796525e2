"""Where the process begins and ends. Knows nothing of the commands, so that an interrupt is answered even while they load."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line, and end the process with its status."""
    # A short process has little garbage; looking for it takes a tenth of a small run, taking everything apart at the end another.
    gc.set_threshold(100_000)
    try:
        from generator.cli import main as run

        status = run(sys.argv[1:])
    except KeyboardInterrupt as interrupt:  # before the command line could take it, or when it was through
        notes = "".join(f"  {note}\n" for note in getattr(interrupt, "__notes__", ()))
        sys.stderr.write(f"interrupted\n{notes}")
        status = 130
    os._exit(status)  # nothing is left in a buffer: whatever is written is flushed, so that a failure to is told


if __name__ == "__main__":
    main()
