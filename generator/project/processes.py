"""Processes that work beside this one, on what it had in memory when they were forked. Knows nothing of what they do."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar

from generator.model.records import Record

Result = TypeVar("Result")

CAUGHT = frozenset((signal.SIGINT, signal.SIGTERM, signal.SIGALRM))
"""Signals that the program handles, and that simply end a forked process."""


class Forked(Record):
    """A forked process, and the pipe that its result comes through."""

    process: int
    pipe: int


def can_fork() -> bool:
    """Whether this system can fork processes; Windows cannot."""
    return hasattr(os, "fork")


def run_beside(works: Sequence[Callable[[], Result]], own: Callable[[], None]) -> list[Result]:
    """Fork a process for each function of `works`, call `own` here meanwhile, and return their results in order.

    Results have to be picklable. A function whose process ended without a result is called here, so that what it raises is raised
    here. Whatever happens, no process is left. There must be no other threads.
    """
    forked: list[Forked] = []
    try:
        forked.extend(map(fork, works))  # one by one, so that those before one that fails are known
        own()
        return [receive(forked[number], work) for number, work in enumerate(works)]
    finally:
        for each in forked:
            end(each)


def fork(work: Callable[[], object]) -> Forked:
    """Fork a process that calls a function and sends what it returns."""
    reading, writing = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, CAUGHT)  # a handler must not run in the new process
    process = os.fork()
    if process == 0:
        call(work, writing, before)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(writing)
    return Forked(process, reading)


def call(work: Callable[[], object], pipe: int, mask: Iterable[int]) -> NoReturn:
    """Call a function, write what it returns to a pipe, and end the process: silently if it fails, as it is then called again."""
    try:
        for number in CAUGHT:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        data = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with open(pipe, "wb") as stream:
            stream.write(data)
        os._exit(0)
    finally:
        os._exit(1)


def receive(forked: Forked, work: Callable[[], Result]) -> Result:
    """Receive the result of a forked process, or call its function here if there is none."""
    with open(forked.pipe, "rb", closefd=False) as stream:
        data = stream.read()
    try:
        result: Result = pickle.loads(data)  # noqa: S301 - from our own process, through a pipe that nobody else has
    except (EOFError, pickle.UnpicklingError):  # it was killed
        return work()
    return result


def end(forked: Forked) -> None:
    """End a forked process, which may have ended."""
    os.close(forked.pipe)
    with suppress(ProcessLookupError):
        os.kill(forked.process, signal.SIGKILL)
    os.waitpid(forked.process, 0)
