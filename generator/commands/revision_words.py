"""Words for registered revisions, like `prod:3` and `prod/web:live`."""

from __future__ import annotations

import re

from generator.model.records import Record

LIVE = "live"
"""The word for the revision that runs."""

ONLY_LIVE = "`--cluster` and `--service` only go with words like `prod:live`"

REVISION = re.compile(r"([^:]+):([1-9][0-9]{0,9}|live)")


def split_revision(word: str) -> tuple[str, str]:
    """Split `prod:3` or `prod/web:live` into the task and its revision; any other word names no revision."""
    match = REVISION.fullmatch(word)
    return (match[1], match[2]) if match else (word, "")


def state_unknown_revision(word: str) -> str:
    """Explain the part after a colon in a word that names no revision."""
    where, _, revision = word.partition(":")
    return f"`{revision}` is not a revision of `{where}`: that is a number, like `{where}:3`, or `{where}:{LIVE}`"


class Word(Record):
    """The meaning of a word: an environment, perhaps with a task, a registered revision of these, or a file."""

    text: str
    environment: str = ""
    task: str | None = None
    revision: str = ""
