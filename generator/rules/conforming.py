"""Plain values against the shapes of a model, strictly: nothing is converted. Knows no rule that looks at two values at once.

Every document is walked once by checks compiled from the model, which only tell whether all is well; a second walk, for the few where it
is not, says what is wrong and keeps what is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from generator.ecs.limits import CHARACTERS, HIGHEST, LOWEST, MEANT, RANGES, UNLISTED, Characters, Range
from generator.ecs.members import (
    WANTED,
    Advice,
    Structure,
    advise_member,
    leave_misspelt,
    refuse_described,
    state_choice,
    state_missing,
)
from generator.ecs.required import NAMING, NEEDED
from generator.ecs.shapes import Model, Shape
from generator.ecs.types import advise_type
from generator.model.findings import HERE, PARENT, Change, Path, Problem
from generator.model.misspelling import find_misspelt
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.records import Record

Accepts: TypeAlias = type | Callable[[Value], bool]
"""What tells whether a value is right: its Python type, where that is all there is to it, or a function."""

PYTHON_TYPES: dict[str, type[Value]] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "structure": dict,
    "map": dict,
    "list": list,
}
GIVEN = {str: "text", int: "a number", float: "a number", bool: "`true` or `false`", dict: "a mapping", list: "a list"}

MOST_DIGITS = 20
"""A number with more digits is not shown."""

MOST_ADVISED = 500
"""Problems of one document after which near names are looked for no more: so many are not shown."""

DROPPED: Value = object()
"""Stands for a value that is wrong in itself, so that no rule is to look at it."""


class Conformed(Record):
    """What is wrong by shape, and what is right: the document itself if nothing is, else a copy without what is wrong.

    In the copy every value has its type; items that had none are empty mappings, so that all others keep their number.
    """

    document: Value
    problems: tuple[Problem, ...]


class Checker:
    """Tells whether documents have the shape of a model; members named in `allow` are admitted anywhere and unchecked."""

    def __init__(self, model: Model, allow: tuple[str, ...] = ()) -> None:
        self.model = model
        self.allow = allow
        self._compiled: dict[str, Accepts] = {}
        self._accepts = self._compile(model.task_definition)

    def check(self, document: Value) -> Conformed:
        """Check a whole document."""
        return Conformed(document, ()) if self.accepts(document) else self._walk(document, self._compiled)

    def accepts(self, document: Value) -> bool:
        """Report whether there is nothing to say of a document."""
        return not isinstance(self._accepts, type) and self._accepts(document)

    def explain(self, document: Value) -> Conformed:
        """Walk a document, every value of it, gathering what is wrong."""
        return self._walk(document, {})

    def _walk(self, document: Value, known: dict[str, Accepts]) -> Conformed:
        """Walk a document, but not into what `known` checks, by name of their shapes, find to be right."""
        walk = _Walk(self.model, self.allow, known)
        kept = walk.walk(document, self.model.task_definition, ())
        return Conformed({} if kept is DROPPED else kept, tuple(walk.problems))

    # Compiling: a shape is compiled once, and every value of it is then checked without a look at the model.

    def _compile(self, wanted: Shape, structure: str = "", member: str = "") -> Accepts:
        limit = RANGES.get((structure, member)) or CHARACTERS.get((structure, member))
        if limit is not None:
            return _accept_limited(limit, wanted)
        if (structure, member) in NAMING:
            return _accept_minimum(1)
        if wanted.name not in self._compiled:
            self._compiled[wanted.name] = self._compile_shape(wanted)
        return self._compiled[wanted.name]

    def _compile_shape(self, wanted: Shape) -> Accepts:
        if wanted.type == "structure":
            return _accept_structure(self._compile_members(wanted), wanted, self.allow)
        if wanted.type == "list":
            item = self.model.shape(wanted.member)
            members = self._compile_members(item) if item.type == "structure" else {}
            if list(members.values()) == [str, str]:
                first, second = members
                return _accept_pairs(first, second, self._compile(item))
            return _accept_list(self._compile(item))
        if wanted.type == "map":
            return _accept_map(self._compile(self.model.shape(wanted.member)))
        if wanted.enum:
            return _accept_enum(frozenset((*wanted.enum, *UNLISTED.get(wanted.name, ()))))
        if wanted.type == "integer":
            least = LOWEST if wanted.minimum is None else wanted.minimum
            return _accept_limited(Range(least, HIGHEST), wanted)
        if wanted.minimum:
            return _accept_minimum(wanted.minimum)
        return PYTHON_TYPES[wanted.type]

    def _compile_members(self, wanted: Shape) -> dict[str, Accepts]:
        return {
            name: self._compile(self.model.shape(child), wanted.name, name) for name, child in wanted.members.items()
        }


def _accept_structure(members: dict[str, Accepts], shape: Shape, allow: tuple[str, ...]) -> Accepts:
    get = members.get
    needed, union = frozenset((*shape.required, *NEEDED.get(shape.name, ()))), shape.union

    def accepts(value: Value) -> bool:
        if type(value) is not dict:
            return False
        for key, child in value.items():
            wanted = get(key)
            if type(child) is wanted:
                continue
            if wanted is None:
                if key not in allow:
                    return False
            elif isinstance(wanted, type) or not wanted(child):
                return False
        return (not needed or needed <= value.keys()) and (not union or len(value) > 0)

    return accepts


def _accept_pairs(first: str, second: str, otherwise: Accepts) -> Accepts:
    """Accept items of two texts at a glance, as most of `environment` and `secrets` are; any other is looked at closely."""
    assert not isinstance(otherwise, type), "it is the check of a structure"

    def accepts(value: Value) -> bool:
        if type(value) is not list:
            return False
        for item in value:
            if type(item) is dict and len(item) == 2 and type(item.get(first)) is type(item.get(second)) is str:
                continue
            if not otherwise(item):
                return False
        return True

    return accepts


def _accept_list(member: Accepts) -> Accepts:
    if isinstance(member, type):
        return lambda value: type(value) is list and all(type(item) is member for item in value)

    def accepts(value: Value) -> bool:
        if type(value) is not list:
            return False
        for item in value:  # noqa: SIM110 - a generator in `all` costs a third more
            if not member(item):
                return False
        return True

    return accepts


def _accept_map(member: Accepts) -> Accepts:
    assert isinstance(member, type), "the values of every map are plain text"
    return lambda value: type(value) is dict and all(type(item) is member for item in value.values())


def _accept_enum(words: frozenset[str]) -> Accepts:
    return lambda value: type(value) is str and value in words


def _accept_minimum(least: int) -> Accepts:
    return lambda value: type(value) is str and len(value) >= least


def _accept_limited(limit: Range | Characters, wanted: Shape) -> Accepts:
    python = PYTHON_TYPES[wanted.type]
    if isinstance(limit, Range):
        least, most = limit.least, HIGHEST if limit.most is None else limit.most
        return lambda value: type(value) is python and least <= value <= most
    pattern, longest = Pattern(limit.pattern), limit.longest
    return lambda value: type(value) is python and len(value) <= longest and pattern.fullmatch(value) is not None


@lru_cache(maxsize=8)
def find_checker(model: Model, allow: tuple[str, ...]) -> Checker:
    """Find the checker of a model, which is compiled once for all environments."""
    return Checker(model, allow)


class _Walk:
    """One walk over one document that has something wrong."""

    def __init__(self, model: Model, allow: tuple[str, ...], known: dict[str, Accepts]) -> None:
        self.model = model
        self.allow = allow
        self.known = known
        self.problems: list[Problem] = []

    def report(
        self,
        code: str,
        path: Path,
        message: str,
        help: str | None = None,
        *,
        key: bool = False,
        change: Change | None = None,
    ) -> None:
        self.problems.append(Problem(code, path, message, (), help, key, change=change))

    def walk(self, value: Value, wanted: Shape, path: Path, structure: str = "") -> Value:
        """Check the value at a path; give what of it is right, or DROPPED."""
        if value is None:
            message = f"`{HERE}` is null, which ECS accepts for no member"
            self.problems.append(Problem("E306", path, message, help="remove it", cause="null"))
            return DROPPED
        if type(value) is not PYTHON_TYPES[wanted.type]:
            self.report_type(value, wanted, path)
            return DROPPED
        if path and wanted.type in ("structure", "list"):
            accepts = self.known.get(wanted.name)
            if accepts is not None and not isinstance(accepts, type) and accepts(value):
                return value
        if wanted.type == "structure":
            return self.walk_structure(value, wanted, path)
        if wanted.type == "list":
            return self.walk_list(value, wanted, path)
        if wanted.type == "map":
            entries = {
                name: self.walk(text, self.model.shape(wanted.member), (*path, name)) for name, text in value.items()
            }
            return {name: text for name, text in entries.items() if text is not DROPPED}
        return self.walk_scalar(value, wanted, path, structure)

    def walk_structure(self, value: Value, wanted: Shape, path: Path) -> Value:
        kept = {}
        unknown = []
        for name, child in value.items():
            if name in wanted.members:
                right = self.walk(child, self.model.shape(wanted.members[name]), (*path, name), wanted.name)
                if right is not DROPPED:
                    kept[name] = right
            elif name in self.allow:
                kept[name] = child
            else:
                unknown.append(name)
        self.report_unknown(unknown, value, wanted, path)
        missing = leave_misspelt([name for name in wanted.required if name not in value], unknown)
        if missing:
            names = state_missing(missing)
            where = f"`{HERE}`" if path else "the task definition"
            self.report("E304", path, f"{where} has no {names}, which ECS requires", f"add {names}")
        if wanted.union and not value:
            message, help = state_choice(wanted)
            self.report("E304", path, f"`{HERE}` {message}", help)
        self.problems += find_lacking(value, wanted, path, unknown)
        return kept

    def walk_list(self, value: Value, wanted: Shape, path: Path) -> Value:
        """Check a list. An item that is wrong leaves an empty mapping, so that the others keep their number; text takes its list along."""
        member = self.model.shape(wanted.member)
        items = [self.walk(item, member, (*path, index)) for index, item in enumerate(value)]
        if member.type == "structure":
            return [{} if item is DROPPED else item for item in items]
        return DROPPED if any(item is DROPPED for item in items) else items

    def walk_scalar(self, value: Value, wanted: Shape, path: Path, structure: str) -> Value:
        if wanted.enum and value not in wanted.enum and value not in UNLISTED.get(wanted.name, ()):
            self.report_enum(value, wanted, path)
            return DROPPED
        if wanted.minimum and (len(value) if type(value) is str else value) < wanted.minimum:
            self.report_minimum(value, wanted.minimum, path)
            return DROPPED
        name = str(path[-1]) if path else ""
        limit = RANGES.get((structure, name))
        if limit is not None and (value < limit.least or (limit.most is not None and value > limit.most)):
            self.report(limit.code, path, f"`{HERE}` is {value}, but ECS accepts {spell_range(limit)}")
            return DROPPED
        if wanted.type == "integer" and not LOWEST <= value <= HIGHEST:
            self.report("E420", path, state_overflow(value))
            return DROPPED
        if not value and (structure, name) in NAMING:
            self.report("E470", path, f"`{HERE}` is empty, and ECS requires a name there")
        characters = CHARACTERS.get((structure, name))
        if characters is not None:
            self.check_characters(value, characters, path)
        return value

    def report_minimum(self, value: str | int, least: int, path: Path) -> None:
        """Report what is below the model's own minimum (E307), the one bound that AWS's clients check."""
        if isinstance(value, int):
            self.report("E307", path, f"`{HERE}` is {value}, but ECS accepts {least} or more")
        elif value:
            self.report("E307", path, f"`{HERE}` has {len(value)} characters, but ECS accepts {least} or more")
        else:
            self.report("E307", path, f"`{HERE}` is empty")

    def check_characters(self, value: str, characters: Characters, path: Path) -> None:
        """Report a text that is too long or has characters that ECS refuses; what refers to it still finds it."""
        if len(value) > characters.longest:
            message = f"`{HERE}` has {len(value)} characters, but ECS accepts {characters.longest}"
            self.report(characters.code, path, message, "shorten it")
        elif not value:
            self.report(characters.code, path, f"`{HERE}` is empty")
        elif not re.fullmatch(characters.pattern, value):
            message = f"`{HERE}` is `{value}`, but ECS accepts {characters.meaning} only"
            self.report(characters.code, path, message)

    def report_enum(self, value: str, wanted: Shape, path: Path) -> None:
        meant = MEANT.get(value.lower())
        near = meant if meant in wanted.enum else find_misspelt(value, wanted.enum)
        words = ", ".join(f"`{word}`" for word in wanted.enum)
        help = f"write `{near}`" if near else f"write one of {words}" if len(wanted.enum) > 1 else f"write {words}"
        message = f"`{HERE}` is `{value}`, which ECS does not know" if value else f"`{HERE}` is empty"
        self.report("E401", path, message, help, change=Change("text", near) if near else None)

    def report_type(self, value: Value, wanted: Shape, path: Path) -> None:
        """Report a value of another type than its shape: E303 between scalars, E302 else."""
        given = "one with a decimal point" if wanted.type == "integer" and type(value) is float else GIVEN[type(value)]
        scalar = wanted.type in ("string", "integer", "boolean") and not isinstance(value, dict | list)
        code = "E303" if scalar else "E302"
        whole = f"`{HERE}` takes" if path else "a task definition is"
        advice = advise_type(value, wanted, self.model) if path else Advice(None)
        if type(value) is float and path in (("cpu",), ("memory",)):
            advice = advise_size(str(path[0]), str(value))
        message = f"{whole} {WANTED[wanted.type]}, not {given}"
        self.report(code, path, message, advice.help, change=advice.change)

    def report_unknown(self, unknown: list[str], value: Value, wanted: Shape, path: Path) -> None:
        described = [name for name in unknown if not path and name in self.model.read_only]
        if described:
            message, help = refuse_described(described)
            self.report("E305", (described[0],), message, help, key=True)
        for name in unknown:
            if name not in described:
                message = f"{f'`{PARENT}`' if path else 'a task definition'} has no member `{name}`"
                few = len(self.problems) < MOST_ADVISED
                advice = advise_member(name, Structure(wanted, value, self.model, self.allow)) if few else Advice(None)
                self.report("E301", (*path, name), message, advice.help, key=True, change=advice.change)


def find_lacking(value: Value, wanted: Shape, path: Path, unknown: list[str]) -> Iterator[Problem]:
    """Find what an item lacks that the model does not mark as required, and that no unknown member may be meant for."""
    for name, code in NEEDED.get(wanted.name, {}).items():
        if name not in value and leave_misspelt([name], unknown):
            demand = "which ECS requires" if code[0] == "E" else "without which it has no meaning"
            message = f"`{HERE}` has no `{name}`, {demand}"
            yield Problem(code, path, message, help=f"add `{name}`", missing=name)


def advise_size(member: str, written: str) -> Advice:
    """State how to write the size of a task that is a number with a fraction: in quotes it would still be none."""
    from generator.rules.task_size import guess_size  # only if there is one

    guess = guess_size(member, written)
    return Advice(f"write `{guess}`", Change("text", guess)) if guess else Advice(None)


def state_overflow(value: int) -> str:
    """State that a whole number is none of 32 bits; of a long one, how long it is."""
    digits = str(abs(value))
    given = str(value) if len(digits) <= MOST_DIGITS else f"a number of {len(digits)} digits"
    end = f"{HIGHEST} at most" if value > HIGHEST else f"{LOWEST} at least"
    return f"`{HERE}` is {given}, but ECS accepts {end}: its whole numbers have 32 bits"


def spell_range(limit: Range) -> str:
    """Spell the numbers that a member takes: `5 to 300 seconds`, `2 seconds or more`."""
    unit = f" {limit.unit}" if limit.unit else ""
    return f"{limit.least}{unit} or more" if limit.most is None else f"{limit.least} to {limit.most}{unit}"
