"""A second process, with other hashes, another folder and other addresses, in which the same run has to say the same.

Run by the fuzzer: `python -m tests.fuzz.twin FOLDER` takes pickled cases on stdin, and gives what they did on stdout.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from tests.fuzz.running import Done, Runner
from tests.fuzz.seeds import ROOT
from tests.fuzz.words import Case


class Twin:
    """The other process, seen from the fuzzer."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.twin", str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": "7"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, case: Case) -> Done:
        """Let the other process run a case."""
        assert self.process.stdin is not None and self.process.stdout is not None
        pickle.dump(case, self.process.stdin)
        self.process.stdin.flush()
        done = pickle.load(self.process.stdout)  # it comes from our own process
        assert isinstance(done, Done)
        return done

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def is_same(one: Done, other: Done) -> bool:
    """Whether two runs showed the same."""
    return (one.status, one.out, one.err, one.page, one.steps) == (
        other.status,
        other.out,
        other.err,
        other.page,
        other.steps,
    )


def serve(folder: Path) -> None:
    """Run what comes until nothing more does."""
    runner = Runner(folder)
    cases, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            case = pickle.load(cases)
        except EOFError:
            return
        pickle.dump(runner.run(case), answers)
        answers.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
