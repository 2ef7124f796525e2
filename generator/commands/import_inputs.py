"""The inputs of `taskdef import`: files, parts of files, registered revisions, and values for names in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.adopt.reading import Given, Original, Refused, read_original
from generator.adopt.supplied import check_used, read_supplies, select_supplies
from generator.build.planning import plan_project
from generator.documents.hiding import make_text_secrets
from generator.model.findings import Finding, Source, WrongUsage
from generator.model.gathering import Report, gather
from generator.model.project import Project, Settings
from generator.model.records import Record
from generator.project.inputs import InputFile, check_names, find_inputs, find_there, load_input

if TYPE_CHECKING:
    from generator.commands.account.asking import Asking
    from generator.commands.account.recalled_files import Recalled
    from generator.model.account_events import OnAccountEvent

REVISION = re.compile(r"(?:arn:[^:]+:ecs:[^:]+:[^:]+:task-definition/)?[A-Za-z0-9_-]+:[1-9][0-9]{0,9}")
"""A registered revision by its family and number, or by its ARN."""


class Wanted(Record):
    """The options of an import: `exact`, `dry`, `why`, `keep` and `schema`, and the values of `--set`."""

    exact: bool = False
    dry: bool = False
    why: bool = False
    keep: bool = False
    values: tuple[str, ...] = ()
    schema: bool = False


def load_inputs(files: Sequence[tuple[str, str]], patterns: Sequence[str], task: str | None) -> list[InputFile]:
    """Read all files, sorted by environment, in any order on the command line. A revision has no text yet."""
    named = [(env, task or "", path) for env, path in files]
    named += [(env, name or task or "", path) for pattern in patterns for env, name, path in find_inputs(pattern)]
    if not named:
        raise WrongUsage("name the files: `--env dev=ecs/dev.json --env prod=ecs/prod.json`, or `'ecs/{env}.json'`")
    return [load_named(*each) for each in sorted(dict.fromkeys(named))]


def load_named(env: str, task: str, path: str) -> InputFile:
    """Read a file. A word that can name a revision stands for one, unless there is a file of that name."""
    if not REVISION.fullmatch(path) or find_there(".", (path,)):
        return load_input(env, task, path)
    check_names(env, task)
    return InputFile(env, task, path, "", False, revision=True)


def recall_inputs(
    inputs: Sequence[InputFile], base: Project, asking: Asking | None, on_event: OnAccountEvent | None
) -> list[InputFile]:
    """Ask AWS for the texts of revisions. Without revisions AWS is not asked, and options about AWS are refused."""
    words = [(each.environment, each.path) for each in inputs if each.revision]
    if asking and asking.chosen and not words:
        raise WrongUsage("options about AWS are for revisions, like `--env prod=prod-web:7`, and none of these is one")
    if not words:
        return list(inputs)
    from generator.commands.account.asking import Asking  # only if AWS is asked
    from generator.commands.account.recalled_files import recall_revisions
    from generator.model.account_events import ignore_account_event

    recalled = recall_revisions(plan_project(base), words, asking or Asking(), on_event or ignore_account_event)
    texts = iter(recalled)
    return [take_text(each, next(texts)) if each.revision else each for each in inputs]


def take_text(given: InputFile, recalled: Recalled) -> InputFile:
    """Set the text of an input to that of its revision."""
    return given._replace(path=recalled.name, text=recalled.text)


def read_all(
    inputs: Sequence[InputFile], wanted: Wanted, settings: Settings
) -> tuple[tuple[Original, ...], tuple[Finding, ...]]:
    """Read each file as a task definition. Also returns the findings, with secrets masked, of files that are not one."""
    supplies = read_supplies(wanted.values, {each.environment for each in inputs})
    originals: list[Original] = []
    reports: list[Report] = []
    used: dict[str, set[str]] = {}
    missing: set[str] = set()
    evaluated = True
    for each in inputs:
        source = Source(each.path, each.text)
        values = select_supplies(supplies, each.environment)
        given = Given(each.environment, each.task, source, each.mark, each.part, values)
        read = read_original(given, exact=wanted.exact, allow=settings.allow_members)
        names = used.setdefault(each.environment, set())
        if read.converted is not None:
            names |= read.converted.used
            missing |= read.converted.wanted
        if isinstance(read, Refused):
            hidden = make_text_secrets(source).hide_all(read.findings)
            reports += [Report(finding, each.environment, None) for finding in hidden]
            evaluated &= read.converted is not None and bool(read.converted.used or read.converted.wanted)
        else:
            originals.append(read)
    if evaluated:  # else the findings of a file that asked for no value come first
        check_used(supplies, used, missing)
    several = len({each.path for each in inputs}) < len(inputs)  # one file for several environments
    return tuple(originals), gather(reports) if several else tuple(each.finding for each in reports)


def check_twice(originals: Iterable[Original]) -> None:
    """Refuse two task definitions for one artifact."""
    seen: dict[tuple[str, str], str] = {}
    for each in originals:
        name = f"{each.source.path}#{each.part}" if each.part else each.source.path
        other = seen.setdefault((each.environment, each.task), name)
        if other != name:
            raise WrongUsage(f"`{other}` and `{name}` are both for `{each.environment}`")
