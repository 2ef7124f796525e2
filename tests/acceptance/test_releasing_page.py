"""The way of the source notes, from registering to rolling back: each command of `docs/releasing.md`, typed one after the other."""

from __future__ import annotations

import re

from tests.acceptance.live import Live
from tests.acceptance.recorded import Recorded
from tests.acceptance.running import ROOT, Ecs, Runner

PAGE = ROOT / "docs" / "releasing.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"\b[0-9a-f]{8}\b")
"""The first eight characters of a hash, of a commit or a content."""

WHO = {f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def type_commands(block: str, runner: Runner) -> str:
    """Type the commands of a block, and give it with what they say now, and how they end if that is not well."""
    typed = []
    for line in block.splitlines():
        if line.startswith("$ "):
            done = runner.run("bash", "-c", f"{line[2:]} 2>&1")
            typed.append(f"{line}\n{done.out}" + (f"exit status {done.status}\n" if done.status else ""))
    return "".join(typed)


def test_the_page_says_what_the_commands_say(
    runner: Runner, ecs: Ecs, recorded: Recorded, rewrite_golden: bool
) -> None:
    families = tuple(f"trading-bot-{environment}" for environment in ("dev", "test", "prod"))
    recorded.play(Live(ecs.url, families, pushed=("dev", "test", "v1.0.0")).make_scenario())
    runner.environment.update(recorded.environment | WHO)
    for words in ("init -q -b main", "add -A", "commit -q -m x", "tag v1.0.0"):
        runner.demand("git", *words.split())
    text = PAGE.read_text(encoding="utf-8")
    typed = BLOCK.sub(lambda block: type_commands(block[0], runner), text)
    if rewrite_golden:
        PAGE.write_text(typed, encoding="utf-8", newline="\n")
    assert text.count("```console\n") > 5
    assert HASH.sub("<hash>", typed) == HASH.sub("<hash>", PAGE.read_text(encoding="utf-8"))
