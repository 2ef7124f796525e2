"""Exceptions of a render to findings: owns which code an exception has, its words, and which place of which template it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound, TemplatesNotFound, UndefinedError
from jinja2.utils import missing

from generator.build.rendering.absent import Absence
from generator.build.rendering.bounds import BoundError
from generator.build.rendering.frames import find_failure
from generator.build.rendering.helpers import MisuseError
from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import tidy_message
from generator.build.rendering.values import MisfitError, name_kind
from generator.model.findings import Finding, Note, Place, did_you_mean, finding_at
from generator.model.misspelling import find_misspelt
from generator.model.nodes import Value


class PartialLoopError(Exception):
    """A template includes itself, without end."""


FAILURES = (
    TemplateError,
    PartialLoopError,
    BoundError,
    MisuseError,
    MisfitError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a template can make Python raise."""


SPECIAL = ("caller", "kwargs", "loop", "super", "varargs")
"""Names that Jinja defines in some places only."""

GLOBALS = ("range", "dict", "namespace", "cycler", "joiner")
"""Functions of Jinja's that templates may call. None is meant by the name of a value that is only a little like it."""

AWS_MEMBERS = ("account", "region")

AMBIENT = frozenset(("env", "task", "aws"))
"""Names that templates have in any case."""

NO_AWS = 'add `aws: {account: "…", region: …}` to the environment\'s overlay, which sets neither of them'
NO_VARIABLES = "set each name under `vars:` in the environment's overlay, which sets none"

FEW = 10
"""So many names are listed beside one that is missing."""

MOST_SHOWN = 200
"""Characters of an item that is looked up in vain."""


def explain_failure(error: BaseException, sources: Sources) -> Finding:
    """Make the finding of an exception."""
    found = find_failure(error.__traceback__)
    place = sources.find_place(*found) if found else None
    if isinstance(error, BoundError):
        return finding_at(error.place or place, "E109", str(error))
    if isinstance(error, (RecursionError, MemoryError, OverflowError)):
        return finding_at(place, "E109", "this nests or computes more than a render may")
    if isinstance(error, MisfitError):
        return finding_at(place, "E103", str(error), help=error.help)
    if isinstance(error, MisuseError):
        return finding_at(place, "E105", str(error), help=error.help)
    if isinstance(error, PartialLoopError):
        return finding_at(place, "E107", str(error))
    if isinstance(error, TemplateNotFound):
        names = error.templates if isinstance(error, TemplatesNotFound) else [error.name]
        return explain_missing(place, tuple(str(name) for name in names), sources)
    if isinstance(error, SecurityError):
        return finding_at(place, "E105", "templates may not do this", notes=make_notes(error))
    if isinstance(error, UndefinedError):
        return finding_at(place, "E102", tidy_message(str(error)))
    return finding_at(place, "E105", "this fails while rendering", notes=make_notes(error))


def make_notes(error: BaseException) -> tuple[Note, ...]:
    """State what Jinja or Python says."""
    if type(error) is KeyError:
        return (Note(f"there is no key `{shorten(str(error))}`"),)
    text = tidy_message(str(error))
    return (Note(text if isinstance(error, TemplateError) else f"Python reports: {text}"),) if text else ()


def explain_missing(place: Place | None, names: tuple[str, ...], sources: Sources) -> Finding:
    """State that none of some templates exist, and which one may be meant."""
    names = names[:FEW]
    listed = " or ".join(f"`{name}`" for name in names)
    near = next((found for name in names if (found := did_you_mean(name, list(sources.texts)))), None)
    help = f"use `{near}`, the nearest template" if near else None
    if not names:
        return finding_at(place, "E107", "no template is named")
    return finding_at(place, "E107", f"there is no template {listed}", help=help, cause=listed)


def explain_absence(absence: Absence, place: Place, sources: Sources, variables: Mapping[str, Value]) -> Finding:
    """State what a name was looked up in, and which one may be meant. `variables` are those that the task has."""
    name = absence.name
    if absence.forbidden:
        help = None if name.startswith("_") else "create a new value: templates cannot change one"
        return finding_at(place, "E105", f"templates may not use `{name}`", help=help)
    if absence.owner is not missing:
        return explain_member(place, absence, sources, variables)
    if absence.hint is not None:
        return finding_at(place, "E102", explain_hint(absence.hint, name))
    message = f"`{name}` is not defined"
    if name in variables:
        help = f"import this partial `with context`, or give `{name}` to its macro"
        message += " in a partial that is imported without context"
        return finding_at(place, "E102", message, help=help, cause=f"{place.source.path}\n{message}")
    if name in SPECIAL:
        return finding_at(place, "E102", message)
    known = [each for each in absence.known if each not in GLOBALS]
    near = did_you_mean(name, known) or find_misspelt(name, GLOBALS)
    help = f"set `{name}` under `vars:`"
    if near:
        return finding_at(place, "E102", message, help=f"use `{near}`, the nearest known name, or {help}", cause=name)
    if variables.keys() <= AMBIENT:
        return finding_at(place, "E102", message, help=NO_VARIABLES, cause=NO_VARIABLES)
    return finding_at(place, "E102", message, help=help, cause=name)


def explain_hint(hint: str, name: str | None) -> str:
    """Put Jinja's words for a name that is missing for a special reason into ours."""
    if hint.startswith("parameter "):
        return f"the macro is not given its parameter `{name}`"
    exported = re.match(r"the template '(.*)' \(imported on", hint)
    if exported:
        return f"`{exported.group(1)}` has no macro or variable `{name}`"
    if name == "caller":
        return "`caller` is not defined: the macro is called without `{% call %}`"
    return tidy_message(hint)


def explain_member(place: Place, absence: Absence, sources: Sources, variables: Mapping[str, Value]) -> Finding:
    """State that a value has no such member."""
    owner = sources.find_owner(absence.template, absence.offset) or "this value"
    name = absence.name
    if owner == "aws" and isinstance(name, str) and name in AWS_MEMBERS:
        return explain_aws(place, name, variables)
    cause = name_owner(owner, absence, variables)
    if not isinstance(name, str):
        plain = name is None or isinstance(
            name, (bool, int, float)
        )  # another value may be written with its address in memory
        item = f"item `{shorten(str(name))}`" if plain else f"item that is named by {name_kind(name)}"
        return finding_at(place, "E102", f"`{owner}` has no {item}", cause=cause)
    message = f"`{owner}` has no `{name}`"
    known = list(AWS_MEMBERS) if owner == "aws" else find_members(absence.owner)
    near = did_you_mean(name, known)
    notes = (Note(f"it has {', '.join(f'`{each}`' for each in known)}"),) if 0 < len(known) <= FEW else ()
    help = f"use `{near}`, the nearest known name" if near else None
    if cause == owner and absence.owner == {}:
        help = f"set `{owner}.{name}` under `vars:`"
    return finding_at(place, "E102", message, notes=notes, help=help, cause=cause)


def explain_aws(place: Place | None, member: str, variables: Mapping[str, Value]) -> Finding:
    """State that the account or the region is not known. One cause is that an environment has no `aws:` at all."""
    message = f"`aws` has no `{member}`"
    help = f"set `{member}` under `aws:` in the environment's overlay" if variables.get("aws") else NO_AWS
    return finding_at(place, "E102", message, help=help, cause=help)


def name_owner(owner: str, absence: Absence, variables: Mapping[str, Value]) -> str | None:
    """Name what lacks a member as a cause: a variable, which all see, and not what a name stands for in one place.

    One that has no member at all lacks all of them for one reason.
    """
    value: Value = variables
    for name in owner.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None or value is not absence.owner:
        return None
    return f"{owner}.{absence.name}" if isinstance(value, Mapping) and value else owner


def shorten(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def find_members(owner: Value) -> list[str]:
    """Find the names that a mapping, or an imported template, has."""
    members = owner if isinstance(owner, dict) else getattr(owner, "__dict__", {})
    return [name for name in members if isinstance(name, str) and not name.startswith("_")]
