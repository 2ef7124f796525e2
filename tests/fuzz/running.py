"""One run of the program in this process: its files laid out in a folder, its streams taken, what it did kept."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import process_time
from traceback import extract_tb, format_exception
from typing import NamedTuple

from generator.build.rendering import bounds
from generator.cli import exits, main
from generator.cli.statuses import BUG
from tests.fuzz.answers import EndlessError, answering
from tests.fuzz.history import Commit, write_history
from tests.fuzz.seeds import Files
from tests.fuzz.words import PAGE, Case


class Done(NamedTuple):
    """What a run did. `failure` is what it raised, or a bug that it told of; `warned` is what Python warned of."""

    status: int
    out: str
    err: str
    page: str
    seconds: float
    steps: int
    failure: str = ""
    warned: tuple[str, ...] = ()


class Runner:
    """Runs cases in a folder of its own, whose part `work` is the project."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.work = top / "work"
        self.laid: tuple[Files, tuple[Commit, ...]] | None = None

    def run(self, case: Case) -> Done:
        """Lay out a case and run it."""
        self.lay_out(case)
        with gather_meters() as meters, gather_warnings() as warned, gather_bugs() as bugs:
            start = process_time()
            try:
                with answering(case.answers) if case.answers else nullcontext():
                    status, out, err = call(case)
            except EndlessError as error:
                raise Escaped(str(error)) from error
            seconds = process_time() - start
        page = self.work / PAGE
        return Done(
            status,
            out,
            err,
            page.read_text("utf-8", "surrogateescape") if page.is_file() else "",
            seconds,
            sum(meter.steps for meter in meters),
            "".join(bugs),
            tuple(warned),
        )

    def lay_out(self, case: Case) -> None:
        """Write the project of a case, and nothing else. A comparison with commits leaves it as it is, for the next."""
        os.chdir(self.top)
        laid, self.laid = self.laid, (case.files, case.history) if case.history else None
        if laid is not None and laid == self.laid:
            os.chdir(self.work)
            return
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        for name, data in case.files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if case.history:
            write_history(self.work, case.history)
        os.chdir(self.work)


def call(case: Case) -> tuple[int, str, str]:
    """Call the program with streams of its own, and give its status and what it wrote."""
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(case.stdin), encoding="utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(stream, encoding="utf-8") for stream in (out, err))
    try:
        status = main(case.words)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = before
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return status, read(out), read(err)


def read(stream: io.BytesIO) -> str:
    return stream.getvalue().decode("utf-8", "surrogateescape")


@contextmanager
def gather_meters() -> Iterator[list[bounds.Meter]]:
    """Keep the meters of all renders of a run."""
    meters: list[bounds.Meter] = []
    make = bounds.Meter.__init__

    def keep(self: bounds.Meter, most: int = bounds.MOST_STEPS) -> None:
        make(self, most)
        meters.append(self)

    bounds.Meter.__init__ = keep  # type: ignore[method-assign]
    try:
        yield meters
    finally:
        bounds.Meter.__init__ = make  # type: ignore[method-assign]


@contextmanager
def gather_warnings() -> Iterator[list[str]]:
    """Keep what Python warns of: on a user's screen it would be a line that nobody can do anything about."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", ResourceWarning)  # of this process's own streams
        kept: list[str] = []
        yield kept
        kept += [f"{each.category.__name__}: {each.message}" for each in found]


@contextmanager
def gather_bugs() -> Iterator[list[str]]:
    """Keep what ended a run as a bug, by its last frame in the program: one bug is one failure, whatever its words."""
    bugs: list[str] = []
    end = exits.fail_with

    def keep(error: Exception, words: list[str]) -> int:
        status = end(error, words)
        if status == BUG:
            bugs.append(name_bug(error))
        return status

    exits.fail_with = keep
    try:
        yield bugs
    except BaseException as error:
        raise Escaped(name_bug(error) + "\n" + "".join(format_exception(error))) from error
    finally:
        exits.fail_with = end


class Escaped(Exception):
    """An exception got out of the program."""


def name_bug(error: BaseException) -> str:
    """Name an exception by its type and where in the program it came from."""
    frames = [frame for frame in extract_tb(error.__traceback__) if f"{os.sep}generator{os.sep}" in frame.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__} at {where}"
