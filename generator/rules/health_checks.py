"""The health check of each container: a command that can be run, in time. Which programs it needs is for `programs`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.containers import INTERVAL, TIMEOUT
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.model.nodes import Value
from generator.rules.task import Task

find_argument = re.compile(r"\s-|[|&;<>]|://").search
OPERATORS = ("||", "&&")
LINE = "write `CMD-SHELL`, and after it the whole line as one text"


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        health = container.get("healthCheck")
        if not health or "command" not in health:
            continue
        command, place = health["command"], (*path, "healthCheck")
        if len(command) != 2 or command[0] != "CMD-SHELL":  # as most have
            yield from check_command(command, (*place, "command"))
        if command and command[0] != "NONE" and ("interval" in health or "timeout" in health):
            yield from check_times(health, place)


def check_command(command: list[str], path: Path) -> Iterator[Problem]:
    """Check the form of a command: how it is run, and then what."""
    if not command:
        yield Problem("E506", path, f"`{HERE}` is empty", help='write `["CMD-SHELL", "…"]`, or remove `healthCheck`')
        return
    how, *words = command
    if how == "CMD":
        yield from check_words(words, path)
    elif how == "CMD-SHELL":
        if len(words) != 1:
            state = f"has {len(words)} texts" if words else "has nothing"
            message = f"`{HERE}` {state} after `CMD-SHELL`, which runs exactly one"
            help = "write the whole line for the shell as one text" if words else "add the line for the shell"
            yield Problem("E506", path, message, help=help)
    elif how != "NONE":
        yield report_first(how, words, (*path, 0))


def report_first(how: str, words: list[str], path: Path) -> Problem:
    """State that a command does not begin with how it is run: Docker takes it for no check, and the container starts."""
    message = f"`{HERE}` is neither `CMD` nor `CMD-SHELL`, so no check is run"
    word = how.strip().rstrip(",").upper().replace("_", "-")
    if word in ("CMD", "CMD-SHELL", "NONE"):
        change = None if any(check_command([word, *words], path)) else Change("text", word)
        return Problem("W626", path, message, help=f"write `{word}`", change=change)
    word = "CMD-SHELL" if is_line(how) else "CMD"
    if any(check_command([word, how, *words], path)):
        return Problem("W626", path, message, help=LINE)
    return Problem("W626", path, message, help=f"put `{word}` before it", change=Change("before", word))


def check_words(words: list[str], path: Path) -> Iterator[Problem]:
    """Check what is run without a shell: a program, and its arguments one by one."""
    if not words or not words[0].strip():
        yield Problem("E506", path, f"`{HERE}` has no program after `CMD`", help="add the program and its arguments")
    elif words[0] in ("CMD", "CMD-SHELL"):
        message = f"`{HERE}` is `{words[0]}` once more, which is not a program"
        yield Problem("E506", (*path, 1), message, help=f"keep one of `CMD` and `{words[0]}`")
    elif len(words) == 1 and is_line(words[0]):
        message = f"`{HERE}` is `CMD`, which runs a program without a shell, and a line for a shell follows"
        yield Problem("E506", (*path, 0), message, help="write `CMD-SHELL`", change=Change("text", "CMD-SHELL"))
    else:
        for index, word in enumerate(words[1:], 2):
            if word.lstrip().split(" ", 1)[0] in OPERATORS:
                message = f"`{HERE}` is `{word.strip()}`, which only a shell understands, and `CMD` runs none"
                yield Problem("E506", (*path, index), message, help=LINE)
                return


def is_line(text: str) -> bool:
    """Find a line for a shell from the name of a program, whose folders may have blanks."""
    program, *others = text.split(None, 1) or [""]
    return bool(others) and not (("/" in program or "\\" in program) and not find_argument(text))


def check_times(health: Value, path: Path) -> Iterator[Problem]:
    """Check that a check is over before the next one is due."""
    interval, timeout = health.get("interval", INTERVAL), health.get("timeout", TIMEOUT)
    if timeout < interval:
        return
    late, other = ("timeout", "interval") if "timeout" in health else ("interval", "timeout")
    known = {"interval": interval, "timeout": timeout}
    message = f"`{HERE}` is {known[late]} seconds, where the timeout is to be shorter than the interval"
    state = f"`{other}` is {known[other]}"
    fact = Fact(state, (*path, other)) if other in health else Fact(f"{state} by default")
    yield Problem("W605", (*path, late), message, (fact,), "make the timeout shorter, or the interval longer")
