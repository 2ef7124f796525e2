"""Processes that are forked from this one: what they return comes back in order, and whatever happens none is left."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, time
from generator.project.processes import run_beside

here = os.getpid()
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the test run was put into the background

def number(value):
    return lambda: (value, os.getpid() != here)

{body}

try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none is left")
"""


def run(body: str) -> str:
    """Run a program of its own, as a test run has threads, and a process with threads must not be forked."""
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(body=body)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_results_come_in_order_from_other_processes() -> None:
    said = run("print(run_beside([number(1), number(2), number(3)], lambda: print('own', os.getpid() == here)))")
    assert said == "own True\n[(1, True), (2, True), (3, True)]\nnone is left\n"


def test_a_large_result_does_not_wait_for_a_reader() -> None:
    assert run("print(*map(len, run_beside([lambda: b'x' * 5_000_000] * 3, lambda: time.sleep(0.1))))") == (
        "5000000 5000000 5000000\nnone is left\n"
    )


@pytest.mark.parametrize(
    "end", ["os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(3)", "1 / 0", "os.kill(os.getpid(), signal.SIGINT)"]
)
def test_what_a_process_did_not_return_is_done_here(end: str) -> None:
    body = f"def work():\n    if os.getpid() != here:\n        {end}\n    return 'here'\nprint(run_beside([work, number(2)], lambda: None))"
    assert run(body) == "['here', (2, True)]\nnone is left\n"


def test_what_is_no_value_to_send_is_made_here() -> None:
    assert run("print(run_beside([lambda: lambda: 7], lambda: None)[0]())") == "7\nnone is left\n"


def test_an_error_is_raised_here() -> None:
    body = """
def work():
    raise KeyError("x")
try:
    run_beside([work, number(2)], lambda: None)
except KeyError as error:
    print(error)
"""
    assert run(body) == "'x'\nnone is left\n"


@pytest.mark.parametrize("signal", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_process(signal: str) -> None:
    body = f"""
def stop(*_):
    raise KeyboardInterrupt
signal.signal(signal.SIGTERM, stop)
try:
    run_beside([lambda: time.sleep(60)] * 2, lambda: os.kill(here, signal.{signal}))
except KeyboardInterrupt:
    print("interrupted")
"""
    assert run(body) == "interrupted\nnone is left\n"
