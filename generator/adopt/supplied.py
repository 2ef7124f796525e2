"""Values that are given by hand for names in a file: the environment of each, and the values that nothing uses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from shlex import quote

from generator.model.findings import WrongUsage, did_you_mean
from generator.model.records import Record
from generator.model.secrets.names import is_secret_name


class Supply(Record):
    """One value: its environment, or all if that is empty, and its name as the file has it."""

    environment: str
    name: str
    value: str


def read_supplies(words: Iterable[str], environments: Collection[str]) -> tuple[Supply, ...]:
    """Split words of the form `NAME=VALUE` and `ENV:NAME=VALUE`. A name may have colons: only a known environment is split off."""
    supplies: dict[tuple[str, str], Supply] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise WrongUsage(f"--set takes NAME=VALUE or ENV:NAME=VALUE, not `{word}`")
        env, colon, rest = name.partition(":")
        own = bool(colon and rest) and not rest.startswith(":") and env in environments
        supply = Supply(env, rest, value) if own else Supply("", name, value)
        if (supply.environment, supply.name) in supplies:
            raise WrongUsage(f"`{name}` is set twice")
        supplies[supply.environment, supply.name] = supply
    return tuple(supplies.values())


def select_supplies(supplies: Iterable[Supply], environment: str) -> dict[str, str]:
    """Select the values for an environment. Its own values override those for all."""
    chosen = {each.name: each.value for each in supplies if not each.environment}
    return chosen | {each.name: each.value for each in supplies if each.environment == environment}


def check_used(supplies: Iterable[Supply], used: Mapping[str, Collection[str]], wanted: Collection[str]) -> None:
    """Refuse a value that nothing uses. `used` has the used names by environment, and `wanted` the names that lack a value."""
    names = {(each.environment, each.name) for each in supplies}
    for each in supplies:
        envs = [each.environment] if each.environment else [env for env in used if (env, each.name) not in names]
        if any(each.name in used.get(env, ()) for env in envs):
            continue
        near = did_you_mean(each.name, sorted(wanted))
        shown = f"{each.environment}:{each.name}" if each.environment else each.name
        meant = f": did you mean `{near}`?" if near else ""
        raise WrongUsage(f"nothing uses `{shown}` from `--set`{meant}")


class Asked(Record):
    """The parts of a message about a missing value: its default, if that may be shown, and the help."""

    default: str
    help: str


def ask_for(name: str, default: str | None) -> Asked:
    """State how to give a value. Its default is shown, unless its name looks like a secret's."""
    if default is None or is_secret_name(name):
        return Asked("", f"give its value: `--set {quote(name)}=…`")
    said = f": `{default}` is its default" if default else ": its default is empty"
    return Asked(said, f"give its value: `--set {quote(f'{name}={default}')}`")
