"""Which task definitions in JSON plainly have no secret: most, though names of secrets stand in them. Looks at whole texts only."""

from __future__ import annotations

import json
from functools import lru_cache

from generator.model.patterns import Pattern
from generator.model.secrets.commands import MARKS, WATCHED
from generator.model.secrets.names import OPENING, POINTING, REFERRING, is_secret_name, may_name_secret
from generator.model.secrets.phrases import find_phrases, split_words

USUAL = Pattern(
    r'"secrets"\s*+:\s*+\[(?:\s*+\{\s*+"name"\s*+:\s*+"[A-Za-z_][A-Za-z0-9_]*+"\s*+,\s*+"valueFrom"\s*+:\s*+"arn:aws[a-z-]*+:[a-z]++:'
    r'[a-z0-9-]*+:[0-9]*+:[\w/+=.@-]++(?::[\w/+=.@-]*+)*+"\s*+\}\s*+,?+)*+\s*+\]'
)
"""The member `secrets` as it should be: the name of each, and where it lies."""
NAMED = Pattern(r'"name"\s*+:\s*+"[^"]*+"')
PLAIN = Pattern(r"[\w./:,+*-]*+")
SPECIAL = ("\\", "{{", "{%", "{#")
"""Of these a text has one in which a value is not what is written, or has more than one part."""
TELLING = frozenset((*(name.lower() for name in REFERRING), *POINTING, OPENING))
ASKING = ("user", "login", "stdin", "data-file", "put-parameter", "keyvault", "sudo")
"""What options and words are called behind which commands without a known program take a secret."""


def is_harmless(text: str) -> bool:
    """Whether it is plain that nothing in a text is a secret by what is around it.

    That is so where no string in JSON names a secret or has one in it, nor is a word of a command that takes one. Knows nothing of
    what looks like a credential by itself.
    """
    if any([mark in text for mark in SPECIAL]) or not is_json(text):  # noqa: C419 - faster than a generator
        return False
    rest = USUAL.sub("", text)
    strings = dict.fromkeys(rest.split('"')[1::2])
    together = "\n".join(strings)
    if may_name_secret(together) and any(map(may_be_secret_name, strings)):
        return False
    if any([string.lower() in TELLING for string in strings]):  # noqa: C419
        return False
    return not any(map(says_secret, strings)) and not may_be_command(rest, together)


def is_json(text: str) -> bool:
    """Whether a text is JSON, and no more."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def may_be_secret_name(string: str) -> bool:
    """Whether a string may be the name of a secret, or have one and more in it."""
    return may_name_secret(string) and (not string.isidentifier() or is_secret_name(string))


@lru_cache(maxsize=1024)  # the files of a project have many strings in common
def says_secret(string: str) -> bool:
    """Whether a string has a secret in it."""
    return (not PLAIN.fullmatch(string) or "://" in string) and bool(find_phrases(string))


def may_be_command(text: str, together: str) -> bool:
    """Whether strings of a text may be the words of a command that takes a secret; what is a `name` is none."""
    if any([word in together for word in ASKING]):  # noqa: C419
        return True
    programs = WATCHED.intersection(split_words(together))
    if not programs:
        return False
    ends = (*programs, *[f"{program}.exe" for program in programs])
    words = [string.strip(MARKS) for string in NAMED.sub("", text).split('"')[1::2]]
    return any(word.rpartition("/")[2].removesuffix(".exe") in programs for word in words if word.endswith(ends))
