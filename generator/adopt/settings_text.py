"""Lines for the settings that turn off rules which imported files break already; no other byte of the settings changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.patterns import Pattern

HEADER = "# Found in the imported files, and written by `taskdef import --keep-findings`: take a line out once its finding is gone.\n"
RULES = Pattern(r"^\[rules\][ \t]*(?:#.*)?\n?", 8)


def keep_findings(text: str, found: Mapping[str, Mapping[str, str]], environments: Iterable[str]) -> str:
    """Turn codes off: `found` has for each code what was found, by environment. One that all have is off everywhere."""
    everywhere = {code: told for code, told in found.items() if set(told) >= set(environments)}
    lines = "".join(f'{code} = "off"  # {next(iter(told.values()))}\n' for code, told in sorted(everywhere.items()))
    text = insert_rules(text, lines)
    for env in environments:
        own = {code: told[env] for code, told in sorted(found.items()) if env in told and code not in everywhere}
        if own:
            name = env if env.replace("-", "").replace("_", "").isalnum() and env.isascii() else f'"{env}"'
            rows = "".join(f'{code} = "off"  # {told}\n' for code, told in own.items())
            text = join_parts(text, f"[rules.{name}]\n{rows}")
    return text


def insert_rules(text: str, lines: str) -> str:
    """Insert lines into the table of rules, or add it."""
    if not lines:
        return text
    table = RULES.search(text)
    if table is None:
        return join_parts(text, f"{HEADER}[rules]\n{lines}")
    head = table.group() if table.group().endswith("\n") else f"{table.group()}\n"
    return text[: table.start()] + head + lines + text[table.end() :]


def join_parts(text: str, part: str) -> str:
    """Put a part behind a text, with an empty line between."""
    if not text:
        return part
    return f"{text}{'' if text.endswith(chr(10)) else chr(10)}\n{part}"
