"""The tags of the task definition: how many, no key twice, and what keys and values are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ecs.limits import TAG_KEY, TAG_VALUE, TAGS
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.rules.task import Task

LIMITS = (("key", TAG_KEY), ("value", TAG_VALUE))
PUNCTUATION = "_.:/=+-@"
matches_plain = re.compile(r"[A-Za-z0-9 _.:/=+\-@]*").fullmatch
"""The characters of nearly all tags; `find_wrong` knows the rest of them."""


def check(task: Task) -> Iterator[Problem]:
    tags = task.document.get("tags")
    if tags is None:
        return
    if not tags:
        message, change = "`tags` is an empty list, which ECS refuses", Change("remove")
        yield Problem("E404", ("tags",), message, help="remove it", key=True, change=change)
    if len(tags) > TAGS:
        message = f"`tags` has {len(tags)} tags, but ECS accepts {TAGS}"
        yield Problem("E405", ("tags",), message, help="keep fewer", key=True)
    first: dict[str, Path] = {}
    for index, tag in enumerate(tags):
        path = ("tags", index)
        for member, longest in LIMITS:
            text = tag.get(member, "")
            if len(text) > longest or not matches_plain(text):
                yield from check_text(text, longest, (*path, member))
        key = tag.get("key")
        if key is None:
            continue
        if key[:4].lower() == "aws:":
            message = f"`{HERE}` is `{key}`, and AWS keeps the prefix `aws:` to itself"
            yield Problem("E405", (*path, "key"), message, help="delete the tag: only AWS sets such a one")
        if key in first:
            message = f"there are two tags with the key `{key}`"
            yield Problem("E405", (*path, "key"), message, (Fact("the first", first[key]),), "keep one of the two")
        first.setdefault(key, (*path, "key"))


def check_text(text: str, longest: int, path: Path) -> Iterator[Problem]:
    """Check a key or value that is long or not plain; that a key is not empty is E307."""
    if len(text) > longest:
        message = f"`{HERE}` has {len(text)} characters, but ECS accepts {longest}"
        yield Problem("E405", path, message, help="shorten it")
    elif wrong := find_wrong(text):
        message = (
            f"`{HERE}` has {spell_character(wrong)}, and tags take letters, digits, blanks and `{PUNCTUATION}` only"
        )
        yield Problem("E405", path, message)


def find_wrong(text: str) -> str | None:
    """Find the first character that no tag may have: letters, digits and separators are those of any script."""
    from unicodedata import category  # only for what is not plain

    return next((sign for sign in text if sign not in PUNCTUATION and category(sign)[0] not in "LNZ"), None)


def spell_character(sign: str) -> str:
    """Spell a character, by its number where it would not show."""
    return f"a `{sign}`" if sign.isprintable() else f"the character U+{ord(sign):04X}"
