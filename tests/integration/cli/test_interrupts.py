"""A signal ends a command at once until files begin to be replaced, and after that when all are in place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import answer_interrupts

PROGRAM = """
import os, signal, sys, time
import generator.__main__ as entry
import generator.cli
from generator.cli.interrupts import AGAIN, Interrupts

def send(name):
    os.kill(os.getpid(), getattr(signal, name))

def run(words):
    with Interrupts() as hold:
        for word in words:
            if word == "hold":
                hold()
            elif word == "wait":
                time.sleep(AGAIN + 0.1)
            else:
                send(word)
        print("through", flush=True)
    return 0

def main(words):
    import click
    try:
        return run(words)
    except click.exceptions.Exit as ending:
        return ending.exit_code

generator.cli.main = main
entry.main()
"""


@pytest.mark.parametrize(
    ("words", "status", "out", "err"),
    [
        ("hold", 0, "through\n", ""),
        ("SIGINT", 130, "", "interrupted\n"),
        ("SIGTERM", 130, "", "interrupted\n"),
        ("hold SIGINT", 130, "through\n", "interrupted when all files were in place\n"),
        ("hold SIGTERM SIGINT", 130, "through\n", "interrupted when all files were in place\n"),
        ("hold SIGTERM wait SIGTERM", 130, "", "interrupted\n"),
    ],
)
def test_a_signal_ends_a_command_at_once_or_when_all_files_are_in_place(
    words: str, status: int, out: str, err: str
) -> None:
    command = [sys.executable, "-c", PROGRAM, *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=answer_interrupts)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)
