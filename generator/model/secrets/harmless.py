"""Recognizes JSON that clearly has no secret, and templates of it that only print variables. That is most of both, although they have
names of secrets. Looks at whole texts only."""

from __future__ import annotations

import json
from functools import lru_cache

from generator.model.patterns import Pattern
from generator.model.secrets.commands import MARKS, WATCHED
from generator.model.secrets.names import OPENING, POINTING, REFERRING, is_secret_name, may_name_secret
from generator.model.secrets.phrases import find_phrases, split_words

VARIABLE = r"\{\{-?+[ ]*+[A-Za-z_]\w*+(?:\.\w++)*+[ ]*+-?+\}\}"
"""A tag that prints a variable."""
PRINTING = Pattern(VARIABLE)
USUAL = Pattern(
    r'"secrets"\s*+:\s*+\[(?:\s*+\{\s*+"name"\s*+:\s*+"[A-Za-z_][A-Za-z0-9_]*+"\s*+,\s*+"valueFrom"\s*+:\s*+"arn:aws[a-z-]*+:[a-z]++:'
    rf"(?:[a-z0-9-]++|{VARIABLE})*+:(?:[0-9]++|{VARIABLE})*+:(?:[\w/+=.@-]++|{VARIABLE})++(?::(?:[\w/+=.@-]++|{VARIABLE})*+)*+"
    r'"\s*+\}\s*+,?+)*+\s*+\]'
)
"""The member `secrets` in its usual form: a name and an ARN for each."""
NAMED = Pattern(r'"name"\s*+:\s*+"[^"]*+"')
PLAIN = Pattern(r"[\w./:,+*-]*+")
SPECIAL = ("\\", "{{", "{%", "{#")
"""A text has one of these if a value in it differs from what is written, or if more than variables is printed."""
TELLING = frozenset((*(name.lower() for name in REFERRING), *POINTING, OPENING))
ASKING = ("user", "login", "stdin", "data-file", "put-parameter", "keyvault", "sudo")
"""Options and words after which a command without a known program takes a secret."""


def is_harmless(text: str) -> bool:
    """Whether nothing in a text can be a secret by its context.

    For this, no string in the JSON may name or contain a secret, or be a word of a command that takes one. Values that look like
    credentials by themselves are not searched. A variable that a template prints stands for a number, or for a part of a string.
    """
    filled = PRINTING.sub("0", text) if "{{" in text else text
    if any([mark in filled for mark in SPECIAL]) or not is_json(filled):  # noqa: C419 - faster than a generator
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
    """Whether a text is one value of JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


@lru_cache(maxsize=1024)  # the files of a project have many strings in common
def may_be_secret_name(string: str) -> bool:
    """Whether a string may be the name of a secret, or contain one."""
    return may_name_secret(string) and (not string.isidentifier() or is_secret_name(string))


@lru_cache(maxsize=1024)
def says_secret(string: str) -> bool:
    """Whether a string has a secret in it."""
    return (not PLAIN.fullmatch(string) or "://" in string) and bool(find_phrases(string))


def may_be_command(text: str, together: str) -> bool:
    """Whether strings of a text may be the words of a command that takes a secret. The value of a `name` is not such a word."""
    if any([word in together for word in ASKING]):  # noqa: C419
        return True
    programs = WATCHED.intersection(split_words(together))
    if not programs:
        return False
    ends = (*programs, *[f"{program}.exe" for program in programs])
    words = [string.strip(MARKS) for string in NAMED.sub("", text).split('"')[1::2]]
    return any(word.rpartition("/")[2].removesuffix(".exe") in programs for word in words if word.endswith(ends))
