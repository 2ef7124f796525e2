"""What `taskdef import` reads: files, parts of files, and values that are given for what these only name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.adopt.reading import Given, Original, Refused, read_original
from generator.adopt.supplied import check_used, read_supplies, select_supplies
from generator.documents.hiding import make_text_secrets
from generator.model.findings import Finding, Source, WrongUsage
from generator.model.gathering import Report, gather
from generator.model.project import Settings
from generator.model.records import Record
from generator.project.inputs import InputFile, find_inputs, load_input


class Wanted(Record):
    """What of an import is to be different: `exact`, `dry`, `why`, `keep` and `schema`, as the options are, and values of `--set`."""

    exact: bool = False
    dry: bool = False
    why: bool = False
    keep: bool = False
    values: tuple[str, ...] = ()
    schema: bool = False


def load_inputs(files: Sequence[tuple[str, str]], patterns: Sequence[str], task: str | None) -> list[InputFile]:
    """Read all files, sorted by environment, whatever their order on the command line."""
    named = [(env, task or "", path) for env, path in files]
    named += [(env, name or task or "", path) for pattern in patterns for env, name, path in find_inputs(pattern)]
    if not named:
        raise WrongUsage("name the files: `--env dev=ecs/dev.json --env prod=ecs/prod.json`, or `'ecs/{env}.json'`")
    return [load_input(*each) for each in sorted(dict.fromkeys(named))]


def read_all(
    inputs: Sequence[InputFile], wanted: Wanted, settings: Settings
) -> tuple[tuple[Original, ...], tuple[Finding, ...]]:
    """Read each file as a task definition; findings of those that are none, without their secrets."""
    supplies = read_supplies(wanted.values, {each.environment for each in inputs})
    originals: list[Original] = []
    reports: list[Report] = []
    used: dict[str, set[str]] = {}
    missing: set[str] = set()
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
        else:
            originals.append(read)
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
