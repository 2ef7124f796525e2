"""What the environment of the process says about AWS is no option: commands that ask AWS nothing do the same whatever it is."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from generator.cli import main
from generator.cli.groups import ASKING, COMMANDS
from tests.integration.cli.process import Done, Project

Run = Callable[..., Done]

VARIABLES = {
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_PROFILE": "nowhere",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    "AWS_CONFIG_FILE": "broken.ini",
}
"""Each is one that would be an error wherever AWS is asked: another region, no profile, nobody there, no configuration."""

WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "check": (("check",),),
    "diff": (("diff", "dev", "prod"), ("diff", "rendered/dev/app.json", "rendered/prod/app.json"), ("diff", "main..")),
    "explain": (("explain", "dev", "memory"),),
    "import": (("import", "--dry-run", "--env", "qa=rendered/dev/app.json", "--task", "web"),),
    "init": (("init", "new", "--name", "web", "--dry-run"),),
    "lint": (("lint", "rendered/dev/app.json"),),
    "matrix": (("matrix",),),
    "promote": (("promote", "prod", "dev", "--dry-run"),),
    "render": (("render", "--stdout", "dev"),),
    "rules": (("rules", "--project", "."),),
    "schema": (("schema", "overlay"),),
    "set": (("set", "prod", "image=v2", "--dry-run"),),
}
"""A way to call each command that asks AWS nothing, and three of the one that asks where a word is a revision."""

CALLS = [words for calls in WORDS.values() for words in calls]


def test_every_command_that_asks_nothing_is_called() -> None:
    assert set(WORDS) == set(COMMANDS) - ASKING


@pytest.fixture
def run(rendered: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run commands of this process in a repository with the project, and with nothing of the caller's own about AWS."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    rendered.write({"broken.ini": "[default\n"})
    git = ("git", "-C", rendered.folder, "-c", "user.name=A", "-c", "user.email=a@example.com")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "x")):
        subprocess.run([*git, *words], check=True)
    monkeypatch.chdir(rendered.folder)
    return lambda *words: Done(main(words), *capfd.readouterr())


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_a_command_that_asks_nothing_ignores_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], name: str
) -> None:
    before = run(*words)
    assert before.status in (0, 1) and before.out, before
    monkeypatch.setenv(name, VARIABLES[name])
    assert run(*words) == before


@pytest.mark.parametrize("name", VARIABLES)
def test_the_help_of_commands_that_ask_ignores_it(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = [run(each, "--help") for each in sorted(ASKING)]
    assert {each.status for each in before} == {0}
    monkeypatch.setenv(name, VARIABLES[name])
    assert [run(each, "--help") for each in sorted(ASKING)] == before


def test_a_difference_is_found_whatever_is_set(run: Run, rendered: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that was not made, and passes for one without a difference, is the fault that this is about."""
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    rendered.write({"environments/dev.yaml": "vars: {image: other}\n"})
    done = run("diff", "main..")
    assert (done.status, "image tag dev → other" in done.out, done.err) == (1, True, ""), done
    said = "error: options about AWS are for words like `prod:3` and `prod:live`, and none of these is one\n"
    assert run("diff", "main..", "--region", "eu-west-1") == Done(2, "", said)
