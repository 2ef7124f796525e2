"""Points from words of other tools, and from misplaced words, to the right command. Loaded only when needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

CHECK = "`taskdef check` finds what ECS refuses and what is not up to date; `taskdef lint FILE` looks at one file"
RENDER = "`taskdef render` writes the artifacts"
DIFF = "`taskdef diff prod:live prod` shows what would change, `taskdef deploy prod --dry-run` what would be done"
DEPLOY = "`taskdef deploy ENV` registers what is committed and updates the service"
REGISTER = "`taskdef register ENV` registers what is committed"
STATUS = "`taskdef check` shows whether artifacts are up to date, `taskdef show ENV:live` what runs"
LIST = "`taskdef render --list` lists environments and tasks, `taskdef revisions ENV` what is registered"
SHOW = "`taskdef show ENV` shows what is registered"
REVISIONS = "`taskdef revisions ENV` lists what is registered"
ROLLBACK = "`taskdef rollback ENV` goes back to the last steady revision"
EXPLAIN = "`taskdef explain ENV PATH` shows where a value comes from"
MATRIX = "`taskdef matrix` compares environments side by side"
FIX = "`taskdef lint --fix FILE` fixes a file, `taskdef check --fix` removes overrides that change nothing"
RULES = "`taskdef rules` lists the codes, `taskdef rules CODE` explains one"
DIAGNOSE = "`taskdef diagnose ENV` finds why tasks stop"
RUN = "`taskdef run ENV/TASK` runs a task once, waits and shows its log"
PRUNE = "`taskdef revisions ENV --prune` deregisters old revisions"
SET = "`taskdef set ENV NAME=VALUE` sets a value in an overlay, `taskdef promote FROM TO` copies image tags"
INIT = "`taskdef init` creates a project, `taskdef import` creates one from existing task definitions"
VERSION = "`taskdef --version` shows the version"
HELP = "`taskdef --help` lists the commands, `taskdef COMMAND --help` explains one"

MEANT = (
    dict.fromkeys(("validate", "test", "ci"), CHECK)
    | dict.fromkeys(("build", "compile", "generate", "gen", "synth", "template"), RENDER)
    | dict.fromkeys(("plan", "compare", "changes"), DIFF)
    | dict.fromkeys(("apply", "release", "ship", "up", "update", "rollout"), DEPLOY)
    | dict.fromkeys(("push", "publish", "upload"), REGISTER)
    | dict.fromkeys(("status", "state"), STATUS)
    | dict.fromkeys(("list", "ls", "environments", "tasks"), LIST)
    | dict.fromkeys(("describe", "get", "cat", "view", "export", "download", "pull"), SHOW)
    | dict.fromkeys(("history", "log", "versions"), REVISIONS)
    | dict.fromkeys(("undo", "revert", "restore"), ROLLBACK)
    | dict.fromkeys(("why", "trace", "blame", "origin", "vars"), EXPLAIN)
    | dict.fromkeys(("table", "overview"), MATRIX)
    | dict.fromkeys(("fmt", "format", "fix"), FIX)
    | dict.fromkeys(("codes", "errors", "rule"), RULES)
    | dict.fromkeys(("logs", "debug", "doctor", "troubleshoot", "events"), DIAGNOSE)
    | dict.fromkeys(("run-task", "start-task", "migrate"), RUN)
    | dict.fromkeys(("prune", "clean", "gc", "delete", "deregister"), PRUNE)
    | dict.fromkeys(("bump", "edit", "change", "unset", "assign", "tag"), SET)
    | dict.fromkeys(("new", "create", "start", "scaffold", "setup"), INIT)
    | {"version": VERSION, "help": HELP, "man": HELP}
)
"""Words of other tools, and the command that does the same here."""

EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
NUMBER = re.compile(r"[1-9][0-9]{0,9}|live")


class UnknownCommandError(click.UsageError):
    """There is no such command, but another one does the same."""

    def __init__(self, word: str, pointer: str, context: click.Context) -> None:
        super().__init__(f"no such command '{word}'", context)
        self.pointer = pointer


def fail_unknown(word: str, names: Sequence[str], context: click.Context) -> None:
    """Fail if a word is no command, but points to one or nearly names one of `names`; otherwise leave it to click.

    click itself names the nearest one only since 8.2.
    """
    if word.lower() in MEANT:
        raise UnknownCommandError(word, MEANT[word.lower()], context)
    from generator.model.findings import did_you_mean

    near = did_you_mean(word, list(names))
    if near is not None and not context.resilient_parsing:
        raise click.UsageError(f"no such command '{word}'. Did you mean '{near}'?", context)


def find_pointer(error: click.UsageError) -> str | None:
    """Find the command for misplaced words: a revision goes after a colon or an option."""
    if isinstance(error, UnknownCommandError):
        return error.pointer
    match, context = EXTRA.match(error.message), error.ctx
    if match is None or context is None:
        return None
    return point_to_revision(context.info_name or "", context.params.get("word"), match[1].split())


def point_to_revision(command: str, word: object, extra: Sequence[str]) -> str | None:
    """Show how a command takes a revision."""
    if not isinstance(word, str) or ":" in word or len(extra) != 1:
        return None
    if command == "show" and NUMBER.fullmatch(extra[0]):
        return f"write `taskdef show {word}:{extra[0]}`"
    if command == "rollback":
        return f"write `taskdef rollback {word} --to {extra[0]}`"
    return None
