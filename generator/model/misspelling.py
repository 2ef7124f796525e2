"""Which known name another one is a misspelling of: stricter than the nearest one, since who obeys a help writes what it names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from generator.model.findings import FEW_NAMES, LONGEST_NAME, find_mistaken
from generator.model.patterns import Pattern

ALIKE = 0.83
"""So much of two names is the same where one is a misspelling of the other. From 0.6 on, as `did_you_mean` has it, names are near, and
mean something else: `networkConfiguration` and `proxyConfiguration`."""

NO_MARKS = {ord(mark): None for mark in "-_. "}
DIGITS = Pattern(r"\d+")

OPPOSITES = ("un", "non", "no", "not", "dis", "in", "never")
"""What makes of a name its opposite, before it."""

SWITCHES = (("enable", "disable"), ("allow", "deny"), ("start", "stop"), ("min", "max"))
"""Beginnings of names of which one is the opposite of the other."""

UNIT = Pattern(r"(?:ms|[kmgt]i?b|bytes|seconds|minutes)$")
"""What says at the end of a name in which unit it is counted."""


def find_misspelt(word: str, known: Iterable[str]) -> str | None:
    """Find the known name that a word certainly means; the same question is answered once."""
    return look_up(word, tuple(known))


@lru_cache(maxsize=1024)
def look_up(word: str, known: tuple[str, ...]) -> str | None:
    """Find the known name that a word certainly means: in another case, with other marks, or with a mistake in its spelling.

    Never one with other digits, of the opposite meaning, or in another unit. Of many names it is one after a single mistake.
    """
    fold = fold_name(word)
    if not fold or len(word) > LONGEST_NAME:
        return None
    names = list(known)
    if len(names) > FEW_NAMES:  # where not each can be looked at for every word
        found = find_mistaken(word, names)
        return found if found is not None and not differs(fold, fold_name(found)) else None
    by_fold = {fold_name(name): name for name in reversed(names) if len(name) <= LONGEST_NAME}
    if fold in by_fold:
        return by_fold[fold]
    able = [name for name in by_fold if not differs(fold, name)]
    mistaken = find_mistaken(fold, able)
    if mistaken:
        return by_fold[mistaken]
    from difflib import get_close_matches  # slow to import, and only needed for a finding

    near = get_close_matches(fold, able, n=1, cutoff=ALIKE)
    return by_fold[near[0]] if near else None


def fold_name(name: str) -> str:
    """Write a name as all its spellings have it: `container_definitions`, `ContainerDefinitions` and `containerDefinitions` are one."""
    return name.translate(NO_MARKS).casefold()


def differs(word: str, name: str) -> bool:
    """Whether a word that looks like a name means another thing: another number, the opposite, another unit."""
    if list_all(DIGITS, word) != list_all(DIGITS, name):
        return True
    for one, other in ((word, name), (name, word)):
        if any(one == prefix + other for prefix in OPPOSITES):
            return True
        if any(one.startswith(first) and other.startswith(second) for first, second in SWITCHES):
            return True
    return list_all(UNIT, word) != list_all(UNIT, name)


def list_all(pattern: Pattern, text: str) -> list[str]:
    """List all that a pattern finds in a text."""
    return [match[0] for match in pattern.finditer(text)]
