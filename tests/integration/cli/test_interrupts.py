"""A signal ends a command at once until files begin to be replaced, and after that when all are in place."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.cli import main
from tests.integration.cli.process import ROOT, Project
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

def main(words, attempt=None):
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
        ("hold SIGINT", 130, "through\n", "interrupted after all files were written\n"),
        ("hold SIGTERM SIGINT", 130, "through\n", "interrupted after all files were written\n"),
        ("hold SIGTERM wait SIGTERM", 130, "", "interrupted\n"),
    ],
)
def test_a_signal_ends_a_command_at_once_or_when_all_files_are_in_place(
    words: str, status: int, out: str, err: str
) -> None:
    command = [sys.executable, "-c", PROGRAM, *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=answer_interrupts)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


AT_CALL = """
import os, signal, sys
import generator.__main__ as entry

name, left = sys.argv[1], [int(sys.argv[2])]
call = getattr(os, name)

def interrupt(*given, **named):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGTERM)
    return call(*given, **named)

setattr(os, name, interrupt)
sys.argv[1:] = sys.argv[3:]
entry.main()
"""
"""The program, which gets SIGTERM when it is about to call a function of the system for the so-manieth time."""

DESCRIBED = (
    '{"taskDefinition": {"family": "web", "containerDefinitions": [{"name": "a", "image": "a:1", "memory": 64}]}}'
)


def interrupt_at(call: str, number: int, folder: Project, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-c", AT_CALL, call, str(number), *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder.folder, env=environment, capture_output=True, text=True, preexec_fn=answer_interrupts
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("number", "new", "said"),
    [
        (1, [], "interrupted\n"),
        (2, ["a.json"], "interrupted\n  1 of 1 files is new: a.json\n"),
        (3, ["a.json"], "interrupted\n  fixed before that: a.json\n"),
        (4, ["a.json", "b.json"], "interrupted\n  1 of 1 files is new: b.json\n  fixed before that: a.json\n"),
    ],
)
def test_lint_fix_that_is_ended_leaves_whole_files_and_says_which_are_new(
    tmp_path: Path, number: int, new: list[str], said: str
) -> None:
    folder = Project(tmp_path)
    folder.write({"a.json": DESCRIBED, "b.json": DESCRIBED})
    assert interrupt_at("fsync", number, folder, "lint", "--fix", "a.json", "b.json") == (130, said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.json"]
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert [name for name in sorted(texts) if texts[name] != DESCRIBED] == new
    assert all(texts[name] == texts["a.json"] for name in new)


@pytest.mark.parametrize(
    ("call", "number", "said", "changed"),
    [
        ("write", 1, "interrupted\n", False),
        ("write", 2, "interrupted\n", False),
        ("fsync", 1, "interrupted after all files were written\n", True),
        ("fsync", 3, "interrupted after all files were written\n", True),
    ],
)
def test_check_fix_that_is_ended_changes_no_overlay_or_all(
    rendered: Project, call: str, number: int, said: str, changed: bool
) -> None:
    overlay = "vars:\n  image: v1\npatch:\n  memory: 512\n"
    rendered.write({"environments/dev.yaml": overlay, "environments/prod.yaml": overlay})
    folder = rendered.folder / "environments"
    assert interrupt_at(call, number, rendered, "check", "--fix") == (130, said)
    assert sorted(path.name for path in folder.iterdir()) == ["dev.yaml", "prod.yaml"]
    texts = {path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert texts == ({"vars:\n  image: v1\n"} if changed else {overlay})


def test_the_page_of_matrix_is_whole_or_not_there(rendered: Project) -> None:
    assert interrupt_at("fsync", 1, rendered, "matrix", "--html", "page.html") == (130, "interrupted\n")
    assert not any("page" in path.name for path in rendered.folder.iterdir())


def test_a_command_may_be_called_from_any_thread(rendered: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(rendered.folder)
    with ThreadPoolExecutor() as pool:
        assert pool.submit(main, ["check", "-q"]).result() == 0
