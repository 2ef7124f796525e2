"""What the environment of the process says about AWS, for every command that asks AWS: it counts, and what is wrong with it is named."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from generator.cli import main
from generator.cli.groups import ASKING
from tests.acceptance.running import Done, Ecs, Runner

Run = Callable[..., Done]

WORDS = {
    "deploy": ("deploy", "dev", "--yes"),
    "diagnose": ("diagnose", "dev"),
    "diff": ("diff", "dev:live"),
    "register": ("register", "dev"),
    "revisions": ("revisions", "dev"),
    "rollback": ("rollback", "dev", "--yes"),
    "run": ("run", "dev"),
    "show": ("show", "dev:live"),
    "verify": ("verify", "dev"),
}

WRONG = {
    "AWS_REGION": ("no/where", "`no/where` is not the name of a region, and `AWS_REGION` sets it"),
    "AWS_DEFAULT_REGION": ("no/where", "`no/where` is not the name of a region, and `AWS_DEFAULT_REGION` sets it"),
    "AWS_PROFILE": ("nowhere", "the config profile (nowhere) could not be found"),
    "AWS_ENDPOINT_URL": (
        "nowhere",
        "`nowhere` is not a valid address, and `AWS_ENDPOINT_URL` sets it: Invalid endpoint: nowhere",
    ),
    "AWS_ENDPOINT_URL_STS": (
        "http://[",
        "`http://[` is not a valid address, and `AWS_ENDPOINT_URL_STS` sets it: Invalid IPv6 URL",
    ),
    "AWS_CONFIG_FILE": ("broken.ini", "the AWS configuration cannot be read: unable to parse config file: broken.ini"),
}
"""By variable: a value that leads nowhere, and what is said of it."""


def test_every_command_that_asks_is_called() -> None:
    assert set(WORDS) == {*ASKING, "diff"}


@pytest.fixture
def run(runner: Runner, ecs: Ecs, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run commands of this process in the project, with the environment of a runner that talks to an empty ECS."""
    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    for name in os.environ:
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    for name, value in runner.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.chdir(runner.folder)
    yield lambda *words: Done(main(words), *capfd.readouterr())
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("command", WORDS)
def test_a_variable_that_leads_nowhere_is_named(
    run: Run, runner: Runner, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    (runner.folder / "broken.ini").write_text("[default\n", encoding="utf-8")
    value, said = WRONG[name]
    monkeypatch.setenv(name, value)
    done = run(*WORDS[command])
    assert (done.status, done.out, done.err.splitlines()[0]) == (2, "", f"error: {said}"), done


SOURCES = {
    "AWS_REGION": "`AWS_REGION`",
    "AWS_DEFAULT_REGION": "`AWS_DEFAULT_REGION`",
    "AWS_CONFIG_FILE": "the profile `default`",
    "AWS_PROFILE": "the profile `other`",
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("command", WORDS)
def test_another_region_than_the_overlay_has_is_refused_whoever_says_it(
    run: Run, runner: Runner, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    config = runner.folder / "config.ini"
    config.write_text("[default]\nregion = eu-west-1\n[profile other]\nregion = eu-west-1\n", encoding="utf-8")
    if name in ("AWS_CONFIG_FILE", "AWS_PROFILE"):
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv(name, {"AWS_CONFIG_FILE": str(config), "AWS_PROFILE": "other"}.get(name, "eu-west-1"))
    done = run(*WORDS[command])
    said = done.out + done.err
    assert done.status in (1, 2) and "is in region us-east-1, and this is eu-west-1" in said, done
    assert f"{SOURCES[name]} sets it" in said


@pytest.mark.parametrize("command", WORDS)
def test_a_variable_that_agrees_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    words = (*WORDS[command], "--dry-run") if command == "register" else WORDS[command]
    before = run(*words)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", "nothing.ini")
    assert run(*words) == before
