"""Lines for the settings that turn off rules which imported files break already; no other byte of the settings changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HEADER = "# Found in the imported files, and written by `taskdef import --keep-findings`: take a line out once its finding is gone.\n"


def keep_findings(
    text: str, found: Mapping[str, Mapping[str, str]], environments: Iterable[str], *, prefix: str = ""
) -> str:
    """Turn codes off: `found` has for each code what was found, by environment. One that all have is off everywhere.

    `prefix` is what the names of our tables begin with, where the file is not ours alone.
    """
    names = tuple(environments)
    everywhere = {code: next(iter(told.values())) for code, told in found.items() if set(told) >= set(names)}
    text = insert_lines(text, f"{prefix}rules", everywhere)
    for env in names:
        own = {code: told[env] for code, told in found.items() if env in told and code not in everywhere}
        name = env if re.fullmatch(r"[A-Za-z0-9_-]+", env) else f'"{env}"'
        text = insert_lines(text, f"{prefix}rules.{name}", own)
    return text


def insert_lines(text: str, table: str, told: Mapping[str, str]) -> str:
    """Insert a line for each code into a table, or add the table."""
    if not told:
        return text
    lines = "".join(f'{code} = "off"  # {spell_comment(said)}\n' for code, said in sorted(told.items()))
    head = re.search(rf"^[ \t]*\[{re.escape(table)}\][ \t]*(?:#.*)?$", text, re.MULTILINE)
    if head is not None:
        return f"{text[: head.end()]}\n{lines}{text[head.end() + 1 :]}"
    ending = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    header = "" if HEADER in text else HEADER
    return f"{text}{ending}{header}[{table}]\n{lines}"


def spell_comment(text: str) -> str:
    """Spell a message so that it stays on the line of its comment."""
    return "".join(char if char.isprintable() else " " for char in text)
