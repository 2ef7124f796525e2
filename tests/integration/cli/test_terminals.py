"""Terminals: colour and progress are for them only."""

from __future__ import annotations

import json
import os
import pty

import pytest

from tests.integration.cli.process import ROOT, Project


def run_on_terminal(project: Project, *words: str, stream: str, **options: object) -> str:
    """Run the command with one stream on a terminal, and give what came there."""
    ours, theirs = pty.openpty()
    with project.start(*words, **{stream: theirs}, **options) as process:
        os.close(theirs)
        said = b""
        while chunk := read_terminal(ours):
            said += chunk
        process.communicate()
    os.close(ours)
    return said.decode()


def read_terminal(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # Linux's way to say that the other end is closed
        return b""


def test_a_long_run_shows_progress_on_a_terminal_and_removes_it(heavy: Project) -> None:
    said = run_on_terminal(heavy, "render", stream="stderr")
    head, *rest, tail = said.split("\r\x1b[K")
    assert (head, tail) == ("", "")
    assert rest[-1].endswith("artifacts through, rendered/env399/app.json")


def test_a_short_or_quiet_run_shows_none(project: Project, heavy: Project) -> None:
    assert run_on_terminal(project, "render", stream="stderr") == ""
    assert run_on_terminal(heavy, "check", "-q", stream="stderr") == ""


def test_a_long_run_without_a_terminal_is_silent(heavy: Project) -> None:
    assert heavy.run("render", "--stdout").err == ""


@pytest.mark.parametrize(
    ("words", "environment", "colored"),
    [
        (("--color", "always"), {}, True),
        ((), {}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals_or_on_demand(
    project: Project, words: tuple[str, ...], environment: dict[str, str], colored: bool
) -> None:
    project.write({"environments/dev.yml": ""})
    given = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    assert ("\x1b[1;31merror[E127]\x1b[0m" in project.run("check", *words, env=given).out) is colored


@pytest.mark.parametrize(
    ("environment", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_gets_colour_unless_it_does_not_want_it(
    project: Project, environment: dict[str, str], colored: bool
) -> None:
    project.write({"environments/dev.yml": ""})
    given = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    given |= {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | environment
    said = run_on_terminal(project, "check", stream="stdout", env=given)
    assert ("\x1b[1;31merror[E127]\x1b[0m" in said) is colored


HOSTILE = "\x9b31m \u202e gnp.exe \x7f \u200b"


def test_an_artifact_reaches_a_pipe_byte_for_byte_and_a_terminal_without_what_it_would_obey(project: Project) -> None:
    patch = f"patch: {{containerDefinitions: {{app: {{command: [{json.dumps(HOSTILE)}]}}}}}}"
    project.write({"environments/dev.yaml": f"vars: {{image: dev}}\n{patch}\n"})
    assert project.run("render", "dev").status == 0
    file = project.read()["rendered/dev/app.json"]
    assert HOSTILE in file
    assert project.run("render", "dev", "--stdout").out == file
    shown = run_on_terminal(project, "render", "dev", "--stdout", stream="stdout")
    assert [char for char in shown.replace("\r\n", "\n") if not char.isprintable() and char != "\n"] == []
    assert json.loads(shown) == json.loads(file)


@pytest.mark.parametrize("words", [("lint", "--fix", "-"), ("lint", "--fix", "--diff", "a.json")])
def test_a_mended_file_reaches_a_terminal_without_it_too(project: Project, words: tuple[str, ...]) -> None:
    text = json.dumps({"family": f"a{HOSTILE}", "cpu": None, "containerDefinitions": []}, indent=2, ensure_ascii=False)
    (project.folder / "a.json").write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    with (project.folder / "a.json").open("rb") as stdin:
        shown = run_on_terminal(project, *words, stream="stdout", stdin=stdin)
    assert "\\u009b31m \\u202e" in shown
    assert [char for char in shown.replace("\r\n", "\n") if not char.isprintable() and char != "\n"] == []
