"""The clock ends a command that takes too long, with a word and status 2; it never adds a finding."""

from __future__ import annotations

import json
import signal
import sys

import click
import pytest

from generator.cli import main
from generator.cli.clock import TimeUpError, start_clock
from tests.integration.cli.process import HEAVY, Done, Project

SAID = "error: this takes longer than 0.05 seconds\n  help: allow more with `--time-limit SECONDS`\n"


def test_a_render_that_takes_too_long_writes_nothing(project: Project) -> None:
    project.write({"templates/app.json.j2": HEAVY})
    before = project.read()
    assert project.run("render", "--time-limit", "0.05") == Done(2, "", SAID)
    assert project.read() == before


def test_a_text_of_a_patch_that_takes_too_long_writes_nothing(project: Project) -> None:
    long = HEAVY.replace("9000", "90000")
    project.write({"environments/dev.yaml": f"patch: {{family: {{$render: {json.dumps(long)}}}}}\n"})
    before = project.read()
    assert project.run("render", "--time-limit", "0.05") == Done(2, "", SAID)
    assert project.read() == before


def test_programs_read_it_as_an_error(project: Project) -> None:
    project.write({"templates/app.json.j2": HEAVY})
    done = project.run("check", "--time-limit", "0.05", "--format", "json")
    message, help = "this takes longer than 0.05 seconds", "allow more with `--time-limit SECONDS`"
    assert (done.status, json.loads(done.out)["error"]) == (2, {"message": message, "status": 2, "help": help})


def test_the_clock_stops_with_the_command(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.folder)
    assert main(["render", "--time-limit", "60", "-q"]) == 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_the_clock_rings_again_where_python_ignores_it() -> None:
    """As in a callback of the import system, where an exception goes to `sys.unraisablehook` and the run goes on."""
    ignored = 0

    class Slow:
        def __del__(self) -> None:
            nonlocal ignored
            ignored += 1
            while True:
                pass

    def work() -> None:
        Slow()
        while True:
            pass

    before = sys.unraisablehook
    with click.Context(click.Command("render")) as context:
        start_clock(context, click.Option(["--time-limit"]), 0.05)
        with pytest.raises(TimeUpError):
            work()
    assert ignored == 1
    assert sys.unraisablehook is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_what_is_no_time_is_refused(project: Project, seconds: str) -> None:
    assert project.run("render", f"--time-limit={seconds}").status == 2
    assert project.run("render").status == 0
